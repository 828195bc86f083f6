package benchmark

import (
	"context"
	"fmt"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/intake"
	"maturitybench/benchmark/internal/stage"
	"maturitybench/benchmark/responses"
	"maturitybench/privacy"
)

// publishing is one publication in progress.
type publishing struct {
	plan  *Plan
	panel stage.Panel
	key   stage.Key   // of the checksum of the rows; zero: they cannot change
	first *stage.Part // what the first walk gathered
}

func (p *Plan) publication(panel stage.Panel, changing bool) *publishing {
	made := &publishing{plan: p, panel: panel}
	if changing {
		made.key = stage.NewKey()
	}
	return made
}

// walk is a walk for the sum of a vector.
func (p *publishing) walk(vector encode.Vector) *stage.Walk {
	rows := p.plan.rows(nil)
	return &stage.Walk{
		Stride: rows.Stride, Attributes: rows.Attributes, Answers: rows.Answers, Key: p.key, Vector: vector,
	}
}

// counting is the first walk: it depends on the plan alone.
func (p *publishing) counting() *stage.Walk {
	walk := p.walk(p.plan.scheme.first())
	for _, c := range p.plan.measured {
		walk.Cohorts = append(walk.Cohorts, c.counted())
	}
	return walk
}

// gather makes the first walk. The ledger calls it with its key for the records.
func (p *publishing) gather(ctx context.Context, key privacy.GatherKey) (*privacy.Multiset, error) {
	walk := p.counting()
	walk.Records, walk.Gather, walk.To = intake.Records(p.plan.in), key, 1
	if !p.plan.levelsOnly() {
		walk.To = 0.5 // a second walk follows
	}
	part, err := p.panel.Walk(ctx, walk)
	if err != nil {
		return nil, err
	}
	p.first = part
	return part.Multiset(), nil
}

// second makes the second walk, for the sum of the main vector.
//
// Privacy: exact totals; noise is added by the caller before anything else. Both
// walks see the same rows: those in memory cannot change, and if those that are read
// again have changed it is an error for their holder, and nothing is published.
func (p *publishing) second(ctx context.Context, main encode.Vector) ([]int64, error) {
	walk := p.walk(main)
	walk.From, walk.To = 0.5, 1
	part, err := p.panel.Walk(ctx, walk)
	if err != nil {
		return nil, fmt.Errorf("measure: %w", err)
	}
	if part.Check() != p.first.Check() || part.Companies() != p.first.Companies() {
		return nil, responses.ErrChanged
	}
	return part.Totals(), nil
}

// measure measures synthetic rows, as [publishing.measure] does real ones, and
// counts the companies of the measured cohorts.
func (p *Plan) measure(ctx context.Context, noise mechanism, rows encode.Rows) (_ *measurement, counts []int64, err error) {
	made := p.publication(stage.Memory{{Rows: rows.Data}}, false)
	if made.first, err = made.panel.Walk(ctx, made.counting()); err != nil {
		return nil, nil, err
	}
	m, err := made.measure(ctx, noise)
	return m, made.first.Counts(), err
}
