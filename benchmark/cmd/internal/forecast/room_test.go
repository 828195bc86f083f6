package forecast

import (
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

func TestYearlyWavesOfAWindow(t *testing.T) {
	for window, want := range map[privacy.Span]int{"1d": 1, "12m": 1, "13m": 2, "1y": 1, "3y": 3, "36m": 3, "366d": 2, "1000y": 1000} {
		if got := perWindow(window); got != want {
			t.Errorf("%s: %d, want %d", window, got, want)
		}
	}
}
