package privacy

import (
	"errors"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func gaussianLoss(t *testing.T, epsilon float64) Loss {
	t.Helper()
	b, err := NewBudget(epsilon, 1e-6, SecretRoster, 0.1, 0.1)
	if err != nil {
		t.Fatal(err)
	}
	return b.Loss
}

// TestAdmitWindow: ε = 4 at δ = 1e-6 goes three times into ε = 8 at 1e-5.
func TestAdmitWindow(t *testing.T) {
	four, one := gaussianLoss(t, 4), gaussianLoss(t, 1)
	for name, c := range map[string]struct {
		waves     int
		committed []Loss
		charge    Loss
		ok        bool
		counted   int
		frees     int
	}{
		"first":                    {5, nil, four, true, 0, 0},
		"third":                    {5, []Loss{four, four}, four, true, 0, 0},
		"fourth":                   {5, []Loss{four, four, four}, four, false, 3, 2},
		"window of three":          {3, []Loss{four, four, four}, four, true, 0, 0},
		"window of one":            {1, []Loss{four, four, four, four}, four, true, 0, 0},
		"window of four":           {4, []Loss{four, four, four, four}, four, false, 3, 1},
		"small ones push out":      {4, []Loss{four, four, four, one, one}, four, true, 0, 0},
		"too large at any time":    {5, nil, gaussianLoss(t, 12), false, 0, 0},
		"too large behind others":  {5, []Loss{one}, gaussianLoss(t, 12), false, 1, 0},
		"all the rest, and a hair": {2, []Loss{four, four}, gaussianLoss(t, 9), false, 1, 0},
	} {
		account := panel()
		account.Waves = c.waves
		err := Admit(account, c.committed, c.charge)
		if (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil {
			continue
		}
		refused, ok := errors.AsType[*BudgetError](err)
		if !ok || !errors.Is(err, ErrBudgetExceeded) {
			t.Fatalf("%s: %v", name, err)
		}
		if refused.Counted != c.counted || refused.FreesAfter != c.frees {
			t.Errorf("%s: counted %d, frees after %d, want %d, %d", name, refused.Counted, refused.FreesAfter, c.counted, c.frees)
		}
		if refused.Wanted <= account.Epsilon || refused.Spent > account.Epsilon || refused.Charge > refused.Wanted {
			t.Errorf("%s: %+v", name, refused)
		}
	}
}

// TestAdmitIsExact: the total at the account's own ε is admitted, and one unit
// of any part more is not.
func TestAdmitIsExact(t *testing.T) {
	b, err := NewBudget(8, 1e-5, PublicRoster, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	spent := Loss{MuSquared: b.Loss.MuSquared / 3}
	charge := Loss{MuSquared: b.Loss.MuSquared - spent.MuSquared, Delta: b.Loss.Delta}
	if err := Admit(panel(), []Loss{spent}, charge); err != nil {
		t.Error(err)
	}
	charge.MuSquared = (b.Mu + 1).Squared() - spent.MuSquared
	if err := Admit(panel(), []Loss{spent}, charge); !errors.Is(err, ErrBudgetExceeded) {
		t.Errorf("a millionth of μ too much: %v", err)
	}
	pure := Loss{PureEpsilon: 8e9}
	if err := Admit(panel(), nil, pure); err != nil {
		t.Error(err)
	}
	pure.PureEpsilon++
	if err := Admit(panel(), nil, pure); !errors.Is(err, ErrBudgetExceeded) {
		t.Errorf("a unit of ε too much: %v", err)
	}
}

// TestBudgetErrorTellsTheTruth: what is left fits and the next step does not;
// after as many publications as stated the charge fits, and not before.
func TestBudgetErrorTellsTheTruth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		account := panel()
		account.Waves = rapid.IntRange(1, 6).Draw(t, "waves")
		var committed []Loss
		for _, mu := range rapid.SliceOfN(rapid.Int64Range(100_000, 1_200_000), 0, 8).Draw(t, "committed") {
			loss := Loss{MuSquared: Mu(mu).Squared(), Delta: 1e11}
			if Admit(account, committed, loss) == nil {
				committed = append(committed, loss)
			}
		}
		charge := Loss{MuSquared: Mu(rapid.Int64Range(500_000, 1_700_000).Draw(t, "charge")).Squared(), Delta: 1e11}
		err := Admit(account, committed, charge)
		if err == nil {
			return
		}
		refused, _ := errors.AsType[*BudgetError](err)

		small := func(epsilon float64) Loss {
			e, _ := units(epsilon, epsilonDigits)
			d, _ := units(account.Delta, deltaDigits)
			return Loss{MuSquared: gaussianMu(e, d-charge.Delta).Squared(), Delta: charge.Delta}
		}
		if refused.Left > 0 && Admit(account, committed, small(refused.Left)) != nil {
			t.Fatalf("what is left, %v, does not fit", refused.Left)
		}
		if Admit(account, committed, small(refused.Left+0.001)) == nil {
			t.Fatalf("more than %v is left", refused.Left)
		}

		later := committed
		for n := 1; n <= 2*account.Waves; n++ {
			later = append(later, Loss{MuSquared: 1})
			fits := Admit(account, later, charge) == nil
			if n < refused.FreesAfter && fits {
				t.Fatalf("the charge fits after %d publications, not only after %d", n, refused.FreesAfter)
			}
			if n == refused.FreesAfter && !fits {
				t.Fatalf("the charge does not fit after %d publications", n)
			}
			if refused.FreesAfter == 0 && fits {
				t.Fatalf("the charge fits after %d publications, not never", n)
			}
		}
	})
}

