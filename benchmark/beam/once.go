package beam

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"maturitybench/benchmark/input"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"
)

func init() {
	register.DoFn4x1[context.Context, []byte, func(*message) bool, func(placed), error](&onceFn{})
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

// newOrigin is the message of a place.
func newOrigin(v *vault, at place) (message, error) {
	plain, err := json.Marshal(at)
	return newMessage(v, originTag, plain), err
}

// onceFn finds second responses: it sees all responses of a company together.
type onceFn struct {
	Job job

	vault *vault
}

// Setup opens the job.
func (f *onceFn) Setup(ctx context.Context) (err error) {
	f.vault, err = f.Job.vault(ctx)
	return err
}

// ProcessElement reports all responses of a company but the first, without its
// name.
func (f *onceFn) ProcessElement(_ context.Context, _ []byte, origins func(*message) bool, problem func(placed)) error {
	var places []place
	var m message
	for origins(&m) {
		plain, err := m.open(f.vault, originTag)
		if err != nil {
			return err
		}
		var at place
		if err := json.Unmarshal(plain, &at); err != nil {
			return errSeal
		}
		places = append(places, at)
	}
	if len(places) < 2 {
		return nil
	}
	slices.SortFunc(places, place.compare)
	for _, at := range places[1:] {
		problem(newPlaced(at.File, at.Number, second(places[0], at)))
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
