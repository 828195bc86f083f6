package beam

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"slices"
	"strings"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/intake"
	"maturitybench/benchmark/internal/stage"
	"maturitybench/benchmark/responses"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/local" // paths without a scheme
)

func init() {
	registerFn[fileFn]()
}

// fileFn adds up the answer sheets of files. A file is read by one
// worker from its beginning to its end, by the readers of package benchmark, so
// that quoted line ends and the numbers of lines are right.
type fileFn struct{ Packer packer }

// Setup opens the job.
func (f *fileFn) Setup(ctx context.Context) error { return f.Packer.Setup(ctx) }

// StartBundle begins a bundle.
func (f *fileFn) StartBundle(context.Context, func([]byte), func([]byte, message), func([]byte)) {
	f.Packer.begin()
}

// FinishBundle hands out the tally of a bundle, and its problems.
func (f *fileFn) FinishBundle(_ context.Context, tally func([]byte), _ func([]byte, message), problems func([]byte)) error {
	return f.Packer.finish(tally, problems)
}

// ProcessElement adds up the responses of a file.
func (f *fileFn) ProcessElement(ctx context.Context, name string, _ func([]byte), once func([]byte, message), _ func([]byte)) error {
	read := reader(f.Packer.instrument, name)
	if read == nil {
		return errors.New("beam: " + expectEnding)
	}
	files, err := filesystem.New(ctx, name)
	if err != nil {
		return fmt.Errorf("beam: %w", err)
	}
	defer files.Close()
	file, err := files.OpenRead(ctx, name)
	if err != nil {
		return fmt.Errorf("beam: %w", err)
	}
	defer file.Close()
	number, alive := 0, f.Packer.Job.alive(ctx)
	for response, err := range read(aliveReader{alive, file}) {
		if err == nil {
			err = f.Packer.take(response, place{File: name, Number: number}, once)
		} else if wrong, ok := errors.AsType[*input.Error](err); ok {
			// A row with problems is a response of its company as well.
			if owner := intake.Open(response); owner == nil {
				err = nil
			} else {
				f.Packer.note(stage.Identify(owner.Company), place{File: name, Line: owner.Line, Number: number}, once)
				err = nil
				number++
			}
			for _, p := range wrong.Problems {
				f.Packer.problem(name, number, p)
				number++
			}
		}
		if err != nil {
			return err
		}
	}
	return alive()
}

// reader is the reader for files of a name; nil if there is none.
func reader(in *instrument.Instrument, name string) func(io.Reader) iter.Seq2[responses.Response, error] {
	switch strings.ToLower(path.Ext(name)) {
	case ".csv":
		return func(r io.Reader) iter.Seq2[responses.Response, error] { return responses.ReadCSV(in, r) }
	case ".jsonl", ".ndjson":
		return func(r io.Reader) iter.Seq2[responses.Response, error] { return responses.ReadJSONL(in, r) }
	}
	return nil
}

// What is expected of files: of any, and of those of other kinds.
const (
	expectEnding   = "a file name that ends in .csv, .jsonl or .ndjson"
	expectUnpacked = "an unpacked file: a name that ends in .csv, .jsonl or .ndjson"
	expectSheets   = "a file name that ends in .csv, .jsonl or .ndjson; Parquet comes through Sheets and Beam's parquetio"
	expectTable    = "a file name that ends in .csv, .jsonl or .ndjson; export the sheet of a workbook as CSV"
)

// unfit are the files that no worker can read, by the ends of their names.
func unfit(names []string) error {
	var errs []error
	for _, name := range names {
		expected := ""
		switch strings.ToLower(path.Ext(name)) {
		case ".csv", ".jsonl", ".ndjson":
			continue
		case ".gz", ".zip", ".zst", ".bz2", ".xz":
			expected = expectUnpacked
		case ".parquet":
			expected = expectSheets
		case ".xlsx", ".xlsm", ".xls", ".ods":
			expected = expectTable
		default:
			expected = expectEnding
		}
		if errs = append(errs, &input.Error{File: name, Problems: []input.Problem{{Expected: expected}}}); len(errs) == most {
			break
		}
	}
	if len(errs) == 1 {
		return errs[0]
	}
	return errors.Join(errs...)
}

// aliveReader fails once its worker has to stop.
type aliveReader struct {
	alive func() error
	r     io.Reader
}

func (a aliveReader) Read(p []byte) (int, error) {
	if err := a.alive(); err != nil {
		return 0, err
	}
	return a.r.Read(p)
}

// expand lists the files of patterns, each once.
func expand(ctx context.Context, patterns []string) ([]string, error) {
	var names []string
	for _, pattern := range patterns {
		files, err := filesystem.New(ctx, pattern)
		if err != nil {
			return nil, fmt.Errorf("beam: %w", err)
		}
		matches, err := files.List(ctx, pattern)
		if closed := files.Close(); err == nil {
			err = closed
		}
		if err != nil {
			return nil, fmt.Errorf("beam: %w", err)
		}
		if len(matches) == 0 {
			return nil, &input.Error{File: pattern, Problems: []input.Problem{{Expected: "at least one file"}}}
		}
		names = append(names, matches...)
	}
	slices.Sort(names)
	names = slices.Compact(names)
	return names, unfit(names)
}
