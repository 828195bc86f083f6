package benchmark_test

import (
	"fmt"
	"math"
	"os"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/synthetic"
	"maturitybench/privacy"
	"maturitybench/privacy/privacytest"
)

// TestAuditCoverageOfPrintedIntervals publishes panels at the ends of the
// scale, with extreme questions, two camps, many missing answers and wrong
// priors, and compares every published interval with the exact statistic. Of
// the 90 % intervals of a setting at least 82 % must hold it, over all
// statistics, and 75 % in every family of at least 200; intervals of one panel
// depend on each other, so that single settings vary. The seeds are fixed: the
// outcome is too.
func TestAuditCoverageOfPrintedIntervals(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	t.Parallel()
	panels := 2
	if os.Getenv("MATURITYBENCH_DEEP") == "1" {
		panels = 60
	}
	at := func(level float64) *benchmark.Prior { return &benchmark.Prior{Level: level, Spread: 0.5} }
	for i, c := range []struct {
		name      string
		companies int
		roster    privacy.Roster
		change    func(*synthetic.Panel)
		prior     *benchmark.Prior
	}{
		{"usual", 100, privacy.SecretRoster, func(*synthetic.Panel) {}, nil},
		{"at the bottom", 100, privacy.SecretRoster, func(p *synthetic.Panel) { p.Shift = -1.2 }, nil},
		{"at the top", 200, privacy.PublicRoster, func(p *synthetic.Panel) { p.Shift = 3 }, nil},
		{"extreme questions", 200, privacy.SecretRoster, func(p *synthetic.Panel) { p.Extreme = 10 }, nil},
		{"two camps", 100, privacy.PublicRoster, func(p *synthetic.Panel) { p.Bimodal = 1.3 }, nil},
		{"missing answers", 200, privacy.SecretRoster, func(p *synthetic.Panel) { p.Missing, p.MissingSpread, p.NotStated = 0.3, 0.3, 0.2 }, nil},
		{"a wrong prior", 100, privacy.SecretRoster, func(*synthetic.Panel) {}, at(4)},
		{"a small panel", 17, privacy.PublicRoster, func(*synthetic.Panel) {}, nil},
		{"a small panel and a wrong prior", 30, privacy.PublicRoster, func(p *synthetic.Panel) { p.Shift = 1 }, at(0.5)},
	} {
		t.Run(c.name, func(t *testing.T) {
			families := map[string]*hits{}
			for n := range panels {
				panel := synthetic.NewPanel(c.companies, uint64(1000*i+n))
				c.change(&panel)
				coverPanel(t, families, panel, c.roster, c.prior)
			}
			total := hits{}
			for name, f := range families {
				total.n += f.n
				total.held += f.held
				if f.n >= 200 && f.share() < 0.75 {
					t.Errorf("%s: %d of %d intervals hold the exact number", name, f.held, f.n)
				}
			}
			t.Logf("%d of %d intervals, %.1f %%", total.held, total.n, 100*total.share())
			if total.n >= 20 && total.share() < 0.82 {
				t.Errorf("%d of %d intervals hold the exact number", total.held, total.n)
			}
		})
	}
}

type hits struct{ n, held int }

func (h hits) share() float64 { return float64(h.held) / float64(h.n) }

// coverPanel publishes one panel and counts its intervals.
func coverPanel(t *testing.T, families map[string]*hits, panel synthetic.Panel, roster privacy.Roster, prior *benchmark.Prior) {
	t.Helper()
	in := instrument.JSP()
	expected := panel.Companies
	if roster == privacy.SecretRoster {
		expected = 100 * max(panel.Companies/100, 1)
	}
	plan, err := benchmark.NewPlan(in, benchmark.PlanSpec{Wave: "w", Account: "a", Roster: roster, Epsilon: 4, Delta: 1e-6,
		ExpectedCompanies: expected, Cohorts: []string{"size"}, Prior: prior})
	if err != nil {
		t.Fatal(err)
	}
	sample, err := synthetic.NewSample(in, panel)
	if err != nil {
		t.Fatal(err)
	}
	data, err := responses.NewDataset(t.Context(), in, sample.Responses())
	if err != nil {
		t.Fatal(err)
	}
	ledger := privacytest.NewLedger(t, panel.Seed)
	if err := ledger.OpenAccount(t.Context(), privacy.Account{ID: "a", Unit: "company", Roster: roster, Epsilon: 8, Delta: 1e-5, Window: "3y"}); err != nil {
		t.Fatal(err)
	}
	release, err := benchmark.Publish(t.Context(), ledger, plan, data)
	if err != nil {
		t.Fatal(err)
	}
	truth := map[string]float64{}
	for _, c := range sample.Cohorts("size") {
		exactCells(in, c, truth)
	}
	for cell := range release.Cells() {
		exact, known := truth[cellKey(cell.Cohort, cell.Item, cell.Statistic, cell.Level)]
		if cell.Status != publication.Published || !known || math.IsNaN(exact) {
			continue
		}
		if families[cell.Statistic] == nil {
			families[cell.Statistic] = &hits{}
		}
		families[cell.Statistic].n++
		if cell.Estimate.Low <= exact+2e-6 && exact <= cell.Estimate.High+2e-6 {
			families[cell.Statistic].held++
		}
	}
}

func cellKey(cohort, item, statistic string, level int) string {
	return fmt.Sprint(cohort, "/", item, "/", statistic, "/", level)
}

// exactCells are the exact statistics of a cohort under the keys of its cells.
func exactCells(in *instrument.Instrument, c synthetic.Cohort, truth map[string]float64) {
	put := func(item, statistic string, level int, value float64) {
		truth[cellKey(c.ID, item, statistic, level)] = value
	}
	score := func(item string, s synthetic.Score) {
		put(item, publication.StatisticMean, 0, s.Mean)
		for i, id := range publication.PercentileIDs() {
			put(item, id, 0, s.Percentiles[i])
		}
	}
	put("", publication.StatisticCompanies, 0, float64(c.Companies))
	score("overall", c.Overall)
	spec, q := in.Spec(), 0
	for d, domain := range spec.Domains {
		score(domain.ID, c.Domains[d])
		for _, question := range domain.Questions {
			put(question.ID, publication.StatisticMean, 0, c.Questions[q].Mean)
			for l, share := range c.Questions[q].Shares {
				put(question.ID, publication.StatisticShare, spec.Scale[l].Level, share)
			}
			for l, share := range c.Questions[q].AtLeast {
				put(question.ID, publication.StatisticAtLeast, spec.Scale[l+1].Level, share)
			}
			q++
		}
	}
}
