package benchmark

import (
	"context"
	"fmt"
	"testing"
	"time"

	"maturitybench/benchmark/internal/model"
	"maturitybench/privacy"
	"maturitybench/privacy/privacytest"
)

func TestE2E(t *testing.T) {
	in := JSP()
	spec := PlanSpec{Wave: "2026", Account: "jsp", Roster: privacy.SecretRoster, Epsilon: 4, Delta: 1e-6, ExpectedCompanies: 300, Cohorts: []string{"size", "kind", "region"}, Prior: &Prior{Level: 1.5, Spread: .5}}
	t0 := time.Now()
	plan, err := NewPlan(in, spec)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println("plan", time.Since(t0), plan.budget, plan.threshold.Tau(), plan.threshold.Sigma())
	center := model.Center{Level: 1.5, Companies: 300, ScoreVariance: .7, LogNormSpread: .2}
	data := &Dataset{}
	_ = center
	_ = data
	l := privacytest.NewLedger(t, 7)
	if err := l.OpenAccount(context.Background(), privacy.Account{ID: "jsp", Unit: "company", Roster: privacy.SecretRoster, Epsilon: 8, Delta: 1e-5, Waves: 5}); err != nil {
		t.Fatal(err)
	}
	t0 = time.Now()
	f, err := plan.Forecast(300)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println(time.Since(t0))
	for _, c := range f.Cohorts {
		fmt.Printf("%+v\n", c)
	}
}
