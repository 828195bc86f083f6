package privacy

import (
	"fmt"
	"math"
)

// Window is the part of the committed losses, in the order of their commits,
// that shares the window with the next publication: the last waves − 1.
func (a Account) Window(committed []Loss) []Loss {
	return committed[max(0, len(committed)-(a.Waves-1)):]
}

// Admit decides whether a charge fits into the budget of an account whose
// earlier publications lost committed, in the order of their commits. The
// window is the new publication and the waves − 1 before it; a revision is a
// publication, replays and refused attempts are not. The charge fits if, over
// the window, the total ε at the account's δ is at most the account's ε, by
// [Loss.Fits]. The error is a [*BudgetError].
//
// Admit is the rule of every ledger; the ledger calls it before it computes
// and again in the step that commits.
func Admit(account Account, committed []Loss, charge Loss) error {
	window := account.Window(committed)
	if total(window).Plus(charge).Fits(account.Epsilon, account.Delta) {
		return nil
	}
	e := &BudgetError{
		Account: account,
		Counted: len(window),
		Spent:   total(window).Epsilon(account.Delta),
		Charge:  charge.Epsilon(account.Delta),
		Wanted:  total(window).Plus(charge).Epsilon(account.Delta),
		Left:    left(account, total(window), charge),
	}
	for n := range window {
		if total(window[n+1:]).Plus(charge).Fits(account.Epsilon, account.Delta) {
			// The window is full once waves − 1 publications are in it; each
			// one after that pushes one out.
			e.FreesAfter = account.Waves - 1 - len(window) + n + 1
			break
		}
	}
	return e
}

func total(losses []Loss) (sum Loss) {
	for _, loss := range losses {
		sum = sum.Plus(loss)
	}
	return sum
}

// left is the largest ε, at the account's δ, of a publication of the kind of
// charge that still fits beside spent, rounded down at the fourth decimal; 0 if
// none does. Of the kind means with the same δ parts, and, if charge has a pure
// part, with the same Gaussian part beside it; otherwise without a pure part.
func left(account Account, spent, charge Loss) float64 {
	epsilon, _ := units(account.Epsilon, epsilonDigits)
	atDelta, _ := units(account.Delta, deltaDigits)
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
	Account Account
	Counted int     // earlier publications in the window
	Spent   float64 // ε of those; rounded up
	Charge  float64 // ε of the refused one alone; +Inf if no ε is enough
	Wanted  float64 // ε of all of them together; +Inf if no ε is enough
	Left    float64 // ε of the largest publication of this kind that still fits, rounded down; 0 if none does

	// FreesAfter is the number of further publications, each within what is
	// left, after which the charge fits, because as many old ones have left
	// the window. 0: never, the charge is too large for the account.
	FreesAfter int
}

// Unwrap is [ErrBudgetExceeded].
func (e *BudgetError) Unwrap() error { return ErrBudgetExceeded }

func (e *BudgetError) Error() string {
	text := fmt.Sprintf("%v: account %q allows ε = %v at δ = %v in %s", ErrBudgetExceeded,
		e.Account.ID, e.Account.Epsilon, e.Account.Delta, inARow(e.Account.Waves))
	if e.Counted == 0 {
		text += fmt.Sprintf("; this one is %s", ceil4(e.Charge))
	} else {
		text += fmt.Sprintf("; the last %s spent %s, this one alone is %s, together %s",
			count(e.Counted), ceil4(e.Spent), ceil4(e.Charge), ceil4(e.Wanted))
	}
	if e.Left > 0 {
		text += fmt.Sprintf("; at most %.4f is left", e.Left)
	} else {
		text += "; nothing is left"
	}
	if e.FreesAfter == 0 {
		return text + "; it is too large for this account at any time"
	}
	return text + fmt.Sprintf("; it fits after %s more, each within what is left, when the oldest are out of the window",
		count(e.FreesAfter))
}

func inARow(waves int) string {
	if waves == 1 {
		return "each publication"
	}
	return fmt.Sprintf("any %d publications in a row", waves)
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
	e, _ := units(epsilon, epsilonDigits)
	return fmt.Sprintf("%.4f", ceilFourth(e))
}
