package table

import (
	"bytes"
	"unicode/utf8"
)

// Splitter splits a text of separated values into rows of cells. Simple rows are
// split at their delimiters; those with doubled quotes, or quoted line ends, go
// through encoding/csv.
type Splitter struct {
	Start int      // the line where the row starts
	Cells [][]byte // of the row, not trimmed, valid until the next row

	lines     *Lines
	delimiter byte
	recoded   bool       // the text was in another encoding
	quoted    *quotedRow // nil: not needed so far
	spans     bool       // the row came through quoted: its cells may be on later lines
}

// NewSplitter splits the lines of a text.
func NewSplitter(lines *Lines, delimiter byte) *Splitter {
	return &Splitter{lines: lines, delimiter: delimiter}
}

// Next splits the next row that is not blank. It returns a problem if the row
// cannot be split, io.EOF after the last row, or the error of the reader.
func (s *Splitter) Next() (Problem, error) { return s.Split(s.Line()) }

// Line is the first line of the next row that is not blank.
func (s *Splitter) Line() ([]byte, error) {
	line, err := s.lines.Next()
	for err == nil && Blank(line) {
		line, err = s.lines.Next()
	}
	s.Start = s.lines.Number
	return line, err
}

// Split is Next for a line, or the error in its place.
func (s *Splitter) Split(line []byte, err error) (Problem, error) {
	if err == ErrLongLine {
		return Problem{Line: s.Start, Expected: ExpectShort}, nil
	}
	if err != nil {
		return Problem{}, err
	}
	var simple bool
	if s.Cells, simple = split(s.Cells[:0], line, s.delimiter); !simple {
		if s.quoted == nil {
			s.quoted = newQuotedRow(s.lines, s.delimiter, s.recoded)
		}
		s.spans = true
		var problem Problem
		s.Cells, problem, err = s.quoted.read(line, s.Cells[:0])
		return problem, err
	}
	s.spans = false
	switch {
	case !utf8.Valid(line):
		return Problem{Line: s.Start, Expected: ExpectUTF8}, nil
	case s.recoded && bytes.Contains(line, []byte("\ufffd")):
		return Problem{Line: s.Start, Expected: expectStated}, nil
	}
	return Problem{}, nil
}

// LineOf is the line on which cell i of the row starts.
func (s *Splitter) LineOf(i int) int {
	if !s.spans {
		return s.Start
	}
	return s.quoted.lineOf(i)
}

// split appends the cells of a line. It returns false for a line that is not
// simple: one with a quote anywhere but around a whole cell. Cells are short: a
// plain loop is faster than a search for every delimiter.
func split(cells [][]byte, line []byte, delimiter byte) ([][]byte, bool) {
	start := 0
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case delimiter:
			cells = append(cells, line[start:i])
			start = i + 1
		case '"':
			end := i + 1 // of the text between the quotes
			for end < len(line) && line[end] != '"' {
				end++
			}
			if i > start || end == len(line) || end+1 < len(line) && line[end+1] != delimiter {
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
