package benchmark

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"maturitybench/benchmark/internal/draft"
	"maturitybench/benchmark/internal/estimate"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/responses"
	"maturitybench/privacy"
)

// TestAuditSiblingsHideEnough: whatever passed the threshold, and whatever the
// sizes, of the values of an attribute none is suppressed, or at least two
// that together with "not stated" reach the limit, or none is shown; if all is
// suppressed, everything is. Nothing is shown that did not pass.
func TestAuditSiblingsHideEnough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cohorts := []cohort{{attribute: -1}}
		for a := range rapid.IntRange(0, 3).Draw(t, "attributes") {
			for v := range rapid.IntRange(2, 5).Draw(t, "values") {
				cohorts = append(cohorts, cohort{attribute: a, value: uint8(v + 1)})
			}
		}
		const least = 10.0
		kept, sizes := make([]bool, len(cohorts)), make([]float64, len(cohorts))
		for g := range cohorts {
			kept[g] = rapid.IntRange(0, 4).Draw(t, "kept") > 0
			sizes[g] = rapid.Float64Range(-5, 30).Draw(t, "size")
		}
		passed := slices.Clone(kept)
		suppressSiblings(cohorts, kept, sizes, least)
		for g := range kept {
			if kept[g] && (!passed[g] || !kept[0]) {
				t.Fatalf("cohort %d is shown: passed %v, all %v", g, passed[g], kept[0])
			}
		}
		for a := range 3 {
			suppressed, shown, published := 0, 0, 0.0
			for g, c := range cohorts {
				if c.attribute != a {
					continue
				}
				if kept[g] {
					shown++
					published += sizes[g]
				} else {
					suppressed++
				}
			}
			if shown > 0 && suppressed > 0 && (suppressed < 2 || sizes[0]-published < least) {
				t.Fatalf("attribute %d: %d suppressed values hide %v companies", a, suppressed, sizes[0]-published)
			}
		}
	})
}

// TestAuditNotStatedIsNoValue: a company that does not state an attribute is
// in all and in no value.
func TestAuditNotStatedIsNoValue(t *testing.T) {
	in := fixture.PairInstrument(t)
	plan := auditPlan(t, in, privacy.PublicRoster, 50)
	counts := cohortCounts(plan.measured, plan.rows(fixture.Rows(fixture.PackedPanel(in, []byte{0, 1, 1}, []byte{0, 2, 2}, []byte{1, 1, 1}, []byte{2, 3, 3}))))
	if want := []int64{4, 1, 1}; !slices.Equal(counts, want) {
		t.Errorf("counts %v, want %v", counts, want)
	}
}

// TestAuditFewAnswersAreWithheld: a question, a domain and a profile that may have fewer
// than k answers are withheld however accurate, and so is an estimate that is inaccurate
// or that the data hardly informed.
func TestAuditFewAnswersAreWithheld(t *testing.T) {
	good := estimate.Number{Value: 1, Low: 0.9, High: 1.1, Error: 0.01, Information: 0.9}
	shares := []estimate.Number{good, good, good}
	cohortWith := func(answers, mean, share estimate.Number) draft.Cohort {
		return draft.Select(estimate.Cohort{Companies: good, Overall: estimate.Score{Mean: mean, Percentiles: slices.Repeat([]estimate.Number{mean}, 5)},
			Domains:  []estimate.Score{{Mean: good, Percentiles: slices.Repeat([]estimate.Number{good}, 5), Answers: answers}},
			Profiles: []estimate.Number{good}, ProfileAnswers: []float64{answers.Low},
			Questions: []estimate.Question{{Mean: mean, Answers: answers, Shares: append([]estimate.Number{share}, shares[1:]...), AtLeast: shares[1:]}}}, 5, false)
	}
	enough, few := estimate.Number{Value: 9, Low: 5, High: 12}, estimate.Number{Value: 9, Low: 4.99, High: 30}
	poor, uninformed, none := good, good, good
	poor.Error, uninformed.Information, none.Error = 0.3, 0.49, math.NaN()
	for name, c := range map[string]struct {
		f                  draft.Cohort
		mean, shares, over bool
	}{
		"good":           {cohortWith(enough, good, good), true, true, true},
		"few answers":    {cohortWith(few, good, good), false, false, true},
		"poor":           {cohortWith(enough, poor, poor), false, false, false},
		"poor share":     {cohortWith(enough, good, poor), true, false, true},
		"uninformed":     {cohortWith(enough, uninformed, uninformed), false, false, false},
		"without number": {cohortWith(enough, none, none), false, false, false},
	} {
		q := c.f.Questions[0]
		if q.Mean.Published != c.mean || q.Shares[1].Published != c.shares || q.AtLeast[0].Published != c.shares || c.f.Overall.Mean.Published != c.over {
			t.Errorf("%s: mean %v, shares %v, overall %v", name, q.Mean.Published, q.Shares[1].Published, c.f.Overall.Mean.Published)
		}
		domain, shown := c.f.Domains[0], name != "few answers"
		if domain.Mean.Published != shown || domain.Percentiles[1].Published != shown || c.f.Profiles[0].Published != shown {
			t.Errorf("%s: domain %v, its quartiles %v, profile %v", name, domain.Mean.Published, domain.Percentiles[1].Published, c.f.Profiles[0].Published)
		}
	}
}

