package xlsx

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"

	"maturitybench/benchmark/exports"
	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/table"
	"maturitybench/benchmark/internal/translate"
	"maturitybench/benchmark/mapping"
	"maturitybench/benchmark/responses"
)

// Load reads the answer sheets of a workbook into memory, as [responses.Load]
// does those of a CSV file, through the mapping of options or as they are. At
// most one of options is used. When ctx is done, reading stops with its error.
//
// The workbook is unpacked in memory, up to 1 GiB; larger panels are exported as
// CSV. Numbers are read as they are stored, whatever the format shows, and full
// dates as 2026-03-01 10:00:00. A formula counts as the value that was stored
// with it. Blank rows do not count.
//
// Privacy: the error goes to the holder of the file; it names rows, columns and
// questions, never an answer or a company. Nothing is unpacked to disk.
func Load(ctx context.Context, in *instrument.Instrument, path string, options ...responses.Options) (*responses.Dataset, error) {
	for _, o := range options {
		if err := o.Check(in); err != nil {
			return nil, err
		}
	}
	var data *responses.Dataset
	err := with(path, func(file io.ReaderAt, size int64) (err error) {
		data, err = responses.NewDataset(ctx, in, Read(in, file, size, options...))
		return err
	})
	return data, named(err, path)
}

// Open returns the answer sheets of a workbook as a [responses.Source], which
// is read twice. The file is opened when it is read.
func Open(in *instrument.Instrument, path string, options ...responses.Options) *responses.Source {
	return responses.NewCellsSource(in, path, func(read func(func(*translate.Rules) table.Rows) error) error {
		return with(path, func(file io.ReaderAt, size int64) error { return read(cells(file, size)) })
	}, options...)
}

// Read reads the answer sheets of a workbook of the given size in bytes. A row
// that cannot be used is yielded as an [*input.Error] with one problem, once for
// each of its problems, and reading goes on with the next row. Problem.Line is
// the number of the row in the sheet, from 1, Problem.Column the number of the
// column. It can be walked again.
//
// Privacy: errors say where a problem is and what was expected there, never what
// was found.
func Read(in *instrument.Instrument, r io.ReaderAt, size int64, options ...responses.Options) iter.Seq2[responses.Response, error] {
	return responses.ReadCells(in, cells(r, size), options...)
}

// Export returns a workbook for [exports.Draft], which looks at the sheet with
// most cells, and [exports.Check], which reads the same sheet as [Load].
func Export(path string) *exports.Export {
	return exports.NewWorkbook(path, func(m *mapping.Mapping) table.Rows {
		return func(yield func(*table.Row, error) bool) {
			err := opened(path, func(w *workbook) error {
				sheet, err := w.find(m.Sheet)
				if err != nil {
					return err
				}
				w.rows(sheet)(yield)
				return nil
			})
			if err != nil {
				yield(nil, err)
			}
		}
	}, sheets(path))
}

// sheets are those of the workbook of a path.
type sheets string

// Largest implements exports.Sheets.
func (path sheets) Largest() (sheet string, err error) {
	err = opened(string(path), func(w *workbook) error {
		if len(w.sheets) > 1 {
			sheet = w.largest()
		}
		return nil
	})
	return sheet, err
}

// Choose implements exports.Sheets.
func (path sheets) Choose(rules *translate.Rules) (sheet string, err error) {
	err = opened(string(path), func(w *workbook) (err error) {
		sheet, err = w.choose(rules)
		return err
	})
	return sheet, err
}

// opened opens the workbook of a path.
func opened(path string, use func(*workbook) error) error {
	return with(path, func(file io.ReaderAt, size int64) error {
		w, err := open(file, size)
		if err != nil {
			return err
		}
		defer w.close()
		return use(w)
	})
}

// largest is the sheet with most cells that are filled, the first of several.
func (w *workbook) largest() string {
	best, most := w.sheets[0], 0
	for _, sheet := range w.sheets {
		n := 0
		for row, err := range w.rows(sheet) {
			if err != nil {
				break
			}
			for _, cell := range row.Cells {
				n += min(1, len(cell))
			}
		}
		if n > most {
			best, most = sheet, n
		}
	}
	return best
}

// cells are the rows of the sheet that rules ask for: by its name, or the only
// one whose columns fit.
func cells(r io.ReaderAt, size int64) func(*translate.Rules) table.Rows {
	return func(rules *translate.Rules) table.Rows {
		return func(yield func(*table.Row, error) bool) {
			w, err := open(r, size)
			if err != nil {
				yield(nil, err)
				return
			}
			defer w.close()
			sheet, err := w.choose(rules)
			if err != nil {
				yield(nil, err)
				return
			}
			w.rows(sheet)(yield)
		}
	}
}

// choose chooses a sheet.
func (w *workbook) choose(rules *translate.Rules) (string, error) {
	if name := rules.Mapping().Sheet; name != "" || len(w.sheets) == 1 {
		return w.find(name)
	}
	chosen := ""
	for _, sheet := range w.sheets {
		if !rules.Fits(w.rows(sheet)) {
			continue
		}
		if chosen != "" {
			return "", unreadable("one sheet with the columns of the instrument; several have them, and a mapping says which one (sheet:)")
		}
		chosen = sheet
	}
	if chosen == "" {
		chosen = w.sheets[0] // what is missing there is said
	}
	return chosen, nil
}

// with opens a file.
func with(path string, use func(io.ReaderAt, int64) error) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("xlsx: %w", err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return fmt.Errorf("xlsx: %w", err)
	}
	if info.IsDir() {
		return input.FileError(path, "a file, not a directory")
	}
	return use(file, info.Size())
}

// named says in an [*input.Error] of which file it is.
func named(err error, path string) error {
	if problems, ok := errors.AsType[*input.Error](err); ok && problems.File == "" {
		problems.File = path
	}
	return err
}
