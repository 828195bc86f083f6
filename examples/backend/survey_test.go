package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"maturitybench/benchmark"
	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
)

// A whole wave: links, answers by form and by JSON, close, publication,
// release, standing, purge.
func TestWave(t *testing.T) { newBench(t).wave() }

func (b *bench) wave() {
	t := b.T
	b.panel(40)
	link := b.enrol("Acme")
	b.want(204, "POST", link, `{"scores": {"q1": 0}}`, asJSON)
	b.want(200, "POST", link, "size=small&q1=2&q2=1&q3=", asForm, asBrowser)
	standing := strings.TrimSuffix(link, "answers") + "standing"

	b.organise(409, "publish", "")
	b.want(404, "GET", "/releases/2026/release.json", "")
	for _, name := range []string{"", ".html", ".json"} {
		b.want(404, "GET", standing+name, "") // never before the publication
	}
	b.organise(409, "purge", "")
	b.organise(204, "close", "")
	b.organise(204, "close", "")
	b.organise(409, "purge", "")
	first := b.organise(200, "publish", "").Body.String()
	if again := b.organise(200, "publish", "").Body.String(); again != first {
		t.Errorf("asked again, publish says %s after %s", again, first)
	}

	release, err := publication.Parse(b.want(200, "GET", "/releases/2026/release.json", "").Body.Bytes())
	b.must(err)
	all, _ := release.Cohort("all")
	if all.Status != publication.Published {
		t.Fatal("the release shows nothing")
	}
	for _, name := range []string{"report.html", "report.md", "tables.csv"} {
		if !strings.Contains(b.want(200, "GET", "/releases/2026/"+name, "").Body.String(), "2026") {
			t.Errorf("%s does not name the wave", name)
		}
	}
	if page := b.want(200, "GET", "/", "").Body.String(); !strings.Contains(page, "/releases/2026/report.html") {
		t.Error("the front page does not lead to the report")
	}

	got := b.standing(standing + ".json")
	if diff := cmp.Diff([]string{"overall 1.50", "q1 2", "q2 1", "q3 no answer"}, own(got)); diff != "" {
		t.Errorf("standing (-want +got):\n%s", diff)
	}
	if len(got.Cohorts) != 2 || got.Cohorts[1].ID != "size=small" {
		t.Errorf("the standing has %d cohorts, want all and size=small", len(got.Cohorts))
	}
	if got.Cohorts[0].Overall.Mean.String() != all.Overall.Mean.String() {
		t.Errorf("the standing compares with %v, the release says %v", got.Cohorts[0].Overall.Mean, all.Overall.Mean)
	}
	if page := b.want(200, "GET", standing, "").Body.String(); !strings.Contains(page, `href="standing.html"`) || !strings.Contains(page, ">1.50<") || !strings.Contains(page, ">"+all.Overall.Mean.String()+"<") {
		t.Error("the history lacks the overall scores, or the way to the standing")
	}
	if page := b.want(200, "GET", standing+".html", "").Body.String(); !strings.Contains(page, "Is it followed?") {
		t.Error("the page of the standing lacks a question")
	}

	b.organise(204, "purge", "")
	if b.source == "" && bytes.Contains(b.files(), []byte("Acme")) {
		t.Error("a purged company is still in the files")
	}
	b.want(404, "GET", standing, "")
	b.want(404, "POST", link, `{"scores": {"q1": 0}}`, asJSON)
	b.want(200, "GET", "/releases/2026/release.json", "")
	b.organise(200, "publish", "")
}

func (b *bench) standing(target string) (got compare.Standing) {
	b.Helper()
	b.must(json.Unmarshal(b.want(200, "GET", target, "").Body.Bytes(), &got))
	return got
}

