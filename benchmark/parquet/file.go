package parquet

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"

	"github.com/parquet-go/parquet-go"
)

// errDamaged says that a file contradicts itself.
var errDamaged = errors.New("parquet: damaged file")

// guard calls a function of the Parquet library, which panics on some damaged
// files.
func guard(call func() error) (err error) {
	defer func() {
		if recover() != nil {
			err = errDamaged
		}
	}()
	return call()
}

// file is an open Parquet file.
type file struct {
	columns []column
	groups  []parquet.RowGroup
}

// open reads the footer of a file.
func open(r io.ReaderAt, size int64) (*file, error) {
	if err := checkFooter(r, size); err != nil {
		return nil, err
	}
	f := &file{}
	return f, guard(func() error {
		opened, err := parquet.OpenFile(r, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
		if err != nil {
			return err
		}
		f.groups = opened.RowGroups()
		rows := int64(0)
		for _, group := range f.groups {
			if group.NumRows() < 0 || group.NumRows() > opened.NumRows()-rows {
				return errDamaged
			}
			rows += group.NumRows()
		}
		if rows != opened.NumRows() {
			return errDamaged
		}
		leaf := 0
		for _, field := range opened.Schema().Fields() {
			f.columns = append(f.columns, newColumn(field, leaf))
			leaf += leaves(field)
		}
		return nil
	})
}

// checkFooter checks the length of the footer, for which the library makes
// room before it reads.
func checkFooter(r io.ReaderAt, size int64) error {
	var tail [8]byte
	if size < int64(len(tail)) {
		return errDamaged
	}
	if n, err := r.ReadAt(tail[:], size-int64(len(tail))); n < len(tail) {
		return err
	}
	if int64(binary.LittleEndian.Uint32(tail[:])) > size-int64(len(tail)) {
		return errDamaged
	}
	return nil
}

// leaves counts the columns that a field of the schema consists of.
func leaves(node parquet.Node) int {
	if node.Leaf() {
		return 1
	}
	n := 0
	for _, field := range node.Fields() {
		n += leaves(field)
	}
	return n
}

// names are the names of the columns.
func (f *file) names(mapped bool) []string {
	names := make([]string, len(f.columns))
	for i := range f.columns {
		if c := &f.columns[i]; !mapped || c.kind.readable(mapped) {
			names[i] = c.name
		}
	}
	return names
}

// expectColumn is for columns whose type cannot hold a company, an attribute or
// an answer.
const expectColumn = "a flat column of numbers or texts"

// bind decides which columns are read: all that the instrument does not ignore.
// The error names the columns that cannot be read. Under a mapping, which may
// leave columns out, these have no name instead.
func (f *file) bind(in *instrument.Instrument, mapped bool) error {
	if mapped {
		for i := range f.columns {
			f.columns[i].read = f.columns[i].kind.readable(mapped)
		}
		return nil
	}
	ignored := map[string]bool{}
	for _, name := range in.Spec().Ignore {
		ignored[name] = true
	}
	var problems []input.Problem
	for i := range f.columns {
		c := &f.columns[i]
		if c.read = !ignored[c.name]; c.read && !c.kind.readable(mapped) {
			problems = append(problems, input.Problem{Column: i + 1, Field: c.name, Expected: expectColumn})
		}
	}
	if len(problems) == 0 {
		return nil
	}
	const most = 20
	listed := min(len(problems), most)
	return &input.Error{Problems: problems[:listed], More: len(problems) - listed}
}

// enter opens the columns of a row group and returns its number of rows.
func (f *file) enter(g int) (rows int64, err error) {
	err = guard(func() error {
		chunks := f.groups[g].ColumnChunks()
		for i := range f.columns {
			if c := &f.columns[i]; c.read {
				if c.leaf >= len(chunks) {
					return errDamaged
				}
				c.pages = chunks[c.leaf].Pages()
			}
		}
		return nil
	})
	return f.groups[g].NumRows(), err
}

// fill reads the next n rows of every column.
func (f *file) fill(n int) error {
	return guard(func() error {
		for i := range f.columns {
			if c := &f.columns[i]; c.read {
				if err := c.fill(n); err != nil {
					return fmt.Errorf("column %d: %w", i+1, err)
				}
			}
		}
		return nil
	})
}

// row puts the cells of a row that was read into cells.
func (f *file) row(i int, cells [][]byte) {
	for j := range f.columns {
		if c := &f.columns[j]; c.read {
			cells[j] = c.text[c.ends[i]:c.ends[i+1]]
		}
	}
}

// leave closes the columns of a row group, which must hold no further row.
func (f *file) leave() error {
	err := guard(func() error {
		for i := range f.columns {
			if c := &f.columns[i]; c.read && !c.atEnd() {
				return errDamaged
			}
		}
		return nil
	})
	f.close()
	return err
}

// close closes the columns.
func (f *file) close() {
	_ = guard(func() error {
		for i := range f.columns {
			f.columns[i].close()
		}
		return nil
	})
}
