package command

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"maturitybench/benchmark"
	"maturitybench/benchmark/exports"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/mapping"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/synthetic/fixture"
	"maturitybench/benchmark/xlsx"
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

// Mapping loads the mapping at path; without a path there is none.
func Mapping(path string) (*mapping.Mapping, error) {
	if path == "" {
		return nil, nil
	}
	return mapping.Load(path)
}

// Sheets says where answer sheets are.
type Sheets struct {
	Path   string // of the file; empty: the fixture's synthetic panel
	Stream bool   // read the file when it is published, not before

	Mapping *mapping.Mapping // nil: none
}

// Responses is the answer sheets. They are loaded into memory, unless Stream is
// set or the file is large. progress hears how much was read; counts is filled in
// when the file was read through a mapping.
func Responses(ctx context.Context, in *instrument.Instrument, sheets Sheets, progress func(float64), counts *responses.Counts) (responses.Data, error) {
	if sheets.Path != "" {
		return ownResponses(ctx, in, sheets, responses.Options{Progress: progress, Counts: counts})
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

// ownResponses is the answer sheets of a file.
func ownResponses(ctx context.Context, in *instrument.Instrument, sheets Sheets, options responses.Options) (responses.Data, error) {
	if err := refuseParquet(sheets.Path); err != nil {
		return nil, err
	}
	options.Mapping = sheets.Mapping
	if err := options.Check(in); err != nil {
		return nil, err
	}
	info, err := os.Stat(sheets.Path)
	stream := sheets.Stream || err == nil && info.Size() >= streamFrom
	switch workbook := IsWorkbook(sheets.Path); {
	case workbook && stream:
		return xlsx.Open(in, sheets.Path, options), nil
	case workbook:
		return loaded(xlsx.Load(ctx, in, sheets.Path, options))
	case stream:
		return loaded(responses.Open(in, sheets.Path, options))
	}
	return loaded(responses.Load(ctx, in, sheets.Path, options))
}

// loaded is no data where there is an error.
func loaded[D responses.Data](data D, err error) (responses.Data, error) {
	if err != nil {
		return nil, err
	}
	return data, nil
}

// IsWorkbook reports whether a file is called like one of a spreadsheet.
func IsWorkbook(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".xlsx", ".xlsm", ".xls", ".ods":
		return true
	}
	return false
}

// refuseParquet names the module that reads Parquet, which the command does not link.
func refuseParquet(path string) error {
	if !strings.EqualFold(filepath.Ext(path), ".parquet") {
		return nil
	}
	return fmt.Errorf("%s: Parquet is read by the module maturitybench/benchmark/parquet, in a program of your own; this command reads the same table as .csv, .tsv, .json, .jsonl or .xlsx", path)
}

// Export is the export of a survey tool.
func Export(path string) (*exports.Export, error) {
	if err := refuseParquet(path); err != nil {
		return nil, err
	}
	if IsWorkbook(path) {
		return xlsx.Export(path), nil
	}
	return exports.Open(path)
}

// IsFixture reports whether the file at path is one of the fixture's synthetic panels.
func IsFixture(path string) bool {
	panels, _ := fs.Glob(fixture.Files, "panel-*.csv")
	for _, name := range panels {
		panel, err := fixtureFile(name)
		info, statErr := os.Stat(path)
		if err != nil || statErr != nil || info.Size() != int64(len(panel)) {
			continue
		}
		if data, err := os.ReadFile(path); err == nil && bytes.Equal(data, panel) {
			return true
		}
	}
	return false
}

func fixtureFile(name string) ([]byte, error) {
	data, err := fixture.Files.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("the built-in file %s: %w", name, err)
	}
	return data, nil
}
