package publish

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"maturitybench/benchmark"
	"maturitybench/benchmark/cmd/command"
	"maturitybench/benchmark/cmd/output"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/mapping"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/report"
	"maturitybench/benchmark/responses"
	"maturitybench/privacy"
	"maturitybench/privacy/ledger"
)

// publish is the whole job. Whatever can be found wrong without the ledger is
// found before it is charged; what is charged is stored, so a run that ends
// between the commit and the files is made good by the next one.
func publish(ctx context.Context, o options, stdin *os.File, stdout, stderr io.Writer) error {
	bar := command.NewBar(stderr)
	defer bar.Close() // before an error is printed
	in, err := load(ctx, &o, bar.Draw)
	if err != nil {
		return err
	}
	command.Warn(stderr, "publish", in.plan)
	in.leftOut(stderr, o)
	spec := in.plan.Spec()
	if err := output.Free(o.out, spec.Account, spec.Wave, spec.Revision); err != nil {
		return err
	}
	bar.Close()
	if err := o.consent(ctx, in, stdin, stderr); err != nil {
		return err
	}
	if err := output.Prepare(o.out); err != nil {
		return err
	}
	if err := o.prepareLedger(); err != nil {
		return err
	}
	release, kept, err := charge(ctx, o, in)
	bar.Close()
	if err != nil {
		return err
	}
	files, err := output.Release(release, report.Options{})
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := output.Write(o.out, files); err != nil {
		return err
	}
	return summarize(stdout, release, kept, o)
}

// inputs are what a publication is made of.
type inputs struct {
	asked   instrument.Spec
	plan    *benchmark.Plan
	account privacy.Account
	data    responses.Data
	counts  responses.Counts // of a file that was read through a mapping
	unit    string           // of that mapping
}

// leftOut says which rows of an export do not count, and what its mapping takes
// on trust.
func (in inputs) leftOut(w io.Writer, o options) {
	if in.unit == mapping.UnitRow {
		fmt.Fprintln(w, "publish: warning: unit: row: every row counts as another company; a company with two rows cannot be found")
	}
	if n := in.counts; n.Filtered+n.Empty+n.Replaced > 0 {
		fmt.Fprintf(w, "publish: %s: rows left out: %d by keep and drop, %d without an answer, %d for a later one of the company\n", o.responses, n.Filtered, n.Empty, n.Replaced)
	}
}

// load reads all inputs; its error holds the problems of all files. What the
// small files say must fit together, and the ledger have a place, before the
// answers are read.
func load(ctx context.Context, o *options, progress func(float64)) (inputs, error) {
	if err := o.ownAnswersHaveOwnPlan(); err != nil {
		return inputs{}, err
	}
	questionnaire, err := command.Instrument(o.instrument)
	if err != nil {
		return inputs{}, err
	}
	in := inputs{asked: questionnaire.Spec()}
	var planErr, accountErr, dataErr error
	in.plan, planErr = command.Plan(questionnaire, o.plan)
	in.account, accountErr = command.Account(o.account)
	if planErr == nil && accountErr == nil {
		o.settle(in.plan)
		if err := command.Fits(in.plan, in.account); err != nil {
			return inputs{}, err
		}
		if err := o.ledgerHasPlace(); err != nil {
			return inputs{}, err
		}
	}
	sheets := command.Sheets{Path: o.responses, Stream: o.stream}
	if sheets.Mapping, dataErr = command.Mapping(o.mapping); dataErr == nil {
		if sheets.Mapping != nil {
			in.unit = sheets.Mapping.Unit
		}
		in.data, dataErr = command.Responses(ctx, questionnaire, sheets, progress, &in.counts)
	}
	if err := errors.Join(planErr, accountErr, dataErr); err != nil {
		return inputs{}, err
	}
	return in, nil
}

// ownAnswersHaveOwnPlan refuses the built-in plan or account for answers that are not
// the built-in ones: their report would say that no company stands behind it, and the
// charge would be on the account of a panel that does not exist.
func (o options) ownAnswersHaveOwnPlan() error {
	if o.responses == "" || o.plan != "" && o.account != "" || command.IsFixture(o.responses) {
		return nil
	}
	return errors.New("own answers need a plan and an account of their own, -plan and -account: the built-in ones are for the synthetic panel, and their report says that no company stands behind it")
}

// custody is what the organiser is told of the ledger after a publication.
type custody struct {
	standing privacy.Standing
	head     ledger.Head
	fresh    bool // it was made by this run
}

// charge opens the ledger and the account and publishes, and says how both stand.
func charge(ctx context.Context, o options, in inputs) (release *publication.Release, kept custody, err error) {
	l, fresh, err := command.Ledger(ctx, o.ledger)
	if err != nil {
		return nil, custody{}, err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	if _, err := l.VerifySince(ctx, o.since); err != nil {
		return nil, custody{}, err
	}
	if !o.today.IsZero() {
		if err := l.ConfirmDate(ctx, o.today.Year(), o.today.Month(), o.today.Day()); err != nil {
			return nil, custody{}, err
		}
	}
	if err := l.OpenAccount(ctx, in.account); err != nil {
		return nil, custody{}, err
	}
	if release, err = benchmark.Publish(ctx, l, in.plan, in.data); err != nil {
		return nil, custody{}, err
	}
	stored, err := l.Publication(ctx, release.Account, release.Wave, release.Revision)
	if err != nil {
		return nil, custody{}, err
	}
	if release, err = output.Stored(stored); err != nil { // with the notice if it was withdrawn
		return nil, custody{}, err
	}
	kept.fresh = fresh
	if kept.standing, err = l.Remaining(ctx, in.account.ID); err != nil {
		return nil, custody{}, err
	}
	kept.head, err = l.Verify(ctx)
	return release, kept, err
}
