package privacy

import (
	"fmt"
	"math"
	"time"
)

// Admit decides whether a charge fits into the budget of an account whose
// earlier publications were committed. It fits if, together with all publications
// that are younger than the account's window, its ε at the account's δ is at most
// the account's ε, by [Loss.Fits], and that of all publications since the account
// was opened at most the lifetime's, if there is one. Since that holds for each
// publication when it is made, it holds for every span of time as long as the
// window, wherever it begins. A revision is a publication, whatever its name;
// replays and refused attempts are not.
//
// The error is a [*BudgetError], or a [*ClockError] where the charge fits only
// if the date is right, and the date is to be confirmed.
//
// Admit is the rule of every ledger; the ledger calls it before it computes
// and again in the step that commits.
func Admit(account Account, committed []Charge, at Reading, charge Loss) error {
	standing := account.Standing(committed, at)
	if standing.fits(charge) {
		return at.believe()
	}
	if sure := (Reading{Time: at.Time, Sure: at.Time}); at.Unsure() && account.Standing(committed, sure).fits(charge) {
		return at.unconfirmed()
	}
	after := standing.Plus(charge)
	e := &BudgetError{
		Standing: standing,
		Charge:   charge.Epsilon(account.Delta),
		Wanted:   after.Window.Loss.Epsilon(account.Delta),
		Lifetime: after.overLifetime(),
		Left:     standing.left(charge),
	}
	for _, c := range committed {
		end := account.Window.End(c.Time)
		if end.After(at.Sure) && account.Standing(committed, Reading{Time: end, Sure: end}).fits(charge) {
			e.FreesAt = end
			break
		}
	}
	return e
}

// left is the largest ε below limit, at delta, of a publication of the kind of
// charge that still fits beside spent, rounded down at the fourth decimal; 0 if
// none does. Of the kind means with the same δ parts, and, if charge has a pure
// part, with the same Gaussian part beside it; otherwise without a pure part.
func left(limit, delta float64, spent, charge Loss) float64 {
	epsilon, _ := units(limit, epsilonDigits)
	atDelta, _ := units(delta, deltaDigits)
	spent.Delta = plus(spent.Delta, charge.Delta)
	if spent.PureEpsilon >= epsilon || spent.Delta >= atDelta {
		return 0
	}
	if charge.PureEpsilon > 0 {
		together := gaussianEpsilon(plus(spent.MuSquared, charge.MuSquared), atDelta-spent.Delta)
		pure := epsilon - spent.PureEpsilon - together
		if pure <= 0 {
			return 0
		}
		return fromUnits((pure+gaussianEpsilon(charge.MuSquared, atDelta-charge.Delta))/100_000, 4)
	}
	mu := gaussianMu(epsilon-spent.PureEpsilon, atDelta-spent.Delta).Squared()
	if mu <= spent.MuSquared {
		return 0
	}
	// Rounded down at the fourth decimal, as what is left must fit.
	e := gaussianEpsilon(mu-spent.MuSquared, atDelta-charge.Delta)
	return fromUnits((e-1)/100_000, 4)
}

// BudgetError says by how much a charge does not fit, and what would. All
// numbers are public facts of the ledger, and every ε is at the account's δ.
type BudgetError struct {
	Standing Standing // before the publication
	Charge   float64  // ε of the refused one alone; +Inf if no ε is enough
	Wanted   float64  // ε of it and those within the window together; +Inf if no ε is enough
	Lifetime bool     // all publications together would lose more than the account's lifetime allows
	Left     float64  // ε of the largest publication of this kind that still fits, rounded down; 0 if none does

	// FreesAt is when the charge fits, because enough publications are older than
	// the window by then, if nothing else is published until then. The zero time:
	// never, the charge is too large for the account or for what is left of its
	// lifetime.
	FreesAt time.Time
}

// Unwrap is [ErrBudgetExceeded].
func (e *BudgetError) Unwrap() error { return ErrBudgetExceeded }

func (e *BudgetError) Error() string {
	s := e.Standing
	text := fmt.Sprintf("%v: account %q allows ε = %v at δ = %v within any span of %s", ErrBudgetExceeded,
		s.Account.ID, s.Account.Epsilon, s.Account.Delta, s.Account.Window)
	if s.Window.Publications == 0 {
		text += fmt.Sprintf("; this one is %s", ceil4(e.Charge))
	} else {
		text += fmt.Sprintf("; the %s within the last %s spent %s, this one alone is %s, together %s",
			count(s.Window.Publications), s.Account.Window, ceil4(s.Spent()), ceil4(e.Charge), ceil4(e.Wanted))
	}
	if e.Lifetime {
		text += fmt.Sprintf("; over its lifetime it allows ε = %v, of which %s is spent",
			s.Account.Lifetime, ceil4(s.Lifetime.Loss.Epsilon(s.Account.Delta)))
	}
	if e.Left > 0 {
		text += fmt.Sprintf("; at most %.4f is left for one of its kind", e.Left)
	} else {
		text += "; nothing is left"
	}
	if e.FreesAt.IsZero() {
		return text + "; it is too large for this account at any time"
	}
	return text + fmt.Sprintf("; if nothing else is published, it fits from %s on, when enough is older than %s",
		e.FreesAt.Format("2006-01-02 15:04:05 MST"), s.Account.Window)
}

func count(publications int) string {
	if publications == 1 {
		return "1 publication"
	}
	return fmt.Sprintf("%d publications", publications)
}

// ceil4 prints ε with four decimals, rounded up.
func ceil4(epsilon float64) string {
	if math.IsInf(epsilon, 1) {
		return "infinite"
	}
	return fmt.Sprintf("%.4f", ceil(epsilon))
}
