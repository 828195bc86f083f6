package privacy

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"maturitybench/privacy/internal/draw"
)

// TestPureBudgetUsesAllOfIt: the loss fits what is stated, and a unit of pure ε
// more does not.
func TestPureBudgetUsesAllOfIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		epsilon := fromUnits(rapid.Int64Range(1e8, 20e9).Draw(t, "ε"), epsilonDigits)
		delta := fromUnits(rapid.Int64Range(1e8, 1e13).Draw(t, "δ"), deltaDigits)
		roster := rapid.SampledFrom([]Roster{SecretRoster, PublicRoster, CountedRoster}).Draw(t, "roster")
		b, err := NewPureBudget(epsilon, delta, roster)
		if err != nil {
			t.Fatal(err)
		}
		if !b.Loss.Fits(epsilon, delta) || b.Loss.Epsilon(delta) > epsilon {
			t.Fatalf("%+v does not fit (%v, %v)", b.Loss, epsilon, delta)
		}
		if b.Loss.Plus(Loss{PureEpsilon: 1}).Fits(epsilon, delta) {
			t.Fatalf("%+v leaves ε unused", b.Loss)
		}
		e, _ := units(epsilon, epsilonDigits)
		want := PureBudget{Epsilon: e, Loss: Loss{PureEpsilon: e}}
		if roster == SecretRoster {
			full, err := NewBudget(epsilon, delta, roster, 0, 0)
			if err != nil {
				t.Fatal(err)
			}
			want.DeltaSelect, want.Loss.Delta = full.DeltaSelect, full.DeltaSelect
		}
		if b != want {
			t.Fatalf("%+v, want %+v", b, want)
		}
	})
}

// TestPureBudgetTwoAnswers: 2ε, whatever δ the test has.
func TestPureBudgetTwoAnswers(t *testing.T) {
	for _, roster := range []Roster{SecretRoster, PublicRoster} {
		b, err := NewPureBudget(4, 1e-6, roster)
		if err != nil {
			t.Fatal(err)
		}
		if got := EpsilonBetweenTwoAnswers(b.Loss, 1e-6); got != 8 {
			t.Errorf("%s: %v between two answers at pure ε = 4", roster, got)
		}
		if got := b.Loss.Epsilon(1e-6); got != 4 {
			t.Errorf("%s: ε = %v at pure ε = 4", roster, got)
		}
	}
}

func TestPureBudgetErrors(t *testing.T) {
	for name, c := range map[string]struct {
		epsilon, delta float64
		roster         Roster
	}{
		"no epsilon":        {0, 1e-6, PublicRoster},
		"epsilon too fine":  {1.0000000001, 1e-6, PublicRoster},
		"epsilon too small": {9.99e-7, 1e-6, PublicRoster},
		"delta too large":   {1, 1, PublicRoster},
		"no delta":          {1, 0, SecretRoster},
		"delta for a test":  {1, 9e-18, SecretRoster},
		"no roster":         {1, 1e-6, ""},
	} {
		if b, err := NewPureBudget(c.epsilon, c.delta, c.roster); err == nil {
			t.Errorf("%s: %+v", name, b)
		}
	}
	if b, err := NewPureBudget(1e-6, 1e-6, PublicRoster); err != nil || b.Epsilon != 1000 {
		t.Errorf("the smallest ε: %+v, %v", b, err)
	}
	if b, err := NewPureBudget(1, 1e-17, SecretRoster); err != nil || b.DeltaSelect != 1 {
		t.Errorf("the smallest δ of a test: %+v, %v", b, err)
	}
}

// TestPureBudgetCoversItsDraws: the loss is what the draws spend, no less.
func TestPureBudgetCoversItsDraws(t *testing.T) {
	for _, roster := range []Roster{SecretRoster, PublicRoster} {
		b, err := NewPureBudget(4, 1e-6, roster)
		if err != nil {
			t.Fatal(err)
		}
		publish := func(epsilon int64, loss Loss) error {
			draws := NewDraws(draw.Source{})
			noise := mustSpherical(t, 1000, epsilon, 3)
			if roster == PublicRoster {
				draws.SphericalLaplace(noise, make([]int64, 3))
			} else {
				noise, err := noise.Beside(1)
				if err != nil {
					t.Fatal(err)
				}
				draws.Tested(mustMeasured(t, noise, 5, 0, 250, b.DeltaSelect), make([]int64, 4))
			}
			return draws.Settle(loss)
		}
		if err := publish(b.Epsilon, b.Loss); err != nil {
			t.Errorf("%s: %v", roster, err)
		}
		if err := publish(b.Epsilon+1, b.Loss); !errors.Is(err, ErrUndeclared) {
			t.Errorf("%s: more than the budget: %v", roster, err)
		}
		for _, part := range []Loss{{PureEpsilon: -1}, {Delta: -1}} {
			less := b.Loss.Plus(part)
			if !less.Valid() {
				continue // a public roster has no such part
			}
			if err := publish(b.Epsilon, less); !errors.Is(err, ErrUndeclared) {
				t.Errorf("%s: settled for %+v less: %v", roster, part, err)
			}
		}
	}
}
