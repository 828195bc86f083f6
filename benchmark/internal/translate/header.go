package translate

import (
	"maturitybench/benchmark/internal/table"
)

// header gathers the names of the columns from the first rows.
type header struct {
	titles, rows, skip int
	guess              bool // rows of Qualtrics below the header are looked for
	line               int
	names              [][]string // by row, then column
	held               []*table.Row
}

func newHeader(r *Rules) *header {
	return &header{titles: r.m.TitleRows, rows: max(1, r.m.HeaderRows), skip: r.m.SkipRows, guess: r.m.SkipRows == 0}
}

// take takes a row. It reports whether the row belongs to the header.
func (h *header) take(row *table.Row) bool {
	switch {
	case (h.titles > 0 || len(h.names) == 0) && IsBlank(row):
	case h.titles > 0:
		h.titles--
	case len(h.names) < h.rows:
		if h.line == 0 {
			h.line = row.Line
		}
		names := make([]string, len(row.Cells))
		for i, cell := range row.Cells {
			names[i] = string(cell)
		}
		h.names = append(h.names, names)
	case h.skip > 0:
		h.skip--
	default:
		return false
	}
	return true
}

// IsBlank reports whether a row has nothing in any cell, as a blank row of a
// spreadsheet is saved. Above the header it does not count.
func IsBlank(row *table.Row) bool {
	for i := range row.Cells {
		if cell(row, i) != "" {
			return false
		}
	}
	return true
}

// complete reports whether the names are there.
func (h *header) complete() bool { return len(h.names) == h.rows }

// hold keeps back up to two rows below the header, and reports whether it did:
// the second one tells whether both belong to Qualtrics.
func (h *header) hold(row *table.Row) bool {
	switch {
	case !h.guess:
		return false
	case isImportIDs(row):
		h.guess, h.held = false, nil
		return true
	case len(h.held) == 1:
		h.guess = false
		return false
	}
	h.held = append(h.held, row.Clone())
	return true
}

// columns are the names of the columns, one part a row. A part above the last
// goes for the columns on its right as well, as merged cells do.
func (h *header) columns() []table.Name {
	width := 0
	for _, row := range h.names {
		width = max(width, len(row))
	}
	names := make([]table.Name, width)
	for i, row := range h.names {
		above := ""
		for column := range width {
			part := ""
			if column < len(row) {
				part = row[column]
			}
			if i < len(h.names)-1 {
				if part == "" {
					part = above
				}
				above = part
			}
			names[column] = append(names[column], part)
		}
	}
	return names
}
