package beam

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"reflect"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/internal/seal"
	"maturitybench/benchmark/responses"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
)

func init() {
	beam.RegisterType(reflect.TypeFor[Sheet]())
	registerFn[sheetFn]()
}

// Sheet is the answer sheet of one company, as a pipeline of your own brings
// it: what [responses.New] takes.
//
// Privacy: raw data, in the open. It prints as sealed, but what the steps before
// this package's send through the runner is not sealed by it.
type Sheet struct {
	Company    string
	Attributes map[string]string // attribute id to value id
	Scores     map[string]int    // question id to level

	// Where the sheet comes from, for the problems of an error; optional.
	File string
	Line int
}

// Format prints the word sealed, whatever the verb and the flags.
func (Sheet) Format(state fmt.State, _ rune) { _, _ = io.WriteString(state, seal.Text) }

// LogValue logs the word sealed.
func (Sheet) LogValue() slog.Value { return slog.StringValue(seal.Text) }

// sheetFn adds up sheets.
type sheetFn struct{ Packer packer }

// Setup opens the job.
func (f *sheetFn) Setup(ctx context.Context) error { return f.Packer.Setup(ctx) }

// StartBundle begins a bundle.
func (f *sheetFn) StartBundle(context.Context, func([]byte), func([]byte, message), func([]byte)) {
	f.Packer.begin()
}

// FinishBundle hands out the tally of a bundle, and its problems.
func (f *sheetFn) FinishBundle(_ context.Context, tally func([]byte), _ func([]byte, message), problems func([]byte)) error {
	return f.Packer.finish(tally, problems)
}

// ProcessElement adds up the response of a sheet, or notes its problems.
func (f *sheetFn) ProcessElement(ctx context.Context, sheet Sheet, _ func([]byte), once func([]byte, message), _ func([]byte)) error {
	if err := f.Packer.Job.alive(ctx)(); err != nil {
		return err
	}
	response, err := responses.New(f.Packer.instrument, sheet.Company, sheet.Attributes, sheet.Scores)
	if err == nil {
		return f.Packer.take(response, place{File: sheet.File, Line: sheet.Line}, once)
	}
	wrong, ok := errors.AsType[*input.Error](err)
	if !ok {
		return fmt.Errorf("beam: %w", err)
	}
	for i, p := range wrong.Problems {
		p.Line = sheet.Line
		f.Packer.problem(sheet.File, i, p)
	}
	return nil
}
