package beam

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"reflect"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/intake"
	"maturitybench/benchmark/internal/seal"
	"maturitybench/benchmark/internal/stage"
	"maturitybench/benchmark/responses"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"
)

func init() {
	beam.RegisterType(reflect.TypeFor[Sheet]())
	register.DoFn5x1[context.Context, Sheet, func(message), func([]byte, message), func(placed), error](&sheetFn{})
	register.Emitter1[message]()
	register.Emitter2[[]byte, message]()
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

// packer makes messages of responses.
type packer struct {
	Job job

	worker     *worker
	instrument *instrument.Instrument
}

// Setup opens the job.
func (p *packer) Setup(ctx context.Context) (err error) {
	if p.worker, err = p.Job.worker(ctx); err == nil {
		p.instrument, err = p.Job.instrument()
	}
	return err
}

// emit hands out a response: its row for the tally and, in the first walk, its
// company's pseudonym with its place, by which a second response is found.
func (p *packer) emit(response responses.Response, at place, row func(message), once func([]byte, message)) error {
	sheet := intake.Open(response)
	if sheet == nil || len(sheet.Row()) != p.worker.walk.Stride {
		return errors.New("beam: a response does not belong to the instrument of the plan")
	}
	company := stage.Identify(sheet.Company)
	row(newRow(p.worker.vault, company, sheet.Row()))
	if sheet.Line != 0 {
		at.Line = sheet.Line
	}
	return p.note(company, at, once)
}

// note hands out the pseudonym of a company, if it is the first walk.
func (p *packer) note(company stage.Identity, at place, once func([]byte, message)) error {
	if p.worker.walk.Records == nil {
		return nil
	}
	origin, err := newOrigin(p.worker.vault, at)
	if err == nil {
		once(p.worker.pseudonym(company), origin)
	}
	return err
}

// sheetFn makes messages of sheets.
type sheetFn struct{ Packer packer }

// Setup opens the job.
func (f *sheetFn) Setup(ctx context.Context) error { return f.Packer.Setup(ctx) }

// ProcessElement hands out the response of a sheet, or its problems.
func (f *sheetFn) ProcessElement(ctx context.Context, sheet Sheet, row func(message), once func([]byte, message), problem func(placed)) error {
	if err := f.Packer.Job.alive(ctx)(); err != nil {
		return err
	}
	response, err := responses.New(f.Packer.instrument, sheet.Company, sheet.Attributes, sheet.Scores)
	if err == nil {
		return f.Packer.emit(response, place{File: sheet.File, Line: sheet.Line}, row, once)
	}
	wrong, ok := errors.AsType[*input.Error](err)
	if !ok {
		return fmt.Errorf("beam: %w", err)
	}
	for i, p := range wrong.Problems {
		p.Line = sheet.Line
		problem(newPlaced(sheet.File, i, p))
	}
	return nil
}
