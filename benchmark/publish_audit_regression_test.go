package benchmark

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
	"maturitybench/privacy/audit"
)

// The tests below are about what aggregates of Google's module v3.0.0 do wrong
// around suppression, and show that a publication does not.

// TestRegressionACountIsReadByAskingAgain: a count of the module that was found
// to be too small can be asked again, since it returns before its state changes;
// asked with a minimum of 20, 19, 18 and so on, it gives the exact count away
// without noise. A publication in which all is suppressed is one like any
// other: it is charged and final, every draw was made, and nothing lower, nor
// other data, can be asked for in its place.
func TestRegressionACountIsReadByAskingAgain(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	in := fixture.PairInstrument(t)
	for roster, expected := range stages {
		plan := func(k int, wave string) *Plan {
			return auditPlan(t, in, roster, expected, func(s *PlanSpec) { s.MinCompanies, s.Wave = k, wave })
		}
		ledger, rows := openLedger(t, roster), fixture.Rotating(in, 7)
		data := fixture.PackedPanel(in, rows...)
		first, err := Publish(t.Context(), ledger, plan(10, "w"), data)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range first.Cohorts {
			if c.Status != publication.Suppressed {
				t.Fatalf("%s: cohort %s of seven companies or fewer is shown", roster, c.ID)
			}
		}
		for k := 9; k >= 3; k-- {
			if _, err := Publish(t.Context(), ledger, plan(k, "w"), data); !errors.Is(err, privacy.ErrChanged) {
				t.Errorf("%s: a minimum of %d in its place: %v", roster, k, err)
			}
		}
		if _, err := Publish(t.Context(), ledger, plan(10, "w"), fixture.PackedPanel(in, fixture.Rotating(in, 60)...)); !errors.Is(err, privacy.ErrChanged) {
			t.Errorf("%s: more companies in its place: %v", roster, err)
		}
		again, err := Publish(t.Context(), ledger, plan(10, "w"), data)
		if err != nil || string(again.Bytes()) != string(first.Bytes()) {
			t.Errorf("%s: asked again: %v", roster, err)
		}
		setup := auditSetup(publishRelease, roster)
		few := audit.Record(t.Context(), setup, wavePanel{plan(10, "w"), data}, 1)
		many := audit.Record(t.Context(), setup, wavePanel{plan(10, "w"), fixture.PackedPanel(in, fixture.Rotating(in, 3000)...)}, 1)
		if few.Draws() == 0 || few.Draws() != many.Draws() {
			t.Errorf("%s: %d draws where all is suppressed, %d where it is not", roster, few.Draws(), many.Draws())
		}
	}
	// Where all is suppressed, the budget is spent all the same.
	tight := privacy.NewMemoryLedger()
	account := auditSetup(nil, privacy.SecretRoster).Account
	account.Epsilon = 4
	if err := tight.OpenAccount(t.Context(), account); err != nil {
		t.Fatal(err)
	}
	for wave, want := range []error{nil, privacy.ErrBudgetExceeded} {
		plan := auditPlan(t, in, privacy.SecretRoster, 200, func(s *PlanSpec) { s.Wave, s.Reason = fmt.Sprint("w", wave), "a test" })
		if _, err := Publish(t.Context(), tight, plan, fixture.PackedPanel(in, fixture.Rotating(in, 2)...)); !errors.Is(err, want) {
			t.Errorf("publication %d of an account with room for one: %v", wave+1, err)
		}
	}
}

// TestRegressionAnIntervalIsAskedForAfterSuppression: the module gives a
// confidence interval of a count that it suppressed, around the noisy count
// itself. Here what is suppressed or withheld has no number, whichever way it
// is asked for, and no other interval can be asked for afterwards.
func TestRegressionAnIntervalIsAskedForAfterSuppression(t *testing.T) {
	in := fixture.PairInstrument(t)
	plan := auditPlan(t, in, privacy.PublicRoster, 60, func(s *PlanSpec) { s.MinCompanies = 5 })
	var rows [][]byte
	for i := range 62 {
		rows = append(rows, []byte{byte(1 + i/60), byte(1 + i%3), byte(1 + i%3)})
	}
	ledger, data := openLedger(t, privacy.PublicRoster), fixture.PackedPanel(in, rows...)
	release, err := Publish(t.Context(), ledger, plan, data)
	if err != nil {
		t.Fatal(err)
	}
	standing, err := compare.NewStanding(release, compare.Own{Attributes: map[string]string{"size": "s"}, Scores: map[string]int{in.Spec().Questions()[0].ID: 1}})
	if err != nil {
		t.Fatal(err)
	}
	suppressed := 0
	for _, c := range release.Cohorts {
		if c.Status != publication.Suppressed {
			continue
		}
		suppressed++
		if len(c.Domains)+len(c.Questions)+len(c.Profiles) > 0 || c.Unshrunken != nil || hasNumber(c.Companies) || hasNumber(c.Overall.Mean) {
			t.Errorf("cohort %s is suppressed and has numbers", c.ID)
		}
		if text, err := json.Marshal(c); err != nil || string(text) != `{"id":"`+c.ID+`","status":"suppressed"}` {
			t.Errorf("cohort %s is %s, %v", c.ID, text, err)
		}
	}
	if suppressed != 2 {
		t.Fatalf("%d cohorts are suppressed, want size=l with two companies and its sibling", suppressed)
	}
	if s := standing.Cohorts[1]; s.Status != publication.Suppressed || hasNumber(s.Companies) || hasNumber(s.Overall.Mean) || len(s.Domains)+len(s.Questions)+len(s.Ahead) > 0 {
		t.Errorf("a comparison with a suppressed cohort has numbers: %+v", s)
	}
	cells := 0
	for cell := range release.Cells() {
		if cell.Status != publication.Published && hasNumber(cell.Estimate) {
			t.Errorf("cell %+v has a number", cell)
		}
		if strings.HasPrefix(cell.Cohort, "size=") {
			cells++
		}
	}
	if cells != 2 {
		t.Errorf("two suppressed cohorts have %d cells", cells)
	}
	wider := auditPlan(t, in, privacy.PublicRoster, 60, func(s *PlanSpec) { s.MinCompanies, s.Confidence = 5, 0.5 })
	if _, err := Publish(t.Context(), ledger, wider, data); !errors.Is(err, privacy.ErrChanged) {
		t.Errorf("another confidence afterwards: %v", err)
	}
}

// hasNumber reports whether an estimate tells anything.
func hasNumber(e publication.Estimate) bool {
	return e.Status == publication.Published || !(math.IsNaN(e.Value) || e.Value == 0) || !(math.IsNaN(e.Low) || e.Low == 0) || !(math.IsNaN(e.High) || e.High == 0) || strings.ContainsAny(e.String(), "0123456789")
}
