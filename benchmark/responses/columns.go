package responses

import (
	"unicode/utf8"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/intake"
)

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
func (c *codebook) column(name string) (column, bool) {
	if name == companyColumn {
		return column{kind: companyKind, name: companyColumn}, true
	}
	if i, ok := c.questionAt[name]; ok {
		return column{questionKind, i, c.questions[i]}, true
	}
	if i, ok := c.attributeAt[name]; ok {
		return column{attributeKind, i, c.attributes[i]}, true
	}
	if c.ignored[name] {
		return column{kind: ignoredKind}, true
	}
	return column{}, false
}

// columns reads the header of a table: the names of its columns, in any order.
// Every column of the instrument must be there once.
func (c *codebook) columns(line int, names []string) ([]column, []input.Problem) {
	var problems []input.Problem
	columns, seen := make([]column, len(names)), map[string]bool{}
	for i, name := range names {
		found, ok := c.column(name)
		switch {
		case !ok:
			problems = append(problems, input.Problem{Line: line, Column: i + 1, Field: "", Expected: expectColumn})
		case found.kind != ignoredKind && seen[found.name]:
			problems = append(problems, input.Problem{Line: line, Column: i + 1, Field: found.name, Expected: expectColumnOnce})
		}
		columns[i], seen[found.name] = found, true
	}
	if len(problems) == len(names) {
		return columns, []input.Problem{{Line: line, Column: 0, Field: "", Expected: expectHeader}} // another kind of file, or a table without a header
	}
	missing := func(name string) {
		if !seen[name] {
			problems = append(problems, input.Problem{Line: line, Column: 0, Field: name, Expected: expectName})
		}
	}
	missing(companyColumn)
	for _, id := range c.attributes {
		missing(id)
	}
	for _, id := range c.questions {
		missing(id)
	}
	return columns, problems
}

// rowReader fills sheets, one a row or line.
type rowReader struct {
	in       *instrument.Instrument
	book     *codebook
	sheets   []intake.Sheet  // for the next rows
	sheet    *intake.Sheet   // of the row being read
	problems []input.Problem // of the row being read

	// take, if it is not nil, is handed the sheets, which are used again, and
	// the sequence has errors only. It returns false to end the walk.
	take func(*intake.Sheet) bool
}

func newRowReader(in *instrument.Instrument, take func(*intake.Sheet) bool) rowReader {
	return rowReader{in: in, book: codebookOf(in), take: take}
}

// begin begins a row.
func (r *rowReader) begin(line int) {
	if r.take != nil && r.sheet != nil {
		r.sheet.Clear()
	} else {
		if len(r.sheets) == 0 {
			r.sheets = intake.NewSheets(r.in, len(r.book.attributes), len(r.book.questions), 64) // fewer, larger pieces of memory
		}
		r.sheet, r.sheets = &r.sheets[0], r.sheets[1:]
	}
	r.sheet.Line = line
	r.problems = r.problems[:0]
}

// end hands out the row: its response, or an error for every problem. It
// returns false when the walk is over.
func (r *rowReader) end(yield func(Response, error) bool) bool {
	if len(r.problems) == 0 && !r.sheet.Answered() {
		r.problems = append(r.problems, input.Problem{Line: r.sheet.Line, Column: 0, Field: "", Expected: expectAnswer})
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
	if len(r.sheet.Company) > 0 {
		owner = newResponse(&intake.Sheet{Line: r.sheet.Line, Company: r.sheet.Company})
	}
	for _, problem := range r.problems {
		if !yield(owner, input.NewError("", []input.Problem{problem})) {
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
		return t.book.answer(t.sheet, c.index, text)
	case attributeKind:
		return t.book.attribute(t.sheet, c.index, text)
	case companyKind:
		return setCompany(t.sheet, text)
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
			code := t.book.digit[line[end]]
			if code == notCode {
				return false
			}
			t.sheet.Scores[c.index] = code
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
	t.problems = append(t.problems, input.Problem{Line: line, Column: i + 1, Field: t.columns[i].name, Expected: expected})
}

// yieldProblems hands out an error for every problem. It returns false when the
// walk is over.
func yieldProblems(yield func(Response, error) bool, problems []input.Problem) bool {
	for _, problem := range problems {
		if !yield(Response{}, input.NewError("", []input.Problem{problem})) {
			return false
		}
	}
	return true
}

// yieldProblem hands out the error of one problem.
func yieldProblem(yield func(Response, error) bool, line, column int, field, expected string) bool {
	return yieldProblems(yield, []input.Problem{{Line: line, Column: column, Field: field, Expected: expected}})
}
