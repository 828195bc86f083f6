package audit_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"maturitybench/privacy"
	"maturitybench/privacy/audit"
)

// The publishers: one that keeps its promise of μ² = ½ (sums and test), one
// with a sixteenth of its noise, and one without noise. Every attack is run on all
// three. It must fail on the first, up to a false alarm of 1e-9, and succeed
// on the others.
var (
	right = toy{}
	loud  = toy{mu: 8}
	open  = toy{exact: true}
)

// promise is what the right publisher charges.
func promise(t *testing.T) privacy.Loss {
	t.Helper()
	var loss privacy.Loss
	ledger := privacy.NewMemoryLedger()
	if err := ledger.OpenAccount(t.Context(), account); err != nil {
		t.Fatal(err)
	}
	spy := spyLedger{ledger, &loss}
	if _, err := right.publish(t.Context(), spy, with(1)); err != nil {
		t.Fatal(err)
	}
	return loss
}

type spyLedger struct {
	privacy.Ledger
	loss *privacy.Loss
}

func (l spyLedger) Publish(ctx context.Context, e privacy.Entry, release func(*privacy.Draws) (privacy.Record, error)) (privacy.Record, error) {
	*l.loss = e.Loss
	return l.Ledger.Publish(ctx, e, release)
}

// attack runs one attack on the three publishers.
func attack(t *testing.T, violates func(audit.Setup[panel]) (audit.Outcome, error)) {
	t.Helper()
	if testing.Short() {
		t.Skip("statistical tier")
	}
	claim := promise(t)
	for name, c := range map[string]struct {
		publisher toy
		want      bool
	}{"right": {right, false}, "too little noise": {loud, true}, "exact": {open, true}} {
		setup := c.publisher.setup()
		setup.Claim = claim
		o, err := violates(setup)
		if err != nil {
			t.Fatal(err)
		}
		if o.Violation() != c.want {
			t.Errorf("%s: success %.3f, at least %.3f, bound %.3f", name, o.Rate, o.Low, o.Bound)
		}
	}
}

// many is a panel of n companies and some more values.
func many(n int, values ...int64) panel { return with(append(make([]int64, n), values...)...) }

// TestEavesdrop: another ledger learns nothing from the entry.
func TestEavesdrop(t *testing.T) {
	ways, err := audit.Eavesdrop(t.Context(), right.setup(), with(1))
	if err != nil || len(ways) != 0 {
		t.Errorf("%q, %v", ways, err)
	}
}

func TestMembership(t *testing.T) {
	attack(t, func(s audit.Setup[panel]) (audit.Outcome, error) {
		return audit.Membership(t.Context(), s, many(5, bound), many(5), func(a []byte) float64 {
			return float64(read(a).Sums[0] + read(a).Sums[1])
		}, 1000)
	})
}

func TestCohortDifferencing(t *testing.T) {
	candidates := []panel{many(5, -bound), many(5, 0), many(5, bound)}
	attack(t, func(s audit.Setup[panel]) (audit.Outcome, error) {
		return audit.CohortDifferencing(t.Context(), s, candidates, func(a []byte) int {
			return min(max(int(float64(read(a).Sums[0])/bound+1.5), 0), 2)
		}, 1000)
	})
}

func TestWaveDifferencing(t *testing.T) {
	var candidates [][2]panel
	for _, v := range []int64{-bound, 0, bound} {
		before, after := many(5), many(5, v)
		before.wave, after.wave = "1", "2"
		candidates = append(candidates, [2]panel{before, after})
	}
	attack(t, func(s audit.Setup[panel]) (audit.Outcome, error) {
		s.Claim = s.Claim.Plus(s.Claim)
		return audit.WaveDifferencing(t.Context(), s, candidates, func(before, after []byte) int {
			return min(max(int(float64(read(after).Sums[0]-read(before).Sums[0])/bound+1.5), 0), 2)
		}, 1000)
	})
}

func TestCanary(t *testing.T) {
	attack(t, func(s audit.Setup[panel]) (audit.Outcome, error) {
		o, d, err := audit.Canary(t.Context(), s, many(5, bound), many(5), func(a []byte) float64 {
			return float64(read(a).Sums[0] + read(a).Sums[1])
		}, 1000)
		if d.Mu > 0 != (d.Epsilon > 0) {
			t.Errorf("μ ≥ %v and ε ≥ %v", d.Mu, d.Epsilon)
		}
		return o, err
	})
}

func TestHomogeneity(t *testing.T) {
	attack(t, func(s audit.Setup[panel]) (audit.Outcome, error) {
		return audit.Homogeneity(t.Context(), s, many(5, bound), many(5, -bound), func(a []byte) bool {
			return read(a).Sums[0] > 0
		}, 1000)
	})
}

