package xlsx

import (
	"fmt"
	"strings"

	"maturitybench/benchmark/internal/fold"
	"maturitybench/benchmark/internal/table"

	"github.com/xuri/excelize/v2"
)

// expectValue is for formulas that were never calculated.
const expectValue = "a value: the formula of this cell was saved without its result; open the workbook in a spreadsheet program and save it, or export it as CSV"

// find is the sheet of a name, or the first one.
func (w *workbook) find(name string) (string, error) {
	if name == "" {
		return w.sheets[0], nil
	}
	for _, sheet := range w.sheets {
		if fold.Label(sheet) == fold.Label(name) {
			return sheet, nil
		}
	}
	return "", unreadable(fmt.Sprintf("a sheet of the name that the mapping gives (sheet:); the workbook has %d that are not hidden", len(w.sheets)))
}

// rows are the rows of a sheet that are not blank. All of them are as wide as
// the widest one so far.
func (w *workbook) rows(sheet string) table.Rows {
	return func(yield func(*table.Row, error) bool) {
		missing, err := w.formulas(sheet)
		if err != nil {
			yield(nil, err)
			return
		}
		pair, err := w.pair(sheet)
		if err != nil {
			yield(nil, err)
			return
		}
		defer pair.close()
		row, width := &table.Row{}, 0
		for pair.next() {
			if err := guard(pair.read); err != nil {
				yield(nil, errDamaged)
				return
			}
			row.Line++
			row.Cells, row.Faults = row.Cells[:0], nil
			blank := true
			for i, raw := range pair.raw {
				shown := ""
				if i < len(pair.shown) {
					shown = pair.shown[i]
				}
				text := w.text(raw, shown)
				blank = blank && strings.TrimSpace(text) == ""
				row.Cells = append(row.Cells, []byte(strings.ToValidUTF8(text, "\ufffd")))
			}
			for i := range max(len(pair.raw), width) {
				if len(missing) > 0 && missing[place{row.Line, i + 1}] {
					if blank = false; row.Faults == nil {
						row.Faults = map[int]string{}
					}
					row.Faults[i] = expectValue
				}
			}
			if blank {
				continue
			}
			width = max(width, len(row.Cells))
			for len(row.Cells) < width {
				row.Cells = append(row.Cells, nil)
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

// pair walks over a sheet twice at once: over the values as they are stored and
// as they are shown.
type pair struct {
	stored, formatted *excelize.Rows
	raw, shown        []string
}

func (w *workbook) pair(sheet string) (*pair, error) {
	p := &pair{}
	err := guard(func() (err error) {
		if p.stored, err = w.file.Rows(sheet); err == nil {
			p.formatted, err = w.file.Rows(sheet)
		}
		return err
	})
	if err != nil {
		return nil, errDamaged
	}
	return p, nil
}

// next reports whether there is another row.
func (p *pair) next() (more bool) {
	err := guard(func() error {
		more = p.stored.Next() && p.formatted.Next()
		return nil
	})
	return more && err == nil
}

func (p *pair) read() (err error) {
	if p.raw, err = p.stored.Columns(excelize.Options{RawCellValue: true}); err != nil {
		return err
	}
	p.shown, err = p.formatted.Columns()
	return err
}

func (p *pair) close() {
	_ = guard(func() error { return p.stored.Close() })
	_ = guard(func() error { return p.formatted.Close() })
}
