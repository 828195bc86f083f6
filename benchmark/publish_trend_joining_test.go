package benchmark_test

import (
	"context"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/synthetic"
	"maturitybench/privacy"
	"maturitybench/privacy/privacytest"
)

// joinedWaves publishes the same panel in two waves with the noise of a seed; in the
// second one another company joins, which answers the top level everywhere, or
// none does.
func joinedWaves(t *testing.T, in *instrument.Instrument, sample *synthetic.Sample, seed uint64, joins bool) *compare.Changes {
	t.Helper()
	ctx := context.Background()
	ledger := privacytest.NewLedger(t, seed)
	account := privacy.Account{ID: "jsp", Unit: "company", Roster: privacy.SecretRoster, Epsilon: 20, Delta: 1e-5, Window: "3y"}
	if err := ledger.OpenAccount(ctx, account); err != nil {
		t.Fatal(err)
	}
	top := map[string]int{}
	for _, d := range in.Spec().Domains {
		for _, q := range d.Questions {
			top[q.ID] = 5
		}
	}
	one, err := responses.New(in, "the one that joins", map[string]string{"size": "small"}, top)
	if err != nil {
		t.Fatal(err)
	}
	var releases []*publication.Release
	for i, wave := range []string{"2025", "2026"} {
		spec := jspWave(wave, 100)
		spec.Reason = "nobody has changed an answer" // without it, known data are refused under another wave
		plan, err := benchmark.NewPlan(in, spec)
		if err != nil {
			t.Fatal(err)
		}
		data, err := responses.NewDataset(ctx, in, func(yield func(responses.Response, error) bool) {
			for response, err := range sample.Responses() {
				if !yield(response, err) {
					return
				}
			}
			if joins && i == 1 {
				yield(one, nil)
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		release, err := benchmark.Publish(ctx, ledger, plan, data)
		if err != nil {
			t.Fatal(err)
		}
		releases = append(releases, release)
	}
	changes, err := compare.Trend(releases...)
	if err != nil {
		t.Fatal(err)
	}
	return changes
}

// cellOf is what a change is about.
type cellOf struct {
	cohort, item, statistic string
	level                   int
}

// One company joins between two waves in which nobody else changes anything.
// Under the same noise, it moves no change by as much as half the length of the
// interval, and hardly a verdict: who reads the difference of the waves learns
// no more of the company than the interval says. Panels and noise have fixed
// seeds.
func TestOneCompanyJoins(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	t.Parallel()
	in := fixture.Profiled()
	compared, verdicts := 0, 0
	largest := 0.0
	for seed := range uint64(4) {
		sample, err := synthetic.NewSample(in, synthetic.NewPanel(100, seed))
		if err != nil {
			t.Fatal(err)
		}
		without := map[cellOf]compare.Change{}
		for _, c := range joinedWaves(t, in, sample, seed, false).Steps[0].Changes {
			without[cellOf{c.Cohort, c.Item, c.Statistic, c.Level}] = c
		}
		for _, c := range joinedWaves(t, in, sample, seed, true).Steps[0].Changes {
			before := without[cellOf{c.Cohort, c.Item, c.Statistic, c.Level}]
			if c.Status != publication.Published || before.Status != publication.Published {
				continue
			}
			compared++
			moved := (c.Change.Value - before.Change.Value) / (c.Change.High - c.Change.Low) * 2
			largest = max(largest, moved, -moved)
			if moved >= 1 || moved <= -1 {
				t.Errorf("seed %d: %s %s %s of %s moves from %v to %v", seed, c.Statistic, c.Item, c.Cohort, c.Change, before.Change, c.Change)
			}
			if c.Verdict != before.Verdict {
				verdicts++
			}
		}
	}
	t.Logf("%d changes; the largest move is %.2f of half an interval, and %d verdicts differ", compared, largest, verdicts)
	if compared < 1000 {
		t.Errorf("only %d changes are compared", compared)
	}
	if verdicts > compared/100 {
		t.Errorf("%d of %d verdicts differ", verdicts, compared)
	}
}