// own is what a standing says of the member's own answers.
func own(s compare.Standing) (list []string) {
	for _, cohort := range s.Cohorts[:min(1, len(s.Cohorts))] {
		list = append(list, "overall "+cohort.Overall.OwnCell())
		for _, question := range cohort.Questions {
			list = append(list, question.ID+" "+question.OwnCell())
		}
	}
	return list
}

// What was stored before a restart is there after it, and the ledger returns
// what it had charged when the survey lost its copy in between.
func TestRestart(t *testing.T) {
	b := newBench(t)
	ledger := b.server.ledger
	b.panel(40)
	own := b.enrol("Acme")
	b.want(204, "POST", own, `{"scores": {"q1": 2}}`, asJSON)
	b.server.store.close()
	b.start(ledger)
	b.want(200, "GET", own, "")
	b.organise(204, "close", "")
	b.organise(200, "publish", "")
	first := b.want(200, "GET", "/releases/2026/release.json", "").Body.String()
	b.edit(`delete from releases`)
	b.server.store.close()
	b.start(ledger)
	b.want(409, "POST", own, `{"scores": {"q1": 2}}`, asJSON)
	b.organise(200, "publish", "")
	if again := b.want(200, "GET", "/releases/2026/release.json", "").Body.String(); again != first {
		t.Error("the same wave was published twice with different numbers")
	}
}

// Refusals that tell something about the answers are one reply and one log.
func TestRefusedPublication(t *testing.T) {
	refused := func(prepare func(*bench)) (exchange, string) {
		b := newBench(t)
		b.panel(40)
		b.organise(204, "close", "")
		prepare(b)
		return seen(b.organise(409, "publish", "")), withoutTimes(b.log.String())
	}
	none, noneLog := refused(func(b *bench) { b.edit(`delete from submissions`) })
	broken, brokenLog := refused(func(b *bench) { b.edit(`update submissions set answers = '{"scores":{"q1":77}}'`) })
	foreign, foreignLog := refused((*bench).publishElsewhere)
	for _, diff := range []string{cmp.Diff(none, broken), cmp.Diff(none, foreign), cmp.Diff(noneLog, brokenLog), cmp.Diff(noneLog, foreignLog)} {
		if diff != "" {
			t.Errorf("two refusals differ:\n%s", diff)
		}
	}
}

// publishElsewhere publishes the answers under another account.
func (b *bench) publishElsewhere() {
	b.Helper()
	account, err := benchmark.ParseAccount("account", []byte(accountFile))
	b.must(err)
	account.ID = "elsewhere"
	b.must(b.server.ledger.OpenAccount(b.Context(), account))
	spec := b.server.plan.Spec()
	spec.Account = account.ID
	plan, err := benchmark.NewPlan(b.server.instrument, spec)
	b.must(err)
	data, err := b.server.dataset(b.Context())
	b.must(err)
	_, err = benchmark.Publish(b.Context(), b.server.ledger, plan, data)
	b.must(err)
}

// edit changes the tables beside the program.
func (b *bench) edit(statement string) {
	b.Helper()
	_, err := b.server.store.db.Exec(statement)
	b.must(err)
}

// A publication that was charged and then lost by the survey is taken from the
// ledger: neither reply nor log depend on what became of the answers since.
func TestPublicationAfterACrash(t *testing.T) {
	again := func(statement string) (exchange, string) {
		b := newBench(t)
		b.panel(40)
		b.organise(204, "close", "")
		b.organise(200, "publish", "")
		first := b.want(200, "GET", "/releases/2026/release.json", "").Body.String()
		b.edit(`delete from releases`)
		b.edit(statement)
		reply := seen(b.organise(200, "publish", ""))
		if second := b.want(200, "GET", "/releases/2026/release.json", "").Body.String(); second != first {
			t.Error("the same wave was published twice with different numbers")
		}
		return reply, withoutTimes(b.log.String())
	}
	same, sameLog := again(`select 1`)
	for _, statement := range []string{
		`update submissions set answers = '{"scores":{"q1":0}}' where member = (select min(member) from submissions)`,
		`update submissions set answers = '{"scores":{"q1":77}}'`, `delete from submissions`,
	} {
		other, otherLog := again(statement)
		if diff := cmp.Diff(same, other) + cmp.Diff(sameLog, otherLog); diff != "" {
			t.Errorf("after %s:\n%s", statement, diff)
		}
	}
}

