package privacy

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"maturitybench/privacy/internal/draw"
)

// TestSamplerChargeIsEnough: the three differences between the numbers that are
// drawn and rounded normal ones, as SamplerCharge adds them up. μ is that of ε at
// δ.
func TestSamplerChargeIsEnough(t *testing.T) {
	const unit = 0x1p-53
	tail := func(x float64) float64 { return math.Erfc(x/math.Sqrt2) / 2 }
	end := math.Sqrt(2 * math.Log(0x1p56))
	if end < 0.01*samplerEnd || end < supportSigmas {
		t.Fatalf("the sampler ends at %vσ", end)
	}
	for _, numbers := range []int{1, fewNumbers, MaxNumbers} {
		for _, epsilon := range []float64{0.001, 0.01, 0.02, 0.03, 0.05, 0.1, 1, 2, 4, 8, 12, 16, 20} {
			for _, delta := range []float64{1e-8, 1e-6, 1e-5} {
				d, mu := float64(numbers), GaussianMu(epsilon, delta).Float()
				told := tail(epsilon/mu - mu/2)
				arithmetic := 2 * ((5*(4*d+320)/2+7*d)*unit + d*1e-15) * told
				if numbers == 1 { // what the squares of many add up to is more than one can have
					arithmetic = 2 * (5*4*end*end/2 + 7 + 9.5) * unit * told
				}
				zero := d * math.Sqrt(2/math.Pi) * 0x1p-56 / (1 - 0x1p-7)
				ends := tail(end-mu) + (2*d-1)*tail(end)
				charge := float64(SamplerCharge(Mu(math.Round(mu*1e6)).Squared(), numbers)) / 1e18
				if sum := arithmetic + zero + ends; sum > charge || charge < 0x1p-38 {
					t.Errorf("%d numbers, ε = %v, δ = %v: %v is more than %v (%.2g for the arithmetic, %.2g for zero, %.2g for the ends)",
						numbers, epsilon, delta, sum, charge, arithmetic, zero, ends)
				}
			}
		}
	}
	for _, none := range []int64{0} {
		if got := SamplerCharge(none, 0); got != 0 {
			t.Errorf("no Gaussian noise is charged %d", got)
		}
	}
	if got := SamplerCharge(Mu(9_000_000).Squared(), 1); got != 1e18 {
		t.Errorf("a loss beyond the end is charged %d", got)
	}
}

// TestOneNumberIsTheWorst: moving one number by μ reaches beyond the end more
// often than moving several by parts of it.
func TestOneNumberIsTheWorst(t *testing.T) {
	tail := func(x float64) float64 { return math.Erfc(x/math.Sqrt2) / 2 }
	g := func(x float64) float64 { return tail(8.81-math.Sqrt(x)) + tail(8.81+math.Sqrt(x)) }
	for x := 0.01; x < 8.6*8.6; x += 0.01 {
		if second := g(x+0.01) + g(x-0.01) - 2*g(x); second < -1e-12*g(x) {
			t.Fatalf("g is not convex at μ² = %v", x)
		}
	}
}

// TestTooManyNumbers: what is drawn beyond the limit is not published.
func TestTooManyNumbers(t *testing.T) {
	g := mustGaussian(t, 1<<20, 500_000)
	for numbers, ok := range map[int]bool{MaxNumbers: true, MaxNumbers + 1: false} {
		draws := NewDraws(draw.Seeded(draw.Seed(1)))
		draws.Gaussian(g, make([]int64, numbers))
		if err := draws.Settle(Loss{MuSquared: g.Mu().Squared(), Delta: SamplerDelta}); (err == nil) != ok {
			t.Errorf("%d numbers: %v", numbers, err)
		}
	}
}

// groups is testdata/groups.json, see groups.py.
type groups struct {
	Between []struct {
		Mu, Delta, Select float64
		Epsilon           float64 // 0 if there is none
		Sampler           float64 // δ for 2μ
	}
	Groups []struct {
		Pure, Mu, Gaussian        float64 // pure ε, μ and δ of the Gaussian part
		K, Companies, Memberships int
		Sigma, Select             float64 // of the test, 0 for none
		Epsilon, Test             float64
	}
}

func readGroups(t *testing.T) (g groups) {
	t.Helper()
	data, err := os.ReadFile("testdata/groups.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &g); err != nil {
		t.Fatal(err)
	}
	if len(g.Between) < 20 || len(g.Groups) < 20 {
		t.Fatalf("%d and %d fixtures", len(g.Between), len(g.Groups))
	}
	return g
}
