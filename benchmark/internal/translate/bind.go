package translate

import (
	"bytes"
	"slices"
	"strings"

	"maturitybench/benchmark/internal/codebook"
	"maturitybench/benchmark/internal/fold"
	"maturitybench/benchmark/internal/table"
)

// What is expected of a header.
const (
	expectName   = "a column of this name"
	expectHeader = "a header with the columns company, every attribute and every question of the instrument, or their names in a mapping; none of them is here"
	expectOnce   = "every column once; where at most one of several is filled, a mapping joins them (join: true)"
	expectColumn = "company, an attribute, a question or an ignored column of the instrument or mapping"
	expectWide   = "one row a company, with a column for every question; a file with one row an answer needs long: in a mapping"
)

// step reads one column.
type step struct {
	column int
	target
	texts *codebook.Reader // of an attribute or question
}

// claim is a column that a target is found in. The lower the rank, the more the
// name is that of the target.
type claim struct {
	column, rank int
	code         uint8 // the column is ticked for this level; 0: it holds answers
}

// binder finds the columns of the targets.
type binder struct {
	*Rules
	claims  [][]claim // by target
	columns int
	ignored []bool // by column
	used    []bool
	labels  []string // of the columns: what they are called in full
	readers map[*codebook.Texts]*codebook.Reader
}

func newBinder(r *Rules) *binder {
	return &binder{Rules: r, claims: make([][]claim, len(r.targets)), readers: map[*codebook.Texts]*codebook.Reader{}}
}

// add adds columns by their names. Targets that have a column already keep it.
func (b *binder) add(names []table.Name) {
	bound := make([]bool, len(b.claims))
	for i := range b.claims {
		bound[i] = len(b.claims[i]) > 0
	}
	ignored := map[string]bool{}
	for _, name := range slices.Concat(b.in.Ignore, b.m.Ignore) {
		ignored[fold.Label(name)] = true
	}
	for _, name := range names {
		calls := candidates(name)
		for rank, call := range calls {
			found := false
			for _, i := range b.named[call] {
				if !bound[i] {
					b.claims[i] = append(b.claims[i], claim{column: b.columns, rank: rank})
				}
				found = true
			}
			if found {
				break
			}
		}
		label := ""
		if len(calls) > 0 {
			label = calls[0]
		}
		b.ignored = append(b.ignored, ignored[label])
		b.used = append(b.used, false)
		b.labels = append(b.labels, label)
		b.columns++
	}
	for i := range b.claims {
		if !bound[i] && len(b.claims[i]) > 0 {
			b.best(i)
			b.options(i, names)
		}
	}
}

// best leaves a target the columns whose names are nearest to its own.
func (b *binder) best(i int) {
	claims := b.claims[i]
	least := slices.MinFunc(claims, func(x, y claim) int { return x.rank - y.rank }).rank
	b.claims[i] = slices.DeleteFunc(claims, func(c claim) bool { return c.rank > least })
	for _, c := range b.claims[i] {
		b.used[c.column] = true
	}
}

// options recognises a question with a column for every level: its name is
// above theirs.
func (b *binder) options(i int, names []table.Name) {
	if t := b.targets[i]; t.use != questionUse || len(b.claims[i]) < 2 {
		return
	}
	reader := b.reader(b.answers[b.targets[i].index])
	var ticks []claim
	for _, c := range b.claims[i] {
		name := names[c.column-(b.columns-len(names))]
		if len(name) < 2 {
			return
		}
		if code, miss := reader.Code([]byte(name[len(name)-1])); miss == codebook.Known && code > 0 {
			c.code = code
			ticks = append(ticks, c)
		}
	}
	if len(ticks) > 1 {
		b.claims[i] = ticks
	}
}

