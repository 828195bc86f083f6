package main

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"maturitybench/benchmark"
)

// A release that was withdrawn is not served as if it were valid: not by the public
// pages, whose numbers are refused, nor to members; whether the organiser withdrew it on
// its page or in the ledger, from another program.
func TestWithdrawnRelease(t *testing.T) {
	const reason = "Two <companies> were counted twice"
	for _, from := range []string{"the page", "the ledger"} {
		t.Run(from, func(t *testing.T) {
			b := &bench{T: t, log: &logged{}, dir: t.TempDir(), replied: map[outcome]bool{}}
			l, err := openLedger(t.Context(), options{ledger: filepath.Join(b.dir, "ledger.db"), createLedger: true})
			b.must(err)
			defer l.Close()
			b.start(l)
			b.panel(40)
			own := b.enrol("Acme")
			b.want(204, "POST", own, `{"scores": {"q1": 2}}`, asJSON)
			desk := b.desk()
			b.want(409, "POST", desk+"withdraw", "sure=yes&reason=x", asForm)
			b.organise(204, "close", "")
			b.organise(200, "publish", "")
			for _, page := range []string{"/", own, at(own, "standing"), desk + "page", "/releases/2026/report.html", "/releases/2026/report.md"} {
				if text := b.want(200, "GET", page, "").Body.String(); strings.Contains(text, "ithdrawn") {
					t.Errorf("before, %s says %s", page, text)
				}
			}
			numbers := map[string]string{}
			for _, name := range []string{"release.json", "tables.csv"} {
				numbers[name] = b.want(200, "GET", "/releases/2026/"+name, "").Body.String()
			}

			if from == "the page" {
				for _, wrong := range []string{"", " ", "two%0Alines", strings.Repeat("x", 501)} {
					b.want(400, "POST", desk+"withdraw", "sure=yes&reason="+wrong, asForm)
				}
				asked := b.want(200, "POST", desk+"withdraw", "reason="+reason, asForm, asBrowser).Body.String()
				if !strings.Contains(asked, `name="reason" value="Two &lt;companies&gt; were counted twice"`) {
					t.Errorf("the question loses the reason: %s", asked)
				}
				b.want(200, "GET", "/releases/2026/tables.csv", "") // it only asked
				b.want(303, "POST", desk+"withdraw", "sure=yes&reason="+reason, asForm, asBrowser)
				b.want(409, "POST", desk+"withdraw", "sure=yes&reason=another", asForm)
			} else {
				if _, err := l.Withdraw(t.Context(), "tests", "2026", 1, reason); err != nil {
					t.Fatal(err)
				}
				b.later()
			}
			for _, page := range []string{"/", own, desk + "page", "/releases/2026/report.html", "/releases/2026/report.md"} {
				text := b.want(200, "GET", page, "").Body.String()
				if !strings.Contains(text, "ithdrawn") || strings.Contains(text, "<companies>") || page != desk+"page" && !strings.Contains(text, "counted twice") {
					t.Errorf("%s says %s", page, text)
				}
			}
			for name, data := range numbers {
				if text := b.want(410, "GET", "/releases/2026/"+name, "").Body.String(); !strings.Contains(text, "counted twice") {
					t.Errorf("%s says %s", name, text)
				}
				if text := b.want(200, "GET", "/releases/2026/"+name+"?withdrawn=yes", "").Body.String(); text != data {
					t.Errorf("%s became %s", name, text)
				}
			}
			for _, page := range []string{"standing", "standing.json"} {
				if text := b.want(410, "GET", at(own, page), "").Body.String(); !strings.Contains(text, "counted twice") {
					t.Errorf("%s says %s", page, text)
				}
			}
		})
	}
}

// later is the time when the ledger is asked again whether releases were withdrawn.
func (b *bench) later() {
	b.server.shelf.Range(func(place, p any) bool {
		held := p.(published)
		held.asked = time.Now().Add(-noticeAge)
		b.server.shelf.Store(place, held)
		return true
	})
}

// Without the ledger nothing is served as if it were valid.
func TestNoReleaseWithoutTheLedger(t *testing.T) {
	b := newBench(t)
	l, err := openLedger(t.Context(), options{ledger: filepath.Join(t.TempDir(), "ledger.db"), createLedger: true})
	b.must(err)
	b.start(l)
	b.panel(40)
	b.organise(204, "close", "")
	b.organise(200, "publish", "")
	b.want(200, "GET", "/releases/2026/tables.csv", "")
	b.must(l.Close())
	b.later()
	b.want(500, "GET", "/releases/2026/tables.csv", "")
}

// The next revision, which a plan of its own publishes, is offered where an earlier one
// is out; and it stands though that one was withdrawn.
func TestRevisionAfterAWithdrawal(t *testing.T) {
	b := newBench(t, func(c *config) { c.plan = planned(t, c, 4, 1) })
	b.panel(40)
	b.organise(204, "close", "")
	b.organise(200, "publish", "")
	b.want(303, "POST", b.desk()+"withdraw", "sure=yes&reason=wrong", asForm)
	kept := b.server.ledger
	b.server.store.close()
	b.start(kept, func(c *config) { c.plan = planned(t, c, 4, 2) })
	b.want(410, "GET", "/releases/2026/tables.csv", "")
	if page := b.want(200, "GET", b.desk()+"page", "").Body.String(); !strings.Contains(page, "Publish the report, revision 2") || strings.Contains(page, "Delete the answers") {
		t.Errorf("the page offers %s", page)
	}
	b.want(303, "POST", b.desk()+"publish", "sure=yes", asForm)
	b.want(200, "GET", "/releases/2026/tables.csv", "")
	if page := b.want(200, "GET", "/", "").Body.String(); strings.Contains(page, "ithdrawn") {
		t.Errorf("the second revision is called withdrawn: %s", page)
	}
}

// planned is the plan of the tests with another ε and revision.
func planned(t *testing.T, c *config, epsilon float64, revision int) *benchmark.Plan {
	t.Helper()
	spec := c.plan.Spec()
	spec.Epsilon, spec.Revision = epsilon, revision
	plan, err := benchmark.NewPlan(c.instrument, spec)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}
