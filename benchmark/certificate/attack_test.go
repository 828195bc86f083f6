package certificate_test

import (
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/certificate"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
)

// suppressing are plans and panels whose release suppresses measured cohorts, by roster.
var suppressing = map[privacy.Roster]int{privacy.SecretRoster: 60, privacy.CountedRoster: 14, privacy.PublicRoster: 14}

// hidden is a full certificate whose release suppresses measured cohorts, and its public
// one.
func hidden(t *testing.T, roster privacy.Roster) (full, public *certificate.Certificate, release *publication.Release) {
	t.Helper()
	full, k := published(t, spec(roster, 100), suppressing[roster], 3)
	release, err := publication.Parse(k.Record.Release)
	if err != nil {
		t.Fatal(err)
	}
	suppressed := func(c publication.Cohort) bool { return c.Status == publication.Suppressed }
	if !slices.ContainsFunc(release.Cohorts, suppressed) || suppressed(release.Cohorts[0]) {
		t.Fatal("the panel suppresses no cohort, or all of them")
	}
	if public, err = full.Public(); err != nil {
		t.Fatal(err)
	}
	return full, public, release
}

// An attacker cannot read a suppressed cohort from the public certificate: all of it
// but the commitments is what anybody makes of plan and release, which say nothing of
// it beyond the release itself.
func TestPublicFollowsFromRelease(t *testing.T) {
	if testing.Short() {
		t.Skip("attacks many releases")
	}
	for roster := range suppressing {
		_, public, release := hidden(t, roster)
		facts, err := benchmark.Derive([]byte(public.Plan), nil, release)
		if err != nil {
			t.Fatal(err)
		}
		plan := privacy.PlanDigest([]byte(public.Plan))
		made := certificate.Certificate{
			Format: certificate.Format, Kind: certificate.Public, Estimator: benchmark.Estimator,
			Account: release.Account, Wave: release.Wave, Revision: release.Revision, Roster: release.Privacy.Roster,
			Plan: public.Plan, PlanHash: hex.EncodeToString(plan[:]), Release: string(release.Bytes()), ReleaseHash: sum(string(release.Bytes())),
			Mechanisms: facts.Mechanisms, Epsilon: release.Privacy.Epsilon, Delta: release.Privacy.Delta, Between: release.Privacy.Between,
			Groups:     []certificate.Group{},
			Commitment: public.Commitment, JournalCommitment: public.JournalCommitment,
		}
		for _, g := range release.Privacy.Groups {
			made.Groups = append(made.Groups, certificate.Group(g))
		}
		want, err := made.Encode()
		if err != nil {
			t.Fatal(err)
		}
		got, err := public.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(want) {
			t.Errorf("%s roster: the public certificate has more in it than plan and release:\n%s", roster, got)
		}
	}
}

// An attacker who knows everything but the size of one suppressed cohort, or whether one
// attempt more was refused, cannot find it by trying what it may be against the
// commitments: they are salted with what is in no public text.
func TestCommitmentsHide(t *testing.T) {
	if testing.Short() {
		t.Skip("attacks many releases")
	}
	for roster := range suppressing {
		full, public, _ := hidden(t, roster)
		// What the attacker takes for the salt: none, a usual one, any text of the
		// certificate, and that in other notations.
		salts := []string{"", strings.Repeat("\x00", 32)}
		text, err := public.Encode()
		if err != nil {
			t.Fatal(err)
		}
		var members map[string]any
		if err := json.Unmarshal(text, &members); err != nil {
			t.Fatal(err)
		}
		for _, m := range members {
			if m, ok := m.(string); ok {
				random, _ := hex.DecodeString(m)
				digest, _ := hex.DecodeString(sum(m))
				salts = append(salts, m, string(random), string(digest))
			}
		}
		for _, salt := range salts {
			for _, guess := range guesses(t, full.Measurement) {
				if sum(salt+guess) == public.Commitment {
					t.Errorf("%s roster: the commitment tells the noisy numbers", roster)
				}
			}
			if sum(salt+full.Journal) == public.JournalCommitment {
				t.Errorf("%s roster: the commitment tells the place in the journal", roster)
			}
		}
		if full.Salt == full.JournalSalt {
			t.Errorf("%s roster: who is shown the journal's salt knows the other one", roster)
		}
		again, err := certificate.Make([]byte(full.Plan), privacy.Record{Measurement: []byte(full.Measurement), Release: []byte(full.Release)}, full.Journal)
		if err != nil {
			t.Fatal(err)
		}
		if again.Commitment == full.Commitment || again.JournalCommitment == full.JournalCommitment {
			t.Errorf("%s roster: the salt is the same twice: equal numbers can be recognised", roster)
		}
	}
}

// guesses are a measurement with what the attacker tries for the size of a suppressed
// cohort, and whether it was kept. The truth is among them.
func guesses(t *testing.T, measurement string) []string {
	t.Helper()
	var m map[string]json.RawMessage
	if err := json.Unmarshal([]byte(measurement), &m); err != nil {
		t.Fatal(err)
	}
	list := []string{measurement}
	var sizes []int
	if m["exact"] != nil {
		if err := json.Unmarshal(m["exact"], &sizes); err != nil {
			t.Fatal(err)
		}
	}
	for g := range sizes {
		for guess := range 20 {
			tried := slices.Clone(sizes)
			tried[g] = guess
			text, _ := json.Marshal(tried)
			list = append(list, strings.Replace(measurement, `"exact":`+string(m["exact"]), `"exact":`+string(text), 1))
		}
	}
	return list
}

// A public certificate that gives suppressed cohorts or refused attempts away does not
// verify, whoever made it.
func TestLeaksDoNotVerify(t *testing.T) {
	if testing.Short() {
		t.Skip("attacks many releases")
	}
	for roster := range suppressing {
		full, public, _ := hidden(t, roster)
		for name, leak := range map[string]func(*certificate.Certificate){
			"numbers": func(c *certificate.Certificate) { c.Measurement, c.Salt = full.Measurement, full.Salt },
			"salt":    func(c *certificate.Certificate) { c.Salt = full.Salt },
			"journal": func(c *certificate.Certificate) { c.Journal, c.JournalSalt = full.Journal, full.JournalSalt },
			"its salt": func(c *certificate.Certificate) {
				c.JournalSalt = full.JournalSalt
			},
		} {
			leaky := *public
			leak(&leaky)
			if _, err := certificate.Verify(&leaky); err == nil {
				t.Errorf("%s roster: a public certificate with the %s was accepted", roster, name)
			}
		}
		if _, err := certificate.Verify(public); err != nil {
			t.Error(err)
		}
	}
}
