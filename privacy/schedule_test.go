package privacy_test

import (
	"math"
	"testing"
	"time"

	"maturitybench/privacy"
)

// What fits at once is what a ledger admits one after another.
func TestRoomIsWhatIsAdmitted(t *testing.T) {
	for _, roster := range []privacy.Roster{privacy.SecretRoster, privacy.PublicRoster, privacy.CountedRoster} {
		for _, c := range []struct{ epsilon, wave, lifetime float64 }{{8, 4, 0}, {8, 2, 0}, {8, 1, 12}, {3, 4, 0}, {8, 0.5, 8}, {4, 4, 20}} {
			account := privacy.Account{ID: "a", Unit: "company", Roster: roster, Epsilon: c.epsilon, Delta: 1e-5, Window: "3y", Lifetime: c.lifetime}
			budget, err := privacy.NewBudget(c.wave, 1e-6, roster, 0, 0)
			if err != nil {
				t.Fatal(err)
			}
			window, ever := account.Room(budget.Loss)
			if got := admitted(account, budget.Loss, 0); window != got {
				t.Errorf("%s %+v: room for %d, but %d are admitted at once", roster, c, window, got)
			}
			want := 0
			if c.lifetime > 0 {
				want = admitted(account, budget.Loss, 1000*24*time.Hour*2) // one a window
			}
			if ever != want {
				t.Errorf("%s %+v: room for %d ever, but %d are admitted over the years", roster, c, ever, want)
			}
		}
	}
}

// admitted is how many publications of a loss an account takes that follow each other
// after a time.
func admitted(account privacy.Account, loss privacy.Loss, after time.Duration) int {
	at := time.Date(2030, time.January, 1, 0, 0, 0, 0, time.UTC)
	var committed []privacy.Charge
	for len(committed) < 1000 && privacy.Admit(account, committed, privacy.Reading{Time: at, Sure: at}, loss) == nil {
		committed = append(committed, privacy.Charge{Time: at, Loss: loss})
		at = at.Add(after)
	}
	return len(committed)
}

// The share leaves room for the waves and one more, and is the largest that does.
func TestShareKeepsAReserve(t *testing.T) {
	for _, roster := range []privacy.Roster{privacy.SecretRoster, privacy.CountedRoster} {
		account := privacy.Account{ID: "a", Unit: "company", Roster: roster, Epsilon: 8, Delta: 1e-5, Window: "3y"}
		for _, waves := range []int{1, 2, 3, 6, 36} {
			share := account.Share(1e-6, waves)
			for more, want := range map[float64]bool{0: true, 0.0001: false} {
				budget, err := privacy.NewBudget(math.Round(1e4*(share+more))/1e4, 1e-6, roster, 0, 0)
				if err != nil {
					t.Fatal(err)
				}
				if window, _ := account.Room(budget.Loss); (window >= waves+privacy.Reserve) != want {
					t.Errorf("%s, %d waves: room for %d at ε = %v, of %v", roster, waves, window, share+more, share)
				}
			}
		}
	}
}

// By mpmath 1.3 with 50 digits: the μ of a wave and the ε of all from the curve of
// Dong, Roth & Su (Gaussian Differential Privacy, 2022, Corollary 2.13), by bisection;
// a tenth of δ for the test under a secret roster, and 3,637,979e-18 for the sampler.
func TestShareNumbers(t *testing.T) {
	waves := []int{1, 2, 3, 6, 36}
	for roster, want := range map[privacy.Roster][]float64{
		privacy.SecretRoster: {5.9151, 4.6902, 3.9852, 2.9123, 1.1542},
		privacy.PublicRoster: {5.8947, 4.6754, 3.9739, 2.9074, 1.1705},
	} {
		account := privacy.Account{ID: "a", Unit: "company", Roster: roster, Epsilon: 8, Delta: 1e-5, Window: "3y"}
		for i, n := range waves {
			if got := account.Share(1e-6, n); got != want[i] {
				t.Errorf("%s, %d waves and one more: ε = %v each, want %v", roster, n, got, want[i])
			}
		}
	}
	account := privacy.Account{ID: "a", Unit: "company", Roster: privacy.SecretRoster, Epsilon: 8, Delta: 1e-5, Window: "3y"}
	if got := account.Share(1e-6, 1000); got != 0 {
		t.Errorf("more waves than δ lasts: ε = %v, want 0", got)
	}
}
