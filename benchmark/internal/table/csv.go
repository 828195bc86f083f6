package table

import (
	"bytes"
	"io"
	"unicode/utf8"
)

// Dialect says how a text file holds a table. The zero Dialect recognises the
// delimiter.
type Dialect struct {
	Delimiter byte   // 0: the one of , ; tab | that the first line has most often
	Encoding  string // see [Encodings]; empty: UTF-8
	TitleRows int    // lines to skip before the delimiter is looked for
}

// delimiters are the names of those that are hard to see.
var delimiters = map[string]byte{"": 0, "tab": '\t', "\\t": '\t', "comma": ',', "semicolon": ';', "bar": '|', "pipe": '|', "space": ' '}

// IsDelimiter reports whether a text is a delimiter, or the name of one; the
// empty one is that to be recognised.
func IsDelimiter(text string) bool {
	_, named := delimiters[text]
	return named || len(text) == 1 && (text[0] >= ' ' || text[0] == '\t') && text[0] < 0x7f && text[0] != '"'
}

// DialectOf is the dialect of a delimiter as [IsDelimiter] takes it.
func DialectOf(delimiter, encoding string, titles int) Dialect {
	d := Dialect{Delimiter: delimiters[delimiter], Encoding: encoding, TitleRows: titles}
	if _, named := delimiters[delimiter]; !named && IsDelimiter(delimiter) {
		d.Delimiter = delimiter[0]
	}
	return d
}

// CSV reads a table of separated values: one row a line, cells between
// delimiters, quoted where they hold a delimiter, a quote or a line end (RFC
// 4180 but for the delimiter). Lines end in LF, CRLF or CR; blank ones are
// skipped, and so is the line "sep=;" of spreadsheets.
func CSV(r io.Reader, d Dialect) Rows {
	return func(yield func(*Row, error) bool) {
		text, recoded, expected := decoded(r, d.Encoding)
		if expected != "" {
			yield(nil, &Unreadable{Problem{Line: 1, Expected: expected}})
			return
		}
		c := &csvRows{lines: &lines{r: text}, delimiter: d.Delimiter, recoded: recoded}
		row := &Row{lineOf: c.lineOf}
		for n := 0; ; n++ {
			problem, err := c.next(n, d.TitleRows)
			switch {
			case err == io.EOF:
				return
			case err != nil:
				yield(nil, err)
				return
			case problem.Expected != "":
				if !yield(nil, &Unreadable{problem}) {
					return
				}
			default:
				row.Line, row.Cells = c.start, c.cells
				if !yield(row, nil) {
					return
				}
			}
		}
	}
}

// csvRows splits a text into rows of cells. Simple rows are split at their
// delimiters; those with doubled quotes, or quoted line ends, go through
// encoding/csv.
type csvRows struct {
	lines     *lines
	delimiter byte
	recoded   bool
	start     int      // the line where the row starts
	cells     [][]byte // of the row, not trimmed, valid until the next row
	quoted    *quotedRow
	spans     bool // the row came through quoted: its cells may be on later lines
}

// next splits the next row that is not blank, number n from 0. It returns a
// problem if the row cannot be split, io.EOF after the last row, or the error of
// the reader.
func (c *csvRows) next(n, titles int) (Problem, error) {
	line, err := c.lines.next()
	for err == nil && blank(line) {
		line, err = c.lines.next()
	}
	if n == 0 && err == nil && bytes.HasPrefix(line, []byte("sep=")) && len(line) == len("sep=;") {
		if c.delimiter == 0 {
			c.delimiter = line[len(line)-1]
		}
		line, err = c.lines.next()
	}
	c.start = c.lines.number
	switch {
	case err == ErrLongLine:
		return Problem{Line: c.start, Expected: expectShort}, nil
	case err != nil:
		return Problem{}, err
	}
	if c.quoted == nil && n >= titles {
		if c.delimiter == 0 {
			c.delimiter = delimiterOf(line)
		}
		c.quoted = newQuotedRow(c.lines, c.delimiter)
	}
	if c.quoted == nil { // a title
		c.cells, c.spans = append(c.cells[:0], line), false
		return Problem{}, nil
	}
	return c.split(line)
}

// split splits a row that begins with a line.
func (c *csvRows) split(line []byte) (Problem, error) {
	var simple bool
	if c.cells, simple = split(c.cells[:0], line, c.delimiter); !simple {
		c.spans = true
		var problem Problem
		var err error
		c.cells, problem, err = c.quoted.read(line, c.cells[:0])
		return problem, err
	}
	c.spans = false
	switch {
	case !utf8.Valid(line):
		return Problem{Line: c.start, Expected: expectUTF8}, nil
	case c.recoded && bytes.Contains(line, []byte("\ufffd")):
		return Problem{Line: c.start, Expected: "text in the encoding that is stated"}, nil
	}
	return Problem{}, nil
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

// lineOf is the line on which cell i of the row starts.
func (c *csvRows) lineOf(i int) int {
	if !c.spans {
		return c.start
	}
	return c.quoted.lineOf(i)
}

// delimiterOf recognises the delimiter of a header.
func delimiterOf(header []byte) byte {
	var counts [256]int
	quoted := false
	for _, b := range header {
		if b == '"' {
			quoted = !quoted
		} else if !quoted {
			counts[b]++
		}
	}
	best := byte(',')
	for _, b := range []byte(";\t|") {
		if counts[b] > counts[best] {
			best = b
		}
	}
	return best
}
