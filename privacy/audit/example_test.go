package audit_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"maturitybench/privacy"
	"maturitybench/privacy/audit"
)

// One publication is audited for what it gives away about companies that were
// made up: each ticks one of 4000 boxes, and is in the data or not by the
// flip of a coin. The publisher claims ε = 1. It keeps the claim with the noise
// that it takes, and breaks it with a tenth of that noise.
func ExampleOneRun() {
	mu := privacy.GaussianMu(1, 1e-10)
	publisher := func(noise float64) audit.Publisher[[]bool] {
		return func(ctx context.Context, ledger privacy.Ledger, ticked []bool) ([]byte, error) {
			g, err := privacy.NewGaussian(1<<20, privacy.Mu(float64(mu)/noise))
			if err != nil {
				return nil, err
			}
			entry := privacy.Entry{
				Account: "boxes", Wave: "2026", Revision: 1, Roster: privacy.SecretRoster,
				Data: privacy.Records(slices.Values([][]byte{fmt.Append(nil, ticked)})),
				Loss: privacy.Loss{MuSquared: g.Mu().Squared(), Delta: privacy.SamplerDelta},
			}
			record, err := ledger.Publish(ctx, entry, func(draws *privacy.Draws) (privacy.Record, error) {
				counts := make([]int64, len(ticked))
				for i, t := range ticked {
					if t {
						counts[i] = 1 << 20
					}
				}
				release, err := json.Marshal(draws.Gaussian(g, counts))
				return privacy.Record{Release: release}, err
			})
			return record.Release, err
		}
	}
	canaries := audit.Canaries[[]bool]{
		Count: 4000, Guesses: 400,
		Data: func(included []bool) []bool { return included },
		Scores: func(artefact []byte) (counts []float64) {
			if err := json.Unmarshal(artefact, &counts); err != nil {
				panic(err)
			}
			return counts
		},
	}
	for _, noise := range []float64{1, 0.1} {
		exposure, err := audit.OneRun(context.Background(), audit.Setup[[]bool]{
			Publish: publisher(noise),
			Account: privacy.Account{ID: "boxes", Unit: "company", Roster: privacy.SecretRoster, Epsilon: 50, Delta: 1e-5, Window: "3y"},
			Claim:   privacy.Loss{MuSquared: mu.Squared(), Delta: privacy.SamplerDelta},
		}, canaries)
		fmt.Println(exposure.Violation(), err)
	}
	// Output:
	// false <nil>
	// true <nil>
}
