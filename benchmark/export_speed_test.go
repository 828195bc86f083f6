package benchmark

import (
	"context"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/intake"
	"maturitybench/benchmark/internal/stage"
	"maturitybench/benchmark/responses"
)

// Walks are the walks of a publication of a data set, one by one, for
// benchmarks: for the counts and the pilot, for the digest alone, and for the
// main vector, which is built around the pilot without noise.
func (p *Plan) Walks(data *responses.Dataset) (pilot, digest, main func() error, err error) {
	_, panel, changing := intake.Begin(data)
	made := p.publication(panel, changing)
	walk := func(w *stage.Walk) func() error {
		return func() error {
			_, err := panel.Walk(context.Background(), w)
			return err
		}
	}
	first := made.counting()
	recorded := made.walk(nothing{})
	recorded.Records = intake.Records(p.in)
	part, err := panel.Walk(context.Background(), first)
	if err != nil {
		return nil, nil, nil, err
	}
	encoding, err := p.scheme.(*fullScheme).encoding(&measurement{Pilot: part.Totals()})
	if err != nil {
		return nil, nil, nil, err
	}
	return walk(first), walk(recorded), walk(made.walk(encoding)), nil
}

// nothing is a vector without coordinates.
type nothing struct{ encode.Vector }

func (nothing) NewSum() encode.Sum { return noSum{} }

type noSum struct{ encode.Sum }

func (noSum) Add(encode.Rows)  {}
func (noSum) Merge(encode.Sum) {}
func (noSum) Totals() []int64  { return nil }
