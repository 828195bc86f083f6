package privacy

import (
	"math"
	"slices"
	"testing"

	"github.com/google/differential-privacy/go/v3/noise"

	"maturitybench/privacy/internal/draw"
)

// TestAuditProductionNoiseIsSecure: a ledger that is made the ordinary way draws
// from crypto/rand. Two of them agree in none of 64 numbers.
func TestAuditProductionNoiseIsSecure(t *testing.T) {
	var drawn [2][]int64
	for i := range drawn {
		ledger := NewMemoryLedger()
		account := Account{ID: "a", Unit: "company", Roster: PublicRoster, Epsilon: 50, Delta: 1e-5, Window: "3y"}
		if err := ledger.OpenAccount(t.Context(), account); err != nil {
			t.Fatal(err)
		}
		g := mustGaussian(t, 1<<30, 1_000_000)
		entry := Entry{Account: "a", Wave: "w", Revision: 1, Roster: PublicRoster, Data: Records(slices.Values([][]byte{{1}})),
			Loss: Loss{MuSquared: g.Mu().Squared(), Delta: SamplerDelta}}
		if _, err := ledger.Publish(t.Context(), entry, func(d *Draws) (Record, error) {
			if d.Noise() != "secure" {
				t.Errorf("the noise is %s", d.Noise())
			}
			drawn[i] = d.Gaussian(g, make([]int64, 64))
			return Record{}, nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	for i, v := range drawn[0] {
		if v == drawn[1][i] { // probability 64·3e-10
			t.Fatal("two ledgers draw the same number")
		}
	}
}

// TestAuditRecordedNoiseIsNotSecure: who can see exact totals cannot pass for a
// real ledger.
func TestAuditRecordedNoiseIsNotSecure(t *testing.T) {
	source := draw.Source{}.Recorded(func(call draw.Call) []int64 { return call.Noisy })
	if source.Secure() || NewDraws(source).Noise() != "test" {
		t.Error("a recorded publication calls its noise secure")
	}
}

// TestAuditLossAddsInEveryPart: the parts of a loss add one by one, stick at the
// top, and are compared one by one.
func TestAuditLossAddsInEveryPart(t *testing.T) {
	one, two := Loss{PureEpsilon: 1, MuSquared: 20, Delta: 300}, Loss{PureEpsilon: 4, MuSquared: 50, Delta: 600}
	if got, want := one.Plus(two), (Loss{PureEpsilon: 5, MuSquared: 70, Delta: 900}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	most := Loss{PureEpsilon: math.MaxInt64 - 1, MuSquared: math.MaxInt64 - 1, Delta: math.MaxInt64 - 1}
	if sum := most.Plus(two); sum.Valid() || sum.PureEpsilon < 0 || sum.MuSquared < 0 || sum.Delta < 0 {
		t.Errorf("a loss wraps around: %+v", sum)
	}
	for _, larger := range []Loss{{2, 20, 300}, {1, 21, 300}, {1, 20, 301}} {
		if one.Covers(larger) || !larger.Covers(one) {
			t.Errorf("%+v covers %+v", one, larger)
		}
	}
}

// The tests below plant what Google's module v3.0.0 does wrong, and show that
// it cannot reach a publication. Where a call of the module is safe to make,
// they first show that the defect is still there.

// TestRegressionThresholdOfATinyDelta: Threshold of the module gives +Inf where
// δ over l0 is below the resolution of float64, which becomes the smallest
// integer, so that everything is kept. Ours refuses, or has a finite τ above k.
func TestRegressionThresholdOfATinyDelta(t *testing.T) {
	theirs, err := noise.Gaussian().Threshold(1_000_000, 1, 1, 1e-10, 1e-10)
	if err == nil && !math.IsInf(theirs, 1) {
		t.Logf("the module has a finite threshold now: %v", theirs)
	}
	for _, delta := range []int64{1, 10, 100, 1e3, 1e6, 1e8} {
		for _, memberships := range []int{1, 4, 7, 65536} {
			threshold, err := NewThreshold(5, memberships, 1_000_000, delta)
			if err != nil {
				continue
			}
			if tau := threshold.Tau(); !(tau > 5) || tau > 1e6 || threshold.PassProbability(5)*float64(memberships) > float64(delta)/1e18*(1+1e-9) {
				t.Errorf("δ = %d, %d memberships: τ = %v", delta, memberships, tau)
			}
			counts := make([]int64, 1000)
			for i := range counts {
				counts[i] = 1
			}
			if slices.Contains(NewDraws(draw.Source{}).Threshold(threshold, counts), true) {
				t.Errorf("δ = %d, %d memberships: one company is kept", delta, memberships)
			}
		}
	}
}

// TestRegressionLowBits: the module rounds its float sample before it scales
// it, so that large noise is even and the last bits of a total are published.
// Our noise is odd and even equally often, at the largest σ that is allowed,
// 20,000 draws with a false-alarm probability of 1e-9 each.
func TestRegressionLowBits(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	g, err := NewGaussian(1<<30, 2) // σ = 2²⁹·10⁶ = 2⁴⁸·⁹
	if err != nil {
		t.Fatal(err)
	}
	for _, total := range []int64{0, 1, 1<<61 - 1, -(1 << 61) + 1} {
		const n = 20_000
		totals := make([]int64, n)
		for i := range totals {
			totals[i] = total
		}
		var bits [3]int
		for _, v := range NewDraws(draw.Source{}).Gaussian(g, totals) {
			for bit := range bits {
				bits[bit] += int(v >> bit & 1)
			}
		}
		for bit, ones := range bits {
			if math.Abs(float64(ones)-n/2) > 6.2*math.Sqrt(n)/2 {
				t.Errorf("total %d: bit %d is one in %d of %d", total, bit, ones, n)
			}
		}
	}
}

// TestRegressionHugeEpsilon: SigmaForGaussian of the module overflows above
// ε = 709.78, returns 0, and its sampler never ends. Ours is always called at
// ε = 1; a budget of a huge ε is refused or finite.
func TestRegressionHugeEpsilon(t *testing.T) {
	for _, epsilon := range []float64{700, 710, 1e6, 1e9} {
		b, err := NewBudget(epsilon, 1e-6, SecretRoster, 0.01, 0.1)
		if err != nil {
			continue
		}
		if g, err := NewGaussian(1<<30, b.Main); err == nil && !(g.Sigma() > 0) {
			t.Errorf("ε = %v: σ = %v", epsilon, g.Sigma())
		}
	}
}

// TestRegressionSensitivityProduct: the module multiplies l0 and lInf
// unchecked, so that a product can wrap to something small. Ours refuses a
// sensitivity above 2³¹, and a μ whose noise leaves the exact range.
func TestRegressionSensitivityProduct(t *testing.T) {
	for _, sensitivity := range []int64{1<<31 + 1, 1 << 62, 3689348814741910324, math.MaxInt64, 0, -1} {
		if _, err := NewGaussian(sensitivity, 1_000_000); err == nil {
			t.Errorf("a sensitivity of %d is accepted", sensitivity)
		}
		if _, err := NewSphericalLaplace(sensitivity, 1e9, 3); err == nil {
			t.Errorf("a sensitivity of %d is accepted by the spherical noise", sensitivity)
		}
	}
}

// TestRegressionTotalsAtTheEnds: the module's sums wrap near the ends of int64.
// A total of fewer than 2³¹ companies and 9σ of noise stay inside.
func TestRegressionTotalsAtTheEnds(t *testing.T) {
	g, err := NewGaussian(1<<30, 2)
	if err != nil {
		t.Fatal(err)
	}
	top := int64(1<<31-1) << 30
	if room := float64(math.MaxInt64-top) / g.Sigma(); room < 9 {
		t.Errorf("only %.1fσ of room", room)
	}
	for _, v := range NewDraws(draw.Source{}).Gaussian(g, []int64{top, top, top, top}) {
		if v < 0 {
			t.Error("a total wraps around")
		}
	}
}

// TestRegressionClosedDraws: the module's aggregates can be read again
// and again after a copy or a round trip through gob. Draws that are closed
// stay closed, and a zero one is closed.
func TestRegressionClosedDraws(t *testing.T) {
	g := mustGaussian(t, 1<<20, 1_000_000)
	closed := NewDraws(draw.Source{})
	closed.Close()
	for name, d := range map[string]*Draws{"closed": closed, "zero": {}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s draws draw", name)
				}
			}()
			d.Gaussian(g, []int64{1})
		}()
	}
}

// TestAuditKeepProbability compares the probability that a cohort of k − 1, k
// and k + 5 companies is kept with the exact tail of the rounded normal
// noise, in intervals of 320 bits, and with δ over the memberships.
func TestAuditKeepProbability(t *testing.T) {
	for _, c := range []struct {
		k, memberships int
		mu             Mu
		delta          int64
	}{{5, 1, 500_000, 1e11}, {5, 4, 80_000, 1e11}, {3, 7, 1_000_000, 1e9}, {10, 2, 3_000_000, 1e15}} {
		threshold := mustThreshold(t, c.k, c.memberships, c.mu, c.delta)
		deviation := func() interval {
			sigma := down().SetFloat64(threshold.noise.sigma)
			return interval{sigma, sigma}
		}
		tail := func(n int) interval {
			z := threshold.tau - int64(n)*thresholdScale
			return upperTail(whole(2*z - 1).scale(-1).quo(deviation()))
		}
		if p := threshold.PassProbability(c.k - 1); p != 0 {
			t.Errorf("%+v: k − 1 passes with %v", c, p)
		}
		for _, n := range []int{c.k, c.k + 5} {
			if threshold.tau <= int64(n)*thresholdScale {
				continue // above τ: the tail is that of the other side
			}
			exact := tail(n)
			low, _ := exact.lo.Float64()
			if p := threshold.PassProbability(n); math.Abs(p/low-1) > 1e-9 {
				t.Errorf("%+v: %d companies pass with %v, exactly %v", c, n, p, low)
			}
		}
		share := whole(c.delta).quo(whole(int64(c.memberships))).quo(whole(1e18))
		if tail(c.k).hi.Cmp(share.lo) > 0 {
			t.Errorf("%+v: k passes more often than δ over memberships", c)
		}
		one := whole(2*(threshold.tau-1-int64(c.k)*thresholdScale) - 1).scale(-1).quo(deviation())
		if upperTail(one).hi.Cmp(share.lo) <= 0 {
			t.Errorf("%+v: τ could be lower", c)
		}
	}
}
