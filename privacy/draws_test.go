package privacy

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/stat/distuv"

	"maturitybench/privacy/internal/draw"
)

func mustGaussian(t *testing.T, sensitivity int64, mu Mu) Gaussian {
	t.Helper()
	g, err := NewGaussian(sensitivity, mu)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func mustThreshold(t *testing.T, k, memberships int, mu Mu, delta int64) Threshold {
	t.Helper()
	threshold, err := NewThreshold(k, memberships, mu, delta)
	if err != nil {
		t.Fatal(err)
	}
	return threshold
}

// misfit is the first test that a sample of integer noise fails, "" if none,
// for normal noise of standard deviation sigma, far above 1. There are five
// tests, each with a false-alarm probability of at most 2e-10: mean, variance,
// shape, neighbouring draws, last bit.
func misfit(sample []int64, sigma float64) string {
	const alarm = 2e-10
	n := float64(len(sample))
	far := -distuv.UnitNormal.Quantile(alarm / 2)
	bins := make([]float64, 50)
	var sum, squares, products, odd, last float64
	for _, x := range sample {
		z := float64(x) / sigma
		sum += z
		squares += z * z
		products += z * last
		last = z
		odd += float64(x & 1)
		bins[min(int(50*distuv.UnitNormal.CDF(z)), 49)]++
	}
	shape := 0.0
	for _, count := range bins {
		shape += (count - n/50) * (count - n/50) / (n / 50)
	}
	variance := distuv.ChiSquared{K: n}
	switch {
	case math.Abs(sum) > far*math.Sqrt(n):
		return "mean"
	case squares < variance.Quantile(alarm/2) || squares > variance.Quantile(1-alarm/2):
		return "variance"
	case shape > (distuv.ChiSquared{K: 49}).Quantile(1-alarm):
		return "shape"
	case math.Abs(products) > far*math.Sqrt(n):
		return "neighbours"
	case math.Abs(odd-n/2) > far*math.Sqrt(n)/2:
		return "last bit"
	}
	return ""
}

// sampleSize is enough to see a standard deviation that is 2 % off: its square
// is 4 % off, ten standard errors of the sample's, of which the false-alarm
// bound of misfit takes 6.4.
const sampleSize = 125_000

func TestSecureNoise(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	g := mustGaussian(t, 1<<30, 250_000)
	sample := NewDraws(draw.Source{}).Gaussian(g, make([]int64, sampleSize))
	if got := misfit(sample, g.Sigma()); got != "" {
		t.Errorf("secure noise fails the test of its %s", got)
	}
	if worst := max(-slices.Min(sample), slices.Max(sample)); float64(worst) > 9*g.Sigma() {
		t.Errorf("a draw is %v standard deviations off", float64(worst)/g.Sigma())
	}
}

// TestSeededNoise: the noise of tests has the same distribution, and misfit
// sees what is wrong with a sample of it. The seed is fixed, so the outcome is
// too.
func TestSeededNoise(t *testing.T) {
	g := mustGaussian(t, 1<<30, 250_000)
	sample := NewDraws(draw.Seeded([32]byte{1})).Gaussian(g, make([]int64, sampleSize))
	if got := misfit(sample, g.Sigma()); got != "" {
		t.Errorf("seeded noise fails the test of its %s", got)
	}
	changed := func(change func(i int, x int64) int64) []int64 {
		wrong := slices.Clone(sample)
		for i := range wrong {
			wrong[i] = change(i, wrong[i])
		}
		return wrong
	}
	uniform := func(_ int, x int64) int64 { // of the same mean and variance
		return int64(g.Sigma() * math.Sqrt(12) * (distuv.UnitNormal.CDF(float64(x)/g.Sigma()) - 0.5))
	}
	for name, wrong := range map[string][]int64{
		"mean":       changed(func(_ int, x int64) int64 { return x + int64(0.04*g.Sigma()) }),
		"variance":   changed(func(_ int, x int64) int64 { return int64(0.98 * float64(x)) }),
		"shape":      changed(uniform),
		"neighbours": slices.Sorted(slices.Values(sample)),
		"last bit":   changed(func(_ int, x int64) int64 { return 2 * (x / 2) }),
	} {
		if got := misfit(wrong, g.Sigma()); got != name {
			t.Errorf("a wrong %s shows as %q", name, got)
		}
	}
	if got := misfit(changed(func(_ int, x int64) int64 { return int64(1.02 * float64(x)) }), g.Sigma()); got != "variance" {
		t.Errorf("noise of 2 %% too much shows as %q", got)
	}
}

// TestNoiseIsAdded: the noise does not depend on the total, also at the ends
// of the range, where nothing wraps.
func TestNoiseIsAdded(t *testing.T) {
	g := mustGaussian(t, 1<<30, 1_000_000)
	totals := []int64{0, 17, -17, 1 << 61, -(1 << 61)}
	given := slices.Clone(totals)
	noisy := NewDraws(draw.Seeded([32]byte{2})).Gaussian(g, totals)
	noise := NewDraws(draw.Seeded([32]byte{2})).Gaussian(g, make([]int64, len(totals)))
	for i := range totals {
		if noisy[i]-totals[i] != noise[i] || noise[i] == 0 {
			t.Errorf("total %d came back as %d with noise %d", totals[i], noisy[i], noise[i])
		}
	}
	if !slices.Equal(totals, given) {
		t.Error("the raw totals were overwritten")
	}
	secure := NewDraws(draw.Source{}).Gaussian(g, totals)
	for i := range totals {
		if off := float64(secure[i] - totals[i]); off == 0 || math.Abs(off) > 9*g.Sigma() {
			t.Errorf("total %d came back as %d", totals[i], secure[i])
		}
	}
}

func TestDrawsCharge(t *testing.T) {
	g := mustGaussian(t, 100, 300_000)
	threshold := mustThreshold(t, 5, 3, 200_000, 1e11)
	draws := NewDraws(draw.Source{})
	if got := draws.Spent(); got != (Loss{}) {
		t.Errorf("before the first draw %+v is spent", got)
	}
	draws.Gaussian(g, make([]int64, 40))
	want := Loss{MuSquared: 9e10, Delta: SamplerDelta}
	if got := draws.Spent(); got != want {
		t.Errorf("after a vector %+v is spent, want %+v", got, want)
	}
	draws.Threshold(threshold, make([]int64, 9))
	draws.Gaussian(g, nil) // an empty vector is charged like any other
	want = Loss{MuSquared: 2*9e10 + 4e10, Delta: SamplerDelta + 1e11}
	if got := draws.Spent(); got != want {
		t.Errorf("after three draws %+v is spent, want %+v", got, want)
	}
	if err := draws.Settle(want); err != nil {
		t.Error(err)
	}
	for _, less := range []Loss{
		{MuSquared: want.MuSquared - 1, Delta: want.Delta},
		{MuSquared: want.MuSquared, Delta: want.Delta - 1},
		{PureEpsilon: 1e9},
	} {
		if err := draws.Settle(less); !errors.Is(err, ErrUndeclared) {
			t.Errorf("settled for %+v: %v", less, err)
		}
	}
}

// TestDrawsAreRecordedWithTheirLoss: audits add up what a recorder sees of every
// draw, and compare the totals with its sensitivity.
func TestDrawsAreRecordedWithTheirLoss(t *testing.T) {
	g, threshold, spherical := mustGaussian(t, 100, 300_000), mustThreshold(t, 5, 3, 200_000, 1e11), mustSpherical(t, 70, 1e9, 3)
	var calls []draw.Call
	draws := NewDraws(draw.Source{}.Recorded(func(call draw.Call) []int64 {
		calls = append(calls, call)
		return call.Noisy
	}))
	draws.Gaussian(g, []int64{1, 2})
	draws.Threshold(threshold, []int64{8})
	beside, err := spherical.Beside(1)
	if err != nil {
		t.Fatal(err)
	}
	draws.SphericalLaplace(spherical, []int64{5, 6, 7})
	draws.SphericalLaplace(beside, []int64{5, 6, 7, 8})

	type seen struct {
		Mechanism                    string
		Sensitivity, Mu, PureEpsilon int64
		Beside                       int
		Totals                       []int64
	}
	var got []seen
	var sum Loss
	for _, c := range calls {
		got = append(got, seen{c.Mechanism, c.Sensitivity, c.Mu, c.PureEpsilon, c.Beside, c.Totals})
		sum.MuSquared += c.Mu * c.Mu
		sum.PureEpsilon += c.PureEpsilon
	}
	want := []seen{
		{draw.Gaussian, 100, 300_000, 0, 0, []int64{1, 2}},
		{draw.Threshold, 1_816_187, 200_000, 0, 0, []int64{8 << 20}}, // ⌈√3·2²⁰⌉
		{draw.SphericalLaplace, 70, 0, 1e9, 0, []int64{5, 6, 7}},
		{draw.SphericalLaplace, 70, 0, 1e9, 1, []int64{5, 6, 7, 8}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if spent := draws.Spent(); sum.MuSquared != spent.MuSquared || sum.PureEpsilon != spent.PureEpsilon {
		t.Errorf("recorded %+v, charged %+v", sum, spent)
	}
}

// TestBudgetCoversItsDraws: the split of a budget pays for exactly the draws
// that it is meant for.
func TestBudgetCoversItsDraws(t *testing.T) {
	b, err := NewBudget(4, 1e-6, SecretRoster, 0.1, 0.1)
	if err != nil {
		t.Fatal(err)
	}
	publish := func(main Mu) error {
		draws := NewDraws(draw.Source{})
		draws.Gaussian(mustGaussian(t, 1000, b.Pilot), make([]int64, 5))
		draws.Threshold(mustThreshold(t, 5, 4, b.Select, b.DeltaSelect), make([]int64, 5))
		draws.Gaussian(mustGaussian(t, 1000, main), make([]int64, 5))
		return draws.Settle(b.Loss)
	}
	if err := publish(b.Main); err != nil {
		t.Error(err)
	}
	if err := publish(b.Main + 10); !errors.Is(err, ErrUndeclared) {
		t.Errorf("more than the budget: %v", err)
	}
}

func TestDrawsOutsideOfAPublicationPanic(t *testing.T) {
	g := mustGaussian(t, 100, 300_000)
	threshold := mustThreshold(t, 5, 3, 200_000, 1e11)
	spherical := mustSpherical(t, 100, 1e9, 1)
	closed, settled := NewDraws(draw.Source{}), NewDraws(draw.Source{})
	closed.Close()
	closed.Close()
	if err := settled.Settle(Loss{}); err != nil {
		t.Fatal(err)
	}
	open := func() *Draws { return NewDraws(draw.Source{}) }
	for name, f := range map[string]func(){
		"closed":                   func() { closed.Gaussian(g, []int64{1}) },
		"closed threshold":         func() { closed.Threshold(threshold, []int64{1}) },
		"closed spherical":         func() { closed.SphericalLaplace(spherical, []int64{1}) },
		"settled":                  func() { settled.Gaussian(g, []int64{1}) },
		"zero":                     func() { new(Draws).Gaussian(g, []int64{1}) },
		"zero threshold":           func() { new(Draws).Threshold(threshold, []int64{1}) },
		"not calibrated":           func() { open().Gaussian(Gaussian{}, []int64{1}) },
		"threshold not calibrated": func() { open().Threshold(Threshold{}, []int64{1}) },
		"spherical not calibrated": func() { open().SphericalLaplace(SphericalLaplace{}, nil) },
	} {
		func() {
			defer func() {
				if text, _ := recover().(string); !strings.HasPrefix(text, "privacy: noise drawn") {
					t.Errorf("%s: recovered %q", name, text)
				}
			}()
			f()
			t.Errorf("%s: a draw went through", name)
		}()
	}
	if closed.Spent() != (Loss{}) {
		t.Errorf("closed draws spent %+v", closed.Spent())
	}
}

// TestSphericalWantsItsLength: noise for another number of coordinates would
// have another sensitivity.
func TestSphericalWantsItsLength(t *testing.T) {
	m := mustSpherical(t, 100, 1e9, 3)
	for _, length := range []int{0, 2, 4} {
		func() {
			defer func() {
				if text, _ := recover().(string); !strings.Contains(text, "for noise of 3") {
					t.Errorf("length %d: recovered %q", length, text)
				}
			}()
			NewDraws(draw.Source{}).SphericalLaplace(m, make([]int64, length))
		}()
	}
}

func TestDrawsNameTheirNoise(t *testing.T) {
	if got := NewDraws(draw.Source{}).Noise(); got != "secure" {
		t.Errorf("the zero source is %q", got)
	}
	if got := NewDraws(draw.Seeded([32]byte{})).Noise(); got != "test" {
		t.Errorf("a seeded source is %q", got)
	}
}
