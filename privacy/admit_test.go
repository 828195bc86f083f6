package privacy

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

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

// midnight is the beginning of a day.
func midnight(t testing.TB, date string) time.Time {
	t.Helper()
	at, err := time.Parse(time.DateOnly, date)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// sure is a reading of a clock that is trusted.
func sure(at time.Time) Reading { return Reading{Time: at, Sure: at, last: at} }

// charges are losses at dates.
func charges(t testing.TB, losses []Loss, dates ...string) (list []Charge) {
	t.Helper()
	for i, loss := range losses {
		list = append(list, Charge{midnight(t, dates[i]), loss})
	}
	return list
}

// TestAdmitWindow: ε = 4 at δ = 1e-6 goes three times into ε = 8 at 1e-5.
func TestAdmitWindow(t *testing.T) {
	four, one := gaussianLoss(t, 4), gaussianLoss(t, 1)
	three := charges(t, []Loss{four, four, four}, "2026-01-01", "2027-01-01", "2028-01-01")
	for name, c := range map[string]struct {
		window    Span
		at        string
		committed []Charge
		charge    Loss
		ok        bool
		counted   int
		frees     string // "" for never
	}{
		"first":                   {"3y", "2026-01-01", nil, four, true, 0, ""},
		"third":                   {"3y", "2028-01-01", three[:2], four, true, 0, ""},
		"fourth, a day early":     {"3y", "2028-12-31", three, four, false, 3, "2029-01-01"},
		"fourth":                  {"3y", "2029-01-01", three, four, true, 0, ""},
		"four years":              {"4y", "2029-01-01", three, four, false, 3, "2030-01-01"},
		"a year":                  {"12m", "2028-12-31", three, four, true, 0, ""},
		"on one day":              {"1d", "2026-01-02", charges(t, []Loss{four, four, four}, "2026-01-01", "2026-01-01", "2026-01-01"), four, true, 0, ""},
		"small ones do not push":  {"3y", "2028-02-01", append(three, Charge{midnight(t, "2028-01-02"), one}, Charge{midnight(t, "2028-01-03"), one}), four, false, 5, "2029-01-01"},
		"two have to leave":       {"3y", "2028-02-01", three, gaussianLoss(t, 6), false, 3, "2030-01-01"},
		"too large at any time":   {"3y", "2026-01-01", nil, gaussianLoss(t, 12), false, 0, ""},
		"too large behind others": {"3y", "2026-01-02", charges(t, []Loss{one}, "2026-01-01"), gaussianLoss(t, 12), false, 1, ""},
	} {
		account := panel()
		account.Window = c.window
		err := Admit(account, c.committed, sure(midnight(t, c.at)), c.charge)
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
		frees := ""
		if !refused.FreesAt.IsZero() {
			frees = refused.FreesAt.Format(time.DateOnly)
		}
		if refused.Standing.Window.Publications != c.counted || frees != c.frees {
			t.Errorf("%s: counted %d, frees at %s, want %d, %s", name, refused.Standing.Window.Publications, frees, c.counted, c.frees)
		}
		if refused.Wanted <= account.Epsilon || refused.Standing.Spent() > account.Epsilon || refused.Charge > refused.Wanted || refused.Lifetime {
			t.Errorf("%s: %+v", name, refused)
		}
	}
}

// TestAdmitLifetime: ε = 4 three times is ε = 6.76 at δ = 1e-5, four times 8.04.
func TestAdmitLifetime(t *testing.T) {
	four := gaussianLoss(t, 4)
	account := panel()
	account.Window, account.Lifetime = "1y", 8
	three := charges(t, []Loss{four, four, four}, "2026-01-01", "2027-01-01", "2028-01-01")
	if err := Admit(account, three[:2], sure(midnight(t, "2028-01-01")), four); err != nil {
		t.Error(err)
	}
	refused, ok := errors.AsType[*BudgetError](Admit(account, three, sure(midnight(t, "2040-01-01")), four))
	if !ok || !refused.Lifetime || !refused.FreesAt.IsZero() || refused.Left <= 3 || refused.Left >= 4 {
		t.Fatalf("%+v", refused)
	}
	for _, want := range []string{"over its lifetime it allows ε = 8, of which 6.7553 is spent", "too large for this account at any time"} {
		if !strings.Contains(refused.Error(), want) {
			t.Errorf("%q lacks %q", refused, want)
		}
	}
}

// TestAdmitAsksForTheDate: budget that a jump of the clock frees is not given,
// and after a long one nothing is.
func TestAdmitAsksForTheDate(t *testing.T) {
	four := gaussianLoss(t, 4)
	three := charges(t, []Loss{four, four, four}, "2026-01-01", "2027-01-01", "2028-01-01")
	for name, c := range map[string]struct {
		time, sure string
		committed  []Charge
		want       error
	}{
		"freed by a sure clock":        {"2029-01-01", "2029-01-01", three, nil},
		"freed by a jump":              {"2029-01-01", "2028-03-01", three, ErrClock},
		"not freed by a jump":          {"2028-12-01", "2028-03-01", three, ErrBudgetExceeded},
		"nothing to free":              {"2029-01-01", "2028-03-01", three[1:], nil},
		"nothing to free, a long jump": {"2029-04-06", "2028-03-01", three[1:], ErrClock},
	} {
		at := Reading{Time: midnight(t, c.time), Sure: midnight(t, c.sure)}
		if err := Admit(panel(), c.committed, at, four); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
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
	now := sure(midnight(t, "2026-01-02"))
	spent := Loss{MuSquared: b.Loss.MuSquared / 3}
	charge := Loss{MuSquared: b.Loss.MuSquared - spent.MuSquared, Delta: b.Loss.Delta}
	if err := Admit(panel(), charges(t, []Loss{spent}, "2026-01-01"), now, charge); err != nil {
		t.Error(err)
	}
	charge.MuSquared = (b.Mu + 1).Squared() - spent.MuSquared
	if err := Admit(panel(), charges(t, []Loss{spent}, "2026-01-01"), now, charge); !errors.Is(err, ErrBudgetExceeded) {
		t.Errorf("a millionth of μ too much: %v", err)
	}
	pure := Loss{PureEpsilon: 8e9}
	if err := Admit(panel(), nil, now, pure); err != nil {
		t.Error(err)
	}
	pure.PureEpsilon++
	if err := Admit(panel(), nil, now, pure); !errors.Is(err, ErrBudgetExceeded) {
		t.Errorf("a unit of ε too much: %v", err)
	}
}

// TestBudgetErrorTellsTheTruth: what is left fits and the next step does not;
// at the stated time the charge fits, and a second before it does not.
func TestBudgetErrorTellsTheTruth(t *testing.T) {
	begin := midnight(t, "2026-01-01")
	rapid.Check(t, func(t *rapid.T) {
		account := panel()
		account.Window = Span(rapid.StringMatching(`[1-9]m`).Draw(t, "window"))
		account.Lifetime = rapid.SampledFrom([]float64{0, 0, 9, 12}).Draw(t, "lifetime")
		var committed []Charge
		now := begin
		for _, mu := range rapid.SliceOfN(rapid.Int64Range(100_000, 1_200_000), 0, 8).Draw(t, "committed") {
			now = now.AddDate(0, 0, rapid.IntRange(0, 60).Draw(t, "days"))
			loss := Loss{MuSquared: Mu(mu).Squared(), Delta: 1e11}
			if Admit(account, committed, sure(now), loss) == nil {
				committed = append(committed, Charge{now, loss})
			}
		}
		charge := Loss{MuSquared: Mu(rapid.Int64Range(500_000, 1_700_000).Draw(t, "charge")).Squared(), Delta: 1e11}
		fits := func(at time.Time) bool { return Admit(account, committed, sure(at), charge) == nil }
		err := Admit(account, committed, sure(now), charge)
		if err == nil {
			return
		}
		refused, _ := errors.AsType[*BudgetError](err)

		small := func(epsilon float64) Loss {
			e, _ := units(epsilon, epsilonDigits)
			d, _ := units(account.Delta, deltaDigits)
			return Loss{MuSquared: gaussianMu(e, d-charge.Delta).Squared(), Delta: charge.Delta}
		}
		if refused.Left > 0 && Admit(account, committed, sure(now), small(refused.Left)) != nil {
			t.Fatalf("what is left, %v, does not fit", refused.Left)
		}
		if Admit(account, committed, sure(now), small(refused.Left+0.001)) == nil {
			t.Fatalf("more than %v is left", refused.Left)
		}
		if refused.FreesAt.IsZero() {
			if fits(now.AddDate(100, 0, 0)) {
				t.Fatal("the charge fits after a hundred years, not never")
			}
			return
		}
		if !fits(refused.FreesAt) || fits(refused.FreesAt.Add(-time.Second)) {
			t.Fatalf("the charge does not begin to fit at %v", refused.FreesAt)
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
	now := sure(midnight(t, "2026-01-02"))
	leftFor := func(committed []Loss, charge Loss) float64 {
		refused, _ := errors.AsType[*BudgetError](Admit(account, datesOf(t, committed), now, charge))
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
	charge := Loss{PureEpsilon: 33e8, MuSquared: 7e10, Delta: 11e10} // of a vector of pure ε and a Gaussian test
	left := leftFor(three, charge)
	pure := int64(math.Round(left*1e9)) - gaussianEpsilon(charge.MuSquared, 1e13-charge.Delta)
	for more, want := range map[int64]bool{0: true, 100_001: false} { // in units of 1e-9
		charge.PureEpsilon = pure + more
		if fits := Admit(account, datesOf(t, three), now, charge) == nil; fits != want {
			t.Errorf("%v is left, but pure ε = %d fits: %v", left, charge.PureEpsilon, fits)
		}
	}
	charge.MuSquared = 8e12
	if got := leftFor(three, charge); got != 0 {
		t.Errorf("the test alone is too much, but %v is left", got)
	}
}

// datesOf are losses on the first of January.
func datesOf(t testing.TB, losses []Loss) (list []Charge) {
	t.Helper()
	for _, loss := range losses {
		list = append(list, Charge{midnight(t, "2026-01-01"), loss})
	}
	return list
}

func TestBudgetErrorMessage(t *testing.T) {
	four := gaussianLoss(t, 4)
	for _, c := range []struct {
		name      string
		window    Span
		committed []Loss
		charge    Loss
		want      []string
	}{
		{"full", "3y", []Loss{four, four, four}, four, []string{`account "panel" allows ε = 8 at δ = 1e-05 within any span of 3 years`,
			"the 3 publications within the last 3 years spent 6.7553", "together 8.0", "is left", "it fits from 2029-01-01 00:00:00 UTC on"}},
		{"one", "1m", nil, gaussianLoss(t, 12), []string{"within any span of 1 month", "this one is ", "too large for this account at any time"}},
		{"no delta left", "2y", []Loss{{MuSquared: 1, Delta: 1e13 - 1}}, four,
			[]string{"the 1 publication within the last 2 years spent", "together infinite", "nothing is left", "from 2028-01-01"}},
	} {
		account := panel()
		account.Window = c.window
		text := Admit(account, datesOf(t, c.committed), sure(midnight(t, "2026-01-02")), c.charge).Error()
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