// withoutTimes is a log without its times and durations.
func withoutTimes(log string) string {
	return regexp.MustCompile(`"(time|duration)":("[^"]*"|\d+)`).ReplaceAllString(log, "")
}

// The account of the tests has ε = 13, and the first publication spends 11 of it;
// so one with ε = 8 more is too much.
func TestBudgetIsToldToTheOrganiser(t *testing.T) {
	b := newBench(t, func(c *config) {
		spec := c.plan.Spec()
		spec.Epsilon, spec.Override, spec.Wave = 11, true, "2025"
		plan, err := benchmark.NewPlan(c.instrument, spec)
		if err != nil {
			t.Fatal(err)
		}
		c.plan = plan
	})
	b.panel(40)
	b.organise(204, "close", "")
	b.organise(200, "publish", "")
	ledger := b.server.ledger
	b.server.store.close()
	b.start(ledger)
	b.panel(41)
	b.organise(204, "close", "")
	if reply := b.organise(409, "publish", "").Body.String(); !strings.Contains(reply, "budget exceeded") {
		t.Errorf("the organiser is told %s", reply)
	}
	b.want(200, "GET", "/releases/2025/release.json", "")
	b.want(404, "GET", "/releases/2026/release.json", "")
}

func TestAnotherInstrumentIsRefused(t *testing.T) {
	b := newBench(t)
	c := b.server.config
	spec := c.instrument.Spec()
	spec.Domains[0].Questions[0].Text = "Is there a rule?"
	in, err := instrument.New(spec)
	b.must(err)
	c.instrument = in
	if _, err := newServer(t.Context(), c); err == nil || !strings.Contains(err.Error(), "another instrument") {
		t.Errorf("a wave goes on with other questions: %v", err)
	}
}

// A replaced link stops to work; the answers stay with the company.
func TestReplacedLink(t *testing.T) {
	b := newBench(t)
	b.panel(40)
	old := b.enrol("Acme")
	b.want(204, "POST", old, `{"scores": {"q1": 2}}`, asJSON)
	link := b.enrol(" Acme ")
	b.want(404, "POST", old, `{"scores": {"q1": 1}}`, asJSON)
	b.want(404, "GET", old, "")
	b.organise(204, "close", "")
	b.organise(200, "publish", "")
	if got := b.standing(strings.TrimSuffix(link, "answers") + "standing.json"); len(got.Cohorts) == 0 || own(got)[1] != "q1 2" {
		t.Errorf("with a new link the answers are %v", got)
	}
}

func TestWithdraw(t *testing.T) {
	b := newBench(t)
	b.panel(40)
	own := b.enrol("Acme")
	never := seen(b.want(204, "DELETE", own, ""))
	b.want(204, "POST", own, `{"scores": {"q1": 2}}`, asJSON)
	if diff := cmp.Diff(never, seen(b.want(204, "DELETE", own, ""))); diff != "" {
		t.Errorf("a withdrawal tells whether there were answers:\n%s", diff)
	}
	b.organise(204, "close", "")
	b.want(409, "DELETE", own, "")
	b.organise(200, "publish", "")
	if got := b.standing(strings.TrimSuffix(own, "answers") + "standing.json"); len(got.Cohorts) != 0 {
		t.Errorf("after the withdrawal the answers are %v", got)
	}
}

