package responses

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/intake"
	"maturitybench/benchmark/internal/seal"
	"maturitybench/benchmark/internal/stage"
	"maturitybench/benchmark/internal/table"
	"maturitybench/benchmark/internal/translate"
)

// A Source is the answer sheets of one wave in a file, or in something else
// that can be read again, which is larger than memory: benchmark.Publish reads it,
// keeps 8 bytes a company and some answers (see [Options]), and reads those that it
// has not kept once more, from the start. Nothing is read before that. It
// is safe for concurrent use, as far as its opener is. A Source must not be
// copied.
//
// A source with problems is not published: the error is an [*input.Error], as
// that of [Load], and nothing is charged. The error is [ErrChanged] if what
// was read again was not the same.
//
// Privacy: a Source is raw data, as a [Dataset] is. Two responses of a company
// are found by 64-bit hashes of companies under a random key; what is suspected
// is confirmed exactly, in another walk.
type Source struct {
	seal.Seal
	_ seal.NoCopy
	held
}

// Format is the format of a file of answer sheets.
type Format int

// The formats of answer sheets.
const (
	CSV   Format = iota // comma-separated values, see [ReadCSV]; other dialects and encodings through a mapping
	JSONL               // JSON Lines, see [ReadJSONL]; flat objects through a mapping
	JSON                // objects in an array or one after the other, always through a mapping
)

// Options are settings for large files and for exports of survey tools. The
// zero value sets nothing.
type Options struct {
	// Progress, if not nil, is told now and then how much of the job is done,
	// as a fraction of the bytes to read, from 0 to 1: at most a thousand times,
	// never backwards, from one goroutine at a time. A publication that the
	// ledger has stored already stops in the middle. It says nothing about the
	// number of companies but the size of the file.
	Progress func(fraction float64)

	// Bytes is the length of what is read, for Progress; 0 where it is not
	// known, and then nothing is told. A file has its own.
	Bytes int64

	// Keep is how many bytes of answers a publication keeps in memory instead of reading
	// them a second time, of a Source of CSV or JSON Lines without a Mapping: half a byte
	// an answer and a byte an attribute of each company. 0 stands for 256 MiB, the
	// answers of ten million companies to 44 questions; −1 for none.
	Keep int64

	// Mapping, if not nil, says how the export of a survey tool is read. The
	// canonical form needs none.
	Mapping *Mapping

	// Counts, if not nil, is filled in when a file was read through a mapping:
	// it says which rows were left out. It is for the holder of the file.
	Counts *Counts
}

// Open returns the answer sheets of a file, in one of the formats that [Load]
// reads. An unknown extension and a missing file are errors. The
// file is opened when it is read. At most one of options is used.
func Open(in *instrument.Instrument, path string, options ...Options) (*Source, error) {
	r, err := openSheets(in, path, options)
	if err != nil {
		return nil, err
	}
	return r.source(), nil
}

func openSheets(in *instrument.Instrument, path string, options []Options) (*sheetFile, error) {
	r := &sheetFile{in: in, path: path, open: func() (io.ReadCloser, error) { return os.Open(path) }}
	r.options = last(options)
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return r, r.openDirectory()
	}
	switch strings.ToLower(filepath.Ext(path)) {
	case ".csv":
	case ".jsonl", ".ndjson":
		r.format = JSONL
	case ".json":
		r.format = JSON
	case ".tsv", ".tab", ".txt":
		r.mapped()
	case ".xlsx", ".xlsm", ".xls", ".ods":
		return nil, input.FileError(path, "a text file: package xlsx reads workbooks")
	default:
		return nil, input.FileError(path, "a file name that ends in .csv, .tsv, .txt, .jsonl, .ndjson or .json")
	}
	if r.format == JSON {
		r.mapped()
	}
	if err := r.options.Check(in); err != nil {
		return nil, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("responses: %w", err)
	}
	r.options.Bytes = info.Size()
	return r, nil
}

// openDirectory takes a directory of JSON documents.
func (r *sheetFile) openDirectory() error {
	documents, expected, err := table.OpenDocuments(r.path)
	switch {
	case err != nil:
		return fmt.Errorf("responses: %w", err)
	case expected != "":
		return input.FileError(r.path, expected)
	}
	r.documents, r.format = documents, JSON
	r.open = func() (io.ReadCloser, error) { return documents.Open(), nil }
	r.options.Bytes = documents.Size()
	r.mapped()
	return r.options.Check(r.in)
}

