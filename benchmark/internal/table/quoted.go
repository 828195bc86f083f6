package table

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"unicode/utf8"
)

// What is expected of a row with quotes.
const (
	ExpectQuotes = "quotes around a whole cell, and doubled inside it"
	ExpectClosed = "a closing quote before the end of the file"
	ExpectRow    = "a row of at most 1 MiB: is a closing quote missing?"
)

// errLongRow ends a row whose lines come to more than MaxLine.
var errLongRow = errors.New("table: row over 1 MiB")

// quotedRow reads rows with quoted cells, which may span lines, through
// encoding/csv. It hands that reader one line after the other, and the next one
// only when the row goes on, so that the two agree about where they are.
type quotedRow struct {
	lines   *Lines
	csv     *csv.Reader
	recoded bool   // the text was in another encoding
	start   int    // the line where the row starts
	size    int    // bytes of the row so far
	line    []byte // the line being handed over
	rest    []byte // what is left of it
	end     error  // why no further line was handed over
	text    []byte // the cells of the row, one after the other
}

func newQuotedRow(lines *Lines, delimiter byte, recoded bool) *quotedRow {
	q := &quotedRow{lines: lines, recoded: recoded}
	q.csv = csv.NewReader(q)
	q.csv.Comma, q.csv.FieldsPerRecord, q.csv.ReuseRecord, q.csv.TrimLeadingSpace = rune(delimiter), -1, true, delimiter != '\t'
	return q
}

// Read hands over a part of the row. It is for encoding/csv.
func (q *quotedRow) Read(p []byte) (int, error) {
	if len(q.rest) == 0 {
		line, err := q.lines.Next()
		if err == nil && q.size+len(line) > MaxLine {
			err = errLongRow
		}
		if q.end = err; err != nil {
			return 0, io.EOF
		}
		q.hand(line)
	}
	n := copy(p, q.rest)
	q.rest = q.rest[n:]
	return n, nil
}

// hand takes a line to be handed over.
func (q *quotedRow) hand(line []byte) {
	q.line = append(append(q.line[:0], line...), '\n')
	q.rest = q.line
	q.size += len(q.line)
}

// read reads the row that begins with line, the current one of q.lines, and
// appends its cells to cells.
func (q *quotedRow) read(line []byte, cells [][]byte) ([][]byte, Problem, error) {
	q.start, q.size, q.end = q.lines.Number, 0, nil
	q.hand(line)
	record, err := q.csv.Read()
	if err != nil {
		problem, err := q.problem(err, len(record)+1)
		return cells, problem, err
	}
	q.text = q.text[:0]
	for _, field := range record {
		if !utf8.ValidString(field) { // one after the other: halves of a character may stand side by side
			return cells, Problem{Line: q.start, Expected: ExpectUTF8}, nil
		}
		q.text = append(q.text, field...)
	}
	if q.recoded && bytes.Contains(q.text, []byte("\ufffd")) {
		return cells, Problem{Line: q.start, Expected: expectStated}, nil
	}
	text := q.text
	for _, field := range record {
		cells = append(cells, text[:len(field)])
		text = text[len(field):]
	}
	return cells, Problem{}, nil
}

// problem says why a row could not be read: err is that of encoding/csv, which
// gave up in a column. An error of the file itself is returned.
func (q *quotedRow) problem(err error, column int) (Problem, error) {
	var syntax *csv.ParseError
	switch {
	case q.end == ErrLongLine:
		return Problem{Line: q.lines.Number, Expected: ExpectShort}, nil
	case q.end == errLongRow:
		return Problem{Line: q.start, Column: column, Expected: ExpectRow}, nil
	case q.end == io.EOF:
		return Problem{Line: q.start, Column: column, Expected: ExpectClosed}, nil
	case q.end != nil:
		return Problem{}, q.end
	case errors.As(err, &syntax):
		line := q.start + syntax.Line - syntax.StartLine
		return Problem{Line: line, Column: column, Expected: ExpectQuotes}, nil
	}
	return Problem{}, err
}

// lineOf is the line on which cell i of the row starts.
func (q *quotedRow) lineOf(i int) int {
	first, _ := q.csv.FieldPos(0)
	line, _ := q.csv.FieldPos(i)
	return q.start + line - first
}
