package privacy

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"
)

// accounting is testdata/accounting.json: privacy parameters that Google's
// dp_accounting computed, see testdata/accounting.py for the command.
type accounting struct {
	Gaussian []struct{ Mu, Epsilon, Delta float64 }
	Composed []struct {
		Mu, Pure           []float64
		Epsilon, Low, High float64
	}
}

func readAccounting(t *testing.T) (a accounting) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "accounting.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &a); err != nil {
		t.Fatal(err)
	}
	if len(a.Gaussian)+len(a.Composed) < 200 {
		t.Fatalf("%d fixtures, expected 200", len(a.Gaussian)+len(a.Composed))
	}
	return a
}

// TestAccountingOfOneMechanism: δ, ε and μ of one Gaussian mechanism agree with
// dp_accounting to a relative 1e-12 of δ, and are never on the unsafe side of
// it by more. Its floating point is off by up to 1.2e-13 here, compared with 50
// digits of mpmath.
func TestAccountingOfOneMechanism(t *testing.T) {
	const tolerance = 1e-12
	for _, f := range readAccounting(t).Gaussian {
		mu := Mu(math.Round(f.Mu * 1e6))
		if got := GaussianDelta(mu, f.Epsilon); math.Abs(got/f.Delta-1) > tolerance {
			t.Errorf("μ = %v, ε = %v: δ = %v, dp_accounting has %v", f.Mu, f.Epsilon, got, f.Delta)
		}
		// δ of the fixture to 18 digits, rounded down, so ε is up to 1e-9 and a
		// trifle above the fixture's, and never below it.
		got := Loss{MuSquared: mu.Squared()}.Epsilon(math.Floor(f.Delta*1e15) / 1e15)
		if got < f.Epsilon-1e-9 || got > f.Epsilon+1e-5 {
			t.Errorf("μ = %v, δ = %v: ε = %v, dp_accounting has %v", f.Mu, f.Delta, got, f.Epsilon)
		}
	}
}

// TestAccountingOfManyMechanisms: the sum of losses stands for at least the
// optimistic δ of dp_accounting. Of Gaussian mechanisms alone it is exact, so it
// is at most the pessimistic one as well; pure ε parts are added, which gives
// something away and never too little.
func TestAccountingOfManyMechanisms(t *testing.T) {
	for _, f := range readAccounting(t).Composed {
		var loss Loss
		for _, mu := range f.Mu {
			loss = loss.Plus(Loss{MuSquared: Mu(math.Round(mu * 1e6)).Squared()})
		}
		for _, epsilon := range f.Pure {
			loss = loss.Plus(Loss{PureEpsilon: int64(math.Round(epsilon * 1e9))})
		}
		e, _ := units(f.Epsilon, epsilonDigits)
		if e < loss.PureEpsilon {
			continue // (ε, δ) with less than the pure part: no δ below 1 is claimed
		}
		delta, _ := gaussianDelta(loss.MuSquared, e-loss.PureEpsilon).hi.Float64()
		if delta < f.Low*(1-1e-9) {
			t.Errorf("%v and pure %v at ε = %v: δ = %v, dp_accounting has at least %v", f.Mu, f.Pure, f.Epsilon, delta, f.Low)
		}
		if len(f.Pure) == 0 && delta > f.High*(1+1e-9) {
			t.Errorf("%v at ε = %v: δ = %v, dp_accounting has at most %v", f.Mu, f.Epsilon, delta, f.High)
		}
		if !loss.Fits(f.Epsilon, min(math.Ceil(delta*1e15+1)/1e15, 1)) || loss.Fits(f.Epsilon, math.Floor(delta*(1-1e-6)*1e15)/1e15) {
			t.Errorf("%v and pure %v at ε = %v: Fits disagrees with δ = %v", f.Mu, f.Pure, f.Epsilon, delta)
		}
	}
}
