package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// same expects exchanges without a difference.
func same(t *testing.T, what string, first, second exchange) {
	t.Helper()
	if diff := cmp.Diff(first, second); diff != "" {
		t.Errorf("%s (-first +second):\n%s", what, diff)
	}
}

// A first submission, a replaced one and the same one again get the same
// reply, and the form does not change.
func TestRepliesDoNotTellWhoAnswered(t *testing.T) {
	b := newBench(t)
	one, other := b.enrol("Acme"), b.enrol("Bolt")
	form := seen(b.do("GET", one, ""))
	for _, as := range [][]string{{asJSON}, {asForm}, {asForm, asBrowser}} {
		bodies := []string{`{"scores": {"q1": 0}}`, `{"scores": {"q1": 2, "q2": 1, "q3": 1}}`}
		if as[0] == asForm {
			bodies = []string{"q1=0", "q1=2&q2=1&q3=1&size=large"}
		}
		never := seen(b.do("POST", one, bodies[1], as...))
		same(t, "the same submission again", never, seen(b.do("POST", one, bodies[1], as...)))
		b.want(204, "DELETE", one, "")
		same(t, "a submission after a withdrawal", never, seen(b.do("POST", one, bodies[1], as...)))
		b.want(204, "DELETE", one, "")
		b.do("POST", one, bodies[0], as...)
		same(t, "a replaced submission", never, seen(b.do("POST", one, bodies[1], as...)))
		same(t, "the form after a submission", form, seen(b.do("GET", one, "")))
		same(t, "the form of another member", form, seen(b.do("GET", other, "")))
		same(t, "the question before a withdrawal", seen(b.do("GET", at(one, "withdraw"), "")), seen(b.do("GET", at(other, "withdraw"), "")))
		same(t, "a withdrawal", seen(b.do("POST", at(one, "withdraw"), "", asBrowser)), seen(b.do("POST", at(other, "withdraw"), "", asBrowser)))
	}
	b.organise(204, "close", "")
	never := b.enrol("Crane")
	for _, body := range []string{"q1=1", "q1=77", ""} {
		same(t, "a late submission", seen(b.want(409, "POST", one, body, asForm)), seen(b.do("POST", never, body, asForm)))
	}
	same(t, "the form after the close", seen(b.do("GET", one, "")), seen(b.do("GET", never, "")))
}

// at is another page of a member than its form.
func at(own, page string) string { return strings.TrimSuffix(own, "answers") + page }

// A link that never was, one that was replaced, one of another wave and a text
// that cannot be one get the same reply, whatever is asked and sent.
func TestBadLinksAreAlike(t *testing.T) {
	b := newBench(t)
	replaced := b.enrol("Acme")
	b.want(204, "POST", replaced, `{"scores": {"q1": 0}}`, asJSON)
	b.enrol("Acme")
	_, err := b.server.store.db.Exec(`insert into waves (id, instrument, closed) values ('2025', '', 1)`)
	b.must(err)
	earlier := newLink()
	stored := hash(earlier)
	b.must(b.server.store.enrol(t.Context(), "2025", "Acme", stored[:]))
	unknown := "/members/" + newLink() + "/answers"
	others := []string{replaced, "/members/" + earlier + "/answers", "/members/x/answers", "/members/%00%ff/answers"}
	check := func() {
		t.Helper()
		for _, request := range []struct{ method, body, as, accept string }{
			{"GET", "", asForm, "Accept: */*"}, {"GET", "", asForm, asBrowser}, {"DELETE", "", asForm, "Accept: */*"},
			{"POST", `{"scores": {"q1": 0}}`, asJSON, "Accept: */*"}, {"POST", `{`, asJSON, "Accept: */*"},
			{"POST", "q1=77", asForm, asBrowser}, {"POST", strings.Repeat("x", 2*maxBody), asForm, asBrowser}, {"POST", "", "Content-Type: text/plain", "Accept: */*"},
		} {
			for _, page := range []string{"answers", "edit", "sheet", "draft", "withdraw", "standing", "standing.json"} {
				target := func(link string) string { return strings.TrimSuffix(link, "answers") + page }
				want := seen(b.do(request.method, target(unknown), request.body, request.as, request.accept))
				if want.Code == 200 {
					t.Errorf("GET %s of an unknown link: status %d", page, want.Code)
				}
				for i, other := range others {
					same(t, fmt.Sprintf("%s %s of bad link %d", request.method, page, i), want,
						seen(b.do(request.method, target(other), request.body, request.as, request.accept)))
				}
			}
		}
	}
	check()
	b.panel(40)
	b.organise(204, "close", "")
	check()
	b.organise(200, "publish", "")
	check()
}

