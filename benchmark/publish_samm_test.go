package benchmark_test

import (
	"bytes"
	"encoding/csv"
	"math"
	"strings"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/report"
	"maturitybench/benchmark/responses"
	files "maturitybench/benchmark/synthetic/fixture"
	"maturitybench/privacy/privacytest"

	"gonum.org/v1/gonum/stat"
)

// TestSAMMOfThirty publishes thirty assessments under a counted roster: the composite, the
// functions and the practices of all companies, and the composite and the functions of those
// who assessed themselves and of the others, none of them withheld. An interval of 90 %,
// four times as wide, reaches over 6.6 standard deviations; the probability that one of the
// 33 numbers lies beyond is below 1e-8, and the seed of the noise is fixed besides.
func TestSAMMOfThirty(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	read := func(name string) []byte {
		data, err := files.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	in, err := instrument.Parse("samm.yaml", read("samm.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	plan, err := benchmark.ParsePlan(in, "plan-samm.yaml", read("plan-samm.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	account, err := benchmark.ParseAccount("account-counted.yaml", read("account-counted.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	data, err := responses.NewDataset(t.Context(), in, responses.ReadCSV(in, bytes.NewReader(read("panel-samm-030.csv"))))
	if err != nil {
		t.Fatal(err)
	}
	ledger := privacytest.NewLedger(t, 30)
	if err := ledger.OpenAccount(t.Context(), account); err != nil {
		t.Fatal(err)
	}
	release, err := benchmark.Publish(t.Context(), ledger, plan, data)
	if err != nil {
		t.Fatal(err)
	}
	if problems := fixture.Contract(release.Bytes()); len(problems) > 0 {
		t.Errorf("the document breaks its contract: %v", problems)
	}
	exact := sammScores(t, read("panel-samm-030.csv"))
	near := func(cohort, what string, e publication.Estimate, exact, widest float64) {
		if half := (e.High - e.Low) / 2; e.Status != publication.Published || half > widest || math.Abs(e.Value-exact) > 4*half {
			t.Errorf("%s, %s: %+v, expected %v to within %v", cohort, what, e, exact, widest)
		}
	}
	for g, c := range release.Cohorts {
		near(c.ID, "composite", c.Overall.Mean, stat.Mean(exact[c.ID], nil), []float64{0.11, 0.25, 0.25}[g])
		for i, f := range c.Functions {
			near(c.ID, f.ID, f.Mean, stat.Mean(exact[c.ID][3*i:3*i+3], nil), []float64{0.19, 0.36, 0.36}[g])
		}
		for i, d := range c.Domains {
			if g == 0 {
				near(c.ID, d.ID, d.Mean, exact[c.ID][i], 0.25)
			}
		}
	}
	if loss := release.Privacy.Loss; len(release.Cohorts) != 3 || loss.PureEpsilon != 8.9 || loss.Mu != 0 {
		t.Errorf("%d cohorts, loss %+v", len(release.Cohorts), loss)
	}
	var page bytes.Buffer
	if err := report.Markdown(&page, release); err != nil {
		t.Fatal(err)
	}
	for _, row := range []string{"| **Governance** |", "| **Operations** |", "| Threat Assessment |", "Numbers not shown in groups that are: 0."} {
		if !strings.Contains(page.String(), row) {
			t.Errorf("the report does not say %q", row)
		}
	}
}

// sammScores are the means of the fifteen practices, by cohort, from a file of complete answer
// sheets: levels count 0, 0.25, 0.5 and 1, scores are three times their mean.
func sammScores(t *testing.T, file []byte) map[string][]float64 {
	rows, err := csv.NewReader(bytes.NewReader(file)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]float64{"0": 0, "1": 0.25, "2": 0.5, "3": 1}
	sums, sizes := map[string][]float64{}, map[string]float64{}
	for _, row := range rows[1:] {
		for _, cohort := range []string{"all", "assessor=" + row[1]} {
			if sums[cohort] == nil {
				sums[cohort] = make([]float64, 15)
			}
			sizes[cohort]++
			for q, answer := range row[2:] {
				sums[cohort][q/6] += 3 * counts[answer] / 6
			}
		}
	}
	for cohort, practices := range sums {
		for i := range practices {
			practices[i] /= sizes[cohort]
		}
	}
	return sums
}
