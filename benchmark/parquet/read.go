package parquet

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/responses"
)

// batch is how many rows are read at a time.
const batch = 512

// Load reads the answer sheets of a Parquet file, as
// [responses.Load] does those of a CSV file, through the mapping of options or as
// they are. When ctx is done, reading stops with its error.
//
// Privacy: the error goes to the holder of the file; it names rows, columns and
// questions, never an answer or a company.
func Load(ctx context.Context, in *instrument.Instrument, path string, options ...responses.Options) (*responses.Dataset, error) {
	for _, o := range options {
		if err := o.Check(in); err != nil {
			return nil, err
		}
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("parquet: %w", err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, fmt.Errorf("parquet: %w", err)
	}
	data, err := responses.NewDataset(ctx, in, Read(in, file, info.Size(), options...))
	if problems, ok := errors.AsType[*input.Error](err); ok {
		problems.File = path
	}
	return data, err
}

// OpenSource returns the answer sheets of a Parquet file that is larger than
// memory: benchmark.Publish reads it twice, row group by row group, as it does
// a file from [responses.Open]. The file is opened when it is read.
func OpenSource(in *instrument.Instrument, path string, options ...responses.Options) *responses.Source {
	return responses.NewTableSource(in, path, func(read func([]string, iter.Seq2[[][]byte, error]) error) error {
		file, err := os.Open(path)
		if err != nil {
			return fmt.Errorf("parquet: %w", err)
		}
		defer file.Close()
		info, err := file.Stat()
		if err != nil {
			return fmt.Errorf("parquet: %w", err)
		}
		return table(in, file, info.Size(), mapped(options), read)
	}, options...)
}

// mapped reports whether options have a mapping.
func mapped(options []responses.Options) bool {
	return len(options) > 0 && options[len(options)-1].Mapping != nil
}

// Read reads the answer sheets of a Parquet file of the given size in bytes. A
// row that cannot be used is yielded as a [*input.Error] with one
// problem, once for each of its problems, and reading goes on with the next
// row. Problem.Line is the number of the row in the file, from 1,
// Problem.Column the number of the column. After a problem of the columns, a
// damaged part or an error of r, the sequence ends. It can be walked again.
//
// Privacy: errors say where a problem is and what was expected there, never
// what was found.
func Read(in *instrument.Instrument, r io.ReaderAt, size int64, options ...responses.Options) iter.Seq2[responses.Response, error] {
	return func(yield func(responses.Response, error) bool) {
		err := table(in, r, size, mapped(options), func(names []string, rows iter.Seq2[[][]byte, error]) error {
			responses.ReadTable(in, names, rows, options...)(yield)
			return nil
		})
		if err != nil {
			yield(responses.Response{}, err)
		}
	}
}

// table calls read with the columns and the rows of a file, and returns its
// error, or that of the footer.
func table(in *instrument.Instrument, r io.ReaderAt, size int64, mapped bool, read func([]string, iter.Seq2[[][]byte, error]) error) error {
	source := &source{r: r, size: size}
	f, err := open(source, size)
	if err != nil {
		return source.explain(err, 0)
	}
	return read(f.names(mapped), func(yield func([][]byte, error) bool) { f.walk(in, source, mapped, yield) })
}

// walk yields the rows of the file. It ends after the first error.
func (f *file) walk(in *instrument.Instrument, source *source, mapped bool, yield func([][]byte, error) bool) {
	if err := f.bind(in, mapped); err != nil {
		yield(nil, err)
		return
	}
	defer f.close()
	row, cells := int64(1), make([][]byte, len(f.columns))
	for g := range f.groups {
		rows, err := f.enter(g)
		for err == nil && rows > 0 {
			n := int(min(rows, batch))
			if err = f.fill(n); err != nil {
				break
			}
			for i := range n {
				f.row(i, cells)
				if !yield(cells, nil) {
					return
				}
			}
			rows, row = rows-int64(n), row+int64(n)
		}
		if err == nil {
			err = f.leave()
		}
		if err != nil {
			yield(nil, source.explain(err, row))
			return
		}
	}
}

// source is the reader of a file, and the error that it failed with.
type source struct {
	r      io.ReaderAt
	size   int64
	failed error
}

func (s *source) ReadAt(p []byte, at int64) (int, error) {
	if at < 0 || at > s.size {
		return 0, errDamaged
	}
	n, err := s.r.ReadAt(p, at)
	if err != nil && err != io.EOF && s.failed == nil {
		s.failed = err
	}
	return n, err
}

// explain is the error for the holder of the file. What the Parquet library says
// of a damaged file may quote its content, and is dropped.
func (s *source) explain(err error, row int64) error {
	if s.failed != nil {
		return fmt.Errorf("parquet: reading answer sheets: %w", s.failed)
	}
	expected := "a Parquet file that is neither damaged nor encrypted"
	if row > 0 {
		expected = "rows that are not damaged from here on"
	}
	return &input.Error{Problems: []input.Problem{{Line: int(row), Expected: expected}}}
}
