package beam

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/intake"
	"maturitybench/benchmark/internal/stage"
	"maturitybench/benchmark/responses"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"
)

func init() {
	register.Emitter1[[]byte]()
	register.Emitter2[[]byte, message]()
}

// registerFn registers a function of the pipeline. The generic functions of package
// register would make its calls a microsecond faster, and take the compiler a minute:
// they are written out for every order of the types that a bundle may begin with.
func registerFn[F any]() { beam.RegisterDoFn(reflect.TypeFor[F]()) }

// packer adds up responses where they are read. It hands out one sealed tally and
// one list of problems a bundle, so that a runner which moves every element before
// it combines any moves few.
type packer struct {
	Job job

	worker     *worker
	instrument *instrument.Instrument
	bundle
}

// Setup opens the job.
func (p *packer) Setup(ctx context.Context) (err error) {
	if p.worker, err = p.Job.worker(ctx); err == nil {
		p.instrument, err = p.Job.instrument()
	}
	return err
}

// bundle is what was gathered of a bundle of elements. A runner that tries a bundle
// again begins it anew.
//
// Privacy: raw sums and rows. They leave the worker as a sealed tally.
type bundle struct {
	part      *stage.Part // nil: of no response
	companies []stage.Identity
	rows      []byte // of the companies, not added up so far
	found     found
}

// rowsAtOnce is how many rows are added up together.
const rowsAtOnce = 512

// begin begins a bundle.
func (p *packer) begin() { p.bundle = bundle{companies: p.companies[:0], rows: p.rows[:0]} }

// take adds a response and, in the first walk, hands out its company's pseudonym
// with its place, by which a second response is found.
func (p *packer) take(response responses.Response, at place, once func([]byte, message)) error {
	sheet := intake.Open(response)
	if sheet == nil || len(sheet.Row()) != p.worker.walk.Stride {
		return errors.New("beam: a response does not belong to the instrument of the plan")
	}
	company := stage.Identify(sheet.Company)
	p.companies, p.rows = append(p.companies, company), append(p.rows, sheet.Row()...)
	if len(p.companies) == rowsAtOnce {
		p.add()
	}
	if sheet.Line != 0 {
		at.Line = sheet.Line
	}
	p.note(company, at, once)
	return nil
}

// add adds up the rows.
func (p *packer) add() {
	if p.part == nil {
		p.part = p.worker.walk.NewPart()
	}
	p.part.Add(p.companies, p.rows)
	p.companies, p.rows = p.companies[:0], p.rows[:0]
}

// note hands out the pseudonym of a company, if it is the first walk.
func (p *packer) note(company stage.Identity, at place, once func([]byte, message)) {
	if p.worker.walk.Records != nil {
		once(p.worker.pseudonym(company), newMessage(p.worker.vault, originTag, at.append(nil)))
	}
}

// problem notes a problem, number so many of its file.
func (b *bundle) problem(file string, number int, p input.Problem) {
	b.found = b.found.add(0, newPlaced(file, number, p))
}

// finish hands out what was gathered.
func (p *packer) finish(tally, problems func([]byte)) error {
	if len(p.companies) > 0 {
		p.add()
	}
	if p.part != nil {
		tally(p.worker.seal(tallyTag, p.part.AppendRaw(nil)))
	}
	err := p.found.emit(problems)
	p.begin()
	return err
}

// emit hands out problems, if there are any.
func (f found) emit(problems func([]byte)) error {
	if len(f.List) == 0 {
		return nil
	}
	data, err := json.Marshal(f)
	if err == nil {
		problems(data)
	}
	return err
}
