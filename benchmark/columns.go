package benchmark

import "unicode/utf8"

// companyColumn is the column, and the key, of the protected unit.
const companyColumn = "company"

// expectColumn is for columns that the instrument does not know. Their names
// are not repeated: in a table without a header they are a company's answers.
const expectColumn = "company, an attribute, a question or an ignored column of the instrument"

const (
	expectColumnOnce = "every column once"
	expectName       = "a column of this name"
	expectHeader     = "a header line with the columns company, every attribute and every question of the instrument; none of them is here"
)

// kind says what a column holds.
type kind uint8

const (
	ignoredKind kind = iota
	companyKind
	attributeKind
	questionKind
)

// column is one column of a table of answer sheets.
type column struct {
	kind  kind
	index int    // of the attribute or question
	name  string // as the instrument spells it
}

// column finds the column of a name.
func (in *Instrument) column(name string) (column, bool) {
	if name == companyColumn {
		return column{kind: companyKind, name: companyColumn}, true
	}
	if i, ok := in.questionAt[name]; ok {
		return column{questionKind, i, in.questions[i].ID}, true
	}
	if i, ok := in.attributeAt[name]; ok {
		return column{attributeKind, i, in.spec.Attributes[i].ID}, true
	}
	if in.ignored[name] {
		return column{kind: ignoredKind}, true
	}
	return column{}, false
}

// columns reads the header of a table: the names of its columns, in any order.
// Every column of the instrument must be there once.
func (in *Instrument) columns(line int, names []string) ([]column, []Problem) {
	var problems []Problem
	columns, seen := make([]column, len(names)), map[string]bool{}
	for i, name := range names {
		c, ok := in.column(name)
		switch {
		case !ok:
			problems = append(problems, Problem{line, i + 1, "", expectColumn})
		case c.kind != ignoredKind && seen[c.name]:
			problems = append(problems, Problem{line, i + 1, c.name, expectColumnOnce})
		}
		columns[i], seen[c.name] = c, true
	}
	if len(problems) == len(names) {
		return columns, []Problem{{line, 0, "", expectHeader}} // another kind of file, or a table without a header
	}
	missing := func(name string) {
		if !seen[name] {
			problems = append(problems, Problem{line, 0, name, expectName})
		}
	}
	missing(companyColumn)
	for _, attribute := range in.spec.Attributes {
		missing(attribute.ID)
	}
	for _, question := range in.questions {
		missing(question.ID)
	}
	return columns, problems
}

// rowReader fills sheets, one a row or line.
type rowReader struct {
	in       *Instrument
	codes    *codes
	sheets   []sheet   // for the next rows
	sheet    *sheet    // of the row being read
	problems []Problem // of the row being read

	// take, if it is not nil, is handed the sheets, which are used again, and
	// the sequence has errors only. It returns false to end the walk.
	take func(*sheet) bool
}

func newRowReader(in *Instrument, take func(*sheet) bool) rowReader {
	return rowReader{in: in, codes: in.codes(), take: take}
}

// begin begins a row.
func (r *rowReader) begin(line int) {
	if r.take != nil && r.sheet != nil {
		r.sheet.clear()
	} else {
		if len(r.sheets) == 0 {
			r.sheets = newSheets(r.in, 64) // fewer, larger pieces of memory
		}
		r.sheet, r.sheets = &r.sheets[0], r.sheets[1:]
	}
	r.sheet.line = line
	r.problems = r.problems[:0]
}

// end hands out the row: its response, or an error for every problem. It
// returns false when the walk is over.
func (r *rowReader) end(yield func(Response, error) bool) bool {
	if len(r.problems) == 0 && !r.sheet.answered() {
		r.problems = append(r.problems, Problem{r.sheet.line, 0, "", expectAnswer})
	}
	if len(r.problems) > 0 {
		return r.fail(yield)
	}
	if r.take != nil {
		return r.take(r.sheet)
	}
	return yield(newResponse(r.sheet), nil)
}

// fail hands out the problems of the row, the first one with its owner if that
// is known.
func (r *rowReader) fail(yield func(Response, error) bool) bool {
	owner := Response{}
	if len(r.sheet.company) > 0 {
		owner = newResponse(&sheet{line: r.sheet.line, company: r.sheet.company})
	}
	for _, problem := range r.problems {
		if !yield(owner, newInputError("", []Problem{problem})) {
			return false
		}
		owner = Response{}
	}
	return true
}

// tableReader fills sheets from the rows of a table.
type tableReader struct {
	rowReader
	columns []column
}

// cell puts the text of column i on the sheet and returns what was expected if
// it cannot, or the empty string.
func (t *tableReader) cell(i int, text []byte) (expected string) {
	switch c := &t.columns[i]; c.kind {
	case questionKind:
		return t.codes.answer(t.sheet, c.index, text)
	case attributeKind:
		return t.codes.attribute(t.sheet, c.index, text)
	case companyKind:
		return t.sheet.setCompany(text)
	}
	return ""
}

// plain reads a whole row if it is as rows usually are: without quotes, with an
// expected text in every cell. Of any other row it returns false, and the sheet
// has to be cleared.
func (t *tableReader) plain(line []byte) bool {
	start := 0
	for i := range t.columns {
		if start > len(line) {
			return false
		}
		c, end := &t.columns[i], start
		if c.kind == questionKind && (end == len(line) || line[end] == ',') {
			start = end + 1
			continue
		}
		if c.kind == questionKind && (end+1 == len(line) || line[end+1] == ',') {
			code := t.codes.digit[line[end]]
			if code == notCode {
				return false
			}
			t.sheet.scores[c.index] = code
			start = end + 2
			continue
		}
		for end < len(line) && line[end] != ',' {
			if line[end] == '"' {
				return false
			}
			end++
		}
		if t.cell(i, line[start:end]) != "" {
			return false
		}
		start = end + 1
	}
	return start == len(line)+1 && utf8.Valid(line)
}

// problem notes a problem of the cell in column i, which is on line.
func (t *tableReader) problem(line, i int, expected string) {
	t.problems = append(t.problems, Problem{line, i + 1, t.columns[i].name, expected})
}

// yieldProblems hands out an error for every problem. It returns false when the
// walk is over.
func yieldProblems(yield func(Response, error) bool, problems []Problem) bool {
	for _, problem := range problems {
		if !yield(Response{}, newInputError("", []Problem{problem})) {
			return false
		}
	}
	return true
}

// yieldProblem hands out the error of one problem.
func yieldProblem(yield func(Response, error) bool, line, column int, field, expected string) bool {
	return yieldProblems(yield, []Problem{{line, column, field, expected}})
}
