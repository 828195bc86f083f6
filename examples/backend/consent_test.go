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
		form, _, found := strings.Cut(b.want(200, "GET", b.enrol("Acme"), "").Body.String(), "<fieldset")
		says = append(says, "The tests, tests@survey.example", "by Size", "the raw answers", "1 March 2099", "ε = 2 ", "8 times", "δ = 0.000001", `href="withdraw"`) // e² = 7.4
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
	b.must(b.server.keepDate(t.Context(), b.server.purgeOn.Add(-time.Second)))
	if n := held(); n != len(canaries) {
		t.Fatalf("%d of %d are in the files before the purge", n, len(canaries))
	}
	b.organise(204, "close", "")
	b.organise(200, "publish", "")
	b.must(b.server.keepDate(t.Context(), b.server.purgeOn))
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
	b.edit(`update purges set day = '2020-01-01'`)
	go func() { b.server.keepDates(ctx); close(done) }()
	for b.count() != 0 {
		time.Sleep(time.Millisecond)
	}
	cancel()
	<-done
	if log := b.log.String(); !strings.Contains(log, "purged on its day") {
		t.Errorf("the log is %s", log)
	}
	b.want(409, "POST", b.enrol("Bolt"), `{"scores": {"q1": 2}}`, asJSON)
}

// The wave closes on the day that members were told, before which it takes answers; and
// earlier waves, which another plan served, are purged on theirs.
func TestDates(t *testing.T) {
	day := time.Date(2027, 1, 31, 0, 0, 0, 0, time.UTC)
	b := newBench(t, func(c *config) { c.closeOn = day })
	own := b.enrol("Acme")
	if form := b.want(200, "GET", own, "").Body.String(); !strings.Contains(form, "It closes on 31 January 2027.") {
		t.Errorf("the form does not say when the wave closes: %s", form)
	}
	b.must(b.server.keepDate(t.Context(), day.Add(-time.Second)))
	b.want(204, "POST", own, `{"scores": {"q1": 2}}`, asJSON)
	b.must(b.server.keepDate(t.Context(), day))
	b.want(409, "POST", own, `{"scores": {"q1": 1}}`, asJSON)
	log := b.log.String()
	b.must(b.server.keepDate(t.Context(), day.Add(time.Hour)))
	if b.log.String() != log {
		t.Error("a wave that is closed is closed again")
	}

	kept := b.server
	b.start(kept.ledger, func(c *config) {
		c.plan, c.purgeOn = planned(t, c, 4, 1), day.AddDate(1, 0, 0)
		spec := c.plan.Spec()
		spec.Wave = "2027"
		var err error
		c.plan, err = benchmark.NewPlan(c.instrument, spec)
		b.must(err)
	})
	kept.store.close()
	next := b.enrol("Acme")
	b.want(204, "POST", next, `{"scores": {"q1": 1}}`, asJSON)
	b.edit(`update purges set day = '2027-06-01' where wave = '2026'`)
	b.must(b.server.keepDate(t.Context(), time.Date(2027, 5, 31, 23, 59, 59, 0, time.UTC)))
	if n := b.count(); n != 2 {
		t.Fatalf("%d sheets before the day", n)
	}
	b.must(b.server.keepDate(t.Context(), time.Date(2027, 6, 1, 0, 0, 0, 0, time.UTC)))
	if n := b.count(); n != 1 || b.sheetOf(next) == "" {
		t.Errorf("%d sheets are left, and of this wave %q", n, b.sheetOf(next))
	}
}

// What members were told about the purge cannot be put off.
func TestPurgeIsNotPutOff(t *testing.T) {
	b := newBench(t)
	for day, ok := range map[string]bool{"2099-03-01": true, "2099-03-02": false} {
		if err := b.server.store.openWave(t.Context(), "2026", b.instrument(), day); (err == nil) != ok {
			t.Errorf("%s: %v", day, err)
		}
	}
	b.must(b.server.store.openWave(t.Context(), "2026", b.instrument(), "2098-01-01"))
	if err := b.server.store.openWave(t.Context(), "2026", b.instrument(), "2099-03-01"); err == nil || !strings.Contains(err.Error(), "2098-01-01") {
		t.Errorf("after an earlier day: %v", err)
	}
}

// instrument is what is stored of the instrument of the wave.
func (b *bench) instrument() (stored string) {
	b.must(b.server.store.db.QueryRow(`select instrument from waves where id = $1`, b.server.wave).Scan(&stored))
	return stored
}
