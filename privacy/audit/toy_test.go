package audit_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"math"
	"sync"

	"maturitybench/privacy"
	"maturitybench/privacy/audit"
)

// panel is a toy data set: one bounded number a company.
type panel struct {
	values []int64 // −bound to bound
	wave   string
}

const (
	bound = 1 << 20
	k     = 3
)

// threshold is calibrated once, which takes longer than all the rest.
var threshold = sync.OnceValue(func() privacy.Threshold {
	t, err := privacy.NewThreshold(k, 1, 500_000, 1e12)
	if err != nil {
		panic(err)
	}
	return t
})

var account = privacy.Account{ID: "toy", Unit: "company", Roster: privacy.SecretRoster, Epsilon: 100, Delta: 1e-5, Window: "3y"}

func with(values ...int64) panel { return panel{values: values} }

// records are what the ledger recognises a panel by.
func (p panel) records() iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for i, v := range p.values {
			if !yield(fmt.Append(nil, i, v)) {
				return
			}
		}
	}
}

func (p panel) sums() []int64 {
	total, squares := int64(0), int64(0)
	for _, v := range p.values {
		total += v
		squares += v * v / bound
	}
	return []int64{total, squares}
}

// toy publishes the sum of the numbers and of their squares, and whether there
// are k companies. Its fields break it.
type toy struct {
	sensitivity int64   // 0: right, bound·√2
	mu          float64 // of the sums; 0: ½
	exact       bool    // publishes without noise
	drawTwice   bool    // draws once more when a company is missing
	extra       bool    // a third number when there are many companies
	peek        bool    // publishes the exact number of companies
	order       bool    // the order of the draws depends on the data
	failing     bool    // fails when a company is missing
	panics      bool    // panics when a company is missing
	plan        bool    // the plan holds the number of companies
	loss        bool    // the charge depends on the data
	few         bool    // declares fewer losses than it draws: the ledger refuses
	rawTest     bool    // decides about the cohort without noise
	parameters  bool    // less noise for larger panels
	silent      bool    // publishes a constant, without a draw
}

type published struct {
	Sums  []int64 `json:"sums"`
	Shown bool    `json:"shown"`
	More  *int    `json:"more,omitempty"`
}

func (b toy) publish(ctx context.Context, ledger privacy.Ledger, p panel) ([]byte, error) {
	n := len(p.values)
	mu := privacy.Mu(500_000)
	if b.mu > 0 {
		mu = privacy.Mu(b.mu * 1e6)
	}
	if b.parameters && n > 3 {
		mu++
	}
	sensitivity := int64(math.Ceil(bound * math.Sqrt2))
	if b.sensitivity > 0 {
		sensitivity = b.sensitivity
	}
	g, err := privacy.NewGaussian(sensitivity, mu)
	if err != nil {
		return nil, err
	}
	test := threshold()
	loss := test.Loss()
	loss.MuSquared += privacy.Mu(500_001).Squared()
	if b.mu > 0 {
		loss.MuSquared += mu.Squared()
	}
	loss.Delta += max(privacy.SamplerDelta, privacy.SamplerCharge(loss.MuSquared, privacy.MaxNumbers))
	entry := privacy.Entry{Account: "toy", Wave: "w" + p.wave, Revision: 1, Roster: privacy.SecretRoster, Plan: []byte("plan"), Data: privacy.Records(p.records())}
	if b.plan {
		entry.Plan = fmt.Append(nil, n)
	}
	if b.loss && n > 3 {
		loss.MuSquared *= 2
	}
	if b.few {
		loss.MuSquared = 1
	}
	if b.drawTwice {
		loss.MuSquared *= 3
	}
	entry.Loss = loss
	record, err := ledger.Publish(ctx, entry, func(d *privacy.Draws) (privacy.Record, error) {
		switch {
		case b.failing && n == 3:
			return privacy.Record{}, errors.New("toy: too small")
		case b.panics && n == 3:
			panic("toy")
		case b.silent:
			return privacy.Record{Release: []byte("{}")}, nil
		}
		var out published
		if b.order && n > 3 {
			out.Sums = d.Gaussian(g, p.sums())
		}
		out.Shown = d.Threshold(test, []int64{int64(n)})[0]
		if b.rawTest {
			out.Shown = n >= k
		}
		if out.Sums == nil {
			out.Sums = d.Gaussian(g, p.sums())
		}
		if b.drawTwice && n > 3 {
			d.Gaussian(g, p.sums())
		}
		if b.exact {
			out.Sums = p.sums()
		}
		if b.peek {
			out.More = &n
		}
		if b.extra && n > 3 {
			out.Sums = append(out.Sums, 1)
		}
		data, err := json.Marshal(out)
		return privacy.Record{Measurement: data, Release: data}, err
	})
	return record.Release, err
}

func (b toy) setup() audit.Setup[panel] {
	return audit.Setup[panel]{Publish: b.publish, Account: account}
}

func read(artefact []byte) (p published) {
	if err := json.Unmarshal(artefact, &p); err != nil {
		panic(err)
	}
	return p
}
