package benchmark

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"os"
	"path/filepath"
	"strings"
)

// LoadDataset reads the answer sheets of a file: comma-separated values if its
// name ends in .csv (see [Instrument.ReadCSV]), JSON Lines if it ends in .jsonl
// or .ndjson (see [Instrument.ReadJSONL]). A file with problems gives no data
// set but an [*InputError] with the first 20 of them and the number of the
// others. When ctx is done, reading stops with its error.
//
// Privacy: the error goes to the holder of the file; it names lines, columns
// and questions, never an answer or a company.
func LoadDataset(ctx context.Context, in *Instrument, path string) (*Dataset, error) {
	var read func(io.Reader) iter.Seq2[Response, error]
	switch strings.ToLower(filepath.Ext(path)) {
	case ".csv":
		read = in.ReadCSV
	case ".jsonl", ".ndjson":
		read = in.ReadJSONL
	default:
		return nil, fileError(path, "a file name that ends in .csv, .jsonl or .ndjson")
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("benchmark: %w", err)
	}
	defer file.Close()
	if info, err := file.Stat(); err == nil && info.IsDir() {
		return nil, fileError(path, "a file, not a directory")
	}
	data, err := NewDataset(ctx, in, read(contextReader{ctx, file}))
	var problems *InputError
	if errors.As(err, &problems) {
		problems.File = path
	}
	return data, err
}

// fileError is the problem of a file as a whole.
func fileError(path, expected string) error {
	return &InputError{File: path, Problems: []Problem{{Expected: expected}}}
}

// contextReader fails once its context is done.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

// NewDataset gathers responses: those of a reader of the instrument, or those
// that a backend makes with [Instrument.NewResponse]. Errors of the sequence
// that are an [*InputError] are gathered too, up to 20 problems and the number
// of the others, and returned as one *InputError in place of a data set; any
// other error ends the walk and is returned. A second response of a company is
// a problem, and so is a data set without a response. A response that was not
// read from a file or table is named by its position in the sequence. When ctx
// is done, the walk stops with its error.
//
// Privacy: nothing about an answer or a company is in an error; a second
// response is named by its line alone.
func NewDataset(ctx context.Context, in *Instrument, responses iter.Seq2[Response, error]) (*Dataset, error) {
	g := gatherer{in: in, lines: map[identity]uint32{}}
	for response, err := range responses {
		if g.position%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		g.position++
		switch {
		case err == nil:
			err = g.add(response)
		default:
			err = g.gather(response, err)
		}
		if err != nil {
			return nil, err
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return g.dataset()
}

// gatherer gathers responses and problems.
type gatherer struct {
	in       *Instrument
	data     packed
	equal    *Instrument         // another instrument with the content of the data set's
	lines    map[identity]uint32 // where the response of a company is
	position int                 // of the response in the sequence, from 1
	faulty   *sheet              // of the last error
	problems []Problem
	more     int
}

// problem notes a problem.
func (g *gatherer) problem(p Problem) {
	if len(g.problems) < maxProblems {
		g.problems = append(g.problems, p)
	} else {
		g.more++
	}
}

// gather takes an error of the sequence, and the response beside it if that says
// whose row cannot be used. It returns errors that end the walk.
func (g *gatherer) gather(r Response, err error) error {
	var input *InputError
	if !errors.As(err, &input) {
		return err
	}
	if s := r.sheet(); s != nil && s.company != "" && s != g.faulty { // which comes once a problem
		g.faulty = s
		g.again(s, identify(s.company))
	}
	for _, p := range input.Problems {
		g.problem(p)
	}
	g.more += input.More
	return nil
}

// add adds a response. It returns errors that end the walk.
func (g *gatherer) add(r Response) error {
	s := r.sheet()
	if s == nil || s.in == nil || !g.knows(s.in) {
		return errors.New("benchmark: a response was not made by the instrument of the data set")
	}
	company := identify(s.company)
	if g.again(s, company) {
		return nil
	}
	if len(g.lines) >= maxCompanies {
		return fmt.Errorf("benchmark: a data set has fewer than %d companies", maxCompanies)
	}
	if len(g.problems) > 0 {
		return nil // there will be no data set; problems are still looked for
	}
	g.data.companies = append(g.data.companies, company)
	g.data.rows = append(append(g.data.rows, s.attributes...), s.scores...)
	return nil
}

// again notes where the response of a company is, and reports a second one.
func (g *gatherer) again(s *sheet, company identity) bool {
	line := s.line
	if line == 0 {
		line = g.position
	}
	first, ok := g.lines[company]
	if ok {
		g.problem(Problem{Line: line, Field: companyColumn, Expected: fmt.Sprintf("one response a company; line %d has the first", first)})
	} else {
		g.lines[company] = uint32(min(line, math.MaxUint32))
	}
	return ok
}

// knows reports whether an instrument is that of the data set, by content.
func (g *gatherer) knows(in *Instrument) bool {
	if in != g.in && in != g.equal {
		if in.digest() != g.in.digest() {
			return false
		}
		g.equal = in
	}
	return true
}

// dataset is what was gathered.
func (g *gatherer) dataset() (*Dataset, error) {
	if len(g.problems) == 0 && len(g.data.companies) == 0 {
		g.problem(Problem{Expected: "at least one response"})
	}
	if len(g.problems) > 0 {
		return nil, &InputError{Problems: g.problems, More: g.more}
	}
	return newDataset(g.in, &packed{exact(g.data.companies), exact(g.data.rows)}), nil
}

// exact gives back the room that append has kept in reserve, if it is much.
func exact[T any](s []T) []T {
	if cap(s)-len(s) <= len(s)/64 {
		return s
	}
	return append(make([]T, 0, len(s)), s...)
}
