package certificate_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"maturitybench/benchmark"
	"maturitybench/benchmark/certificate"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/synthetic"
	"maturitybench/privacy"
	"maturitybench/privacy/privacytest"
)

// journal is a place in a journal.
var journal = "12:" + strings.Repeat("3f", 32)

func industry(t *testing.T) *instrument.Instrument {
	t.Helper()
	in, err := instrument.New(fixture.Industry())
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func spec(roster privacy.Roster, expected int) benchmark.PlanSpec {
	s := benchmark.PlanSpec{Wave: "2026", Account: "jsp", Roster: roster, Epsilon: 4, Delta: 1e-6, ExpectedCompanies: expected}
	for _, a := range fixture.Industry().Attributes {
		s.Cohorts = append(s.Cohorts, a.ID)
	}
	return s
}

// made are the certificates of [published]: several tests look at the same ones.
var made = map[string]struct {
	certificate *certificate.Certificate
	keeper      *fixture.Keeper
}{}

// published makes the full certificate of a synthetic panel with test noise, and a copy of it
// for every test.
func published(t *testing.T, s benchmark.PlanSpec, companies int, seed uint64) (*certificate.Certificate, *fixture.Keeper) {
	t.Helper()
	key := fmt.Sprintf("%+v %d %d", s, companies, seed)
	of, found := made[key]
	if !found {
		of.certificate, of.keeper = publishedOf(t, industry(t), s, companies, seed)
		made[key] = of
	}
	c := *of.certificate
	c.Mechanisms, c.Groups = slices.Clone(c.Mechanisms), slices.Clone(c.Groups)
	return &c, of.keeper
}

// publishedOf is published for an instrument.
func publishedOf(t *testing.T, in *instrument.Instrument, s benchmark.PlanSpec, companies int, seed uint64) (*certificate.Certificate, *fixture.Keeper) {
	t.Helper()
	ctx := privacytest.At(t, time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
	plan, err := benchmark.NewPlan(in, s)
	if err != nil {
		t.Fatal(err)
	}
	data, err := responses.NewDataset(ctx, in, synthetic.NewPanel(companies, seed).Responses(in))
	if err != nil {
		t.Fatal(err)
	}
	k := &fixture.Keeper{Ledger: privacytest.NewLedger(t, seed)}
	account := privacy.Account{ID: s.Account, Unit: "company", Roster: s.Roster, Epsilon: 20, Delta: 1e-5, Window: "3y"}
	if err := k.OpenAccount(ctx, account); err != nil {
		t.Fatal(err)
	}
	if _, err := benchmark.Publish(ctx, k, plan, data); err != nil {
		t.Fatal(err)
	}
	c, err := certificate.Make(k.Plan, k.Record, journal)
	if err != nil {
		t.Fatal(err)
	}
	if hash, err := certificate.PlanHash(plan); err != nil || hash != c.PlanHash {
		t.Fatalf("announced %s, %v, certified %s", hash, err, c.PlanHash)
	}
	return c, k
}

// kinds are plans of every kind, with the companies that answer.
var kinds = map[string]struct {
	spec      benchmark.PlanSpec
	companies int
}{
	"secret":        {spec(privacy.SecretRoster, 300), 300},
	"public":        {spec(privacy.PublicRoster, 100), 100},
	"secret small":  {spec(privacy.SecretRoster, 30), 60},
	"public small":  {spec(privacy.PublicRoster, 30), 30},
	"counted":       {spec(privacy.CountedRoster, 100), 100},
	"counted small": {spec(privacy.CountedRoster, 30), 30},
	"few":           {spec(privacy.PublicRoster, 100), 14},
}

func sum(text string) string {
	s := sha256.Sum256([]byte(text))
	return hex.EncodeToString(s[:])
}
