package benchmark

import (
	"strings"
	"testing"

	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
)

// FuzzPublishHostilePlan compiles plans that somebody wrote to learn more than
// the budget allows, and publishes with what compiles. Whatever the plan says,
// nothing panics, an error tells no answer, the loss that is charged fits the ε
// and δ that are stated, a cohort below k is not shown, and the draws of two
// neighbouring panels cannot be told apart by their number or the bytes.
func FuzzPublishHostilePlan(f *testing.F) {
	for _, seed := range []string{
		"wave: w\naccount: a\nroster: secret\nepsilon: 4\ndelta: 1e-6\nexpected_companies: 50\n",
		"wave: w\naccount: a\nroster: public\nepsilon: 8\ndelta: 1e-6\nexpected_companies: 20\nmin_companies: 3\ncohorts: [size]\n",
		"wave: w\naccount: a\nroster: public\nepsilon: 20\noverride: true\ndelta: 1e-5\nexpected_companies: 1\n",
		"wave: w\naccount: a\nroster: secret\nepsilon: 1e-9\ndelta: 1e-10\nexpected_companies: 900000\n",
		"wave: w\naccount: a\nroster: secret\nepsilon: .inf\ndelta: .nan\nexpected_companies: 50\n",
		"wave: w\naccount: a\nroster: secret\nepsilon: 1e300\ndelta: 1\nexpected_companies: 50\nmin_companies: 0\n",
		"wave: w\naccount: a\nroster: secret\nepsilon: 4\ndelta: 1e-6\nexpected_companies: 50\ncohorts: [size, size]\n",
		"wave: w\naccount: a\nroster: secret\nepsilon: 4\ndelta: 1e-6\nexpected_companies: 50\nprior: {level: 1, spread: 1e-300}\n",
		"wave: w\naccount: a\nroster: secret\nepsilon: 4\ndelta: 1e-6\nexpected_companies: 50\nprior: {level: 2, spread: 1e300}\nconfidence: 0.99\n",
		"wave: w\naccount: a\nroster: secret\nepsilon: 4\ndelta: 1e-6\nexpected_companies: 50\nprior: {release: ../../etc/passwd}\n",
		"wave: w\naccount: a\nroster: secret\nepsilon: 0.3\ndelta: 1e-6\nexpected_companies: 50\nmin_companies: 2147483647\n",
		"{\"wave\":\"w\",\"account\":\"a\",\"roster\":\"secret\",\"epsilon\":4,\"delta\":1e-6,\"expected_companies\":-1,\"revision\":9223372036854775807}",
	} {
		f.Add(seed, uint8(17))
	}
	in := fixture.PairInstrument(f)
	f.Fuzz(func(t *testing.T, text string, companies uint8) {
		plan, err := ParsePlan(in, "plan.yaml", []byte(text))
		if err != nil {
			return
		}
		if plan.spec.MinCompanies < leastMinCompanies || !plan.charge.loss.Fits(plan.spec.Epsilon, plan.spec.Delta) {
			t.Fatalf("a plan is charged %+v for (%v, %v), k = %d", plan.charge.loss, plan.spec.Epsilon, plan.spec.Delta, plan.spec.MinCompanies)
		}
		if plan.spec.Revision < 1 || plan.spec.Account != "a" {
			return
		}
		rows := fixture.Rotating(in, 1+int(companies)%40)
		ledger := openLedger(t, plan.spec.Roster)
		data := fixture.PackedPanel(in, rows...)
		release, err := Publish(t.Context(), ledger, plan, data)
		if err != nil {
			if strings.Contains(err.Error(), "NaN") || len(err.Error()) > 1000 {
				t.Fatalf("publish: %v", err)
			}
			return
		}
		counts := cohortCounts(plan.cohorts, plan.rows(fixture.Rows(data)))
		for g, c := range release.Cohorts {
			if c.Status == publication.Published && counts[g] < int64(plan.spec.MinCompanies) {
				t.Fatalf("cohort %s is shown below k", c.ID)
			}
		}
		hostileNeighbours(t, plan, rows)
	})
}

// hostileNeighbours compares the plan's publications of two neighbours.
func hostileNeighbours(t *testing.T, plan *Plan, rows [][]byte) {
	t.Helper()
	other := fixture.Blanked(plan.in, rows, 0)
	if plan.spec.Roster == privacy.SecretRoster {
		other = fixture.Without(rows, 0)
	}
	if err := neighbours(t, plan, rows, other); err != nil {
		t.Fatal(err)
	}
}