func TestStatusCodes(t *testing.T) {
	b := newBench(t)
	own := b.enrol("Acme")
	long := `{"scores": {"q1": 1}, "attributes": {"size": "` + strings.Repeat("x", maxBody) + `"}}`
	for _, test := range []struct {
		name, method, target, body string
		status                     int
		headers                    []string
	}{
		{"no level", "POST", own, `{"scores": {"q1": 3}}`, 400, []string{asJSON}},
		{"fraction", "POST", own, `{"scores": {"q1": 1.0}}`, 400, []string{asJSON}},
		{"text for a level", "POST", own, `{"scores": {"q1": "1"}}`, 400, []string{asJSON}},
		{"no answers", "POST", own, `{"scores": {"q1": null}}`, 400, []string{asJSON}},
		{"empty object", "POST", own, `{}`, 400, []string{asJSON}},
		{"null", "POST", own, `null`, 400, []string{asJSON}},
		{"scores are null", "POST", own, `{"scores": null}`, 400, []string{asJSON}},
		{"array", "POST", own, `[1]`, 400, []string{asJSON}},
		{"cut off", "POST", own, `{"scores": {"q1": 1}`, 400, []string{asJSON}},
		{"two objects", "POST", own, `{"scores": {"q1": 1}} {}`, 400, []string{asJSON}},
		{"doubled key", "POST", own, `{"scores": {"q1": 1, "q1": 2}}`, 400, []string{asJSON}},
		{"doubled part", "POST", own, `{"scores": {"q1": 1}, "scores": {"q1": 2}}`, 400, []string{asJSON}},
		{"unknown part", "POST", own, `{"scores": {"q1": 1}, "company": "x"}`, 400, []string{asJSON}},
		{"unknown question", "POST", own, `{"scores": {"q9": 1}}`, 400, []string{asJSON}},
		{"unknown value", "POST", own, `{"scores": {"q1": 1}, "attributes": {"size": "huge"}}`, 400, []string{asJSON}},
		{"number for a value", "POST", own, `{"scores": {"q1": 1}, "attributes": {"size": 1}}`, 400, []string{asJSON}},
		{"value is null", "POST", own, `{"scores": {"q1": 1}, "attributes": {"size": null}}`, 204, []string{asJSON}},
		{"answer is null", "POST", own, `{"scores": {"q1": 1, "q2": null}}`, 204, []string{asJSON}},
		{"with a character set", "POST", own, `{"scores": {"q1": 1}}`, 204, []string{asJSON + "; charset=utf-8"}},
		{"form", "POST", own, "q1=1&q2=&size=", 204, []string{asForm}},
		{"form without answers", "POST", own, "q1=&q2=&size=small", 400, []string{asForm}},
		{"form with an attribute that is doubled", "POST", own, "q1=1&size=small&size=large", 400, []string{asForm}},
		{"what becomes of others", "POST", own + "?others=both", "q1=1", 400, []string{asForm}},
		{"form with a doubled field", "POST", own, "q1=1&q1=2", 400, []string{asForm}},
		{"form with a wrong level", "POST", own, "q1=01", 400, []string{asForm}},
		{"form with a wrong field", "POST", own, "q1=1&q9=1", 400, []string{asForm}},
		{"form that is none", "POST", own, "q1=%zz", 400, []string{asForm}},
		{"too large", "POST", own, long, 413, []string{asJSON}},
		{"too large form", "POST", own, "q1=1&q2=" + strings.Repeat("x", maxBody), 413, []string{asForm}},
		{"no type", "POST", own, "q1=1", 415, nil},
		{"multipart", "POST", own, "", 400, []string{"Content-Type: multipart/form-data; boundary=x"}},
		{"method", "PUT", own, "", 405, nil},
		{"method of the release", "POST", "/releases/2026/release.json", "", 405, nil},
		{"unknown path", "GET", "/organiser", "", 404, nil},
		{"unknown wave", "GET", "/releases/1999/release.json", "", 404, nil},
		{"unknown file", "GET", "/releases/2026/survey.db", "", 404, nil},
		{"no token", "POST", "/organiser/close", "", 401, nil},
		{"wrong token", "POST", "/organiser/close", "", 401, []string{asOwner + "x"}},
		{"wrong scheme", "POST", "/organiser/close", "", 401, []string{"Authorization: Basic " + testToken}},
		{"member without a company", "POST", "/organiser/members", `{}`, 400, []string{asOwner}},
		{"member with an empty company", "POST", "/organiser/members", `{"company": " "}`, 400, []string{asOwner}},
		{"member with a control character", "POST", "/organiser/members", `{"company": "a\u0000"}`, 400, []string{asOwner}},
		{"member with a long company", "POST", "/organiser/members", `{"company": "` + strings.Repeat("x", 201) + `"}`, 400, []string{asOwner}},
		{"health", "GET", "/health", "", 200, nil},
		{"style", "GET", "/style.css", "", 200, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := b.do(test.method, test.target, test.body, test.headers...)
			if w.Code != test.status {
				t.Errorf("status %d, want %d: %s", w.Code, test.status, w.Body)
			}
			if w.Code == 400 && w.Header().Get("Content-Type") != "application/problem+json" {
				t.Errorf("the problem is %s", w.Header().Get("Content-Type"))
			}
		})
	}
}

