package outside_test

import (
	"slices"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/synthetic"
	"maturitybench/privacy"
	"maturitybench/privacy/privacytest"
)

// A release has what its plan asks for, and nothing else: of every list of one kind and
// of every list without one.
func TestPublishesWhatIsAskedFor(t *testing.T) {
	kinds := []string{"scores", "quartiles", "questions", "shares"}
	sample, err := synthetic.NewSample(instrument.JSP(), synthetic.NewPanel(200, 7))
	if err != nil {
		t.Fatal(err)
	}
	data, err := responses.NewDataset(t.Context(), instrument.JSP(), sample.Responses())
	if err != nil {
		t.Fatal(err)
	}
	kindOf := func(c publication.Cell, domains []instrument.Domain) string {
		switch {
		case c.Statistic == publication.StatisticShare || c.Statistic == publication.StatisticAtLeast:
			return "shares"
		case c.Statistic != publication.StatisticMean:
			return "quartiles"
		case c.Item == publication.OverallItem || slices.ContainsFunc(domains, func(d instrument.Domain) bool { return d.ID == c.Item }):
			return "scores"
		}
		return "questions"
	}
	for i := range 2 * len(kinds) {
		list := []string{kinds[i%len(kinds)]}
		if i >= len(kinds) {
			list = slices.DeleteFunc(slices.Clone(kinds), func(kind string) bool { return kind == kinds[i-len(kinds)] })
		}
		plan, err := benchmark.NewPlan(instrument.JSP(), benchmark.PlanSpec{
			Wave: "w", Account: "a", Roster: privacy.PublicRoster, Epsilon: 8, Delta: 1e-6, ExpectedCompanies: 200, Statistics: list,
		})
		if err != nil {
			t.Fatal(err)
		}
		ledger := privacytest.NewLedger(t, uint64(i))
		if err := ledger.OpenAccount(t.Context(), privacy.Account{ID: "a", Unit: "company", Roster: privacy.PublicRoster, Epsilon: 8, Delta: 1e-6, Window: "1y"}); err != nil {
			t.Fatal(err)
		}
		release, err := benchmark.Publish(t.Context(), ledger, plan, data)
		if err != nil {
			t.Fatal(err)
		}
		if wrong := fixture.Contract(release.Bytes()); wrong != nil {
			t.Errorf("%v: %q", list, wrong)
		}
		shown := map[string]int{}
		for c := range release.Cells() {
			if c.Statistic != publication.StatisticCompanies && c.Status == publication.Published {
				shown[kindOf(c, release.Instrument.Domains)]++
			}
		}
		for _, kind := range kinds {
			if asked := slices.Contains(list, kind); asked != (shown[kind] > 0) {
				t.Errorf("%v: %d numbers of %s", list, shown[kind], kind)
			}
		}
		for c := range (&publication.Release{Wave: "w", Instrument: release.Instrument, Cohorts: release.Cohorts}).Cells() {
			if c.Statistic != publication.StatisticCompanies && !slices.Contains(list, kindOf(c, release.Instrument.Domains)) && c.Status != publication.Withheld {
				t.Errorf("%v: %s of %s are there", list, c.Statistic, c.Item)
			}
		}
	}
}