// TestWhatIsLeftForPure: at pure ε the budgets subtract, ε = 8 after 6.7553 of
// Gaussian loss leaves 1.2447; with a test beside it, which is charged
// together with the Gaussian loss before it, what is left fits and the next
// step does not.
func TestWhatIsLeftForPure(t *testing.T) {
	four := gaussianLoss(t, 4)
	account := panel()
	leftFor := func(committed []Loss, charge Loss) float64 {
		refused, _ := errors.AsType[*BudgetError](Admit(account, committed, charge))
		if refused == nil {
			t.Fatalf("%+v fits", charge)
		}
		return refused.Left
	}
	three := []Loss{four, four, four}
	if got := leftFor(three, Loss{PureEpsilon: 2e9}); got != 1.2447 {
		t.Errorf("after Gaussian losses %v is left", got)
	}
	if got := leftFor([]Loss{{PureEpsilon: 55e8}}, Loss{PureEpsilon: 3e9}); got != 2.5 {
		t.Errorf("after ε = 5.5 of 8, %v is left", got)
	}
	if got := leftFor([]Loss{{PureEpsilon: 8e9}}, Loss{PureEpsilon: 1}); got != 0 {
		t.Errorf("after ε = 8 of 8, %v is left", got)
	}
	b, err := NewPureBudget(4, 1e-6, SecretRoster, 0.1)
	if err != nil {
		t.Fatal(err)
	}
	left := leftFor(three, b.Loss)
	charge := b.Loss
	pure := int64(math.Round(left*1e9)) - gaussianEpsilon(charge.MuSquared, 1e13-charge.Delta)
	for more, want := range map[int64]bool{0: true, 100_001: false} { // in units of 1e-9
		charge.PureEpsilon = pure + more
		if fits := Admit(account, three, charge) == nil; fits != want {
			t.Errorf("%v is left, but pure ε = %d fits: %v", left, charge.PureEpsilon, fits)
		}
	}
	charge.MuSquared = 8e12
	if got := leftFor(three, charge); got != 0 {
		t.Errorf("the test alone is too much, but %v is left", got)
	}
}

func TestBudgetErrorMessage(t *testing.T) {
	four := gaussianLoss(t, 4)
	account := panel()
	for _, c := range []struct {
		name      string
		waves     int
		committed []Loss
		charge    Loss
		want      []string
	}{
		{"full", 5, []Loss{four, four, four}, four, []string{`account "panel" allows ε = 8 at δ = 1e-05 in any 5 publications`,
			"the last 3 publications spent 6.7553", "together 8.0", "is left", "after 2 publications more"}},
		{"one", 1, nil, gaussianLoss(t, 12), []string{"in each publication", "this one is ", "too large for this account at any time"}},
		{"no delta left", 5, []Loss{{MuSquared: 1, Delta: 1e13 - 1}}, four,
			[]string{"the last 1 publication spent", "together infinite", "nothing is left", "after 4 publications more"}},
	} {
		account.Waves = c.waves
		text := Admit(account, c.committed, c.charge).Error()
		for _, want := range c.want {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q lacks %q", c.name, text, want)
			}
		}
	}
	if got := ceil4(8.00000001); got != "8.0001" {
		t.Errorf("ceil4 rounds to %s", got)
	}
	if got := ceil4(math.Inf(1)); got != "infinite" {
		t.Errorf("ceil4(∞) = %s", got)
	}
}
