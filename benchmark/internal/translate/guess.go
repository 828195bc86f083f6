package translate

import (
	"errors"
	"strings"

	"maturitybench/benchmark/internal/fold"
	"maturitybench/benchmark/internal/table"
)

// Guess is what the first rows of a file look like.
type Guess struct {
	Rows       int      // rows above the answers
	HeaderRows int      // of them, those that name the columns
	Below      bool     // rows below the header are left out: those of Qualtrics
	Names      []string // of the columns; none where the rows bring them
	Labels     []string // what stands below the names, where that is left out; else none
}

// GuessHeader looks at the first rows of a table. A file whose second row stands
// below a first one with gaps, and is itself no row of answers, has two header
// rows.
func GuessHeader(rows table.Rows) (Guess, error) {
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
		if first = append(first, row.Clone()); len(first) == 4 {
			break
		}
	}
	g := Guess{HeaderRows: 1}
	switch {
	case len(first) == 0:
		return Guess{}, nil
	case len(first) > 2 && isImportIDs(first[2]):
		g.Rows, g.Below = 3, true
		for _, cell := range first[1].Cells {
			g.Labels = append(g.Labels, strings.TrimSpace(string(cell)))
		}
	case len(first) > 1 && isImportIDs(first[1]):
		g.Rows, g.Below = 2, true
	case len(first) > 2 && gaps(first[0]) > 0 && gaps(first[1]) <= gaps(first[0]) && !answers(first[1]):
		g.Rows, g.HeaderRows = 2, 2
	default:
		g.Rows = 1
	}
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

// gaps counts the empty cells of a row.
func gaps(row *table.Row) int {
	n := 0
	for _, cell := range row.Cells {
		if fold.Label(string(cell)) == "" {
			n++
		}
	}
	return n
}

// answers reports whether a row has a number: a header has none.
func answers(row *table.Row) bool {
	for _, cell := range row.Cells {
		text := strings.TrimSpace(string(cell))
		if text != "" && strings.Trim(text, "0123456789.,") == "" {
			return true
		}
	}
	return false
}
