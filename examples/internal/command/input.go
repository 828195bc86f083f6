package command

import (
	"bytes"
	"context"
	"fmt"
	"os"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/responses"
	"maturitybench/examples/internal/fixture"
	"maturitybench/privacy"
)

// The files of the fixture that stand in for inputs that are not given.
const (
	fixtureAccount   = "account.yaml"
	fixturePlan      = "plan-secret.yaml"
	fixtureResponses = "panel-120.csv"
)

// Instrument loads the instrument at path; without a path it is the built-in
// one.
func Instrument(path string) (*instrument.Instrument, error) {
	if path == "" {
		return instrument.JSP(), nil
	}
	return instrument.Load(path)
}

// Plan loads the plan at path; without a path it is the fixture's, for a
// secret roster.
func Plan(in *instrument.Instrument, path string) (*benchmark.Plan, error) {
	if path != "" {
		return benchmark.LoadPlan(in, path)
	}
	data, err := fixtureFile(fixturePlan)
	if err != nil {
		return nil, err
	}
	return benchmark.ParsePlan(in, fixturePlan, data)
}

// Account loads the account at path; without a path it is the fixture's.
func Account(path string) (privacy.Account, error) {
	if path != "" {
		return benchmark.LoadAccount(path)
	}
	data, err := fixtureFile(fixtureAccount)
	if err != nil {
		return privacy.Account{}, err
	}
	return benchmark.ParseAccount(fixtureAccount, data)
}

// Fits returns an error unless the plan charges the account: without a look at
// an answer or a ledger.
func Fits(plan *benchmark.Plan, account privacy.Account) error {
	if p := plan.Spec(); p.Account != account.ID || p.Roster != account.Roster {
		return fmt.Errorf("the plan charges the account %s with a %s roster, but the account file opens %s with a %s one",
			p.Account, p.Roster, account.ID, account.Roster)
	}
	return nil
}

// streamFrom is the size of a file, in bytes, from which its answer sheets are
// not loaded, but read when they are published.
const streamFrom = 1 << 30

// Responses is the answer sheets at path; without a path they are the
// fixture's synthetic panel. They are loaded into memory, unless stream is set
// or the file is large. progress hears how much was read.
func Responses(ctx context.Context, in *instrument.Instrument, path string, stream bool, progress func(float64)) (responses.Data, error) {
	if path != "" {
		options := responses.Options{Progress: progress}
		if info, err := os.Stat(path); stream || err == nil && info.Size() >= streamFrom {
			source, err := responses.Open(in, path, options)
			if err != nil {
				return nil, err
			}
			return source, nil
		}
		data, err := responses.Load(ctx, in, path, options)
		if err != nil {
			return nil, err
		}
		return data, nil
	}
	data, err := fixtureFile(fixtureResponses)
	if err != nil {
		return nil, err
	}
	set, err := responses.NewDataset(ctx, in, responses.ReadCSV(in, bytes.NewReader(data)))
	if err != nil {
		return nil, fmt.Errorf("the built-in panel: %w", err)
	}
	return set, nil
}

func fixtureFile(name string) ([]byte, error) {
	data, err := fixture.Files.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("the built-in file %s: %w", name, err)
	}
	return data, nil
}
