package table

import (
	"bytes"
	"io"
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
		c := &csvRows{Splitter: Splitter{lines: &Lines{r: text}, delimiter: d.Delimiter, recoded: recoded}}
		row := &Row{lineOf: c.LineOf}
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
				row.Line, row.Cells = c.Start, c.Cells
				if !yield(row, nil) {
					return
				}
			}
		}
	}
}

// csvRows splits a file whose delimiter may have to be recognised.
type csvRows struct{ Splitter }

// next splits the next row that is not blank, number n from 0. It returns a
// problem if the row cannot be split, io.EOF after the last row, or the error of
// the reader.
func (c *csvRows) next(n, titles int) (Problem, error) {
	line, err := c.Line()
	if n == 0 && err == nil && bytes.HasPrefix(line, []byte("sep=")) && len(line) == len("sep=;") {
		if c.delimiter == 0 {
			c.delimiter = line[len(line)-1]
		}
		line, err = c.Line()
	}
	if err == nil && n < titles {
		c.Cells, c.spans = append(c.Cells[:0], line), false
		return Problem{}, nil
	}
	if err == nil && c.delimiter == 0 {
		c.delimiter = delimiterOf(line)
	}
	return c.Split(line, err)
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
