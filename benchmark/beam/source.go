package beam

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/stage"
	"maturitybench/benchmark/responses"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/core/graph/window"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/options/jobopts"
)

// Options say how the pipelines of a publication run.
type Options struct {
	// Run executes a pipeline and waits for its end. Required. beamx.Run obeys
	// the flag --runner of the command line and uses the local prism runner
	// without it. When the publication is cancelled, Run is left to end in the
	// background.
	Run func(context.Context, *beam.Pipeline) error

	// Scratch is a folder in which a worker leaves the sealed result of a
	// pipeline for the driver, which removes it: a path that both reach, or an
	// address such as gs://bucket/folder with the file system's package linked
	// into the program. Empty: a temporary folder of the driver's machine, for
	// runners whose workers are there too.
	Scratch string

	// Key is the name of a key from [RegisterKey] that the messages of the job
	// are sealed with. Empty: every job has a random key, which travels in its
	// graph.
	Key string
}

// Files returns the answer sheets of files: comma-separated values and JSON
// Lines, as [responses.Load] reads them, by the end of their names. A pattern
// is a path or an address of a file system that is linked into the program, and
// may have wildcards. A file is read by one worker, so that many workers need
// many files. Files of other kinds, packed ones among them, are refused by name
// before anything runs.
//
// A company that is in two places is an error, as it is in one file. Errors are
// those of [responses.Load], with the file: one [*input.Error] for each file,
// with the first 20 problems of all of them together.
func Files(in *instrument.Instrument, options Options, patterns ...string) *responses.Source {
	return newSource(in, options, files(patterns))
}

// files begins with files.
func files(patterns []string) begin {
	return func(ctx context.Context, s beam.Scope, packer packer) (beam.PCollection, any, error) {
		names, err := expand(ctx, patterns)
		if err != nil {
			return beam.PCollection{}, nil, err
		}
		if len(names) == 0 {
			return beam.PCollection{}, nil, errors.New("beam: no files")
		}
		return beam.Reshuffle(s, beam.CreateList(s, names)), &fileFn{packer}, nil
	}
}

// Sheets returns the answer sheets of a pipeline: sheets adds the steps that
// end in a PCollection of [Sheet]. It is called for each of the two walks of a
// publication, and must come to the same sheets both times, in any order.
//
// A problem is named by the File and Line of its sheet, if they are filled in,
// and by the attribute or question.
func Sheets(in *instrument.Instrument, options Options, sheets func(beam.Scope) beam.PCollection) *responses.Source {
	return newSource(in, options, fromSheets(sheets))
}

// fromSheets begins with the sheets of a pipeline, whatever their windows.
func fromSheets(sheets func(beam.Scope) beam.PCollection) begin {
	return func(_ context.Context, s beam.Scope, packer packer) (beam.PCollection, any, error) {
		last := sheets(s)
		if !last.IsValid() || last.Type().Type() != reflect.TypeFor[Sheet]() {
			return last, nil, errors.New("beam: the pipeline must end in a PCollection of Sheet")
		}
		return beam.WindowInto(s, window.NewGlobalWindows(), last), &sheetFn{packer}, nil
	}
}

// begin adds the steps before the responses: it returns a PCollection and the
// function that makes messages of it.
type begin func(ctx context.Context, s beam.Scope, packer packer) (beam.PCollection, any, error)

func newSource(in *instrument.Instrument, options Options, begin begin) *responses.Source {
	return responses.NewRemoteSource(in, func() stage.Panel { return &panel{in, options, begin} })
}

// panel is the responses of one publication: every walk is a pipeline.
type panel struct {
	in      *instrument.Instrument
	options Options
	begin   begin
}

// Walk runs the pipeline of a walk.
//
// Privacy: what comes back is the sum over all responses, and is not looked at
// here. Without exactly one response a company there is an error instead.
func (p *panel) Walk(ctx context.Context, walk *stage.Walk) (*stage.Part, error) {
	switch {
	case p.options.Run == nil:
		return nil, errors.New("beam: Options.Run is not set")
	case !beam.Initialized():
		return nil, errors.New("beam: call Init of Beam's Go SDK at the start of the program")
	case *jobopts.Async:
		return nil, errors.New("beam: the flag --async cannot be used: a publication waits for its pipelines")
	}
	job, driver, err := newJob(ctx, p.in, walk, p.options.Key)
	if err != nil {
		return nil, err
	}
	ownBinary()
	scratch, done, err := p.scratch()
	if err != nil {
		return nil, err
	}
	defer done()
	file := strings.TrimSuffix(scratch, "/") + "/" + hex.EncodeToString(job.ID) + ".sealed"
	pipeline, err := p.pipeline(ctx, job, file, walk.Records != nil)
	if err != nil {
		return nil, err
	}
	if err := p.run(ctx, job.ID, pipeline); err != nil {
		return nil, err
	}
	data, err := takeFile(ctx, file)
	if err != nil {
		return nil, err
	}
	part, err := driver.part(data)
	if err == nil && part.Companies() == 0 {
		err = &input.Error{Problems: []input.Problem{{Expected: "at least one response"}}}
	}
	return part, err
}

// scratch is the folder of the result, and a function that gives it back.
func (p *panel) scratch() (folder string, done func(), err error) {
	if p.options.Scratch != "" {
		return p.options.Scratch, func() {}, nil
	}
	folder, err = os.MkdirTemp("", "maturitybench")
	if err != nil {
		return "", nil, fmt.Errorf("beam: %w", err)
	}
	return folder, func() { os.RemoveAll(folder) }, nil
}

// run runs a pipeline until it ends or ctx is done. What the runner says of a
// job that failed names functions of this package and their errors, which hold
// neither answers nor companies.
//
// The runner is not told when ctx is done: prism crashes if it loses its workers
// in the middle, and others would merely stop waiting. Workers in this process
// end their bundles with an error then, so that the job fails in good order; a
// job elsewhere goes on, for nobody.
func (p *panel) run(ctx context.Context, id []byte, pipeline *beam.Pipeline) error {
	drivers.Store(string(id), ctx)
	ended := make(chan error, 1)
	go func() {
		defer drivers.Delete(string(id))
		ended <- p.options.Run(context.WithoutCancel(ctx), pipeline)
	}()
	select {
	case err := <-ended:
		if err != nil && ctx.Err() == nil {
			return &failure{err}
		}
	case <-ctx.Done():
	}
	return ctx.Err()
}
