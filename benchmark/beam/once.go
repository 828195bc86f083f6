package beam

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"

	"maturitybench/benchmark/input"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"
)

func init() {
	registerFn[onceFn]()
	register.Iter1[message]()
}

// place is where a response was read.
type place struct {
	File   string
	Line   int
	Number int // of the next problem of the file
}

func (p place) compare(other place) int {
	return placed{File: p.File, Line: p.Line, Number: p.Number}.compare(placed{File: other.File, Line: other.Line, Number: other.Number})
}

// append appends the place as bytes: two numbers, then the file.
func (p place) append(data []byte) []byte {
	data = binary.AppendUvarint(binary.AppendUvarint(data, uint64(p.Line)), uint64(p.Number))
	return append(data, p.File...)
}

// parsePlace reads a place that append wrote.
func parsePlace(data []byte) (place, error) {
	line, n := binary.Uvarint(data)
	if n <= 0 {
		return place{}, errSeal
	}
	number, m := binary.Uvarint(data[n:])
	if m <= 0 {
		return place{}, errSeal
	}
	return place{File: string(data[n+m:]), Line: int(line), Number: int(number)}, nil
}

// onceFn finds second responses: it sees all responses of a company together.
type onceFn struct {
	Job job

	vault *vault
	found found // of the bundle
}

// StartBundle begins a bundle.
func (f *onceFn) StartBundle(context.Context, func([]byte)) { f.found = found{} }

// FinishBundle hands out the problems of a bundle.
func (f *onceFn) FinishBundle(_ context.Context, problems func([]byte)) error {
	return f.found.emit(problems)
}

// Setup opens the job.
func (f *onceFn) Setup(ctx context.Context) (err error) {
	f.vault, err = f.Job.vault(ctx)
	return err
}

// ProcessElement notes all responses of a company but the first, without its
// name.
func (f *onceFn) ProcessElement(_ context.Context, _ []byte, origins func(*message) bool, _ func([]byte)) error {
	var places []place
	var m message
	for origins(&m) {
		plain, err := m.open(f.vault, originTag)
		if err != nil {
			return err
		}
		at, err := parsePlace(plain)
		if err != nil {
			return err
		}
		places = append(places, at)
	}
	if len(places) < 2 {
		return nil
	}
	slices.SortFunc(places, place.compare)
	for _, at := range places[1:] {
		f.found = f.found.add(0, newPlaced(at.File, at.Number, second(places[0], at)))
	}
	return nil
}

// second is the problem of a second response, in the words of
// responses.NewDataset.
func second(first, at place) input.Problem {
	expected := "one response a company"
	switch {
	case first.Line == 0:
	case first.File == at.File:
		expected += fmt.Sprintf("; line %d has the first", first.Line)
	default:
		expected += fmt.Sprintf("; line %d of %s has the first", first.Line, first.File)
	}
	return input.Problem{Line: at.Line, Field: "company", Expected: expected}
}
