package benchmark

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/internal/inputtest"
	"maturitybench/privacy"
)

// Whatever the file holds, reading ends with a plan that is written and read back
// equal, or with problems in order; the file that a prior names is not
// opened.
func FuzzParsePlan(f *testing.F) {
	f.Add([]byte(fullPlan))
	f.Add([]byte(leastPlan))
	f.Add([]byte(leastPlan + "prior: {release: last.json}\n"))
	f.Add([]byte("wave: 2026\nepsilon: 1e-6\ndelta: .nan\ncohorts: [no, size, size]\nprior: {level: -0.0, spread: 1e400}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		spec, _, err := parsedSpec(string(data))
		if err != nil {
			inputtest.Check(t, err)
			return
		}
		back, _, err := parsedSpec(string(fixture.JSON(t, spec, "")))
		if err != nil {
			t.Fatal(err)
		}
		if len(spec.Cohorts) == 0 {
			spec.Cohorts = nil // as if left out
		}
		if diff := cmp.Diff(spec, back); diff != "" {
			t.Error(diff)
		}
	})
}

func TestPlanRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.StringMatching(`[A-Za-z0-9][A-Za-z0-9._-]{0,63}`)
		companies := rapid.IntRange(1, 9).Draw(t, "digit") * rapid.SampledFrom([]int{10, 100, 1000}).Draw(t, "power")
		want := PlanSpec{
			Wave: id.Draw(t, "wave"), Account: id.Draw(t, "account"),
			Roster:            rapid.SampledFrom([]privacy.Roster{privacy.SecretRoster, privacy.PublicRoster, privacy.CountedRoster}).Draw(t, "roster"),
			Epsilon:           float64(rapid.IntRange(1e6, 8e9).Draw(t, "epsilon")) / 1e9,
			Delta:             float64(rapid.IntRange(1, 1e5).Draw(t, "delta")) / 1e10,
			MinCompanies:      rapid.IntRange(3, 10).Draw(t, "k"),
			Cohorts:           rapid.SampledFrom([][]string{nil, {"size"}, {"region", "kind", "size"}}).Draw(t, "cohorts"),
			Confidence:        rapid.Float64Range(0.5, 0.99).Draw(t, "confidence"),
			ExpectedCompanies: companies,
			Prior: rapid.SampledFrom([]*Prior{
				nil, {Level: 0, Spread: 1e-6}, {Level: 5, Spread: 100}, {Release: "../a b/last.json"},
			}).Draw(t, "prior"),
			Revision: rapid.IntRange(1, 1000).Draw(t, "revision"),
			Override: rapid.Bool().Draw(t, "override"),
		}
		got, _, err := parsedSpec(string(fixture.JSON(t, want, rapid.SampledFrom([]string{"", "  "}).Draw(t, "indent"))))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}
