package audit_test

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"math"
	"testing"

	"maturitybench/privacy"
	"maturitybench/privacy/audit"
)

// TestOneRunPublished: the lower limits that Steinke, Nasr & Jagielski (2023,
// arXiv 2305.08846v1) print: 75 of 100 guesses about 1000 canaries in Appendix
// D, 1439 of 1510 about 100,000 in section 7, both at a confidence of 95 %; the
// second is cut after its last digit.
func TestOneRunPublished(t *testing.T) {
	for _, c := range []struct {
		canaries, guesses, right int
		delta, want              float64
	}{{1000, 100, 75, 1e-4, 0.673}, {100_000, 1510, 1439, 1e-5, 2.675}} {
		if got := audit.OneRunEpsilon(c.canaries, c.guesses, c.right, c.delta, 0.05); math.Abs(got-c.want) > 1e-3 {
			t.Errorf("%+v: ε ≥ %v", c, got)
		}
	}
}

// TestOneRunProbability compares with the theorem's statement, evaluated with
// mpmath 1.3.0 in 60 digits:
//
//	q = 1/(1+exp(-eps)); pmf = lambda k: binomial(r,k)*q**k*(1-q)**(r-k)
//	p = sum(pmf(k) for k in range(v, r+1)) + m*delta*max(mpf(2)/i*sum(pmf(k) for k in range(max(v-i, 0), v)) for i in range(1, m+1))
func TestOneRunProbability(t *testing.T) {
	for _, c := range []struct {
		canaries, guesses, right int
		epsilon, delta, want     float64
	}{
		{1000, 100, 75, 0.673, 0.0001, 0.05000607335562667},
		{1000, 100, 99, 1.0, 1e-10, 5.810062693810147e-9},
		{2000, 200, 178, 1.0, 2.5e-13, 2.8776745714979437e-8},
		{64, 64, 64, 2.0, 0.0, 0.00029652094335779441},
		{50, 20, 1, 0.1, 0.001, 0.99999969203931774},
		{400, 120, 30, 0.5, 1e-07, 0.99999999999999998},
		{1000, 1000, 990, 4.0, 1e-12, 0.029494370885000937},
		{10, 10, 10, 0.0, 0.01, 0.028548177083333333},
	} {
		if got := audit.OneRunProbability(c.canaries, c.guesses, c.right, c.epsilon, c.delta); math.Abs(got/c.want-1) > 1e-9 {
			t.Errorf("%+v: %v", c, got)
		}
	}
	if p := audit.OneRunProbability(10, 10, 10, math.Inf(1), 0); p != 1 {
		t.Errorf("ε = +Inf: %v", p)
	}
}

// TestOneRunEpsilon: the limit is where the probability passes the alarm;
// without δ all of r right show q^r = alarm, and half of them nothing.
func TestOneRunEpsilon(t *testing.T) {
	q := math.Pow(1e-9, 1.0/200)
	if got, want := audit.OneRunEpsilon(200, 200, 200, 0, 1e-9), math.Log(q/(1-q)); math.Abs(got-want) > 1e-6 {
		t.Errorf("200 of 200: ε ≥ %v, want %v", got, want)
	}
	if got := audit.OneRunEpsilon(200, 200, 100, 0, 1e-9); got != 0 {
		t.Errorf("100 of 200: ε ≥ %v", got)
	}
	if got := audit.OneRunEpsilon(200, 200, 200, 1e-6, 1e-9); got != 0 {
		t.Errorf("a δ above what the alarm can see: ε ≥ %v", got)
	}
	e := audit.OneRunEpsilon(1000, 200, 170, 1e-13, 1e-6)
	if p := audit.OneRunProbability(1000, 200, 170, e, 1e-13); e < 0.5 || math.Abs(p/1e-6-1) > 1e-3 {
		t.Errorf("the probability at the limit %v is %v", e, p)
	}
}

// boxes is a panel of which every company ticks a box of its own.
type boxes struct{ ticked []bool }

func (b boxes) records() iter.Seq[[]byte] {
	return func(yield func([]byte) bool) { yield(fmt.Append(nil, b.ticked)) }
}

// publishBoxes releases the number of ticks of every box at ε = 1, or says so:
// the noise is that of times its μ.
func publishBoxes(times float64) audit.Publisher[boxes] {
	return func(ctx context.Context, ledger privacy.Ledger, b boxes) ([]byte, error) {
		mu := privacy.Mu(times * float64(privacy.GaussianMu(1, 1e-10)))
		g, err := privacy.NewGaussian(bound, mu)
		if err != nil {
			return nil, err
		}
		record, err := ledger.Publish(ctx, privacy.Entry{
			Account: "toy", Wave: "w", Revision: 1, Roster: privacy.SecretRoster, Plan: []byte("plan"), Data: privacy.Records(b.records()),
			Loss: privacy.Loss{MuSquared: mu.Squared(), Delta: privacy.SamplerDelta},
		}, func(d *privacy.Draws) (privacy.Record, error) {
			totals := make([]int64, len(b.ticked))
			for i, ticked := range b.ticked {
				if ticked {
					totals[i] = bound
				}
			}
			data, err := json.Marshal(d.Gaussian(g, totals))
			return privacy.Record{Measurement: data, Release: data}, err
		})
		return record.Release, err
	}
}

// canaries are m companies, each with its box.
func canaries(m, guesses int) audit.Canaries[boxes] {
	return audit.Canaries[boxes]{
		Count: m, Guesses: guesses,
		Data: func(included []bool) boxes { return boxes{included} },
		Scores: func(artefact []byte) (scores []float64) {
			if err := json.Unmarshal(artefact, &scores); err != nil {
				panic(err)
			}
			return scores
		},
	}
}

// TestOneRun: noise that is ten times too small is found, at a claim of ε = 1,
// and the right noise is not, with 4000 canaries of which 400 are guessed. At
// μ = 0.17 a guess is right with a probability of 0.59, and 355 right ones are a
// violation, which come with a probability below 1e-9. At ten times that μ it is
// right with a probability of 0.986, and fewer come with one below 1e-12.
func TestOneRun(t *testing.T) {
	claim := privacy.Loss{MuSquared: privacy.GaussianMu(1, 1e-10).Squared(), Delta: privacy.SamplerDelta}
	for _, c := range []struct {
		name  string
		times float64
		want  bool
	}{{"right", 1, false}, {"a tenth of the noise", 10, true}} {
		setup := audit.Setup[boxes]{Publish: publishBoxes(c.times), Account: account, Claim: claim}
		e, err := audit.OneRun(t.Context(), setup, canaries(4000, 400))
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d of %d right, ε ≥ %.3f, claimed %.3f", c.name, e.Right, e.Guesses, e.Epsilon, e.Claimed)
		if e.Violation() != c.want || e.Violation() != (e.Epsilon > e.Claimed) {
			t.Errorf("%s: %+v", c.name, e)
		}
	}
}

func TestOneRunRefuses(t *testing.T) {
	setup := audit.Setup[boxes]{Publish: publishBoxes(1), Account: account}
	short := canaries(4, 4)
	short.Scores = func([]byte) []float64 { return []float64{1} }
	for name, c := range map[string]audit.Canaries[boxes]{
		"no canaries": canaries(0, 0), "more guesses than canaries": canaries(4, 6),
		"an odd number of guesses": canaries(4, 3), "a missing score": short,
	} {
		if _, err := audit.OneRun(t.Context(), setup, c); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
