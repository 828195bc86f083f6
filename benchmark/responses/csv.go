package responses

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"unicode/utf8"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/intake"
)

// ReadCSV reads answer sheets from comma-separated values (RFC 4180) in UTF-8.
// The first line names the columns: company, every attribute id and every
// question id of the instrument, in any order; columns listed under ignore are
// skipped. A score is a level of the scale, by its number (3, 03, 3.0) or its
// name (Defined, 3 - Defined); an attribute is the id or the title of a value; an
// empty cell or a no_answer text, in upper or lower case, is no answer, or "not
// stated" for an attribute. Columns may also be named by question texts and
// titles of attributes. White space around a cell does not count; blank lines
// are skipped. Other dialects, columns and texts need a mapping, which at most
// one of options has.
//
// A row that cannot be used is yielded as an [*input.Error] with one problem,
// once for each of its problems, and reading goes on with the next row.
// Problem.Line is the line of the file, Problem.Column the number of the column.
// After a problem of the header, or an error of the reader, the sequence ends.
// It can be walked once.
//
// Privacy: errors say where a problem is and what was expected there, never
// what was found: no answer, no company, no name of an unknown column.
func ReadCSV(in *instrument.Instrument, r io.Reader, options ...Options) iter.Seq2[Response, error] {
	if o := last(options); o.Mapping != nil {
		return mapped(in, o, tableOf(CSV, r), false, nil)
	}
	return readCSV(in, r, nil)
}

// readCSV is ReadCSV; take is that of rowReader.
func readCSV(in *instrument.Instrument, r io.Reader, take func(*intake.Sheet) bool) iter.Seq2[Response, error] {
	return func(yield func(Response, error) bool) {
		table := tableReader{rowReader: newRowReader(in, take)}
		rows := newCSVRows(r)
		if !readHeader(&table, rows, yield) {
			return
		}
		for readRow(&table, rows, yield) {
		}
	}
}

// readHeader reads the columns. It returns false if no row can be read.
func readHeader(table *tableReader, rows *csvRows, yield func(Response, error) bool) bool {
	if expected := rows.lines.check(); expected != "" {
		yieldProblem(yield, 1, 0, "", expected)
		return false
	}
	problem, err := rows.next()
	switch {
	case err == io.EOF:
		yieldProblem(yield, 1, 0, "", "a header line with the names of the columns")
		return false
	case err != nil:
		yield(Response{}, readError(err))
		return false
	}
	if problem.Expected == "" {
		problem.Line, problem.Expected = rows.start, expectSeparators(rows.cells)
	}
	if problem.Expected != "" {
		yieldProblems(yield, []input.Problem{problem})
		return false
	}
	var problems []input.Problem
	table.columns, problems = table.book.columns(rows.start, trimAll(rows.cells))
	yieldProblems(yield, problems)
	return len(problems) == 0
}

// expectSeparators recognises the headers of tables in other dialects.
func expectSeparators(header [][]byte) (expected string) {
	switch {
	case bytes.IndexByte(bytes.Join(header, nil), '\r') >= 0:
		return "lines that end in LF or CRLF"
	case len(header) == 1 && bytes.ContainsAny(header[0], ";\t|"):
		return "columns that are separated by commas (a mapping reads others)"
	}
	return ""
}

// readRow reads one row. It returns false when the walk is over.
func readRow(table *tableReader, rows *csvRows, yield func(Response, error) bool) bool {
	line, err := rows.line()
	if err == nil {
		table.begin(rows.start)
		if table.plain(line) {
			return table.end(yield)
		}
	}
	problem, err := rows.split(line, err)
	switch {
	case err == io.EOF:
		return false
	case err != nil:
		yield(Response{}, readError(err))
		return false
	case problem.Expected != "":
		return yieldProblems(yield, []input.Problem{problem})
	case len(rows.cells) != len(table.columns):
		return yieldProblem(yield, rows.start, 0, "", fmt.Sprintf("%d columns, as in the header", len(table.columns)))
	}
	table.sheet.Clear()
	for i, cell := range rows.cells {
		if expected := table.cell(i, cell); expected != "" {
			table.problem(rows.lineOf(i), i, expected)
		}
	}
	return table.end(yield)
}

// csvRows splits a CSV file into rows of cells. Simple rows are split at their
// commas; those with doubled quotes, or quoted line ends, go through
// encoding/csv.
type csvRows struct {
	lines  *lines
	start  int      // the line where the row starts
	cells  [][]byte // of the row, not trimmed, valid until the next row
	quoted *quotedRow
	spans  bool // the row came through quoted: its cells may be on later lines
}

func newCSVRows(r io.Reader) *csvRows {
	lines := newLines(r)
	return &csvRows{lines: lines, quoted: newQuotedRow(lines)}
}

// next splits the next row that is not blank. It returns a problem if the row
// cannot be split, io.EOF after the last row, or the error of the reader.
func (c *csvRows) next() (input.Problem, error) { return c.split(c.line()) }

// line is the first line of the next row that is not blank.
func (c *csvRows) line() ([]byte, error) {
	line, err := c.lines.next()
	for err == nil && blank(line) {
		line, err = c.lines.next()
	}
	c.start = c.lines.number
	return line, err
}

// split is next for a line, or the error in its place.
func (c *csvRows) split(line []byte, err error) (input.Problem, error) {
	if err == errLongLine {
		return input.Problem{Line: c.start, Expected: expectShort}, nil
	}
	if err != nil {
		return input.Problem{}, err
	}
	var simple bool
	if c.cells, simple = split(c.cells[:0], line); !simple {
		c.spans = true
		var problem input.Problem
		c.cells, problem, err = c.quoted.read(line, c.cells[:0])
		return problem, err
	}
	c.spans = false
	if !utf8.Valid(line) {
		return input.Problem{Line: c.start, Expected: expectUTF8}, nil
	}
	return input.Problem{}, nil
}

// split appends the cells of a line. It returns false for a line that is not
// simple: one with a quote anywhere but around a whole cell. Cells are short: a
// plain loop is faster than a search for every comma.
func split(cells [][]byte, line []byte) ([][]byte, bool) {
	start := 0
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case ',':
			cells = append(cells, line[start:i])
			start = i + 1
		case '"':
			end := i + 1 // of the text between the quotes
			for end < len(line) && line[end] != '"' {
				end++
			}
			if i > start || end == len(line) || end+1 < len(line) && line[end+1] != ',' {
				return cells, false
			}
			cells = append(cells, line[i+1:end])
			if end+1 == len(line) {
				return cells, true
			}
			start, i = end+2, end+1
		}
	}
	return append(cells, line[start:]), true
}

// lineOf is the line on which cell i of the row starts.
func (c *csvRows) lineOf(i int) int {
	if !c.spans {
		return c.start
	}
	return c.quoted.lineOf(i)
}

// trimAll trims the cells of a header.
func trimAll(cells [][]byte) []string {
	names := make([]string, len(cells))
	for i, cell := range cells {
		names[i] = string(bytes.TrimSpace(cell))
	}
	return names
}