// candidates are what a column may be called, folded: its name in full first,
// then the parts by which survey tools tell the questions of a group apart.
func candidates(name table.Name) []string {
	var calls []string
	call := func(text string) {
		if label := fold.Label(text); label != "" && !slices.Contains(calls, label) {
			calls = append(calls, label)
		}
	}
	var parts []string
	for _, part := range name {
		if fold.Label(part) != "" {
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		return nil
	}
	if len(parts) == 1 {
		call(parts[0])
	} else {
		for _, sign := range []string{" - ", "/", ": ", " ", "."} {
			call(strings.Join(parts, sign))
		}
	}
	last := parts[len(parts)-1]
	call(last)
	pieces(last, call)
	if len(parts) > 1 {
		call(parts[0])
		pieces(parts[0], call)
	}
	return calls
}

// pieces are the parts of a name in one text: "How mature is it? [Strategy]",
// "How mature is it? - Strategy", "Rate it >> Strategy", "governance/strategy",
// "Q1[SQ001]", "Strategy:How mature is it?", "org. Your organisation", "Company *";
// and gov-01 for gov_01, where a tool allows letters, digits and _ alone.
func pieces(name string, call func(string)) {
	name = strings.TrimRight(name, " \u00a0:*")
	call(name)
	if open := strings.LastIndexByte(name, '['); open > 0 && strings.HasSuffix(name, "]") {
		call(name[open+1 : len(name)-1])
		call(strings.TrimSuffix(strings.ReplaceAll(name, "[", "_"), "]"))
	}
	for _, sign := range []string{" - ", " >> ", "/", ": "} {
		if at := strings.LastIndex(name, sign); at >= 0 {
			call(name[at+len(sign):])
		}
	}
	if before, _, ok := strings.Cut(name, ":"); ok {
		call(before)
	}
	if code, text, ok := strings.Cut(name, ". "); ok && !strings.ContainsAny(code, " \u00a0") {
		call(text)
		call(code)
	}
	if !strings.ContainsAny(name, " \u00a0") {
		call(strings.ReplaceAll(name, "_", "-"))
	}
}

// steps are how the columns are read, filters first.
func (b *binder) steps() []step {
	var steps []step
	for i, t := range b.targets {
		for _, c := range b.claims[i] {
			s := step{column: c.column, target: t}
			if c.code > 0 {
				s.use, s.code = optionUse, c.code
			}
			switch s.use {
			case attributeUse:
				s.texts = b.reader(b.attributes[t.index])
			case questionUse:
				s.texts = b.reader(b.answers[t.index])
			}
			steps = append(steps, s)
		}
	}
	slices.SortStableFunc(steps, func(x, y step) int { return int(x.use) - int(y.use) })
	return steps
}

func (b *binder) reader(texts *codebook.Texts) *codebook.Reader {
	if b.readers[texts] == nil {
		b.readers[texts] = texts.Reader()
	}
	return b.readers[texts]
}

// check returns what is wrong with the columns: with all of them, once no other
// can come.
func (b *binder) check(line int, complete bool) []Problem {
	var problems, missing []Problem
	found, questions, answers := 0, 0, 0
	for i, t := range b.targets {
		claims := b.claims[i]
		if t.use == questionUse {
			answers++
		}
		switch {
		case len(claims) == 0 && line == 0 && t.use == attributeUse && len(b.m.Attributes[t.name].Column) == 0:
			continue // objects leave out what is not stated
		case len(claims) == 0:
			problem := Problem{Line: line, Field: t.name, Expected: expectName + b.nearColumn(t)}
			if t.use == companyUse {
				problem.Expected += "; a mapping names another (company:), or states that every row is another company (unit: row)"
			}
			missing = append(missing, problem)
			if t.use == questionUse {
				questions++
			}
			continue
		case len(claims) > 1 && !t.join && claims[0].code == 0:
			for _, c := range claims[1:] {
				problems = append(problems, Problem{Line: line, Column: c.column + 1, Field: t.name, Expected: expectOnce})
			}
		}
		found++
	}
	if b.m.Ignore != nil {
		for i := range b.columns {
			if !b.used[i] && !b.ignored[i] {
				problems = append(problems, Problem{Line: line, Column: i + 1, Expected: expectColumn})
			}
		}
	}
	switch {
	case !complete:
		return problems
	case found == 0:
		return []Problem{{Line: line, Expected: expectHeader}}
	case answers > 0 && questions == answers:
		return append(problems, Problem{Line: line, Expected: expectWide})
	}
	return append(problems, missing...)
}

// nearColumn says which column is called nearly as a target, by its number.
func (b *binder) nearColumn(t target) string {
	var names []string
	for label, targets := range b.named {
		for _, i := range targets {
			if b.targets[i] == t {
				names = append(names, label)
			}
		}
	}
	for column, label := range b.labels {
		if !b.used[column] && !b.ignored[column] && label != "" && fold.Nearest(label, names) != "" {
			return "; that of column " + itoa(column+1) + " is near"
		}
	}
	return ""
}

// importID begins the cells of the row that Qualtrics writes below its headers.
var importID = []byte(`{"ImportId":`)

// isImportIDs reports whether a row is that one.
func isImportIDs(row *table.Row) bool {
	filled := 0
	for _, cell := range row.Cells {
		if cell = bytes.TrimSpace(cell); len(cell) == 0 {
			continue
		}
		if !bytes.HasPrefix(bytes.ReplaceAll(cell, []byte(" "), nil), importID) {
			return false
		}
		filled++
	}
	return filled > 0
}

// Calls are what a column of one header row may be called, folded, its name in
// full first.
func Calls(name string) []string { return candidates(table.Name{name}) }
