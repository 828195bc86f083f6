package beam

import (
	"context"
	"reflect"

	"maturitybench/benchmark/internal/seal"
	"maturitybench/benchmark/internal/stage"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"
)

func init() {
	register.Combiner2[accumulator, []byte](&tallyFn{})
	beam.RegisterCoder(reflect.TypeFor[accumulator](), encodeAccumulator, decodeAccumulator)
}

// accumulator is a partial tally. Its coder seals it, so that what a runner
// writes down or sends on is a ciphertext.
//
// Privacy: raw sums.
type accumulator struct {
	seal.Seal
	box seal.Box[partial]
}

// partial is what an accumulator holds: an open part, or what the coder read.
type partial struct {
	vault  *vault
	part   *stage.Part
	sealed []byte
}

func encodeAccumulator(a accumulator) ([]byte, error) {
	p := a.box.Open()
	switch {
	case p == nil:
		return nil, errSeal
	case p.part == nil:
		return p.sealed, nil
	}
	return p.vault.seal(tallyTag, p.part.AppendRaw(nil)), nil
}

func decodeAccumulator(data []byte) accumulator {
	return accumulator{box: seal.NewBox(&partial{sealed: append([]byte{}, data...)})}
}

// tallyFn adds up the tallies of bundles, which are sealed.
//
// Privacy: exact sums, sealed wherever they leave a worker. They are opened on
// the driver, which adds the noise.
type tallyFn struct {
	Job job

	worker *worker
}

// Setup opens the job.
func (f *tallyFn) Setup(ctx context.Context) (err error) {
	f.worker, err = f.Job.worker(ctx)
	return err
}

// CreateAccumulator is an empty tally.
func (f *tallyFn) CreateAccumulator() accumulator {
	return accumulator{box: seal.NewBox(&partial{vault: f.worker.vault, part: f.worker.walk.NewPart()})}
}

// AddInput adds the tally of a bundle.
func (f *tallyFn) AddInput(a accumulator, tally []byte) (accumulator, error) {
	p, err := f.open(a)
	if err != nil {
		return a, err
	}
	return a, f.worker.merge(p.part, &partial{sealed: tally})
}

// MergeAccumulators adds a tally of other responses.
func (f *tallyFn) MergeAccumulators(a, b accumulator) (accumulator, error) {
	p, err := f.open(a)
	if err != nil {
		return a, err
	}
	other := b.box.Open()
	if other != nil && other.part != nil {
		p.part.Merge(other.part)
		return a, nil
	}
	return a, f.worker.merge(p.part, other)
}

// ExtractOutput is the tally, sealed.
func (f *tallyFn) ExtractOutput(a accumulator) ([]byte, error) { return encodeAccumulator(a) }

// open makes sure that an accumulator can be added to.
func (f *tallyFn) open(a accumulator) (*partial, error) {
	p := a.box.Open()
	if p == nil || p.part == nil {
		part := f.worker.walk.NewPart()
		if err := f.worker.merge(part, p); err != nil {
			return nil, err
		}
		p.vault, p.part, p.sealed = f.worker.vault, part, nil
	}
	return p, nil
}

// merge adds a tally that the coder has read.
func (w *worker) merge(part *stage.Part, sealed *partial) error {
	if sealed == nil {
		return errSeal
	}
	raw, err := w.vault.open(tallyTag, sealed.sealed)
	if err != nil {
		return err
	}
	return part.MergeRaw(raw)
}
