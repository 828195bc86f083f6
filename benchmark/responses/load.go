package responses

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/intake"
	"maturitybench/benchmark/internal/stage"
)

// Load reads the answer sheets of a file into memory: comma-separated
// values if its name ends in .csv (see [ReadCSV]), JSON Lines if it
// ends in .jsonl or .ndjson (see [ReadJSONL]), objects in an array or one after
// the other if it ends in .json. Of a directory, every file that ends in .json is
// one answer sheet. A file with problems
// gives no data set but an [*input.Error] with the first 20 of them and the
// number of the others. When ctx is done, reading stops with its error. Options
// are for large files; at most one is used. A file that is larger than memory
// is published as a [Source].
//
// Privacy: the error goes to the holder of the file; it names lines, columns
// and questions, never an answer or a company.
func Load(ctx context.Context, in *instrument.Instrument, path string, options ...Options) (*Dataset, error) {
	r, err := openSheets(in, path, options)
	if err != nil {
		return nil, err
	}
	r.loading = true
	g := newGatherer(in)
	err = r.read(ctx, 0, 1, g.take, g.fault)
	if err == nil {
		var data *Dataset
		if data, err = g.dataset(); err == nil {
			return data, nil
		}
	}
	return nil, r.named(err)
}

// NewDataset gathers responses: those of a reader of the instrument, or those
// that a backend makes with [New]. Errors of the sequence
// that are an [*input.Error] are gathered too, up to 20 problems and the number
// of the others, and returned as one *input.Error in place of a data set; any
// other error ends the walk and is returned. A second response of a company is
// a problem, also where the reader found others in one of the two, and so is a
// data set without a response. A response that was not
// read from a file or table is named by its position in the sequence. When ctx
// is done, the walk stops with its error.
//
// Privacy: nothing about an answer or a company is in an error; a second
// response is named by its line alone.
func NewDataset(ctx context.Context, in *instrument.Instrument, responses iter.Seq2[Response, error]) (*Dataset, error) {
	g := newGatherer(in)
	for response, err := range responses {
		if g.position%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		g.position++
		switch {
		case err == nil:
			err = g.add(response)
		default:
			err = g.fault(response, err)
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
	problemList
	in       *instrument.Instrument
	equal    *instrument.Instrument // another instrument with the content of the data set's
	chunks   []stage.Chunk
	index    companyIndex
	position int // of the response in the sequence, from 1
}

func newGatherer(in *instrument.Instrument) *gatherer {
	g := &gatherer{in: in, chunks: make([]stage.Chunk, 1)}
	g.index.init()
	return g
}

// problemList is the first problems and the number of the others.
type problemList struct {
	problems []input.Problem
	more     int
}

// problem notes a problem.
func (l *problemList) problem(p input.Problem) {
	if len(l.problems) < input.MaxProblems {
		l.problems = append(l.problems, p)
	} else {
		l.more++
	}
}

// gather takes an error of the sequence. It returns those that end the walk.
func (l *problemList) gather(err error) error {
	var wrong *input.Error
	if !errors.As(err, &wrong) {
		return err
	}
	for _, p := range wrong.Problems {
		l.problem(p)
	}
	l.more += wrong.More
	return nil
}

// add adds a response. It returns errors that end the walk.
func (g *gatherer) add(r Response) error {
	s := intake.Open(r)
	if s == nil || s.Instrument == nil || !g.knows(s.Instrument) {
		return errors.New("responses: a response was not made for the instrument of the data set")
	}
	line := s.Line
	if line == 0 {
		line = g.position
	}
	return g.sheet(s, line)
}

// take is add for a sheet of the instrument, which is used again.
func (g *gatherer) take(s *intake.Sheet) error {
	g.position++
	return g.sheet(s, s.Line)
}

// sheet adds a sheet that was read at a line.
func (g *gatherer) sheet(s *intake.Sheet, line int) error {
	if again, err := g.again(s.Company, line); again || err != nil {
		return err
	}
	if len(g.problems) > 0 {
		return nil // there will be no data set; problems are still looked for
	}
	last := &g.chunks[len(g.chunks)-1]
	if n := len(last.Rows) / len(s.Row()); n == chunkCompanies {
		if len(g.chunks) == 1 { // the first one has grown by and by
			last.Rows = exact(last.Rows)
		}
		g.chunks = append(g.chunks, stage.Chunk{Rows: make([]byte, 0, chunkCompanies*len(s.Row()))})
		last = &g.chunks[len(g.chunks)-1]
	}
	last.Rows = append(last.Rows, s.Row()...)
	return nil
}

// fault adds an error of the sequence, and the owner of the row. It returns
// errors that end the walk.
func (g *gatherer) fault(r Response, err error) error {
	if owner := r.owner(); owner != nil {
		if _, err := g.again(owner.Company, owner.Line); err != nil {
			return err
		}
	}
	return g.gather(err)
}

// again notes on which line the response of a company is, and reports a second
// one.
func (g *gatherer) again(company []byte, line int) (again bool, err error) {
	id := stage.Identify(company)
	if first := g.index.add(&id, line); first > 0 {
		g.problem(onceMore(line, first))
		return true, nil
	}
	if g.index.len() == maxCompanies {
		return false, errTooMany
	}
	return false, nil
}

// errTooMany says that a data set is too large.
var errTooMany = fmt.Errorf("responses: a data set has fewer than %d companies", maxCompanies)

// onceMore is the problem of a second response of a company.
func onceMore(line, first int) input.Problem {
	return input.Problem{Line: line, Field: companyColumn, Expected: fmt.Sprintf("one response a company; line %d has the first", first)}
}

// knows reports whether an instrument is that of the data set, by content.
func (g *gatherer) knows(in *instrument.Instrument) bool {
	if in != g.in && in != g.equal {
		if !in.Equal(g.in) {
			return false
		}
		g.equal = in
	}
	return true
}

// dataset is what was gathered.
func (g *gatherer) dataset() (*Dataset, error) {
	if err := g.err(g.index.len()); err != nil {
		return nil, err
	}
	for i := range g.chunks {
		g.chunks[i].Companies = exact(g.index.companies[i])
	}
	last := &g.chunks[len(g.chunks)-1]
	last.Rows = exact(last.Rows)
	return newDataset(g.in, &packed{g.chunks}), nil
}

// err is the problems as an error, nil if there are none.
func (l *problemList) err(companies int) error {
	if len(l.problems) == 0 && companies == 0 {
		l.problem(input.Problem{Expected: "at least one response"})
	}
	if len(l.problems) > 0 {
		return &input.Error{Problems: l.problems, More: l.more}
	}
	return nil
}

// exact gives back the room that append has kept in reserve, if it is much.
func exact[T any](s []T) []T {
	if cap(s)-len(s) <= len(s)/64 {
		return s
	}
	return append(make([]T, 0, len(s)), s...)
}
