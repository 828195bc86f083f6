package main

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"maturitybench/benchmark"
	"maturitybench/privacy"
)

// Before its first question the form says who asks, what is published, what is not,
// how long answers live, and what ε means, as the plan has it.
func TestConsent(t *testing.T) {
	for roster, says := range map[privacy.Roster][]string{
		privacy.SecretRoster:  {"Whether you took part is protected", "if you had not taken part"},
		privacy.PublicRoster:  {"is treated as known and not protected", "if you had left every question open"},
		privacy.CountedRoster: {"is published as it is", "another company of your kind"},
	} {
		b := newBench(t, func(c *config) {
			spec := c.plan.Spec()
			spec.Roster, spec.Epsilon, spec.ExpectedCompanies = roster, 2, 40
			plan, err := benchmark.NewPlan(c.instrument, spec)
			if err != nil {
				t.Fatal(err)
			}
			c.plan = plan
		})
		form, _, found := strings.Cut(b.want(200, "GET", b.enrol("Acme"), "").Body.String(), "<fieldset>")
		says = append(says, "The tests, tests@survey.example", "by Size", "the raw answers", "1 March 2099", "ε = 2 ", "8 times", "δ = 1e-06", `href="withdraw"`) // e² = 7.4
		for _, said := range says {
			if !found || !strings.Contains(form, said) {
				t.Errorf("roster %s: the form does not say %q before its first question", roster, said)
			}
		}
	}
}

// On the day that members were told, raw answers, companies and links are in no file
// of the database, and neither is a draft; and what was published stays.
func TestPurgeOnItsDay(t *testing.T) {
	const company, answers = "Canary Devices GmbH", `"scores":{"q1":2,"q2":1,"q3":0}`
	b := newBench(t, func(c *config) { c.drafts = true })
	b.panel(40)
	own := b.enrol(company)
	b.want(204, "POST", own, `{`+answers+`}`, asJSON)
	b.want(204, "POST", at(own, "draft"), "q1=2", asForm)
	secret := hash(strings.Split(own, "/")[2])
	var sealed []byte
	b.must(b.server.store.db.QueryRow(`select sealed from drafts where length(sealed) > 0`).Scan(&sealed))
	canaries := [][]byte{[]byte(company), []byte(answers), secret[:], sealed, []byte("panel 17")}
	held := func() (n int) {
		files := b.files()
		for _, canary := range canaries {
			if bytes.Contains(files, canary) {
				n++
			}
		}
		return n
	}
	b.must(b.server.purgeDue(t.Context(), b.server.purgeOn.Add(-time.Second)))
	if n := held(); n != len(canaries) {
		t.Fatalf("%d of %d are in the files before the purge", n, len(canaries))
	}
	b.organise(204, "close", "")
	b.organise(200, "publish", "")
	b.must(b.server.purgeDue(t.Context(), b.server.purgeOn))
	if n := held(); n != 0 {
		t.Errorf("%d of %d are in the files after the purge", n, len(canaries))
	}
	b.want(404, "GET", own, "")
	b.want(200, "GET", "/releases/2026/release.json", "")
}

// An open wave that was never published is closed by the purge: nothing comes in
// after the day.
func TestPurgeOfAnOpenWave(t *testing.T) {
	b := newBench(t)
	b.want(204, "POST", b.enrol("Acme"), `{"scores": {"q1": 2}}`, asJSON)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	b.server.purgeOn = time.Now()
	go func() { b.server.purgeWhenDue(ctx); close(done) }()
	for !strings.Contains(b.log.String(), "purged on its day") {
		time.Sleep(time.Millisecond)
	}
	cancel()
	<-done
	if n := b.count(); n != 0 {
		t.Errorf("%d sheets are left", n)
	}
	b.want(409, "POST", b.enrol("Bolt"), `{"scores": {"q1": 2}}`, asJSON)
}
