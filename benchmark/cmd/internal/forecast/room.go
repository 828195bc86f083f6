package forecast

import (
	"fmt"
	"io"
	"math"
	"time"

	"maturitybench/privacy"
)

// room says how many publications like this one an account takes, and what a wave a
// year may have. One is kept for a wave that has to be published again.
func room(w io.Writer, account privacy.Account, loss privacy.Loss, delta float64) {
	fit, ever := account.Room(loss)
	fmt.Fprintf(w, "The account allows ε = %v within any %s: %s of this plan's loss", account.Epsilon, account.Window, publications(fit))
	if account.Lifetime > 0 {
		fmt.Fprintf(w, ", and %d ever", ever)
	}
	fmt.Fprint(w, ". ")
	switch {
	case fit == 0:
		fmt.Fprint(w, "The plan does not fit the account. ")
	case fit <= privacy.Reserve:
		fmt.Fprintf(w, "Nothing is left then to publish a wave again that turns out wrong. ")
	default:
		fmt.Fprintf(w, "With one kept back to publish a wave again that turns out wrong, plan %s within any %s. ", waves(fit-privacy.Reserve), account.Window)
	}
	yearly := perWindow(account.Window)
	if share := account.Share(delta, yearly); share > 0 && loss.PureEpsilon == 0 {
		fmt.Fprintf(w, "A wave every year, which is %d within any %s, and that one more fit at ε = %v each (δ = %v).", yearly, account.Window, share, delta)
	}
	decade(w, account, loss, delta)
	fmt.Fprintln(w)
}

// years is how long a survey is planned for.
const years = 10

// decade says what ten yearly waves come to: what the account's lifetime leaves for each of them,
// or what a company loses that takes part in all of them, where there is none.
func decade(w io.Writer, account privacy.Account, loss privacy.Loss, delta float64) {
	var all privacy.Loss
	for range years {
		all = all.Plus(loss)
	}
	lost := all.Epsilon(account.Delta)
	switch {
	case account.Lifetime > 0 && loss.PureEpsilon == 0:
		account.Epsilon = account.Lifetime
		if share := account.Share(delta, years); share > 0 {
			fmt.Fprintf(w, " Its lifetime of ε = %v takes %d yearly waves and one more at ε = %v each.", account.Lifetime, years, share)
		}
	case account.Lifetime == 0 && !math.IsInf(lost, 1):
		fmt.Fprintf(w, " A company that takes part in %d waves like this one loses ε = %.4f in all (δ = %v): an account with a lifetime bounds that.", years, math.Ceil(lost*1e4)/1e4, account.Delta)
	}
}

// perWindow is how many yearly waves any span of a length holds.
func perWindow(window privacy.Span) int {
	first, n := time.Date(2030, time.January, 1, 0, 0, 0, 0, time.UTC), 1
	for window.End(first).After(first.AddDate(n, 0, 0)) {
		n++
	}
	return n
}

func publications(n int) string {
	if n == 1 {
		return "one publication"
	}
	return fmt.Sprintf("%d publications", n)
}

func waves(n int) string {
	if n == 1 {
		return "one wave"
	}
	return fmt.Sprintf("%d waves", n)
}
