package table

import (
	"bytes"
	"iter"
)

// Row is one row of a table. It is valid until the next one.
type Row struct {
	Line  int      // where it starts in the file, from 1
	Cells [][]byte // not trimmed; UTF-8

	// New names the columns that come with this row, after those of the rows
	// before it. A table with header rows has none.
	New []Name

	// Faults says what is expected of cells that cannot be read.
	Faults map[int]string

	lineOf func(i int) int
	column func(i int) int
}

// Place is where a cell is: its line, and the number of its column, or, in JSON,
// of the character.
func (r *Row) Place(i int) (line, column int) {
	line, column = r.Line, i+1
	if r.lineOf != nil {
		line = r.lineOf(i)
	}
	if r.column != nil {
		column = r.column(i)
	}
	return line, column
}

// Name is the name of a column: one text for every header row, or every key on
// the way to a value.
type Name []string

// Rows are the rows of a table. An error in place of a row is an [*Unreadable],
// after which the rows go on, or any other one, which is the last.
type Rows = iter.Seq2[*Row, error]

// Clone is a copy of the row that stays valid.
func (r *Row) Clone() *Row {
	c := &Row{Line: r.Line, New: r.New, Faults: r.Faults}
	places := make([][2]int, len(r.Cells))
	for i, cell := range r.Cells {
		c.Cells = append(c.Cells, bytes.Clone(cell))
		places[i][0], places[i][1] = r.Place(i)
	}
	c.lineOf = func(i int) int { return places[i][0] }
	c.column = func(i int) int { return places[i][1] }
	return c
}
