package benchmark_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/synthetic"
	"maturitybench/privacy"
	"maturitybench/privacy/privacytest"
)

// publishing is a plan, data and an account that fit together.
type publishing struct {
	in      *instrument.Instrument
	spec    benchmark.PlanSpec
	panel   synthetic.Panel
	account privacy.Account
}

// withoutPercentiles is what most publications of tests ask for: percentiles take half of the
// time of an estimate, and follow from the same sums.
var withoutPercentiles = []string{"scores", "questions", "shares"}

// newPublication publishes the built-in instrument.
func newPublication(roster privacy.Roster) publishing {
	return publishing{
		in: instrument.JSP(),
		spec: benchmark.PlanSpec{
			Wave: "2026", Account: "jsp", Roster: roster, Epsilon: 4, Delta: 1e-6,
			ExpectedCompanies: 100, Cohorts: []string{"size"},
			Statistics: withoutPercentiles,
		},
		panel:   synthetic.NewPanel(100, 1),
		account: privacy.Account{ID: "jsp", Unit: "company", Roster: roster, Epsilon: 8, Delta: 1e-5, Window: "3y"},
	}
}

func (p publishing) publish(t *testing.T, ledger privacy.Ledger) (*publication.Release, error) {
	t.Helper()
	if err := ledger.OpenAccount(t.Context(), p.account); err != nil {
		t.Fatal(err)
	}
	data, err := responses.NewDataset(t.Context(), p.in, p.panel.Responses(p.in))
	if err != nil {
		t.Fatal(err)
	}
	return benchmark.Publish(t.Context(), ledger, p.plan(t), data)
}

// plans are those that publications have compiled, which takes as long as a tenth of a release.
var plans sync.Map

// compiled is a plan and what it was compiled of; the instrument stays where it is as long
// as its plan is kept.
type compiled struct {
	plan *benchmark.Plan
	in   *instrument.Instrument
	spec benchmark.PlanSpec
}

// plan is the publication's plan, compiled once for all tests.
func (p publishing) plan(tb testing.TB) *benchmark.Plan {
	tb.Helper()
	key := fmt.Sprintf("%p %+v", p.in, p.spec)
	if known, ok := plans.Load(key); ok {
		return known.(compiled).plan
	}
	plan, err := benchmark.NewPlan(p.in, p.spec)
	if err != nil {
		tb.Fatal(err)
	}
	plans.Store(key, compiled{plan, p.in, p.spec})
	return plan
}

func TestPublishTwiceIsOnce(t *testing.T) {
	for _, roster := range []privacy.Roster{privacy.SecretRoster, privacy.PublicRoster, privacy.CountedRoster} {
		ledger, p := privacy.NewMemoryLedger(), newPublication(roster)
		first, err := p.publish(t, ledger)
		if err != nil {
			t.Fatal(err)
		}
		again, err := p.publish(t, ledger)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first.Bytes(), again.Bytes()) {
			t.Errorf("%s: the second publication has other bytes", roster)
		}
		// A revision is published anew, with fresh noise.
		p.spec.Revision = 2
		revised, err := p.publish(t, ledger)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Equal(first.Bytes(), revised.Bytes()) || revised.ID == first.ID {
			t.Errorf("%s: a revision is the old release", roster)
		}
	}
}

func TestPublishRefuses(t *testing.T) {
	tests := []struct {
		name   string
		change func(*publishing)
		want   error
	}{
		{"other data", func(p *publishing) { p.panel.Seed++ }, privacy.ErrChanged},
		{"one company less", func(p *publishing) { p.panel.Companies-- }, privacy.ErrChanged},
		{"another plan", func(p *publishing) { p.spec.Cohorts = nil }, privacy.ErrChanged},
		{"another ε", func(p *publishing) { p.spec.Epsilon = 3 }, privacy.ErrChanged},
		// ε = 4 with μ = 0.834; μ² adds, and two more waves at ε = 6 do not fit into 8.
		{"beyond the budget", func(p *publishing) { p.spec.Wave, p.spec.Epsilon, p.spec.Reason = "2027", 8, "a test" }, privacy.ErrBudgetExceeded},
		{"known data as another wave", func(p *publishing) { p.spec.Wave = "2027" }, privacy.ErrRepeatedData},
		{"known data under another account", func(p *publishing) { p.account.ID, p.spec.Account = "other", "other" }, privacy.ErrForeignData},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ledger, p := privacy.NewMemoryLedger(), newPublication(privacy.SecretRoster)
			first, err := p.publish(t, ledger)
			if err != nil {
				t.Fatal(err)
			}
			changed := p
			tt.change(&changed)
			if _, err := changed.publish(t, ledger); !errors.Is(err, tt.want) {
				t.Errorf("got %v, expected %v", err, tt.want)
			}
			// The refusal changed nothing.
			again, err := p.publish(t, ledger)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(first.Bytes(), again.Bytes()) {
				t.Error("the first release is not what it was")
			}
		})
	}
}

