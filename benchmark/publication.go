package benchmark

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/stage"
	"maturitybench/privacy"
)

// Data is the answer sheets of one wave, one response a company: a [*Dataset],
// which is in memory, or a [*Source], which is read whenever a publication walks
// over it. No other package can make one.
type Data interface {
	// begin is the instrument and the responses, for one publication, and
	// whether they might change between two walks.
	begin() (in *Instrument, panel stage.Panel, changing bool)
}

// ErrSourceChanged says that a [Source] did not give the same responses when
// it was read again. Nothing was charged.
var ErrSourceChanged = errors.New("benchmark: the answer sheets changed while they were read")

// publication is one publication on its way.
type publication struct {
	plan  *Plan
	panel stage.Panel
	key   stage.Key   // of the checksum of the rows; zero: they cannot change
	first *stage.Part // what the first walk gathered
}

func (p *Plan) publication(panel stage.Panel, changing bool) *publication {
	made := &publication{plan: p, panel: panel}
	if changing {
		made.key = newKey()
	}
	return made
}

// newKey is a random key.
func newKey() stage.Key {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand ends the process instead
	return stage.Key{binary.LittleEndian.Uint64(b[:]), binary.LittleEndian.Uint64(b[8:]) | 1}
}

// walk is a walk for the sum of a vector.
func (p *publication) walk(vector encode.Vector) *stage.Walk {
	rows := p.plan.rows(nil)
	return &stage.Walk{
		Stride: rows.Stride, Attributes: rows.Attributes, Answers: rows.Answers, Key: p.key, Vector: vector,
	}
}

// counting is the first walk: it depends on the plan alone.
func (p *publication) counting() *stage.Walk {
	walk := p.walk(p.plan.profile.first())
	for _, c := range p.plan.measured {
		walk.Cohorts = append(walk.Cohorts, c.counted())
	}
	return walk
}

// gather makes the first walk. The ledger calls it.
func (p *publication) gather(ctx context.Context) (*privacy.Multiset, error) {
	walk := p.counting()
	walk.Records, walk.To = p.plan.in.records(), 1
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
// Privacy: exact totals; noise is added by the caller before anything else. A
// source that changed in between is an error for its holder, and nothing is
// published.
func (p *publication) second(ctx context.Context, main encode.Vector) ([]int64, error) {
	walk := p.walk(main)
	walk.From, walk.To = 0.5, 1
	part, err := p.panel.Walk(ctx, walk)
	if err != nil {
		return nil, fmt.Errorf("measure: %w", err)
	}
	if part.Check() != p.first.Check() || part.Companies() != p.first.Companies() {
		return nil, ErrSourceChanged
	}
	return part.Totals(), nil
}

// measure measures synthetic rows, as [publication.measure] does real ones, and
// counts the companies of the measured cohorts.
func (p *Plan) measure(ctx context.Context, noise mechanism, rows encode.Rows) (_ *measurement, counts []int64, err error) {
	made := p.publication(stage.Memory{{Rows: rows.Data}}, false)
	if made.first, err = made.panel.Walk(ctx, made.counting()); err != nil {
		return nil, nil, err
	}
	m, err := made.measure(ctx, noise)
	return m, made.first.Counts(), err
}
