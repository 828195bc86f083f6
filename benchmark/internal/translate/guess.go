package translate

import (
	"errors"
	"strings"

	"maturitybench/benchmark/internal/fold"
	"maturitybench/benchmark/internal/table"
)

// Guess is what the first rows of a file look like.
type Guess struct {
	Rows       int      // rows above the answers, without blank ones above the header
	TitleRows  int      // of them, those above the header
	HeaderRows int      // of them, those that name the columns
	Below      bool     // rows below the header are left out: those that explain it
	Qualtrics  bool     // they are those of Qualtrics
	Names      []string // of the columns; none where the rows bring them
	Labels     []string // what stands below the names, where that is left out; else none
}

// lookedAt is how many rows below the titles GuessHeader looks at.
const lookedAt = 4

// GuessHeader looks at the first rows of a table below so many titles. A file
// whose second row fills the gaps of the first one, and is itself no row of
// answers, has two header rows.
func GuessHeader(rows table.Rows, titles int) (Guess, error) {
	var first []*table.Row
	for row, err := range rows {
		if _, unreadable := errors.AsType[*table.Unreadable](err); unreadable {
			return Guess{}, err
		} else if err != nil {
			return Guess{}, err
		}
		if len(row.New) > 0 {
			return Guess{}, nil
		}
		if len(first) <= titles && IsBlank(row) {
			continue
		}
		if first = append(first, row.Clone()); len(first) == titles+lookedAt {
			break
		}
	}
	first = first[min(titles, len(first)):]
	g := Guess{TitleRows: titles, HeaderRows: 1}
	switch {
	case len(first) == 0:
		return Guess{}, nil
	case len(first) > 2 && isImportIDs(first[2]):
		g.Rows, g.Below, g.Qualtrics = 3, true, true
		g.labels(first[1])
	case len(first) > 1 && isImportIDs(first[1]):
		g.Rows, g.Below, g.Qualtrics = 2, true, true
	case len(first) > 2 && fillsGaps(first[1], first[0]) && !answers(first[1]):
		g.Rows, g.HeaderRows = 2, 2
	case len(first) > 3 && explains(first[1], first[2:]):
		g.Rows, g.Below = 2, true
		g.labels(first[1])
	default:
		g.Rows = 1
	}
	g.Rows += titles
	h := &header{rows: g.HeaderRows}
	for _, row := range first[:g.HeaderRows] {
		h.take(row)
	}
	for _, name := range h.columns() {
		g.Names = append(g.Names, full(name))
	}
	return g, nil
}

// full is a name in full.
func full(name table.Name) string {
	var parts []string
	for _, part := range name {
		if fold.Label(part) != "" {
			parts = append(parts, strings.TrimSpace(part))
		}
	}
	return strings.Join(parts, " - ")
}

// labels takes a row below the header for longer names.
func (g *Guess) labels(row *table.Row) {
	for _, cell := range row.Cells {
		g.Labels = append(g.Labels, strings.TrimSpace(string(cell)))
	}
}

// cell is the text of a cell without white space around it; empty for one that
// is not there.
func cell(row *table.Row, i int) string {
	if i >= len(row.Cells) {
		return ""
	}
	return strings.TrimSpace(strings.ReplaceAll(string(row.Cells[i]), "\u00a0", " "))
}

// fillsGaps reports whether a row has texts wherever the one above has none, and
// that is somewhere.
func fillsGaps(row, above *table.Row) bool {
	gaps := 0
	for i := range max(len(row.Cells), len(above.Cells)) {
		if cell(above, i) != "" {
			continue
		}
		if cell(row, i) == "" {
			return false
		}
		gaps++
	}
	return gaps > 0
}

// explains reports whether a row says in words what the columns hold: in at least
// three, and half of those that it fills, the rows below have numbers.
func explains(row *table.Row, below []*table.Row) bool {
	words, numbers := 0, 0
	for i := range row.Cells {
		if text := cell(row, i); text == "" {
			continue
		} else if isNumber(text) {
			return false
		}
		words++
		all := true
		for _, b := range below {
			all = all && isNumber(cell(b, i))
		}
		if all {
			numbers++
		}
	}
	return numbers >= 3 && 2*numbers >= words
}

func isNumber(text string) bool {
	return text != "" && strings.Trim(text, "-0123456789.,") == ""
}

// answers reports whether a row has a number: a header has none.
func answers(row *table.Row) bool {
	for i := range row.Cells {
		if isNumber(cell(row, i)) {
			return true
		}
	}
	return false
}
