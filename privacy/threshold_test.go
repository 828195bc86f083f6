package privacy

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"

	"maturitybench/privacy/internal/draw"
)

// TestThresholdIsTheSmallest: at k the pass probability is at most δ/l0, and
// with τ one unit of 2⁻²⁰ companies lower it would be more. The tail is taken
// from the error function, whose relative error of 1e-14 is far below the step
// of z/σ ≥ 1e-7 from one τ to the next.
func TestThresholdIsTheSmallest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(1, 50).Draw(t, "k")
		memberships := rapid.IntRange(1, 20).Draw(t, "memberships")
		mu := Mu(rapid.Int64Range(50_000, 5_000_000).Draw(t, "μ"))
		delta := int64(math.Exp(rapid.Float64Range(math.Log(1e3), math.Log(1e17)).Draw(t, "ln δ")))
		threshold, err := NewThreshold(k, memberships, mu, delta)
		if err != nil {
			t.Fatal(err)
		}
		share := float64(delta) / 1e18 / float64(memberships)
		if got := threshold.PassProbability(k); got > share*(1+1e-12) {
			t.Fatalf("a cohort of k passes with %v, allowed %v", got, share)
		}
		lower := threshold
		lower.tau--
		if got := lower.PassProbability(k); got <= share {
			t.Fatalf("τ could be lower: %v of %v", got, share)
		}
		if got := threshold.PassProbability(k - 1); got != 0 {
			t.Fatalf("a cohort of k − 1 passes with %v", got)
		}
		// The size nearest to τ is within half a company of even odds.
		even := distuv.UnitNormal.CDF(0.5001 / threshold.Sigma())
		if got := threshold.PassProbability(int(math.Round(threshold.Tau()))); got < 1-even || got > even {
			t.Fatalf("a cohort of τ passes with %v", got)
		}
		if want := math.Sqrt(float64(memberships)) / mu.Float(); threshold.Sigma() < want || threshold.Sigma() > 1.002*want {
			t.Fatalf("σ = %v companies, want %v", threshold.Sigma(), want)
		}
		if want := (Loss{MuSquared: mu.Squared(), Delta: delta}); threshold.Loss() != want || threshold.K() != k {
			t.Fatalf("loss %+v, k %d", threshold.Loss(), threshold.K())
		}
	})
}

func TestThresholdErrors(t *testing.T) {
	for name, c := range map[string]struct {
		k, memberships int
		mu             Mu
		delta          int64
	}{
		"no k":                     {0, 4, 1e6, 1e11},
		"no memberships":           {5, 0, 1e6, 1e11},
		"too many memberships":     {5, 1 << 20, 1e6, 1e11},
		"no mu":                    {5, 4, 0, 1e11},
		"no delta":                 {5, 4, 1e6, 0},
		"delta of a half":          {5, 1, 1e6, 5e17},
		"delta beyond the support": {5, 4, 1e6, 1}, // 2.5e-19 is at 8.9σ
	} {
		if threshold, err := NewThreshold(c.k, c.memberships, c.mu, c.delta); err == nil {
			t.Errorf("%s: %+v", name, threshold)
		}
	}
}

// TestKeepFrequency compares 20,000 decisions a size with their exact
// probability, at a δ large enough to be seen. A frequency outside of the
// binomial's central 1 − 1e-10 is an error. Only three sizes under the secure
// source can raise a false alarm, so its probability is 3e-10.
func TestKeepFrequency(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	const n, k = 20_000, 5
	threshold := mustThreshold(t, k, 4, 2_000_000, 4e16) // σ = 1 company, δ/l0 = 0.01
	for name, source := range map[string]draw.Source{"secure": {}, "seeded": draw.Seeded([32]byte{3})} {
		for _, size := range []int{0, 1, k - 1, k, k + 1, k + 5} {
			t.Run(fmt.Sprintf("%s/%d companies", name, size), func(t *testing.T) {
				counts := make([]int64, n)
				for i := range counts {
					counts[i] = int64(size)
				}
				kept := 0
				for _, keep := range NewDraws(source).Threshold(threshold, counts) {
					if keep {
						kept++
					}
				}
				p := threshold.PassProbability(size)
				if size < k {
					if kept > 0 || p != 0 {
						t.Fatalf("%d of %d cohorts below k were kept", kept, n)
					}
					return
				}
				// P[≥ kept] and P[≤ kept] by the incomplete beta function.
				high := distuv.Binomial{N: n, P: p}.Survival(float64(kept) - 1)
				low := distuv.Binomial{N: n, P: p}.CDF(float64(kept))
				if min(high, low) < 5e-11 {
					t.Errorf("%d of %d kept, probability %v", kept, n, p)
				}
			})
		}
	}
}

// TestThresholdDrawsWhateverTheOutcome: after a test of empty cohorts and one
// of large cohorts the seeded stream stands at the same place, so the number
// of draws tells nothing.
func TestThresholdDrawsWhateverTheOutcome(t *testing.T) {
	threshold := mustThreshold(t, 5, 4, 1_000_000, 1e11)
	g := mustGaussian(t, 1<<20, 1_000_000)
	next := func(counts ...int64) int64 {
		draws := NewDraws(draw.Seeded([32]byte{4}))
		if got := len(draws.Threshold(threshold, counts)); got != len(counts) {
			t.Errorf("%d decisions for %d counts", got, len(counts))
		}
		return draws.Gaussian(g, []int64{0})[0]
	}
	want := next(0, 0, 0)
	for _, counts := range [][]int64{{4, 4, 4}, {5, 5, 5}, {1000, 0, 1 << 30}, {1 << 31, 1 << 31, 1 << 31}} {
		if got := next(counts...); got != want {
			t.Errorf("counts %v: the next draw is %d, want %d", counts, got, want)
		}
	}
	if next(0, 0) == want {
		t.Error("the position of the stream does not show in the next draw")
	}
}

// TestThresholdDecidesAtTau: a cohort is kept from τ on, and not one unit of
// 2⁻²⁰ companies below it, but never with fewer than k companies; every cohort
// has noise of its own on its count in those units.
func TestThresholdDecidesAtTau(t *testing.T) {
	threshold := mustThreshold(t, 5, 4, 1_000_000, 1e11)
	counts := []int64{5, 5, 4, 4, 1000, 1000}
	var seen draw.Call
	source := draw.Seeded(draw.Seed(3)).Recorded(func(call draw.Call) []int64 {
		seen = call
		return []int64{threshold.tau - 1, threshold.tau, threshold.tau, threshold.tau + 1<<40, threshold.tau - 1, threshold.tau}
	})
	kept := NewDraws(source).Threshold(threshold, counts)
	if want := []bool{false, true, false, false, false, true}; !slices.Equal(kept, want) {
		t.Errorf("kept %v, want %v", kept, want)
	}
	noise := map[int64]bool{}
	for i, total := range seen.Totals {
		if total != counts[i]*thresholdScale {
			t.Errorf("a count of %d is tested as %d", counts[i], total)
		}
		noise[seen.Noisy[i]-total] = true
	}
	if len(noise) != len(counts) {
		t.Errorf("%d cohorts share %d numbers of noise", len(counts), len(noise))
	}
}
