package accuracy_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/synthetic"
	"maturitybench/benchmark/synthetic/accuracy"
	"maturitybench/privacy"
	"maturitybench/privacy/privacytest"
)

// change is what happens before the last of some waves, beside a usual year.
type change struct {
	name   string
	happen func(i *synthetic.Industry, panel int)
}

// A domain of the built-in instrument, and one of its questions, which is another one in
// every panel.
var waveChanges = []change{
	{"a usual year", func(*synthetic.Industry, int) {}},
	{"a domain jumps", func(i *synthetic.Industry, _ int) { i.MoveDomain(1, 1) }},
	{"a question jumps", func(i *synthetic.Industry, panel int) { i.Move(1, jumping(panel)) }},
	{"a new panel", func(i *synthetic.Industry, _ int) { i.Next(synthetic.Drift{Replaced: 1, Questions: 0.55}) }},
}

// jumping is the question that jumps in a panel.
func jumping(panel int) int { return (5 * panel) % 44 }

// TestCoverageOfWaves publishes three waves of industries, the last one after a change, and
// holds the last one, which leans on the others, to the bars of TestCoverageOfKinds; the
// question that jumps by itself is held to 0.85. In a usual year question means
// that lean on earlier waves are nearer than without, by 4 % in the least.
func TestCoverageOfWaves(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	panels, sizes := 4, []int{100}
	if os.Getenv("MATURITYBENCH_DEEP") == "1" {
		panels, sizes = 60, []int{100, 300}
	}
	for _, companies := range sizes {
		for _, c := range waveChanges {
			t.Run(fmt.Sprintf("%s, %d companies", c.name, companies), func(t *testing.T) { c.cover(t, companies, panels) })
		}
	}
}

func (c change) cover(t *testing.T, companies, panels int) {
	s := setting{companies, 4, privacy.SecretRoster}
	trials, alone, jumps := make([]accuracy.Scores, panels), make([]accuracy.Scores, panels), make([]accuracy.Score, panels)
	onAllCores(t, panels, func(i int) (err error) {
		if jumps[i], err = c.trial(t, companies, i, &trials[i], "all"); err != nil || c.name != waveChanges[0].name {
			return err
		}
		_, err = c.trial(t, companies, i, &alone[i])
		return err
	})
	var with, without accuracy.Scores
	var jumped accuracy.Score
	for i := range panels {
		with.Merge(&trials[i])
		without.Merge(&alone[i])
		jumped.Published, jumped.Covered = jumped.Published+jumps[i].Published, jumped.Covered+jumps[i].Covered
		jumped.Panels = append(jumped.Panels, [2]int{jumps[i].Published, jumps[i].Covered})
	}
	for _, f := range []accuracy.Family{accuracy.QuestionMeans, accuracy.Shares} {
		s.check(t, fmt.Sprintf("%v, all", f), with.All[f], 0.86)
		s.check(t, fmt.Sprintf("%v, segments", f), with.Segments[f], s.bar())
	}
	s.check(t, "the question that jumps", jumped, 0.85)
	t.Logf("question means of all %.3f ± %.4f, of segments %.3f, that jump %d of %d", with.All[accuracy.QuestionMeans].Coverage(), with.All[accuracy.QuestionMeans].RMSE(), with.Segments[accuracy.QuestionMeans].Coverage(), jumped.Covered, jumped.Published)
	if c.name == waveChanges[0].name {
		if got, want := with.All[accuracy.QuestionMeans].RMSE(), without.All[accuracy.QuestionMeans].RMSE(); !(got < 0.96*want) {
			t.Errorf("the error of question means is %.4f, without earlier waves %.4f", got, want)
		}
	}
}

