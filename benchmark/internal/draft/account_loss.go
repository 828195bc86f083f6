package draft

import (
	"fmt"

	"maturitybench/benchmark/internal/decimal"
	"maturitybench/privacy"
)

// AccountLoss is what an account allows and has lost, a publication included, as
// the ledger told it: public facts. The zero AccountLoss is one that no ledger
// told.
type AccountLoss struct {
	Window   privacy.Span `json:"window"`
	Epsilon  float64      `json:"epsilon"`            // allowed within any window, at Delta
	Delta    float64      `json:"delta"`              // of the account
	Lifetime float64      `json:"lifetime,omitempty"` // ε allowed ever; 0: no limit

	Publications int     `json:"publications"` // within the window that ends now
	Lost         float64 `json:"lost"`         // their ε at Delta, rounded up at the fourth decimal

	PublicationsEver int     `json:"publications_ever"` // since the account was opened: the number of this one in its sequence
	LostEver         float64 `json:"lost_ever"`         // their ε at DeltaEver, rounded up likewise
	DeltaEver        float64 `json:"delta_ever"`
}

// NewAccountLoss takes the numbers from a standing.
func NewAccountLoss(s privacy.Standing) AccountLoss {
	if s.Account.ID == "" {
		return AccountLoss{}
	}
	a := AccountLoss{
		Window: s.Account.Window, Epsilon: s.Account.Epsilon, Delta: s.Account.Delta, Lifetime: s.Account.Lifetime,
		Publications: s.Window.Publications, Lost: s.Spent(), PublicationsEver: s.Lifetime.Publications,
	}
	a.LostEver, a.DeltaEver = s.Lost()
	return a
}

// sentence says what is promised for all publications together, and how much of
// it is used.
func (a AccountLoss) sentence(account string) string {
	if a == (AccountLoss{}) {
		return fmt.Sprintf("Losses of publications add; what account %s allows and has lost is not known here.", account)
	}
	promise := fmt.Sprintf("Losses of publications add. Within any span of %s all publications of account %s together reveal at most ε = %s with δ = %s about a company, "+
		"whether they are waves, revisions or bear other names: the ledger refuses what would exceed it.",
		a.Window, account, decimal.Spell(a.Epsilon), decimal.Spell(a.Delta))
	lost := fmt.Sprintf(" This publication and those of the %s before it have lost ε = %s (%s)", a.Window, decimal.Spell(a.Lost), inAll(a.Publications))
	ever := fmt.Sprintf(", and all since the account was opened ε = %s with δ = %s (%s)", decimal.Spell(a.LostEver), decimal.Spell(a.DeltaEver), inAll(a.PublicationsEver))
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
