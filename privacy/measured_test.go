package privacy

import (
	"math"
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"

	"maturitybench/privacy/internal/draw"
)

func mustMeasured(t testing.TB, noise SphericalLaplace, k, at int, unit, delta int64) MeasuredThreshold {
	t.Helper()
	test, err := NewMeasuredThreshold(noise, k, at, unit, delta)
	if err != nil {
		t.Fatal(err)
	}
	return test
}

// measuredNoise is noise of a vector of two dimensions and three numbers beside it.
func measuredNoise(t testing.TB, sensitivity, epsilon int64) SphericalLaplace {
	t.Helper()
	noise, err := mustSpherical(t, sensitivity, epsilon, 2).Beside(3)
	if err != nil {
		t.Fatal(err)
	}
	return noise
}

// exactTail is P[Z ≥ z] by adding up the probabilities of single integers, in floating point of 200 bits:
// far from an end where what is left out matters.
func exactTail(rate float64, z int64) *big.Float {
	number := func(x float64) *big.Float { return new(big.Float).SetPrec(200).SetFloat64(x) }
	q, all, above := math.Exp(-rate), number(1), number(0)
	if z <= 0 {
		above.Add(above, number(1))
	}
	term := number(1)
	for v := int64(1); v < int64(80/rate); v++ {
		term.Mul(term, number(q))
		all.Add(all, term).Add(all, term)
		if v >= z {
			above.Add(above, term)
		}
		if -v >= z {
			above.Add(above, term)
		}
	}
	return above.Quo(above, all)
}

// TestMeasuredThresholdIsTheLeast: k companies are shown with a probability of at most δ, and with one
// unit less of the number they would be shown more often.
func TestMeasuredThresholdIsTheLeast(t *testing.T) {
	for _, c := range []struct {
		sensitivity, epsilon, unit int64
		delta                      int64
	}{
		{100, 4e9, 25, 1e11}, {100, 4e9, 100, 1e11}, {1000, 1e9, 250, 1e11}, {50, 3e8, 20, 1e6}, {7, 9e9, 2, 1e12}, {100, 1e9, 25, 4e17},
	} {
		noise := measuredNoise(t, c.sensitivity, c.epsilon)
		rate := float64(c.epsilon) / 1e9 / float64(c.sensitivity)
		test := mustMeasured(t, noise, 5, 1, c.unit, c.delta)
		if test.Loss() != (Loss{PureEpsilon: c.epsilon, Delta: c.delta}) {
			t.Errorf("%+v is charged %+v", c, test.Loss())
		}
		z := test.tau - 5*c.unit
		at, _ := exactTail(rate, z).Float64()
		below, _ := exactTail(rate, z-1).Float64()
		if delta := float64(c.delta) / 1e18; at > delta*(1+1e-9) || below <= delta {
			t.Errorf("%+v: k companies are shown with a probability of %v, one unit below with %v", c, at, below)
		}
		for _, n := range []int{0, 4, 5, 6, 20, int(test.Tau()), int(test.Tau()) + 1, 100} {
			want, _ := exactTail(rate, test.tau-int64(n)*c.unit).Float64()
			if n < 5 {
				want = 0
			}
			if got := test.PassProbability(n); math.Abs(got-want) > 1e-9*(want+1e-6) {
				t.Errorf("%+v: %d companies are shown with a probability of %v, want %v", c, n, got, want)
			}
		}
	}
}

// TestMeasuredThresholdOfGroups: m companies more than k − 1 are shown with no more than the test's part of δ
// for a group of m.
func TestMeasuredThresholdOfGroups(t *testing.T) {
	test := mustMeasured(t, measuredNoise(t, 1000, 4e9), 5, 0, 250, 1e11)
	last := 0.0
	for m := 1; m < 40; m++ {
		shown := test.PassProbability(4 + m)
		got := test.GroupDelta(m)
		if shown > got*(1+1e-9) || got < last || got > max(1.01*shown, 1.01e-7) && got != 1 {
			t.Errorf("%d companies: a part of δ of %v, but shown with %v", m, got, shown)
		}
		last = got
	}
	if last != 1 {
		t.Errorf("a group above the mark keeps δ = %v", last)
	}
	loss := test.Loss()
	for m, want := range map[int]GroupLoss{
		1: {1, 4, 1e-7}, 2: {2, 8, 2.72e-7}, 3: {3, 12, 7.39e-7},
	} {
		got := ForGroup(loss, 1e-6, m, test)
		if got.Companies != want.Companies || got.Epsilon != want.Epsilon || math.Abs(got.Delta-want.Delta) > 0.01*want.Delta {
			t.Errorf("%+v, want about %+v", got, want)
		}
	}
}

// TestTestedShowsAllOrNothing: below k never, whatever the noise; from k on if the noisy number, and no other one,
// reaches the mark.
func TestTestedShowsAllOrNothing(t *testing.T) {
	test := mustMeasured(t, measuredNoise(t, 1000, 4e9), 5, 1, 250, 1e11)
	for name, c := range map[string]struct {
		companies, noisy int64
		shown            bool
	}{
		"below k":            {4, 1 << 40, false},
		"k, above the mark":  {5, test.tau, true},
		"k, below the mark":  {5, test.tau - 1, false},
		"many, below it":     {1000, test.tau - 1, false},
		"many, above it":     {1000, test.tau + 1, true},
		"nobody":             {0, 1 << 40, false},
		"k less one, at τ":   {4, test.tau, false},
		"far below the mark": {1000, -1 << 40, false},
	} {
		noisy := []int64{1 << 41, -1 << 41, 1 << 41, c.noisy, 1 << 41}
		var seen draw.Call
		draws := NewDraws(draw.Seeded(draw.Seed(1)).Recorded(func(call draw.Call) []int64 {
			seen = call
			return noisy
		}))
		totals := []int64{1, 2, 3, c.companies * 250, 5}
		var want []int64
		if c.shown {
			want = noisy
		}
		if diff := cmp.Diff(want, draws.Tested(test, totals)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if draws.Spent() != test.Loss() {
			t.Errorf("%s: spent %+v", name, draws.Spent())
		}
		for g := range totals {
			if got := seen.Tests(g); got != (g == 3) {
				t.Errorf("%s: total %d is tested: %v", name, g, got)
			}
		}
		for g := range totals {
			if seen.Noisy[g] == totals[g] {
				t.Errorf("%s: total %d has no noise", name, g)
			}
		}
	}
}

func TestMeasuredThresholdErrors(t *testing.T) {
	noise := measuredNoise(t, 1000, 4e9)
	for name, c := range map[string]struct {
		noise       SphericalLaplace
		k, at       int
		unit, delta int64
	}{
		"not calibrated": {SphericalLaplace{}, 5, 0, 250, 1e11},
		"nothing beside": {mustSpherical(t, 1000, 4e9, 2), 5, 0, 250, 1e11},
		"in the vector":  {noise, 5, -1, 250, 1e11},
		"behind":         {noise, 5, 3, 250, 1e11},
		"no k":           {noise, 0, 0, 250, 1e11},
		"no unit":        {noise, 5, 0, 0, 1e11},
		"unit too large": {noise, 5, 0, 1001, 1e11},
		"no delta":       {noise, 5, 0, 250, 0},
		"half":           {noise, 5, 0, 250, 5e17},
	} {
		if test, err := NewMeasuredThreshold(c.noise, c.k, c.at, c.unit, c.delta); err == nil {
			t.Errorf("%s: %+v", name, test)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("a test that is not calibrated decides")
		}
	}()
	NewDraws(draw.Source{}).Tested(MeasuredThreshold{}, nil)
}
