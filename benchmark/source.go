package benchmark

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"maturitybench/benchmark/internal/seal"
	"maturitybench/benchmark/internal/stage"
)

// A Source is the answer sheets of one wave in a file, or in something else
// that can be read again, which is larger than memory: [Publish] reads it twice,
// from the start, and keeps 8 bytes a company. Nothing is read before. It is
// safe for concurrent use, as far as its opener is. A Source must not be copied.
//
// A source with problems is not published: the error is an [*InputError], as
// that of [LoadDataset], and nothing is charged. A source that was not the same
// when it was read again is [ErrSourceChanged].
//
// Privacy: a Source is raw data, as a [Dataset] is. Two responses of a company
// are found by 64-bit hashes of companies under a random key; what is suspected
// is confirmed exactly, in another walk.
type Source struct {
	seal.Seal
	_     seal.NoCopy
	in    *Instrument
	begun func() stage.Panel
}

// Format is the format of a file of answer sheets.
type Format int

// The formats of answer sheets.
const (
	CSV   Format = iota // comma-separated values, see [Instrument.ReadCSV]
	JSONL               // JSON Lines, see [Instrument.ReadJSONL]
)

// ReadOptions are options for large files. The zero value has none.
type ReadOptions struct {
	// Progress, if not nil, is told now and then how much of the job is done,
	// as a fraction of the bytes to read, from 0 to 1: at most a thousand times,
	// never backwards, from one goroutine at a time. A publication that the
	// ledger has stored already stops in the middle. It says nothing about the
	// number of companies but the size of the file.
	Progress func(fraction float64)

	// Bytes is the length of what is read, for Progress; 0 where it is not
	// known, and then nothing is told. A file has its own.
	Bytes int64
}

// OpenSource is the answer sheets of a file, of the formats that [LoadDataset]
// reads. Another name, a file that is not there and a directory are errors; the
// file is opened when it is read. At most one of options is used.
func OpenSource(in *Instrument, path string, options ...ReadOptions) (*Source, error) {
	r, err := openSheets(in, path, options)
	if err != nil {
		return nil, err
	}
	return r.source(), nil
}

func openSheets(in *Instrument, path string, options []ReadOptions) (*sheetFile, error) {
	r := &sheetFile{in: in, path: path, open: func() (io.ReadCloser, error) { return os.Open(path) }}
	switch strings.ToLower(filepath.Ext(path)) {
	case ".csv":
	case ".jsonl", ".ndjson":
		r.format = JSONL
	default:
		return nil, fileError(path, "a file name that ends in .csv, .jsonl or .ndjson")
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("benchmark: %w", err)
	}
	if info.IsDir() {
		return nil, fileError(path, "a file, not a directory")
	}
	for _, o := range options {
		r.options = o
	}
	r.options.Bytes = info.Size()
	return r, nil
}

// NewSource is answer sheets that open opens: it is called for every walk over
// them, and must give the same bytes each time. What it returns is closed.
func NewSource(in *Instrument, format Format, open func() (io.ReadCloser, error), options ...ReadOptions) *Source {
	r := &sheetFile{in: in, format: format, open: open}
	for _, o := range options {
		r.options = o
	}
	return r.source()
}

// begin is the instrument and the responses, for one publication.
func (s *Source) begin() (*Instrument, stage.Panel, bool) { return s.in, s.begun(), true }

// sheetFile is how a source is read.
type sheetFile struct {
	in      *Instrument
	path    string // for errors
	format  Format
	open    func() (io.ReadCloser, error)
	table   func(read tableReading) error // in place of open
	options ReadOptions
}

func (r *sheetFile) source() *Source {
	return &Source{in: r.in, begun: func() stage.Panel { return newStream(r) }}
}

// read reads all answer sheets, which are used again, and hands out every
// problem with the owner of its row. Errors of either end it. from and to are the parts of the whole job
// that are done before and after, for the progress.
func (r *sheetFile) read(ctx context.Context, from, to float64, take func(*sheet) error, problem func(Response, error) error) error {
	if r.table != nil {
		return r.readTable(ctx, take, problem)
	}
	file, err := r.open()
	if err != nil {
		return fmt.Errorf("benchmark: %w", err)
	}
	defer file.Close()
	tracked := &trackedReader{ctx: ctx, r: file, options: r.options, from: from, to: to, told: from}
	var failed error
	sequence := r.sequence(tracked, func(s *sheet) bool {
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
func (r *sheetFile) sequence(from io.Reader, take func(*sheet) bool) iter.Seq2[Response, error] {
	if r.format == JSONL {
		return r.in.readJSONL(from, take)
	}
	return r.in.readCSV(from, take)
}

// named says in an [*InputError] of which file it is.
func (r *sheetFile) named(err error) error {
	var problems *InputError
	if errors.As(err, &problems) {
		problems.File = r.path
	}
	return err
}

// trackedReader fails once its context is done, and tells the progress.
type trackedReader struct {
	ctx      context.Context
	r        io.Reader
	options  ReadOptions
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