// Nothing public changes while answers come in, and the log does not grow.
func TestPublicPagesDoNotCount(t *testing.T) {
	b := newBench(t)
	own := b.enrol("Acme")
	look := func() (list []exchange) {
		for _, target := range []string{"/", "/health", "/releases/2026/release.json", "/openapi.yaml"} {
			list = append(list, seen(b.do("GET", target, "")))
		}
		return list
	}
	before, log := look(), b.log.String()
	for i := range 3 {
		b.want(204, "POST", own, fmt.Sprintf(`{"scores": {"q1": %d}}`, i), asJSON)
		b.want(400, "POST", own, `{"scores": {"q1": 77}}`, asJSON)
		b.want(204, "POST", b.enrol(fmt.Sprint("Company ", i)), `{"scores": {"q1": 1}}`, asJSON)
		b.want(200, "GET", own, "")
		b.want(200, "POST", own, "q1=1", asForm, asBrowser)
		b.want(409, "POST", own, "q2=1", asForm, asBrowser)
		for _, page := range []string{"edit", "sheet", "draft"} {
			b.do("POST", at(own, page), "q1=1", asForm, asBrowser)
		}
		b.want(200, "GET", "/style.css", "")
	}
	if after := b.log.String(); after != log {
		t.Errorf("the requests of members are in the log:\n%s", strings.TrimPrefix(after, log))
	}
	if diff := cmp.Diff(before, look()); diff != "" {
		t.Errorf("a public page changed (-before +after):\n%s", diff)
	}
}

// A company's name, its answers and its link are in no log, and in no reply but
// its own standing.
func TestCanary(t *testing.T) {
	const company, value = "Canary Devices GmbH", "6283185"
	b := newBench(t)
	b.panel(40)
	own := b.enrol(company)
	secret := strings.Split(own, "/")[2]
	other := b.enrol("Bolt")
	var replies []exchange
	see := func(method, target, body string, headers ...string) {
		replies = append(replies, seen(b.do(method, target, body, headers...)))
	}
	for _, as := range []string{asJSON, asForm} {
		for _, body := range []string{
			`{"scores": {"q1": ` + value + `}}`, `{"scores": {"` + value + `": ` + value + `}}`, `{"scores": "` + value + `"}`,
			`{"attributes": {"size": "` + value + `"}}`, `{"` + value + `": 1}`, `{"scores": {"q1": 1` + value, value,
			"q1=" + value, value + "=1", "q1=1&size=" + value, "q1=1&" + value + "=" + value,
		} {
			see("POST", own, body, as)
			see("POST", own, body, as, asBrowser)
		}
	}
	b.want(204, "POST", own, `{"attributes": {"size": "small"}, "scores": {"q1": 2}}`, asJSON)
	see("POST", "/organiser/members", `{"company": "`+company+`"`, asOwner)
	see("POST", "/organiser/members", `{"company": "`+company+strings.Repeat("x", 200)+`"}`, asOwner)
	see("POST", "/organiser/close", "", asOwner)
	see("POST", own, "q1=1", asForm)
	see("POST", "/organiser/publish", "", asOwner)
	for _, target := range []string{
		"/", "/releases/2026/release.json", "/releases/2026/report.html", "/releases/2026/report.md", "/releases/2026/tables.csv",
		other, strings.TrimSuffix(other, "answers") + "standing", own, own + "/" + value, "/" + value,
	} {
		see("GET", target, "")
		see("GET", target, "", asBrowser)
	}
	own = strings.TrimSuffix(own, "answers") + "standing"
	see("GET", own, "")
	b.server.store.close()
	see("GET", own, "") // a fault
	see("GET", "/", "")
	see("POST", own, "")
	texts := []string{b.log.String()}
	for _, reply := range replies {
		texts = append(texts, fmt.Sprint(reply))
	}
	for _, text := range texts {
		for _, canary := range []string{company, "Canary", value, secret} {
			if strings.Contains(text, canary) {
				t.Errorf("%q is in\n%s", canary, text)
			}
		}
	}
	if !strings.Contains(b.log.String(), "fault") {
		t.Error("the fault is not in the log")
	}
}
