package benchmark_test

import (
	"context"
	"fmt"
	"log"
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

// wavePair publishes two waves of 100 companies with test noise: other companies,
// another level, and one practice that the whole industry took up in between.
// It returns what was published and what was true.
func wavePair(t *testing.T, seed uint64) ([2]*publication.Release, [2][]synthetic.Cohort) {
	t.Helper()
	ctx := context.Background()
	in := fixture.Profiled()
	ledger := privacytest.NewLedger(t, seed)
	account := privacy.Account{ID: "jsp", Unit: "company", Roster: privacy.SecretRoster, Epsilon: 20, Delta: 1e-5, Window: "3y"}
	if err := ledger.OpenAccount(ctx, account); err != nil {
		t.Fatal(err)
	}
	var releases [2]*publication.Release
	var truth [2][]synthetic.Cohort
	for i, wave := range []string{"2025", "2026"} {
		panel := synthetic.NewPanel(100, 2*seed) // one seed: the same practices are hard
		panel.Shift = 0.2 * float64(i)
		sample, err := synthetic.NewSample(in, panel)
		if err != nil {
			t.Fatal(err)
		}
		for _, levels := range sample.Levels {
			if i == 1 && levels[2] >= 0 {
				levels[2] = min(levels[2]+2, 5)
			}
		}
		plan, err := benchmark.NewPlan(in, jspWave(wave, 100))
		if err != nil {
			t.Fatal(err)
		}
		data, err := responses.NewDataset(ctx, in, sample.Responses())
		if err != nil {
			t.Fatal(err)
		}
		if releases[i], err = benchmark.Publish(ctx, ledger, plan, data); err != nil {
			t.Fatal(err)
		}
		truth[i] = sample.Cohorts("size")
	}
	return releases, truth
}

// exact is the true value of a statistic.
func exact(in instrument.Spec, cohorts []synthetic.Cohort, c compare.Change) float64 {
	for _, cohort := range cohorts {
		if cohort.ID != c.Cohort {
			continue
		}
		scores, items := append([]synthetic.Score{cohort.Overall}, cohort.Domains...), []string{"overall"}
		at := 0
		for _, d := range in.Domains {
			items = append(items, d.ID)
			for _, q := range d.Questions {
				if q.ID == c.Item {
					question := cohort.Questions[at]
					switch c.Statistic {
					case publication.StatisticMean:
						return question.Mean
					case publication.StatisticShare:
						return question.Shares[c.Level]
					}
					return question.AtLeast[c.Level-1]
				}
				at++
			}
		}
		for i, id := range items {
			if id == c.Item {
				if c.Statistic == publication.StatisticMean {
					return scores[i].Mean
				}
				return scores[i].Percentile(c.Statistic)
			}
		}
		for i, p := range in.Profiles {
			if p.ID == c.Item {
				return cohort.Profiles[i]
			}
		}
	}
	panic("no such statistic")
}

// Intervals of 90 % cover the true changes, wrong verdicts are rare, and a
// practice that everybody took up is not shrunk away. Panels and noise have fixed
// seeds.
func TestTrendCovers(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	t.Parallel()
	type tally struct{ covered, wrong, total float64 }
	tallies := map[string]*tally{}
	var jump, jumpError, jumpPublished float64
	for seed := range uint64(10) {
		releases, truth := wavePair(t, seed)
		changes, err := compare.Trend(releases[0], releases[1])
		if err != nil {
			t.Fatal(err)
		}
		in := releases[0].Instrument
		jumped := in.Domains[0].Questions[2].ID
		for _, c := range changes.Steps[0].Changes {
			if c.Status != publication.Published {
				continue
			}
			change := exact(in, truth[1], c) - exact(in, truth[0], c)
			if c.Item == jumped && c.Cohort == "all" && c.Statistic == publication.StatisticMean {
				jump += change
				jumpError += c.Change.Value - change
				jumpPublished += c.To.Value - c.From.Value - change
				if c.Verdict != compare.Up {
					t.Errorf("seed %d: the jump by %.2f is %s: %v", seed, change, c.Verdict, c.Change)
				}
			}
			n := tallies[c.Statistic]
			if n == nil {
				n = new(tally)
				tallies[c.Statistic] = n
			}
			n.total++
			if c.Change.Low-2e-6 <= change && change <= c.Change.High+2e-6 {
				n.covered++
			}
			if c.Verdict == compare.Up && change < 0 || c.Verdict == compare.Down && change > 0 {
				n.wrong++
			}
		}
	}
	for statistic, n := range tallies {
		t.Logf("%s: %.0f changes, coverage %.3f, wrong signs %.3f", statistic, n.total, n.covered/n.total, n.wrong/n.total)
		if n.covered/n.total < 0.85 {
			t.Errorf("%s: intervals of 90 %% cover %.3f of the changes", statistic, n.covered/n.total)
		}
		if n.wrong/n.total > 0.05 {
			t.Errorf("%s: %.3f of the changes have the wrong sign", statistic, n.wrong/n.total)
		}
	}
	t.Logf("jump %.2f, error %.3f, as published %.3f", jump/10, jumpError/10, jumpPublished/10)
	if e := jumpError / 10; e < -0.2 || e > 0.2 || e < jumpPublished/10 {
		t.Errorf("a jump by %.2f is off by %.3f on average, by %.3f as published", jump/10, e, jumpPublished/10)
	}
}

func ExampleTrend() {
	first, err := publication.Load("publication/testdata/releases/profiles.json")
	if err != nil {
		log.Fatal(err)
	}
	second, err := publication.Load("publication/testdata/releases/profiles.json") // the next wave, in earnest
	if err != nil {
		log.Fatal(err)
	}
	second.Wave = "2027"
	changes, err := compare.Trend(first, second)
	if err != nil {
		log.Fatal(err)
	}
	step := changes.Steps[0]
	for _, c := range step.Changes[:2] {
		fmt.Println(step.From, "to", step.To, c.Cohort, c.Item, c.Statistic, c.Change, c.Verdict)
	}
	fmt.Printf("in both waves: ε = %.2f at δ = %g\n", changes.Loss.Epsilon, changes.Loss.Delta)
	// Output:
	// 2026 to 2027 all overall mean 0.0 [-0.2, 0.2] indistinguishable
	// 2026 to 2027 all overall p10 0.00 [-0.06, 0.06] indistinguishable
	// in both waves: ε = 5.76 at δ = 2e-06
}
