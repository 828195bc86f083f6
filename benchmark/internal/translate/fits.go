package translate

import "maturitybench/benchmark/internal/table"

// Fits reports whether a table has the columns that are read.
func (r *Rules) Fits(rows table.Rows) bool {
	fits := true
	w := newWalker(r, true, func(*Sheet, []Problem) bool {
		fits = false
		return false
	})
	for row, err := range rows {
		if err != nil || !fits {
			return false
		}
		if w.width > 0 {
			return true
		}
		if w.header.take(row) && w.header.complete() {
			names := w.header.columns()
			w.width = len(names)
			w.bind(w.header.line, names, true)
			return fits
		}
	}
	return false
}
