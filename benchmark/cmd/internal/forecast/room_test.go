package forecast

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"maturitybench/privacy"
)

func TestRoom(t *testing.T) {
	for _, c := range []struct {
		epsilon, lifetime, wave float64
		want                    string
	}{
		{8, 0, 4, "The account allows ε = 8 within any 3 years: 3 publications of this plan's loss. With one kept back to publish a wave again that turns out wrong, plan 2 waves within any 3 years. A wave every year, which is 3 within any 3 years, and that one more fit at ε = 3.9852 each (δ = 1e-06)."},
		{8, 12, 5, "The account allows ε = 8 within any 3 years: 2 publications of this plan's loss, and 5 ever. With one kept back to publish a wave again that turns out wrong, plan one wave within"},
		{5, 0, 4, "one publication of this plan's loss. Nothing is left then to publish a wave again that turns out wrong. A wave every year"},
		{3, 0, 4, "0 publications of this plan's loss. The plan does not fit the account."},
	} {
		account := privacy.Account{ID: "a", Unit: "company", Roster: privacy.SecretRoster, Epsilon: c.epsilon, Delta: 1e-5, Window: "3y", Lifetime: c.lifetime}
		budget, err := privacy.NewBudget(c.wave, 1e-6, account.Roster, 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		room(&b, account, budget.Loss, 1e-6)
		if !strings.Contains(b.String(), c.want) {
			t.Errorf("%+v: %s", c, &b)
		}
	}
}

// Ten yearly waves share a lifetime, or lose what their sum does: ten times the squared loss.
func TestRoomOfTenYears(t *testing.T) {
	account := privacy.Account{ID: "a", Unit: "company", Roster: privacy.SecretRoster, Epsilon: 8, Delta: 1e-5, Window: "3y"}
	said := func(lifetime, wave float64) string {
		account.Lifetime = lifetime
		budget, err := privacy.NewBudget(wave, 1e-7, account.Roster, 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		room(&b, account, budget.Loss, 1e-7)
		return b.String()
	}
	one, err := privacy.NewBudget(2, 1e-7, account.Roster, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	ten := privacy.Loss{PureEpsilon: 0, MuSquared: 10 * one.Loss.MuSquared, Delta: 10 * one.Loss.Delta}
	want := fmt.Sprintf("takes part in 10 waves like this one loses ε = %.4f in all (δ = 1e-05)", math.Ceil(ten.Epsilon(1e-5)*1e4)/1e4)
	if got := said(0, 2); !strings.Contains(got, want) {
		t.Errorf("%s, want %s", got, want)
	}
	got := said(12, 2)
	_, after, found := strings.Cut(got, " Its lifetime of ε = 12 takes 10 yearly waves and one more at ε = ")
	text, _, _ := strings.Cut(after, " ")
	share, err := strconv.ParseFloat(text, 64)
	if !found || err != nil {
		t.Fatal(got)
	}
	for epsilon, fits := range map[float64]bool{share: true, math.Round(1e4*share+1) / 1e4: false} {
		each, err := privacy.NewBudget(epsilon, 1e-7, account.Roster, 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		eleven := privacy.Loss{MuSquared: 11 * each.Loss.MuSquared, Delta: 11 * each.Loss.Delta}
		if eleven.Fits(12, 1e-5) != fits {
			t.Errorf("eleven waves of ε = %v fit a lifetime of 12: %v", epsilon, !fits)
		}
	}
	// What ten waves come to, without a bound, is too much to say.
	if got := said(0, 20); strings.Contains(got, "+Inf") {
		t.Error(got)
	}
}

func TestYearlyWavesOfAWindow(t *testing.T) {
	for window, want := range map[privacy.Span]int{"1d": 1, "12m": 1, "13m": 2, "1y": 1, "3y": 3, "36m": 3, "366d": 2, "1000y": 1000} {
		if got := perWindow(window); got != want {
			t.Errorf("%s: %d, want %d", window, got, want)
		}
	}
}
