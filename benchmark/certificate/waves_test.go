package certificate_test

import (
	"strings"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/certificate"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/synthetic"
	"maturitybench/privacy"
	"maturitybench/privacy/privacytest"
)

// A certificate of a wave that leans on earlier ones is verified without them: full with
// what they tell, public with their names. Neither holds with another wave.
func TestCertificateOfWaves(t *testing.T) {
	if testing.Short() {
		t.Skip("publishes and derives waves")
	}
	ctx, in := t.Context(), industry(t)
	ledger := privacytest.NewLedger(t, 5)
	account := privacy.Account{ID: "jsp", Unit: "company", Roster: privacy.PublicRoster, Epsilon: 20, Delta: 1e-5, Window: "3y"}
	if err := ledger.OpenAccount(ctx, account); err != nil {
		t.Fatal(err)
	}
	for i, wave := range []string{"2025", "2026"} {
		s := spec(privacy.PublicRoster, 100)
		s.Wave, s.Prior = wave, &benchmark.Prior{Waves: []string{"all"}}
		plan, err := benchmark.NewPlan(in, s)
		if err != nil {
			t.Fatal(err)
		}
		data, err := responses.NewDataset(ctx, in, synthetic.NewPanel(100, uint64(i)).Responses(in))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := benchmark.Publish(ctx, ledger, plan, data); err != nil {
			t.Fatal(err)
		}
	}
	list, err := ledger.Published(ctx, "jsp")
	if err != nil {
		t.Fatal(err)
	}
	full, err := certificate.Make(list[1].Plan, list[1].Record, journal)
	if err != nil {
		t.Fatal(err)
	}
	public, err := full.Public()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]*certificate.Certificate{"full": full, "public": public} {
		if !strings.Contains(c.Release, `"earlier"`) {
			t.Fatalf("%s: the release names no earlier wave", name)
		}
		if _, err := certificate.Verify(c); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		other := *c
		other.Release = strings.Replace(c.Release, `"wave": "2025"`, `"wave": "2024"`, 1)
		other.ReleaseHash = sum(other.Release)
		if _, err := certificate.Verify(&other); other.Release == c.Release || err == nil {
			t.Errorf("%s: the certificate holds with another earlier wave", name)
		}
	}
}
