package responses

import (
	"slices"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/codebook"
	"maturitybench/benchmark/internal/intake"
)

// expectColumn is for columns that the instrument does not know. Their names
// are not repeated: in a table without a header they are a company's answers.
const expectColumn = "company, an attribute, a question or an ignored column of the instrument"

const (
	expectColumnOnce = "every column once"
	expectName       = "a column of this name"
	expectHeader     = "a header line with the columns company, every attribute and every question of the instrument; none of them is here"
	expectWide       = "one row a company, with a column for every question; a file with one row an answer needs long: in a mapping"
)

// columns reads the header of a table: the names of its columns, in any order.
// Every column of the instrument must be there once.
func (b *book) columns(line int, names []string) ([]codebook.Column, []input.Problem) {
	var problems []input.Problem
	columns, seen, unknown := make([]codebook.Column, len(names)), map[string]bool{}, 0
	for i, name := range names {
		found := b.names.Find(name)
		switch {
		case found.Kind == codebook.Unknown:
			problems = append(problems, input.Problem{Line: line, Column: i + 1, Expected: expectColumn})
			unknown++
		case found.Kind != codebook.Ignored && seen[found.Name]:
			problems = append(problems, input.Problem{Line: line, Column: i + 1, Field: found.Name, Expected: expectColumnOnce})
		}
		columns[i], seen[found.Name] = found, true
	}
	if unknown == len(names) {
		return columns, []input.Problem{{Line: line, Expected: expectHeader}} // another kind of file, or a table without a header
	}
	missing := func(name string) {
		if !seen[name] {
			problems = append(problems, input.Problem{Line: line, Field: name, Expected: expectName})
		}
	}
	missing(companyColumn)
	for _, attribute := range b.Attributes {
		missing(attribute.ID)
	}
	if !slices.ContainsFunc(b.Questions, func(q codebook.Question) bool { return seen[q.ID] }) {
		return columns, append(problems, input.Problem{Line: line, Expected: expectWide})
	}
	for _, question := range b.Questions {
		missing(question.ID)
	}
	return columns, problems
}

// rowReader fills sheets, one a row or line.
type rowReader struct {
	in *instrument.Instrument
	*lookup
	sheets   []intake.Sheet  // for the next rows
	sheet    *intake.Sheet   // of the row being read
	problems []input.Problem // of the row being read

	// take, if it is not nil, is handed the sheets, which are used again, and
	// the sequence has errors only. It returns false to end the walk.
	take func(*intake.Sheet) bool
}

func newRowReader(in *instrument.Instrument, take func(*intake.Sheet) bool) rowReader {
	return rowReader{in: in, lookup: newLookup(bookOf(in)), take: take}
}

// begin begins a row.
func (r *rowReader) begin(line int) {
	if r.take != nil && r.sheet != nil {
		r.sheet.Clear()
	} else {
		if len(r.sheets) == 0 {
			r.sheets = intake.NewSheets(r.in, len(r.Attributes), len(r.Questions), 64) // fewer, larger pieces of memory
		}
		r.sheet, r.sheets = &r.sheets[0], r.sheets[1:]
	}
	r.sheet.Line = line
	r.problems = r.problems[:0]
}

// end hands out the row: its response, or an error for every problem. It
// returns false when the walk is over.
func (r *rowReader) end(yield func(Response, error) bool) bool {
	if len(r.problems) == 0 && !r.sheet.Finish(r.blank) {
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
	columns []codebook.Column
	runs    []run // of the columns: see plain
}

// cell puts the text of column i on the sheet and returns what was expected if
// it cannot, or the empty string.
func (t *tableReader) cell(i int, text []byte) (expected string) {
	switch c := &t.columns[i]; c.Kind {
	case codebook.QuestionKind:
		return t.answer(t.sheet, c.Index, text)
	case codebook.AttributeKind:
		return t.attribute(t.sheet, c.Index, text)
	case codebook.Company:
		return setCompany(t.sheet, text)
	}
	return ""
}

// problem notes a problem of the cell in column i, which is on line.
func (t *tableReader) problem(line, i int, expected string) {
	t.problems = append(t.problems, input.Problem{Line: line, Column: i + 1, Field: t.columns[i].Name, Expected: expected})
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