func TestPublishRefusesAnotherInstrument(t *testing.T) {
	p := newPublication(privacy.SecretRoster)
	plan, err := benchmark.NewPlan(p.in, p.spec)
	if err != nil {
		t.Fatal(err)
	}
	spec := p.in.Spec()
	spec.Domains[0].Questions[0].Text = "Another practice"
	other, err := instrument.New(spec)
	if err != nil {
		t.Fatal(err)
	}
	data, err := responses.NewDataset(t.Context(), other, p.panel.Responses(other))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := benchmark.Publish(t.Context(), privacy.NewMemoryLedger(), plan, data); !errors.Is(err, benchmark.ErrInstrument) {
		t.Errorf("got %v, expected ErrInstrument", err)
	}
}

// TestPublishInterrupted cancels before the measurement: nothing is charged,
// and the next attempt publishes.
func TestPublishInterrupted(t *testing.T) {
	ledger, p := privacy.NewMemoryLedger(), newPublication(privacy.SecretRoster)
	if err := ledger.OpenAccount(t.Context(), p.account); err != nil {
		t.Fatal(err)
	}
	plan, err := benchmark.NewPlan(p.in, p.spec)
	if err != nil {
		t.Fatal(err)
	}
	data, err := responses.NewDataset(t.Context(), p.in, p.panel.Responses(p.in))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := benchmark.Publish(ctx, ledger, plan, data); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, expected context.Canceled", err)
	}
	p.spec.Epsilon = 3 // another plan: possible only if nothing was stored
	if _, err := p.publish(t, ledger); err != nil {
		t.Error(err)
	}
}

// TestSeededNoiseIsLabelled publishes through a test ledger: the same bytes
// for the same seed, labelled so that nobody takes them for private.
func TestSeededNoiseIsLabelled(t *testing.T) {
	p := newPublication(privacy.SecretRoster)
	var releases [2]*publication.Release
	for i := range releases {
		var err error
		if releases[i], err = p.publish(t, privacytest.NewLedger(t, 7)); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(releases[0].Bytes(), releases[1].Bytes()) {
		t.Error("the same seed gives other bytes")
	}
	if releases[0].Privacy.Noise != publication.TestNoise {
		t.Errorf("noise is labelled %q, expected %q", releases[0].Privacy.Noise, publication.TestNoise)
	}
}

// TestPriorReleaseIsVerified plans the second wave with the first as its
// prior: a release that the ledger stored is named as such, any other one is
// external.
func TestPriorReleaseIsVerified(t *testing.T) {
	ledger, p := privacy.NewMemoryLedger(), newPublication(privacy.SecretRoster)
	p.spec.Epsilon = 2
	first, err := p.publish(t, ledger)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "first.json")
	if err := os.WriteFile(path, first.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	p.spec.Wave, p.spec.Prior, p.panel.Seed = "2027", &benchmark.Prior{Release: path}, 2
	for ledger, external := range map[privacy.Ledger]bool{ledger: false, privacy.NewMemoryLedger(): true, noArchive{privacy.NewMemoryLedger()}: true} {
		second, err := p.publish(t, ledger)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(second.Privacy.Statement.Bias, "external, unverified"); got != external {
			t.Errorf("statement says external: %v, expected %v", got, external)
		}
	}
}

// A second revision that the ledger stored is no more external than a first one.
func TestPriorRevisionIsVerified(t *testing.T) {
	ledger, p := privacy.NewMemoryLedger(), newPublication(privacy.SecretRoster)
	p.spec.Epsilon, p.spec.Revision = 2, 2
	revised, err := p.publish(t, ledger)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "revised.json")
	if err := os.WriteFile(path, revised.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	p.spec.Wave, p.spec.Revision, p.spec.Prior, p.panel.Seed = "2027", 1, &benchmark.Prior{Release: path}, 2
	next, err := p.publish(t, ledger)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(next.Privacy.Statement.Bias, "external, unverified") {
		t.Error("a revision that the ledger stored is called external")
	}
}

// noArchive is a ledger that cannot tell what it stored.
type noArchive struct{ privacy.Ledger }
