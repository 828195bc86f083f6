package benchmark_test

import (
	"context"
	"path/filepath"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/synthetic"
	"maturitybench/privacy"
	"maturitybench/privacy/ledger"
	"maturitybench/privacy/ledger/sqlite"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

var _ benchmark.Journal = (*ledger.Ledger)(nil)

// What the durable ledger keeps is enough to estimate again, and it counts.
func TestReestimateFromLedger(t *testing.T) {
	ctx := context.Background()
	l, err := sqlite.Create(ctx, filepath.Join(t.TempDir(), "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	account := privacy.Account{ID: "jsp", Unit: "company", Roster: privacy.SecretRoster, Epsilon: 8, Delta: 1e-5, Window: "3y"}
	if err := l.OpenAccount(ctx, account); err != nil {
		t.Fatal(err)
	}
	in := fixture.Profiled()
	plan, err := benchmark.NewPlan(in, jspWave("2026", 100))
	if err != nil {
		t.Fatal(err)
	}
	data, err := responses.NewDataset(ctx, in, synthetic.NewPanel(100, 1).Responses(in))
	if err != nil {
		t.Fatal(err)
	}
	published, err := benchmark.Publish(ctx, l, plan, data)
	if err != nil {
		t.Fatal(err)
	}
	stored, err := l.Publication(ctx, "jsp", "2026", 1)
	if err != nil {
		t.Fatal(err)
	}
	again, err := benchmark.Reestimate(ctx, l, stored.Plan, stored.Record)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(published.Cohorts, again.Cohorts, cmpopts.EquateNaNs()); diff != "" {
		t.Error(diff)
	}
	if stored, err = l.Publication(ctx, "jsp", "2026", 1); err != nil || stored.Reestimates != 1 || again.Reestimated.Count != 1 {
		t.Errorf("%d counted, the release says %d (%v)", stored.Reestimates, again.Reestimated.Count, err)
	}
}
