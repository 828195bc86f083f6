package benchmark_test

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/report"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/synthetic"
	"maturitybench/privacy"
	"maturitybench/privacy/privacytest"
)

// publishNamed publishes a panel of a shipped instrument under a secret roster, and
// returns the release with the exact numbers.
func publishNamed(t *testing.T, name string, panel synthetic.Panel, seed uint64) (*publication.Release, synthetic.Cohort) {
	t.Helper()
	in, err := instrument.Named(name)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := benchmark.NewPlan(in, benchmark.PlanSpec{
		Wave: "w", Account: "a", Roster: privacy.SecretRoster, Epsilon: 4, Delta: 1e-6, ExpectedCompanies: panel.Companies,
	})
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
	ledger := privacytest.NewLedger(t, seed)
	account := privacy.Account{ID: "a", Unit: "company", Roster: privacy.SecretRoster, Epsilon: 8, Delta: 1e-5, Window: "3y"}
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
	return release, sample.Cohorts()[0]
}

// within counts the published numbers, and those whose interval, made so many times as
// wide, holds the exact one.
type within struct{ published, held int }

func (w *within) add(e publication.Estimate, exact, times float64) {
	if e.Status != publication.Published {
		return
	}
	w.published++
	if half := times * (e.High - e.Low) / 2; math.Abs(e.Value-exact) <= half+2e-6 {
		w.held++
	}
}

// TestSAMM publishes a panel of SAMM from the answers to the report: 90 questions, scores
// from 0 to 3, three tiers. Four times the half-width of 90 % is 6.6 standard deviations,
// which normal noise exceeds once in 10¹⁰ for each of the 111 means; the seeds are fixed
// besides.
func TestSAMM(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	panel := synthetic.NewPanel(200, 5)
	panel.Missing = 0.1 // which counts as no
	release, exact := publishNamed(t, "samm", panel, 1)
	all := release.Cohorts[0]
	if len(all.Functions) != 5 || len(all.Domains) != 15 || len(all.Questions) != 90 {
		t.Fatalf("%d functions, %d practices, %d questions", len(all.Functions), len(all.Domains), len(all.Questions))
	}
	var means within
	means.add(all.Overall.Mean, exact.Overall.Mean, 4)
	for i, f := range all.Functions {
		means.add(f.Mean, exact.Functions[i], 4)
		mean, shown := 0.0, 0
		for d := range 3 {
			e := all.Domains[3*i+d].Mean
			if e.Status == publication.Published {
				mean, shown = mean+e.Value/3, shown+1
			}
		}
		if shown == 3 && f.Mean.Status == publication.Published && math.Abs(mean-f.Mean.Value) > 2e-6 {
			t.Errorf("%s: %v, the mean of its practices is %v", f.ID, f.Mean.Value, mean)
		}
	}
	for i, d := range all.Domains {
		means.add(d.Mean, exact.Domains[i].Mean, 4)
		if e := d.Mean; e.Status == publication.Published && (e.Low < 0 || e.High > 3) {
			t.Errorf("%s: %v lies outside of 0 to 3", d.ID, e)
		}
	}
	for i, q := range all.Questions {
		means.add(q.Mean, exact.Questions[i].Mean, 4)
		if e := q.Mean; e.Status == publication.Published && (e.Low < 0 || e.High > 1) {
			t.Errorf("%s: %v lies outside of 0 to 1", q.ID, e)
		}
	}
	if means.published < 100 || means.held != means.published {
		t.Errorf("%d of %d means are near the exact ones, expected all of 111", means.held, means.published)
	}
	var page bytes.Buffer
	if err := report.Markdown(&page, release); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"Governance", "Secure Architecture", "A risk appetite for applications is known", "from 0 to 3", "lowest level (0: No)", "CC BY-SA 4.0", "For half or more 0.5"} {
		if !strings.Contains(page.String(), text) {
			t.Errorf("the report does not say %q", text)
		}
	}
}

// TestC2M2 publishes a hundred companies with 30 shares of maturity levels: at least those
// at MIL1 are shown, and near the exact ones, as in TestSAMM. In one industry one company in fifty
// is at MIL1, in the other one in ten.
func TestC2M2(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	t.Parallel()
	for i, shift := range []float64{0, 1} {
		panel := synthetic.NewPanel(100, 6+2*uint64(i))
		panel.Shift = shift
		release, exact := publishNamed(t, "c2m2", panel, 2+106*uint64(i))
		var shares within
		for i, p := range release.Cohorts[0].Profiles {
			if strings.HasSuffix(p.ID, "-MIL1") && p.Share.Status != publication.Published {
				t.Errorf("%v: %s is not shown", shift, p.ID)
			}
			shares.add(p.Share, exact.Profiles[i], 4)
		}
		for _, rungs := range release.Instrument.Ladders() {
			for i, p := range rungs[1:] {
				below, above := release.Cohorts[0].Profiles[rungs[i]].Share, release.Cohorts[0].Profiles[p].Share
				if below.Status == publication.Published && above.Status == publication.Published && above.Value > below.Value {
					t.Errorf("%v: more companies meet %s than the level below it", shift, release.Instrument.Profiles[p].ID)
				}
			}
		}
		if len(release.Instrument.Ladders()) != 10 {
			t.Errorf("%d ladders", len(release.Instrument.Ladders()))
		}
		if shares.held != shares.published {
			t.Errorf("%v: %d of %d shares are near the exact ones", shift, shares.held, shares.published)
		}
	}
}
