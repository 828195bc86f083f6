package publish

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"maturitybench/benchmark/cmd/command"
	"maturitybench/benchmark/cmd/internal/forecast"
	"maturitybench/privacy/ledger"
	"maturitybench/privacy/ledger/sqlite"
)

var (
	// errUnasked ends a run without a terminal that would have to ask.
	errUnasked = errors.New("little or nothing is likely to be shown, and there is no terminal to ask at: -yes publishes all the same. Nothing was charged")
	// errDeclined ends a run whose organiser said no.
	errDeclined = errors.New("not published. Nothing was charged")
)

// consent says what can be expected of a publication before it is charged, and asks
// where that is little or nothing. It is about the size that the plan expects, which
// is public: it would say the same whatever the answers are.
//
// What was published before is not charged again, and the built-in panels are for
// trying; for both of them it is silent.
func (o options) consent(ctx context.Context, in inputs, stdin *os.File, stderr io.Writer) error {
	if o.yes || o.responses == "" || command.IsFixture(o.responses) {
		return nil
	}
	published, err := o.published(ctx, in)
	if err != nil || published {
		return err
	}
	spec := in.plan.Spec()
	expected, err := in.plan.Forecast(spec.ExpectedCompanies)
	if err != nil {
		return err
	}
	fmt.Fprintf(stderr, "publish: the forecast for the companies that the plan expects, without a look at the answers:\n%s\n", strings.Join(forecast.Verdict(in.asked, expected), " "))
	if expected.Least > spec.MinCompanies && expected.Least < spec.ExpectedCompanies {
		fmt.Fprintf(stderr, "With fewer than %d companies most likely nothing is shown.\n", expected.Least)
	}
	if !forecast.Little(expected) {
		return nil
	}
	if shown := expected.Cohorts[0].Shown; shown < 1 {
		fmt.Fprintf(stderr, "With a probability of %s nothing at all is shown.\n", forecast.Probability(1-shown))
	}
	yes, asked := command.Ask(stdin, stderr, fmt.Sprintf("Publish wave %s all the same, and charge the account %s?", spec.Wave, spec.Account))
	switch {
	case !asked:
		return errUnasked
	case !yes:
		return errDeclined
	}
	return ctx.Err()
}

// published reports whether the ledger has a publication of this wave and revision: the
// same answers get it back then, and others are refused. It makes no ledger.
func (o options) published(ctx context.Context, in inputs) (_ bool, err error) {
	l, err := sqlite.Open(ctx, o.ledger)
	if errors.Is(err, ledger.ErrMissing) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	spec := in.plan.Spec()
	_, err = l.Publication(ctx, spec.Account, spec.Wave, spec.Revision)
	if errors.Is(err, ledger.ErrNotPublished) {
		return false, nil
	}
	return err == nil, err
}
