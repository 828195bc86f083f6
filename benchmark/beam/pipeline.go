package beam

import (
	"context"
	"fmt"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
)

// pipeline is the graph of one walk:
//
//	responses ─ pack ─┬─ tallies ──── tally ────────────────┐
//	                  ├─ pseudonyms ─ group ─ once ─┐        ├─ result file
//	                  └─ problems ──────────────────┴─ list ─┘
//
// Rows are added up where they are read: pack hands out a tally and a list of at
// most 20 problems for every bundle, and once such a list. Pseudonyms with their
// places are what is sent to other workers of a company. The second walk does without the
// pseudonyms, since its checksum is compared with that of the first one.
func (p *panel) pipeline(ctx context.Context, job *job, file string, once bool) (_ *beam.Pipeline, err error) {
	defer func() {
		// Beam panics when it builds a graph of functions that do not fit.
		if r := recover(); r != nil {
			err = fmt.Errorf("beam: the pipeline cannot be built: %v", r)
		}
	}()
	graph, s := beam.NewPipelineWithRoot()
	s = s.Scope("maturitybench")
	input, pack, err := p.begin(ctx, s, packer{Job: *job})
	if err != nil {
		return nil, err
	}
	tallies, companies, problems := beam.ParDo3(s, pack, input)
	if once {
		second := beam.ParDo(s, &onceFn{Job: *job}, beam.GroupByKey(s, companies))
		problems = beam.Flatten(s, problems, second)
	}
	tally := beam.Combine(s, &tallyFn{Job: *job}, tallies)
	first := beam.Combine(s, &problemFn{}, problems)
	beam.ParDo0(s, &resultFn{Job: *job, File: file}, beam.Impulse(s), beam.SideInput{Input: tally}, beam.SideInput{Input: first})
	return graph, nil
}