// TestAuditRefusalsAreNoOracle: a refused publication says that something
// changed, and neither what nor how much; it charges nothing, so that no data
// can be probed for by trying, except by who holds the ledger and the raw data.
func TestAuditRefusalsAreNoOracle(t *testing.T) {
	in := fixture.PairInstrument(t)
	for roster, expected := range stages {
		ledger := openLedger(t, roster)
		plan := auditPlan(t, in, roster, expected)
		rows := fixture.Rotating(in, 30)
		first, err := Publish(t.Context(), ledger, plan, fixture.PackedPanel(in, rows...))
		if err != nil {
			t.Fatal(err)
		}
		texts := map[string]bool{}
		rng := rand.New(rand.NewPCG(4, 4))
		refused := func(plan *Plan, data responses.Data) {
			t.Helper()
			_, err := Publish(t.Context(), ledger, plan, data)
			if !errors.Is(err, privacy.ErrChanged) {
				t.Errorf("got %v, expected ErrChanged", err)
				return
			}
			texts[err.Error()] = true
		}
		refused(plan, fixture.PackedPanel(in, fixture.Without(rows, 7)...))
		refused(plan, fixture.PackedPanel(in, fixture.Blanked(in, rows, 7)...))
		refused(plan, fixture.PackedPanel(in, append(slices.Clone(rows), fixture.RandomRow(in, rng))...))
		refused(plan, fixture.PackedPanel(in))
		refused(auditPlan(t, in, roster, expected, func(s *PlanSpec) { s.Epsilon = 3 }), fixture.PackedPanel(in, rows...))
		refused(auditPlan(t, in, roster, expected, func(s *PlanSpec) { s.MinCompanies = 4 }), fixture.PackedPanel(in))
		if len(texts) != 1 {
			t.Errorf("%d different refusals: %v", len(texts), texts)
		}
		again, err := Publish(t.Context(), ledger, plan, fixture.PackedPanel(in, rows...))
		if err != nil || string(again.Bytes()) != string(first.Bytes()) {
			t.Errorf("the release is not what it was: %v", err)
		}
	}
}

// TestAuditRenamedAccounts: data that one account published are refused under
// another, also in another order; a new company makes them other data, which is
// what the budget of that account is for.
func TestAuditRenamedAccounts(t *testing.T) {
	in := fixture.PairInstrument(t)
	ledger := openLedger(t, privacy.SecretRoster)
	account := auditSetup(nil, privacy.SecretRoster).Account
	account.ID = "b"
	if err := ledger.OpenAccount(t.Context(), account); err != nil {
		t.Fatal(err)
	}
	rows := fixture.Rotating(in, 20)
	if _, err := Publish(t.Context(), ledger, auditPlan(t, in, privacy.SecretRoster, 20), fixture.PackedPanel(in, rows...)); err != nil {
		t.Fatal(err)
	}
	renamed := auditPlan(t, in, privacy.SecretRoster, 20, func(s *PlanSpec) { s.Account, s.Wave = "b", "other" })
	if _, err := Publish(t.Context(), ledger, renamed, fixture.PackedPanel(in, rows...)); !errors.Is(err, privacy.ErrForeignData) {
		t.Errorf("got %v, expected ErrForeignData", err)
	}
}

// TestAuditReleaseIDIsPublic: ledgers have different keys and panels different
// digests, and the id of the release is the same: nothing that is published depends
// on the digest of the data. See also TestEveryPanelOfUpToThree, where panels
// of different digests publish the same bytes.
func TestAuditReleaseIDIsPublic(t *testing.T) {
	in := fixture.PairInstrument(t)
	plan := auditPlan(t, in, privacy.SecretRoster, 20)
	ids := map[string]bool{}
	for n := range 5 {
		release, err := Publish(t.Context(), openLedger(t, privacy.SecretRoster), plan, fixture.PackedPanel(in, fixture.Rotating(in, 10+n)...))
		if err != nil {
			t.Fatal(err)
		}
		ids[release.ID] = true
	}
	if len(ids) != 1 {
		t.Errorf("%d ids of one plan", len(ids))
	}
}
