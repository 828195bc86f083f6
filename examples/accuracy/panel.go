package main

import (
	"fmt"
	"io"
	"math/rand/v2"

	"maturitybench/benchmark/cmd/command"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/synthetic"
)

// panels makes one panel a trial.
type panels struct {
	in   *instrument.Instrument
	size int
	seed uint64
	pool *pool // companies of a file, nil for synthetic ones
}

// pool holds the sheets of a file in the clear. The program's user has the
// file and only measures with it; nothing of it is printed.
type pool struct {
	levels, attributes [][]int8
}

func (s *settings) panels() (*panels, error) {
	in, err := command.Instrument(s.instrument)
	if err != nil {
		return nil, err
	}
	p := &panels{in: in, size: s.companies, seed: s.seed}
	if s.responses != "" {
		p.pool, err = readPool(in, s.responses)
	}
	return p, err
}

// trial is panel number i. A synthetic industry lies up to half a level above
// or below the published figure, so that printing the prior is not rewarded.
func (p *panels) trial(i int) (*synthetic.Sample, error) {
	rng := rand.New(rand.NewPCG(p.seed, uint64(i)))
	panel := synthetic.NewPanel(p.size, rng.Uint64())
	panel.Shift = max(-0.8, min(0.8, 0.4*rng.NormFloat64()))
	sample, err := synthetic.NewSample(p.in, panel)
	if err != nil || p.pool == nil {
		return sample, err
	}
	for c := range sample.Levels {
		from := rng.IntN(len(p.pool.levels))
		sample.Levels[c], sample.Attributes[c] = p.pool.levels[from], p.pool.attributes[from]
	}
	return sample, nil
}

// progress draws a line that is overwritten.
func progress(w io.Writer, done, trials int) {
	fmt.Fprintf(w, "\r%d of %d panels", done, trials)
	if done == trials {
		fmt.Fprintln(w)
	}
}
