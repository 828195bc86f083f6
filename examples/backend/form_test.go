package main

import (
	"bytes"
	"encoding/json"
	"html"
	"mime/multipart"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// sheetOf is the sheet that is stored of a member, or "".
func (b *bench) sheetOf(own string) string {
	b.Helper()
	link := hash(strings.Split(own, "/")[2])
	v, err := b.server.store.visit(b.Context(), b.server.wave, link[:])
	b.must(err)
	return v.answers.String
}

// filled is what the fields of a page would send, in the order of the page.
func filled(page string) (fields []string) {
	for _, f := range regexp.MustCompile(`name="([^"]*)" value="([^"]*)" checked|<select id="([^"]*)"|<option value="([^"]*)" selected|type="hidden" name="([^"]*)" value="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		switch {
		case f[1] != "":
			fields = append(fields, f[1]+"="+f[2])
		case f[3] != "":
			fields = append(fields, f[3]+"=")
		case f[5] != "":
			fields = append(fields, f[5]+"="+html.UnescapeString(f[6]))
		default:
			fields[len(fields)-1] += f[4]
		}
	}
	return fields
}

// open uploads a file.
func (b *bench) open(status int, own, name, data string) *httptest.ResponseRecorder {
	b.Helper()
	media, body := upload(b.T, name, data)
	return b.want(status, "POST", at(own, "edit"), body, media, asBrowser)
}

// upload is a form with a file: its type as a header, and its body.
func upload(t *testing.T, name, data string) (media, body string) {
	t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	part, err := m.CreateFormFile("file", name)
	if err != nil {
		t.Fatal(err)
	}
	part.Write([]byte(data))
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	return "Content-Type: " + m.FormDataContentType(), b.String()
}

// Correcting one answer does not delete the others: a sheet that lacks stored
// answers changes nothing before the member chose.
func TestShorterSheetAsksFirst(t *testing.T) {
	b := newBench(t)
	own := b.enrol("Acme")
	const full = `{"attributes":{"size":"small"},"scores":{"q1":2,"q2":1,"q3":0}}`
	for _, test := range []struct {
		name, others, body, want string
		status                   int
		says                     string
	}{
		{"asked", "", "q2=2", full, 409, "Keep the other 3"},
		{"only the attribute is lacking", "", "q1=2&q2=1&q3=0", full, 409, "Keep the other 1"},
		{"as long, with other questions kept", "", "size=small&q1=0&q2=0", full, 409, "Keep the other 1"},
		{"kept", "?others=keep", "q2=2", `{"attributes":{"size":"small"},"scores":{"q1":2,"q2":2,"q3":0}}`, 200, "3 more that you had sent before were kept"},
		{"dropped", "?others=drop", "q2=2", `{"attributes":{},"scores":{"q2":2}}`, 200, "receipt"},
		{"complete", "", "size=large&q1=0&q2=0&q3=1", `{"attributes":{"size":"large"},"scores":{"q1":0,"q2":0,"q3":1}}`, 200, "receipt"},
	} {
		t.Run(test.name, func(t *testing.T) {
			b.want(204, "POST", own+"?others=drop", full, asJSON)
			page := b.want(test.status, "POST", own+test.others, test.body, asForm, asBrowser).Body.String()
			if !strings.Contains(page, test.says) {
				t.Errorf("the page does not say %q: %s", test.says, page)
			}
			if got := b.sheetOf(own); got != test.want {
				t.Errorf("stored is %s, want %s", got, test.want)
			}
		})
	}
	b.want(204, "POST", own+"?others=drop", full, asJSON)
	problem := b.want(409, "POST", own, `{"scores": {"q1": 0}}`, asJSON).Body.String()
	if !strings.Contains(problem, "keep") || !strings.Contains(problem, "drop") || b.sheetOf(own) != full {
		t.Errorf("a program is told %s, and stored is %s", problem, b.sheetOf(own))
	}
	// The question is about the member's own answers, never what they were.
	page := b.want(409, "POST", own, "q1=0", asForm, asBrowser).Body.String()
	if diff := cmp.Diff([]string{"q1=0"}, filled(page)); diff != "" {
		t.Errorf("the question holds (-want +got):\n%s", diff)
	}
}

// What was entered goes through every page of a session: form, download, upload,
// receipt, correction. None but the receipt stores anything.
func TestEnteredIsKept(t *testing.T) {
	b := newBench(t)
	own := b.enrol("Acme")
	const entered = "size=large&q1=2&q2=&q3=0"
	want := []string{"size=large", "q1=2", "q2=", "q3=0"}
	check := func(what string, page string, want []string) {
		t.Helper()
		if diff := cmp.Diff(want, filled(page)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	check("a new form", b.want(200, "GET", own, "").Body.String(), []string{"size=", "q1=", "q2=", "q3="})
	form := b.want(200, "POST", at(own, "edit"), entered, asForm, asBrowser).Body.String()
	check("the form", form, want)
	for _, progress := range []string{">2</span> of 3 questions", `="d">1</span> of 2`, `="e">1</span> of 1`} {
		if !strings.Contains(form, progress) {
			t.Errorf("the form does not say %q", progress)
		}
	}
	file := b.want(200, "POST", at(own, "sheet"), entered, asForm, asBrowser)
	if at := file.Header().Get("Content-Disposition"); at != `attachment; filename="answers-2026.json"` {
		t.Errorf("the download is %s", at)
	}
	check("a file that is opened again", b.open(200, own, "answers-2026.json", file.Body.String()).Body.String(), want)
	check("a table", b.open(200, own, "x.CSV", "company,size,q1,q2,q3\nAcme,large,2,,0\n").Body.String(), want)
	if got := b.sheetOf(own); got != "" {
		t.Errorf("stored is %s before anything was sent", got)
	}
	receipt := b.want(200, "POST", own, entered, asForm, asBrowser).Body.String()
	check("the receipt", receipt, []string{"q1=2", "q3=0", "size=large"})
	for _, said := range []string{"Large", "2 always", "no answer", "0 never", "Is it followed?"} {
		if !strings.Contains(receipt, said) {
			t.Errorf("the receipt does not say %q", said)
		}
	}
	check("a form for the other member", b.want(200, "GET", b.enrol("Bolt"), "").Body.String(), []string{"size=", "q1=", "q2=", "q3="})
	check("the form by its address", b.want(200, "GET", own, "").Body.String(), []string{"size=", "q1=", "q2=", "q3="})
}

// Files that are none get a problem that does not repeat them.
func TestWrongFiles(t *testing.T) {
	b := newBench(t)
	own := b.enrol("Acme")
	for name, data := range map[string]string{
		"a.json": `{"company": "x", "scores": {"q1": 31415}}`, "b.json": `31415`, "c.json": ``, "d.exe": `31415`, "e": `31415`,
		"f.csv": "company,q1\nx,31415\n", "g.json": `{"company": "x", "scores": {"31415": 1}}`, "../h.json/..": "31415",
	} {
		if page := b.open(400, own, name, data).Body.String(); strings.Contains(page, "31415") {
			t.Errorf("%s: the problem repeats what was found: %s", name, page)
		}
	}
	b.want(400, "POST", at(own, "edit"), "", "Content-Type: multipart/form-data; boundary=x", asBrowser)
	b.want(404, "POST", at(own, "draft"), "q1=1", asForm) // no drafts
}

// A draft opens the form again, after a restart too; it is no submission; nobody
// reads it without the link, not in the database either; and a withdrawal, the
// close and the purge delete it.
func TestDrafts(t *testing.T) {
	b := newBench(t, func(c *config) { c.drafts = true })
	own := b.enrol("Acme")
	fields := url.Values{"q1": {"2"}, "q3": {"1"}, "size": {"small"}}.Encode()
	want := []string{"size=small", "q1=2", "q2=", "q3=1"}
	form := func() []string { return filled(b.want(200, "GET", own, "").Body.String()) }
	drafts := func() (n int) {
		b.must(b.server.store.db.QueryRow(`select count(*) from drafts`).Scan(&n))
		return n
	}
	b.want(200, "POST", at(own, "draft"), fields, asForm, asBrowser)
	if diff := cmp.Diff(want, form()); diff != "" || b.sheetOf(own) != "" {
		t.Errorf("after saving, stored is %q, the form (-want +got):\n%s", b.sheetOf(own), diff)
	}
	var sealed []byte
	b.must(b.server.store.db.QueryRow(`select sealed from drafts`).Scan(&sealed))
	if bytes.Contains(b.files(), []byte(`"q1"`)) && bytes.Contains(sealed, []byte("q1")) {
		t.Error("a draft is stored in the open")
	}
	ledger := b.server.ledger
	b.server.store.close()
	b.start(ledger, func(c *config) { c.drafts = true })
	if diff := cmp.Diff(want, form()); diff != "" {
		t.Errorf("after a restart the form is (-want +got):\n%s", diff)
	}
	b.want(204, "POST", own, `{"scores": {"q1": 0, "q2": 0}}`, asJSON)
	b.want(204, "POST", own+"?others=keep", `{"scores": {"q2": 1}}`, asJSON)
	if diff := cmp.Diff([]string{"size=", "q1=0", "q2=1", "q3="}, form()); diff != "" {
		t.Errorf("after sending the form is (-want +got):\n%s", diff)
	}
	old := own
	own = b.enrol("Acme")
	b.want(404, "GET", old, "")
	if diff := cmp.Diff([]string{"size=", "q1=", "q2=", "q3="}, form()); diff != "" {
		t.Errorf("a new link opens the draft of the old one:\n%s", diff)
	}
	b.want(204, "DELETE", own, "")
	if n := drafts(); n != 0 {
		t.Errorf("%d drafts after the withdrawal", n)
	}
	b.want(204, "POST", at(own, "draft"), fields, asForm)
	b.organise(204, "close", "")
	if n := drafts(); n != 0 {
		t.Errorf("%d drafts after the close", n)
	}
}

// What a closed door says is true: closed, published, an empty form, a dead link.
func TestWrongStates(t *testing.T) {
	b := newBench(t)
	b.panel(40)
	own, dead := b.enrol("Acme"), "/members/"+newLink()+"/answers"
	says := func(status int, method, target, body string, want, not string) {
		t.Helper()
		for _, accept := range []string{asBrowser, "Accept: */*"} {
			text := b.want(status, method, target, body, asForm, accept).Body.String()
			if !strings.Contains(text, want) || not != "" && strings.Contains(text, not) {
				t.Errorf("%s %s says %s", method, target, text)
			}
			var p problem
			if accept != asBrowser && status >= 400 && (json.Unmarshal([]byte(text), &p) != nil || p.Status != status) {
				t.Errorf("%s %s is no problem: %s", method, target, text)
			}
		}
	}
	says(400, "POST", own, "size=small&q1=", "no question is answered yet", "")
	says(404, "GET", dead, "", "this link opens nothing", "")
	says(404, "GET", at(own, "standing"), "", "not published yet", "")
	b.organise(204, "close", "")
	says(200, "GET", own, "", "is closed: answers", "is published: answers")
	says(409, "POST", own, "q1=1", "is closed: answers", "is published: answers")
	says(409, "POST", at(own, "withdraw"), "", "is closed: answers", "is published: answers")
	b.organise(200, "publish", "")
	says(200, "GET", own, "", "is published: answers", "is closed: answers")
	says(409, "POST", own, "q1=1", "is published: answers", "is closed: answers")
	b.organise(204, "purge", "")
	says(404, "GET", own, "", "this link opens nothing", "")
}

// Two requests of one member at once lose nothing: each sees what the other stored.
func TestNothingBetweenLookAndStore(t *testing.T) {
	b := newBench(t)
	links := b.members(1)
	var seen []string
	grow := func(stored string) (string, []byte, error) {
		seen = append(seen, stored)
		return stored + "x", nil, nil
	}
	store := b.server.store
	done := make(chan error)
	for range 8 {
		go func() { done <- store.submit(t.Context(), b.server.wave, links[0], grow) }()
	}
	for range 8 {
		b.must(<-done)
	}
	for i, s := range seen {
		if s != strings.Repeat("x", i) {
			t.Errorf("change %d saw %q", i, s)
		}
	}
}