func TestHeaders(t *testing.T) {
	b := newBench(t)
	own := b.enrol("Acme")
	for _, target := range []string{own, "/", "/nowhere", "/members/x/standing"} {
		h := b.do("GET", target, "").Header()
		want := http.Header{}
		secure(want)
		if target == own {
			want.Set("Content-Security-Policy", pagePolicy+"; script-src 'self'")
		}
		for name := range want {
			if h.Get(name) != want.Get(name) {
				t.Errorf("%s of %s is %q", name, target, h.Get(name))
			}
		}
	}
	if got := b.do("GET", "/style.css", "").Header().Get("Cache-Control"); !strings.HasPrefix(got, "public") {
		t.Errorf("Cache-Control of the style is %q", got)
	}
	if got := b.do("POST", "/organiser/close", "").Header().Get("WWW-Authenticate"); got != "Bearer" {
		t.Errorf("WWW-Authenticate is %q", got)
	}
}

// Drivers put values into the texts of their errors: only the kind is logged.
func TestCauseHoldsNoText(t *testing.T) {
	b := newBench(t)
	_, driver := b.server.store.db.Exec(`select Acme`)
	for err, want := range map[error]string{
		driver: "SQLite code 1", // SQLITE_ERROR
		fmt.Errorf("Acme: %w", context.DeadlineExceeded): "context deadline exceeded",
		errors.New("Acme"):                        "*errors.errorString",
		fmt.Errorf("Acme: %w", sqlState("22P02")): "SQLSTATE 22P02",
	} {
		if got := cause(err); got != want {
			t.Errorf("cause is %q, want %q", got, want)
		}
	}
}

// sqlState is an error as the driver of PostgreSQL makes them.
type sqlState string

func (sqlState) Error() string      { return "Acme" }
func (s sqlState) SQLState() string { return string(s) }

// A fault is a 500 for the client and, in the log, a kind or a place, without
// the text.
func TestFaults(t *testing.T) {
	for want, handle := range map[string]func(http.ResponseWriter, *http.Request) error{
		"TestFaults":  func(http.ResponseWriter, *http.Request) error { panic("Acme answered 2") },
		"errorString": func(http.ResponseWriter, *http.Request) error { return errors.New("Acme answered 2") },
	} {
		b := newBench(t)
		b.http = b.server.guard(route{"GET /", member, handle})
		if reply := b.want(500, "GET", "/", "").Body.String(); strings.Contains(reply, "Acme") {
			t.Errorf("reply to a fault: %s", reply)
		}
		if log := b.log.String(); strings.Contains(log, "Acme") || !strings.Contains(log, want) {
			t.Errorf("log of a fault: %s", log)
		}
	}
}
