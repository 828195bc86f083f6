package benchmark_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/synthetic"
	"maturitybench/privacy"
	"maturitybench/privacy/privacytest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// counter is a journal in memory.
type counter struct {
	noted []string
	err   error
}

func (c *counter) RecordReestimate(_ context.Context, account, wave string, revision int, estimator string) (int, error) {
	c.noted = append(c.noted, fmt.Sprint(account, wave, revision, estimator))
	return len(c.noted), c.err
}

// publishOnce publishes a synthetic panel with test noise.
func publishOnce(t *testing.T, in *instrument.Instrument, spec benchmark.PlanSpec, companies int, seed uint64) (*fixture.Keeper, *publication.Release) {
	t.Helper()
	return publishPanel(t, in, spec, synthetic.NewPanel(companies, seed), seed)
}

// publishPanel publishes a panel with test noise of a seed.
func publishPanel(t *testing.T, in *instrument.Instrument, spec benchmark.PlanSpec, panel synthetic.Panel, seed uint64) (*fixture.Keeper, *publication.Release) {
	t.Helper()
	ctx := privacytest.At(t, time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
	plan, err := benchmark.NewPlan(in, spec)
	if err != nil {
		t.Fatal(err)
	}
	data, err := responses.NewDataset(ctx, in, panel.Responses(in))
	if err != nil {
		t.Fatal(err)
	}
	k := &fixture.Keeper{Ledger: privacytest.NewLedger(t, seed)}
	account := privacy.Account{ID: spec.Account, Unit: "company", Roster: spec.Roster, Epsilon: 20, Delta: 1e-5, Window: "3y"}
	if err := k.OpenAccount(ctx, account); err != nil {
		t.Fatal(err)
	}
	release, err := benchmark.Publish(ctx, k, plan, data)
	if err != nil {
		t.Fatal(err)
	}
	return k, release
}

func jspWave(wave string, companies int) benchmark.PlanSpec {
	return benchmark.PlanSpec{
		Wave: wave, Account: "jsp", Roster: privacy.SecretRoster, Epsilon: 4, Delta: 1e-6,
		ExpectedCompanies: companies, Cohorts: []string{"size"},
	}
}

// The same estimator gives the same numbers, under a label and an id of its own.
func TestReestimateRepeats(t *testing.T) {
	t.Parallel()
	earlier := filepath.Join(t.TempDir(), "last.json")
	_, last := publishOnce(t, instrument.JSP(), jspWave("2025", 100), 100, 1)
	inEarnest := bytes.Replace(last.Bytes(), []byte(`"noise": "test"`), []byte(`"noise": "secure"`), 1)
	if err := os.WriteFile(earlier, inEarnest, 0o600); err != nil {
		t.Fatal(err)
	}
	public := jspWave("2026", 100)
	public.Roster = privacy.PublicRoster
	prior := jspWave("2026", 100)
	prior.Prior = &benchmark.Prior{Release: earlier}
	figure := jspWave("2026", 100)
	figure.Prior = &benchmark.Prior{Level: 1.4, Spread: 0.5}
	for name, tt := range map[string]struct {
		in        *instrument.Instrument
		spec      benchmark.PlanSpec
		companies int
	}{
		"secret":         {instrument.JSP(), jspWave("2026", 100), 100},
		"public":         {instrument.JSP(), public, 100},
		"earlier figure": {instrument.JSP(), figure, 100},
		"earlier wave":   {instrument.JSP(), prior, 100},
		"profiles":       {fixture.Profiled(), jspWave("2026", 100), 100},
		"small":          {instrument.JSP(), jspWave("2026", 30), 30},
		"too small":      {instrument.JSP(), jspWave("2026", 30), 7},
	} {
		if testing.Short() && tt.companies == 100 && name != "secret" {
			continue // whole publications, too
		}
		t.Run(name, func(t *testing.T) {
			k, published := publishOnce(t, tt.in, tt.spec, tt.companies, 2)
			journal := &counter{noted: []string{"once before"}}
			again, err := benchmark.Reestimate(context.Background(), journal, k.Plan, k.Record)
			if err != nil {
				t.Fatal(err)
			}
			want := &publication.Reestimated{From: published.ID, Estimator: benchmark.Estimator, Count: 2}
			if diff := cmp.Diff(want, again.Reestimated); diff != "" {
				t.Error(diff)
			}
			if again.ID == published.ID {
				t.Error("the id is that of the published release")
			}
			if want := fmt.Sprint("jsp", "2026", 1, benchmark.Estimator); journal.noted[1] != want {
				t.Errorf("noted %q", journal.noted)
			}
			parsed, err := publication.Parse(again.Bytes())
			if err != nil {
				t.Fatal(err)
			}
			parsed.ID, parsed.Reestimated = published.ID, nil
			if diff := cmp.Diff(published, parsed, cmpopts.IgnoreUnexported(publication.Release{}), cmpopts.EquateNaNs()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What was suppressed stays so, whatever sizes are estimated now.
func TestReestimateKeepsSuppression(t *testing.T) {
	k, published := publishOnce(t, instrument.JSP(), jspWave("2026", 300), 300, 3)
	for g := range published.Cohorts {
		if c := &published.Cohorts[g]; strings.HasPrefix(c.ID, "size=") {
			*c = publication.Cohort{ID: c.ID, Status: publication.Suppressed}
		}
	}
	var err error
	if k.Record.Release, err = json.Marshal(published); err != nil {
		t.Fatal(err)
	}
	again, err := benchmark.Reestimate(context.Background(), &counter{}, k.Plan, k.Record)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range again.Cohorts {
		if (c.Status == publication.Suppressed) != strings.HasPrefix(c.ID, "size=") {
			t.Errorf("%s is %s", c.ID, c.Status)
		}
	}
}

func TestReestimateRefuses(t *testing.T) {
	spec := jspWave("2026", 100)
	spec.Statistics = withoutPercentiles
	k, _ := publishOnce(t, instrument.JSP(), spec, 100, 4)
	errJournal := errors.New("disk full")
	replaced := func(data []byte, old, text string) []byte {
		if !bytes.Contains(data, []byte(old)) {
			t.Fatalf("%q is not there", old)
		}
		return bytes.Replace(data, []byte(old), []byte(text), 1)
	}
	again, err := benchmark.Reestimate(context.Background(), &counter{}, k.Plan, k.Record)
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		plan, measurement, release []byte
		journal                    *counter
		want                       error
	}{
		"another plan":            {plan: replaced(k.Plan, `"epsilon":4`, `"epsilon":3`)},
		"no plan":                 {plan: []byte("{}")},
		"two plans":               {plan: append(bytes.Clone(k.Plan), k.Plan...)},
		"another encoding":        {measurement: replaced(k.Record.Measurement, `"encoding":"`, `"encoding":"0`), want: benchmark.ErrEncoding},
		"another kind":            {measurement: replaced(k.Record.Measurement, `measurement/1`, `measurement/2`)},
		"cohorts missing":         {measurement: replaced(k.Record.Measurement, `"kept":[true,`, `"kept":[`)},
		"pilot cut":               {measurement: replaced(k.Record.Measurement, `"pilot":[`, `"pilot":[],"small":[`)},
		"a re-estimate again":     {release: again.Bytes()},
		"no release":              {release: []byte("{}")},
		"the journal is not open": {journal: &counter{err: errJournal}, want: errJournal},
	} {
		plan, record, journal := k.Plan, k.Record, &counter{}
		if tt.plan != nil {
			plan = tt.plan
		}
		if tt.measurement != nil {
			record.Measurement = tt.measurement
		}
		if tt.release != nil {
			record.Release = tt.release
		}
		if tt.journal != nil {
			journal = tt.journal
		}
		r, err := benchmark.Reestimate(context.Background(), journal, plan, record)
		if err == nil || r != nil || tt.want != nil && !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, %v", name, r != nil, err)
		}
		if tt.journal == nil && len(journal.noted) > 0 {
			t.Errorf("%s: refused and noted", name)
		}
	}
}

// A ledger hands back what it stored; the measurement is read again with the
// estimator of this version.
func ExampleReestimate() {
	ctx := context.Background()
	in := instrument.JSP()
	plan, err := benchmark.NewPlan(in, jspWave("2026", 300))
	if err != nil {
		log.Fatal(err)
	}
	data, err := responses.NewDataset(ctx, in, synthetic.NewPanel(300, 1).Responses(in))
	if err != nil {
		log.Fatal(err)
	}
	ledger := &fixture.Keeper{Ledger: privacy.NewMemoryLedger()} // privacy/ledger keeps all of it
	account := privacy.Account{ID: "jsp", Unit: "company", Roster: privacy.SecretRoster, Epsilon: 8, Delta: 1e-5, Window: "3y"}
	if err := ledger.OpenAccount(ctx, account); err != nil {
		log.Fatal(err)
	}
	release, err := benchmark.Publish(ctx, ledger, plan, data)
	if err != nil {
		log.Fatal(err)
	}

	again, err := benchmark.Reestimate(ctx, &counter{}, ledger.Plan, ledger.Record)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("re-estimate number", again.Reestimated.Count, "of the published release:", again.Reestimated.From == release.ID)
	// Output: re-estimate number 1 of the published release: true
}
