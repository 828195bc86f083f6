package privacy

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func TestBudgetNeverExceedsItsMu(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		epsilon := fromUnits(rapid.Int64Range(1e8, 20e9).Draw(t, "ε"), epsilonDigits)
		delta := fromUnits(rapid.Int64Range(1e8, 1e13).Draw(t, "δ"), deltaDigits)
		roster := rapid.SampledFrom([]Roster{SecretRoster, PublicRoster, CountedRoster}).Draw(t, "roster")
		sel, pilot := rapid.Float64Range(0.001, 0.9).Draw(t, "select"), rapid.Float64Range(0, 0.9).Draw(t, "pilot")
		b, err := NewBudget(epsilon, delta, roster, sel, pilot)
		if err != nil {
			t.Fatal(err)
		}
		sum := b.Select.Squared() + b.Pilot.Squared() + b.Main.Squared()
		whole := b.Mu.Squared()
		// Each of the three roots is rounded down by less than a millionth,
		// which loses less than 2·μ millionths of μ² each.
		if sum > whole || sum < whole-6*int64(b.Mu)-3 {
			t.Fatalf("parts of %+v sum to %d of %d", b, sum, whole)
		}
		if want := (Loss{MuSquared: whole, Delta: b.DeltaSelect + max(SamplerDelta, SamplerCharge(whole, MaxNumbers))}); b.Loss != want {
			t.Fatalf("loss %+v, want %+v", b.Loss, want)
		}
		if !b.Loss.Fits(epsilon, delta) {
			t.Fatalf("%+v does not fit (%v, %v)", b.Loss, epsilon, delta)
		}
		share := rapid.Float64Range(0, 1).Draw(t, "share")
		one, rest, err := b.Select.Split(share)
		if err != nil {
			t.Fatal(err)
		}
		if sum, whole := one.Squared()+rest.Squared(), b.Select.Squared(); sum > whole || sum < whole-4*int64(b.Select)-2 ||
			math.Abs(float64(one)-math.Sqrt(share)*float64(b.Select)) > 1 {
			t.Fatalf("a share of %v of %v: %v, and %v for the rest", share, b.Select, one, rest)
		}
		if roster != SecretRoster && (b.Select != 0 || b.DeltaSelect != 0) {
			t.Fatalf("a public roster pays for a test: %+v", b)
		}
		if roster == SecretRoster && b.DeltaSelect != deltaUnits(delta)/10 {
			t.Fatalf("δ_select = %d of %v", b.DeltaSelect, delta)
		}
	})
}

func deltaUnits(delta float64) int64 {
	d, _ := units(delta, deltaDigits)
	return d
}

// TestBudgetShares: a tenth of μ² to the test, then a tenth of the rest to the
// pilot: √0.1·μ, √(0.1·0.9)·μ and √(0.9·0.9)·μ, rounded down.
func TestBudgetShares(t *testing.T) {
	b, err := NewBudget(4, 1e-6, SecretRoster, 0.1, 0.1)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		got   Mu
		share float64
	}{{"select", b.Select, 0.1}, {"pilot", b.Pilot, 0.09}, {"main", b.Main, 0.81}} {
		if want := math.Sqrt(c.share) * float64(b.Mu); math.Abs(float64(c.got)-want) > 2 {
			t.Errorf("%s = %d, want about %v", c.name, c.got, want)
		}
	}
	if got := root(big.NewInt(24)); got != 4 {
		t.Errorf("√24 rounds down to %d", got)
	}
	none, err := NewBudget(4, 1e-6, SecretRoster, 0, 0)
	if err != nil || none.Select != 0 || none.Pilot != 0 || none.Main != none.Mu {
		t.Errorf("without shares: %+v, %v", none, err)
	}
}

func TestBudgetErrors(t *testing.T) {
	for name, c := range map[string]struct {
		epsilon, delta float64
		roster         Roster
		sel, pilot     float64
	}{
		"no epsilon":          {0, 1e-6, SecretRoster, 0.1, 0.1},
		"negative epsilon":    {-1, 1e-6, SecretRoster, 0.1, 0.1},
		"epsilon too fine":    {1.0000000001, 1e-6, SecretRoster, 0.1, 0.1},
		"epsilon no number":   {math.NaN(), 1e-6, SecretRoster, 0.1, 0.1},
		"no delta":            {1, 0, SecretRoster, 0.1, 0.1},
		"delta too large":     {1, 1, SecretRoster, 0.1, 0.1},
		"delta too fine":      {1, 1.0000000000001e-6, SecretRoster, 0.1, 0.1},
		"delta for sampler":   {1, 1e-12, SecretRoster, 0.1, 0.1},
		"no roster":           {1, 1e-6, "", 0.1, 0.1},
		"share of one":        {1, 1e-6, SecretRoster, 1, 0.1},
		"negative share":      {1, 1e-6, SecretRoster, 0.1, -0.1},
		"share no number":     {1, 1e-6, SecretRoster, math.NaN(), 0.1},
		"share of nothing":    {1, 1e-6, SecretRoster, 1e-300, 0.1},
		"public without main": {1, 3e-12, PublicRoster, 0, 0.1},
	} {
		if b, err := NewBudget(c.epsilon, c.delta, c.roster, c.sel, c.pilot); err == nil {
			t.Errorf("%s: %+v", name, b)
		}
	}
}
