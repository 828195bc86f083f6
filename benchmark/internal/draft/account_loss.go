package draft

import (
	"fmt"
	"time"

	"maturitybench/benchmark/internal/decimal"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
)

// NewAccountLoss takes the numbers from a standing; those of the zero Standing
// are zero.
func NewAccountLoss(s privacy.Standing) publication.AccountLoss {
	if s.Account.ID == "" {
		return publication.AccountLoss{}
	}
	a := publication.AccountLoss{
		Date: s.Time.Format(time.DateOnly), Sequence: s.Lifetime.Publications, Window: string(s.Account.Window),
		Epsilon: s.Account.Epsilon, Delta: s.Account.Delta, Lifetime: s.Account.Lifetime,
		Publications: s.Window.Publications, Lost: s.Spent(),
	}
	a.LostEver, a.DeltaEver = s.Lost()
	return a
}

// accountSentence says what is promised for all publications of an account
// together, and how much of it is used.
func accountSentence(account string, a publication.AccountLoss) string {
	if a == (publication.AccountLoss{}) {
		return fmt.Sprintf("Losses of publications add; what account %s allows and has lost is not known here.", account)
	}
	window := privacy.Span(a.Window).String()
	promise := fmt.Sprintf("Losses of publications add. Within any span of %s all publications of account %s together reveal at most ε = %s with δ = %s about a company, "+
		"whether they are waves, revisions or bear other names: the ledger refuses what would exceed it.",
		window, account, decimal.Spell(a.Epsilon), decimal.Spell(a.Delta))
	lost := fmt.Sprintf(" This publication and those of the %s before it have lost ε = %s (%s)", window, decimal.Spell(a.Lost), inAll(a.Publications))
	ever := fmt.Sprintf(", and all since the account was opened ε = %s with δ = %s (%s)", decimal.Spell(a.LostEver), decimal.Spell(a.DeltaEver), inAll(a.Sequence))
	if a.Lifetime > 0 {
		return promise + lost + ever + fmt.Sprintf("; its lifetime allows ε = %s with δ = %s, and no more is ever published.", decimal.Spell(a.Lifetime), decimal.Spell(a.Delta))
	}
	return promise + lost + ever + ", which no limit bounds."
}

func inAll(publications int) string {
	if publications == 1 {
		return "1 publication"
	}
	return fmt.Sprintf("%d publications", publications)
}
