package responses

import (
	"bytes"
	"fmt"
	"io"
	"iter"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/intake"
	"maturitybench/benchmark/internal/specfile"
	"maturitybench/benchmark/internal/table"
)

// ReadCSV reads answer sheets from comma-separated values (RFC 4180) in UTF-8.
// The first line names the columns: company, every attribute id and every
// question id of the instrument, in any order; columns listed under ignore are
// skipped. A score is a level of the scale, by its number (3, 03, 3.0) or its
// name (Defined, 3 - Defined); an attribute is the id or the title of a value; an
// empty cell or a no_answer text, in upper or lower case, is no answer, or "not
// stated" for an attribute. Columns may also be named by question texts and
// titles of attributes. White space around a cell does not count; blank lines
// are skipped. Other dialects, columns and texts need a mapping
// ([Options.Mapping]). At most one of options is used.
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
		sheets := tableReader{rowReader: newRowReader(in, take)}
		lines := table.NewLines(r)
		rows := table.NewSplitter(lines, ',')
		if !readHeader(&sheets, lines, rows, yield) {
			return
		}
		for readRow(&sheets, rows, yield) {
		}
	}
}

// readHeader reads the columns. It returns false if no row can be read.
func readHeader(sheets *tableReader, lines *table.Lines, rows *table.Splitter, yield func(Response, error) bool) bool {
	if expected := notText(lines); expected != "" {
		yieldProblem(yield, 1, 0, "", expected)
		return false
	}
	problem, err := rows.Next()
	switch {
	case err == io.EOF:
		yieldProblem(yield, 1, 0, "", "a header line with the names of the columns")
		return false
	case err != nil:
		yield(Response{}, readError(err))
		return false
	}
	if problem.Expected == "" {
		problem.Line, problem.Expected = rows.Start, expectSeparators(rows.Cells)
	}
	if problem.Expected != "" {
		yieldProblems(yield, []input.Problem{problem})
		return false
	}
	columns, problems := sheets.book.columns(rows.Start, trimAll(rows.Cells))
	sheets.setColumns(columns)
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
func readRow(sheets *tableReader, rows *table.Splitter, yield func(Response, error) bool) bool {
	line, err := rows.Line()
	if err == nil {
		sheets.begin(rows.Start)
		if sheets.plain(line) {
			return sheets.end(yield)
		}
	}
	problem, err := rows.Split(line, err)
	switch {
	case err == io.EOF:
		return false
	case err != nil:
		yield(Response{}, readError(err))
		return false
	case problem.Expected != "":
		return yieldProblems(yield, []input.Problem{problem})
	case len(rows.Cells) != len(sheets.columns):
		return yieldProblem(yield, rows.Start, 0, "", fmt.Sprintf("%d columns, as in the header", len(sheets.columns)))
	}
	sheets.sheet.Clear()
	for i, cell := range rows.Cells {
		if expected := sheets.cell(i, cell); expected != "" {
			sheets.problem(rows.LineOf(i), i, expected)
		}
	}
	return sheets.end(yield)
}

// trimAll trims the cells of a header.
func trimAll(cells [][]byte) []string {
	names := make([]string, len(cells))
	for i, cell := range cells {
		names[i] = string(bytes.TrimSpace(cell))
	}
	return names
}

// notText looks at the first bytes of a file and returns what is expected of one
// that is no text at all, or the empty string. Errors of the reader are left to
// the first line.
func notText(lines *table.Lines) (expected string) {
	start := lines.Peek(512)
	if expected := specfile.NotText(start); expected != "" {
		return expected
	}
	if bytes.IndexByte(start, 0) >= 0 {
		return "text in UTF-8, not in UTF-16 or a binary format"
	}
	return ""
}

// readError is the error of a reader that failed.
func readError(err error) error { return fmt.Errorf("responses: reading answer sheets: %w", err) }