// trial publishes three waves and compares the last one. It returns what became of the
// question that jumps, if one does.
func (c change) trial(t *testing.T, companies, i int, scores *accuracy.Scores, earlier ...string) (jumped accuracy.Score, err error) {
	industry, err := synthetic.NewIndustry(instrument.JSP(), synthetic.NewPanel(companies, uint64(i)))
	if err != nil {
		return jumped, err
	}
	samples := make([]*synthetic.Sample, 3)
	for w := range samples {
		if w == len(samples)-1 {
			c.happen(industry, i)
		}
		samples[w] = industry.Sample()
		industry.Next(synthetic.UsualDrift())
	}
	release, err := lastOf(t, uint64(1000*companies+i), companies, samples, earlier...)
	if err != nil {
		return jumped, err
	}
	sample := samples[len(samples)-1]
	scores.Add(release, sample)
	if e := release.Cohorts[0].Questions; c.name == "a question jumps" && len(e) > 0 && e[jumping(i)].Mean.Status == publication.Published {
		exact := sample.Cohorts()[0].Questions[jumping(i)].Mean
		jumped.Published = 1
		if mean := e[jumping(i)].Mean; mean.Low <= exact && exact <= mean.High {
			jumped.Covered = 1
		}
	}
	return jumped, nil
}

// lastOf publishes panels as waves of one account and returns the release of the last one.
func lastOf(t *testing.T, noise uint64, companies int, samples []*synthetic.Sample, earlier ...string) (*publication.Release, error) {
	releases, err := releasesOf(t, noise, companies, samples, earlier...)
	if err != nil {
		return nil, err
	}
	return releases[len(releases)-1], nil
}

// releasesOf publishes panels as waves of one account.
func releasesOf(t *testing.T, noise uint64, companies int, samples []*synthetic.Sample, earlier ...string) (releases []*publication.Release, err error) {
	in, ledger := instrument.JSP(), privacytest.NewLedger(t, noise)
	account := privacy.Account{ID: "a", Unit: "company", Roster: privacy.SecretRoster, Epsilon: 20, Delta: 1e-5, Window: "3y"}
	if err := ledger.OpenAccount(t.Context(), account); err != nil {
		return nil, err
	}
	for w, sample := range samples {
		spec := benchmark.PlanSpec{Wave: fmt.Sprint("w", w+1), Account: "a", Roster: privacy.SecretRoster, Epsilon: 4, Delta: 1e-6, ExpectedCompanies: companies, Cohorts: []string{"size"}, Statistics: withoutPercentiles, Reason: "made-up panels may be the same"}
		if len(earlier) > 0 {
			spec.Prior = &benchmark.Prior{Waves: earlier}
		}
		plan, err := benchmark.NewPlan(in, spec)
		if err != nil {
			return nil, err
		}
		data, err := responses.NewDataset(t.Context(), in, sample.Responses())
		if err != nil {
			return nil, err
		}
		release, err := benchmark.Publish(t.Context(), ledger, plan, data)
		if err != nil {
			return nil, err
		}
		releases = append(releases, release)
	}
	return releases, nil
}

// TestCoverageOfWavesOfKinds publishes panels of every kind, the ones that the model does not
// expect among them, after another panel of the kind, and after the same one, whose errors
// that are not noise are the same: question means of all companies hold as TestCoverageOfKinds asks.
func TestCoverageOfWavesOfKinds(t *testing.T) {
	if os.Getenv("MATURITYBENCH_DEEP") != "1" {
		t.Skip("deep tier")
	}
	const companies, panels = 300, 10
	kinds, s := synthetic.Kinds(), setting{companies, 4, privacy.SecretRoster}
	for name, same := range map[string]bool{"the same panel": true, "another panel": false} {
		scores := make([]accuracy.Scores, len(kinds))
		onAllCores(t, len(kinds), func(k int) error {
			for i := range panels {
				before, err := kinds[k].Panel(instrument.JSP(), companies, rand.New(rand.NewPCG(1, uint64(2*i))))
				if err != nil {
					return err
				}
				now := before
				if !same {
					if now, err = kinds[k].Panel(instrument.JSP(), companies, rand.New(rand.NewPCG(1, uint64(2*i+1)))); err != nil {
						return err
					}
				}
				release, err := lastOf(t, uint64(i*len(kinds)+k), companies, []*synthetic.Sample{before, now}, "all")
				if err != nil {
					return err
				}
				scores[k].Add(release, now)
			}
			return nil
		})
		var pooled accuracy.Scores
		for k, kind := range kinds {
			s.check(t, fmt.Sprintf("%s after %s: question means", kind.Name, name), scores[k].All[accuracy.QuestionMeans], s.bar())
			pooled.Merge(&scores[k])
		}
		s.check(t, "all kinds after "+name+": question means", pooled.All[accuracy.QuestionMeans], pooledBar)
	}
}
