package benchmark

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"slices"
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/responses"
	"maturitybench/privacy"
	"maturitybench/privacy/audit"
)

// deep reports whether the deep tier of the audits was asked for: everything
// instead of a sample, within half an hour.
func deep() bool { return os.Getenv("MATURITYBENCH_DEEP") == "1" }

// tier is the size of an audit: normal or deep.
func tier(normal, large int) int {
	if deep() {
		return large
	}
	return normal
}

// wavePanel is what a publisher under audit takes: a plan and data for it.
type wavePanel struct {
	plan *Plan
	data responses.Data
}

// publishRelease publishes and returns the release.
func publishRelease(ctx context.Context, ledger privacy.Ledger, p wavePanel) ([]byte, error) {
	release, err := Publish(ctx, ledger, p.plan, p.data)
	if err != nil {
		return nil, err
	}
	return release.Bytes(), nil
}

// publishMeasurement stops at the noisy numbers, of which a release is made:
// who attacks these has at least what a reader has.
func publishMeasurement(ctx context.Context, ledger privacy.Ledger, p wavePanel) ([]byte, error) {
	record, err := ledger.Publish(ctx, privacy.Entry{
		Account: p.plan.spec.Account, Wave: p.plan.spec.Wave, Revision: p.plan.spec.Revision,
		Roster: p.plan.spec.Roster, Plan: []byte("plan"), Loss: p.plan.charge.loss, Data: privacy.Records(slices.Values(fixture.Records(p.data))),
	}, func(draws *privacy.Draws) (privacy.Record, error) {
		m, _, err := p.plan.measure(ctx, draws, p.plan.rows(fixture.Rows(p.data)))
		if err != nil {
			return privacy.Record{}, err
		}
		data, err := m.encode()
		return privacy.Record{Measurement: data, Release: data}, err
	})
	return record.Release, err
}

// publishZeros is publishMeasurement without noise on totals of zero, which
// somebody may think of as empty.
func publishZeros(ctx context.Context, ledger privacy.Ledger, p wavePanel) ([]byte, error) {
	data, err := publishMeasurement(ctx, ledger, p)
	var m measurement
	if err := errors.Join(err, json.Unmarshal(data, &m)); err != nil {
		return nil, err
	}
	rows, noisy, exact := p.plan.rows(fixture.Rows(p.data)), m.Pilot, []int64(nil)
	switch scheme := p.plan.scheme.(type) {
	case *fullScheme:
		exact = scheme.pilot.Totals(rows)
	case *smallScheme:
		noisy, exact = m.Small, scheme.encoding.Totals(rows)
	}
	for i, v := range exact {
		if v == 0 {
			noisy[i] = 0
		}
	}
	return m.encode()
}

func auditSetup(publish audit.Publisher[wavePanel], roster privacy.Roster) audit.Setup[wavePanel] {
	return audit.Setup[wavePanel]{Publish: publish, Account: privacy.Account{
		ID: "a", Unit: "company", Roster: roster, Epsilon: 50, Delta: 1e-5, Window: "3y",
	}}
}

// auditPlan is a plan at ε = 4 with k = 3; below forty expected companies it
// has the scheme of small panels.
func auditPlan(t testing.TB, in *instrument.Instrument, roster privacy.Roster, expected int, change ...func(*PlanSpec)) *Plan {
	t.Helper()
	spec := PlanSpec{
		Wave: "w", Account: "a", Roster: roster, Epsilon: 4, Delta: 1e-6, MinCompanies: 3, ExpectedCompanies: expected,
	}
	for _, a := range in.Spec().Attributes {
		spec.Cohorts = append(spec.Cohorts, a.ID)
	}
	for _, c := range change {
		c(&spec)
	}
	plan, err := NewPlan(in, spec)
	if err != nil {
		t.Fatal(err)
	}
	if expected >= smallPanel && len(plan.measured) < len(plan.cohorts) {
		t.Fatalf("an audit of %d expected companies measures no cohorts", expected)
	}
	return plan
}

// neighbours compares two neighbouring panels.
func neighbours(t *testing.T, plan *Plan, rows, other [][]byte) error {
	t.Helper()
	return audit.Neighbours(t.Context(), auditSetup(publishRelease, plan.spec.Roster),
		wavePanel{plan, fixture.PackedPanel(plan.in, rows...)}, wavePanel{plan, fixture.PackedPanel(plan.in, other...)}, 9).Err()
}
