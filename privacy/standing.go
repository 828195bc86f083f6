package privacy

import (
	"math"
	"time"
)

// Charge is a committed publication as budgets see it.
type Charge struct {
	Time time.Time // of the ledger's clock
	Loss Loss
}

// Total is a number of publications with their joint loss.
type Total struct {
	Publications int  // how many, 0 or more
	Loss         Loss // of all of them together
}

func (t Total) plus(loss Loss) Total { return Total{t.Publications + 1, t.Loss.Plus(loss)} }

// Standing is what the publications of an account have lost: a public fact.
type Standing struct {
	Account  Account
	Time     time.Time // of the ledger's clock, in UTC
	Window   Total     // the publications that are younger than the window
	Lifetime Total     // all since the account was opened
}

// Standing is the standing of an account after publications, in the order of
// their commits. While the date is to be confirmed, the window ends where the
// clock was sure.
func (a Account) Standing(committed []Charge, at Reading) Standing {
	s := Standing{Account: a, Time: at.Time}
	for _, c := range committed {
		s.Lifetime = s.Lifetime.plus(c.Loss)
		if a.Window.End(c.Time).After(at.Sure) {
			s.Window = s.Window.plus(c.Loss)
		}
	}
	return s
}

// Plus is the standing after one more publication.
func (s Standing) Plus(loss Loss) Standing {
	s.Window, s.Lifetime = s.Window.plus(loss), s.Lifetime.plus(loss)
	return s
}

// Agrees reports whether two standings state the same, on the same day.
func (s Standing) Agrees(other Standing) bool {
	y, m, d := s.Time.Date()
	y2, m2, d2 := other.Time.Date()
	return s.Account == other.Account && s.Window == other.Window && s.Lifetime == other.Lifetime && y == y2 && m == m2 && d == d2
}

// Spent is the ε, at the account's δ, of the publications within the window,
// rounded up at the fourth decimal.
func (s Standing) Spent() float64 { return ceil(s.Window.Loss.Epsilon(s.Account.Delta)) }

// Lost is the ε of all publications since the account was opened, rounded up at
// the fourth decimal, and the δ at which it holds: the account's, or, where the
// publications have more δ of their own, the first of its multiples by 10, 100
// and so on that leaves something for the noise.
func (s Standing) Lost() (epsilon, delta float64) {
	d, _ := units(s.Account.Delta, deltaDigits)
	for d < 1e18/10 && s.Lifetime.Loss.Delta >= d {
		d *= 10
	}
	delta = fromUnits(d, deltaDigits)
	return ceil(s.Lifetime.Loss.Epsilon(delta)), delta
}

// Left is an ε, at the account's δ, that the next publication with Gaussian
// noise may have and fit, whatever its δ up to the account's, rounded down; 0 if
// nothing fits. One of a smaller δ may fit with a little more. For one with pure ε, as
// on a small panel, it is another number, about the account's ε without Spent: the two kinds
// do not add up alike. Nothing is reserved: another publication may be faster.
func (s Standing) Left() float64 {
	charge := Loss{MuSquared: math.MaxInt64, Delta: SamplerDelta}
	if !s.Account.Roster.ExactSizes() { // whose test has a tenth of the plan's δ
		charge.Delta += int64(math.Ceil(s.Account.Delta * 1e17))
	}
	return s.left(charge)
}

// left is what is left of the window and of the lifetime for the kind of charge.
func (s Standing) left(charge Loss) float64 {
	most := left(s.Account.Epsilon, s.Account.Delta, s.Window.Loss, charge)
	if s.Account.Lifetime > 0 {
		most = min(most, left(s.Account.Lifetime, s.Account.Delta, s.Lifetime.Loss, charge))
	}
	return most
}

// fits decides whether one more publication keeps what the account promises.
func (s Standing) fits(charge Loss) bool {
	after := s.Plus(charge)
	return after.Window.Loss.Fits(s.Account.Epsilon, s.Account.Delta) && !after.overLifetime()
}

// overLifetime reports whether more is lost than the account's lifetime allows.
func (s Standing) overLifetime() bool {
	return s.Account.Lifetime > 0 && !s.Lifetime.Loss.Fits(s.Account.Lifetime, s.Account.Delta)
}

// ceil rounds ε up at the fourth decimal.
func ceil(epsilon float64) float64 {
	if math.IsInf(epsilon, 1) {
		return epsilon
	}
	e, _ := units(epsilon, epsilonDigits)
	return ceilFourth(e)
}