// NewSource returns the answer sheets that open gives access to: it is called
// whenever they are read, and must give the same bytes each time. The reader
// that it returns is closed after the walk.
func NewSource(in *instrument.Instrument, format Format, open func() (io.ReadCloser, error), options ...Options) *Source {
	r := &sheetFile{in: in, format: format, open: open, options: last(options)}
	if format == JSON {
		r.mapped()
	}
	return r.source()
}

// NewTableSource returns the answer sheets of a table of texts that can be read
// again, as [ReadTable] reads it: every walk calls table, which calls read with
// the columns and rows, and returns its error. path is the file that errors
// name.
func NewTableSource(in *instrument.Instrument, path string, table func(read func(names []string, rows iter.Seq2[[][]byte, error]) error) error, options ...Options) *Source {
	return (&sheetFile{in: in, path: path, table: table, options: last(options)}).source()
}

// NewRemoteSource returns answer sheets that are walked over elsewhere, such as
// on other machines: begin returns them for one publication, which may make two
// walks. It is for packages of this module, which alone can name a panel.
func NewRemoteSource(in *instrument.Instrument, begin func() stage.Panel) *Source {
	return &Source{held: intake.Hold(in, true, begin)}
}

// sheetFile is how a source is read.
type sheetFile struct {
	in      *instrument.Instrument
	path    string // for errors
	format  Format
	open    func() (io.ReadCloser, error)
	table   func(read tableReading) error // in place of open
	cells   func(read func(func(*translate.Rules) table.Rows) error) error
	options Options
	loading bool // into memory

	documents *table.Documents // of a directory; else nil
}

// mapped makes sure that there is a mapping.
func (r *sheetFile) mapped() {
	if r.options.Mapping == nil {
		r.options.Mapping = &Mapping{}
	}
}

func (r *sheetFile) source() *Source {
	return NewRemoteSource(r.in, func() stage.Panel { return newStream(r) })
}

// read reads all answer sheets, which are used again, and hands out every
// problem with the owner of its row. Errors of either end it. from and to are the parts of the whole job
// that are done before and after, for the progress.
func (r *sheetFile) read(ctx context.Context, from, to float64, take func(*intake.Sheet) error, problem func(Response, error) error) error {
	if err := r.options.Check(r.in); err != nil {
		return err
	}
	switch {
	case r.table != nil:
		return r.readTable(ctx, take, problem)
	case r.cells != nil:
		return r.readCells(ctx, take, problem)
	}
	file, err := r.open()
	if err != nil {
		return fmt.Errorf("responses: %w", err)
	}
	defer file.Close()
	tracked := &trackedReader{ctx: ctx, r: file, options: r.options, from: from, to: to, told: from}
	var failed error
	sequence := r.sequence(tracked, func(s *intake.Sheet) bool {
		failed = take(s)
		return failed == nil
	})
	for response, err := range sequence {
		if err := problem(response, err); err != nil {
			return err
		}
	}
	if failed == nil {
		failed = ctx.Err()
	}
	if failed == nil {
		tracked.tell(to)
	}
	return failed
}

// sequence reads sheets; what it yields is errors and the owners of their rows.
func (r *sheetFile) sequence(from io.Reader, take func(*intake.Sheet) bool) iter.Seq2[Response, error] {
	switch {
	case r.options.Mapping != nil:
		return mapped(r.in, r.options, tableOf(r.format, from), !r.loading, take)
	case r.format == JSONL:
		return readJSONL(r.in, from, take)
	}
	return readCSV(r.in, from, take)
}

// named says in an [*input.Error] of which file it is.
func (r *sheetFile) named(err error) error {
	var problems *input.Error
	if errors.As(err, &problems) && problems.File == "" {
		problems.File = r.path
		if r.documents != nil {
			r.documents.Name(problems.Problems)
		}
	}
	return err
}

// trackedReader fails once its context is done, and tells the progress.
type trackedReader struct {
	ctx      context.Context
	r        io.Reader
	options  Options
	from, to float64
	done     int64   // bytes
	told     float64 // last
}

func (t *trackedReader) Read(p []byte) (int, error) {
	if err := t.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := t.r.Read(p)
	if t.done += int64(n); t.options.Bytes > 0 {
		fraction := t.from + (t.to-t.from)*min(float64(t.done)/float64(t.options.Bytes), 1)
		if fraction >= t.told+0.001 {
			t.tell(fraction)
		}
	}
	return n, err
}

// tell tells a fraction.
func (t *trackedReader) tell(fraction float64) {
	if t.options.Progress != nil && t.options.Bytes > 0 {
		t.told = fraction
		t.options.Progress(fraction)
	}
}