func TestReconstruction(t *testing.T) {
	attack(t, func(s audit.Setup[panel]) (audit.Outcome, error) {
		guessed, certain, err := audit.Reconstruction(t.Context(), s, func() audit.Secret[panel] {
			sign := int64(2*rand.IntN(2) - 1)
			return audit.Secret[panel]{Data: many(5, sign*bound), Answer: int(sign), Target: 0}
		}, func(a []byte, _ any) (int, bool) {
			if sum := read(a).Sums[0]; sum > 0 {
				return 1, sum == bound
			}
			return -1, read(a).Sums[0] == -bound
		}, 0.5, 800)
		if certain.Rate > 0.5 && !guessed.Violation() {
			t.Error("certain of answers that cannot be guessed")
		}
		return guessed, err
	})
}

func TestImpossibleOutputs(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	events := func(a []byte) []string {
		sums := read(a).Sums
		return []string{fmt.Sprint("odd ", sums[0]&1), fmt.Sprint("low bits ", sums[0]&7), fmt.Sprint("sign ", sums[0] > 0)}
	}
	for name, c := range map[string]struct {
		publisher toy
		want      bool
	}{"right": {right, false}, "exact": {open, true}} {
		setup := c.publisher.setup()
		setup.Claim = promise(t)
		o, err := audit.ImpossibleOutputs(t.Context(), setup, many(5, bound-1), many(5), events, 300)
		if err != nil {
			t.Fatal(err)
		}
		if o.Violation() != c.want {
			t.Errorf("%s: %+v", name, o)
		}
	}
}

func TestThresholdBoundary(t *testing.T) {
	shown := func(a []byte) bool { return read(a).Shown }
	for name, c := range map[string]struct {
		publisher  toy
		below      panel
		want       bool
		wantAttack string
	}{
		"right":                   {right, many(k - 1), false, "threshold boundary"},
		"without noise":           {toy{rawTest: true}, many(k - 1), true, "threshold boundary"},
		"shown below the minimum": {toy{rawTest: true}, many(k), true, "a cohort below the threshold"},
	} {
		o, err := audit.ThresholdBoundary(t.Context(), c.publisher.setup(), c.below, many(k), shown, 1e-6, 100)
		if err != nil {
			t.Fatal(err)
		}
		if o.Violation() != c.want || o.Attack != c.wantAttack {
			t.Errorf("%s: %+v", name, o)
		}
	}
}

func TestAveraging(t *testing.T) {
	r, err := audit.Averaging(t.Context(), right.setup(), many(5), 100)
	if err != nil {
		t.Fatal(err)
	}
	if r.Violation() || r.Distinct != 1 || r.Charges != 1 || r.Times != 100 {
		t.Errorf("%+v", r)
	}
	// A publisher that goes around the ledger's replay.
	leaky := right.setup()
	n := 0
	leaky.Publish = func(ctx context.Context, _ privacy.Ledger, p panel) ([]byte, error) {
		n++
		ledger := privacy.NewMemoryLedger()
		if err := ledger.OpenAccount(ctx, account); err != nil {
			return nil, err
		}
		return right.publish(ctx, ledger, p)
	}
	if r, err = audit.Averaging(t.Context(), leaky, many(5), 10); err != nil || !r.Violation() {
		t.Errorf("a publisher with fresh noise every time: %+v, %v", r, err)
	}
}

func TestPlanLeak(t *testing.T) {
	data := []panel{many(1), many(2), many(9, bound)}
	layout := func(a []byte) string { return fmt.Sprint(len(read(a).Sums)) }
	for name, c := range map[string]struct {
		publisher toy
		want      int
	}{"right": {right, 1}, "a plan from the data": {toy{plan: true}, 3}, "a layout from the data": {toy{extra: true}, 2}} {
		if got, err := audit.PlanLeak(t.Context(), c.publisher.setup(), data, layout); err != nil || got != c.want {
			t.Errorf("%s: %d plans, want %d, %v", name, got, c.want, err)
		}
	}
}

// TestTrials: half the noise at μ = 1 needs hundreds of trials, as
// [audit.Trials] says, and a correct publisher none.
func TestTrials(t *testing.T) {
	if n := audit.Trials(2, 1); n < 100 || n > 2000 {
		t.Errorf("half the noise: %d trials", n)
	}
	if n := audit.Trials(1/0.95, 1); n < 20_000 || n > 1<<20 {
		t.Errorf("noise that is 5 %% short: %d trials", n)
	}
	if n := audit.Trials(1, 1); n != 0 {
		t.Errorf("nothing to find: %d trials", n)
	}
}
