package main

import (
	"encoding/csv"
	"encoding/json"
	"net/url"
	"strings"
	"testing"
)

// desk returns the path of the organiser's page.
func (b *bench) desk() string {
	b.Helper()
	var reply struct{ Link string }
	b.must(json.Unmarshal(b.organise(200, "desk", "").Body.Bytes(), &reply))
	path, ok := strings.CutPrefix(reply.Link, "https://survey.example")
	if !ok {
		b.Fatalf("the link %q does not begin with the public address", reply.Link)
	}
	return strings.TrimSuffix(path, "page")
}

// invite uploads a table of companies and returns that of links.
func (b *bench) invite(table string) [][]string {
	b.Helper()
	media, body := upload(b.T, "companies.csv", table)
	reply := b.want(200, "POST", b.desk()+"members", body, media, asBrowser)
	rows, err := csv.NewReader(reply.Body).ReadAll()
	b.must(err)
	return rows
}

// The organiser's page from the companies to the purge, in a browser.
func TestDesk(t *testing.T) {
	b := newBench(t)
	b.panel(40)
	desk := b.desk()
	shows := func(want ...string) {
		t.Helper()
		page := b.want(200, "GET", desk+"page", "", asBrowser).Body.String()
		for _, text := range want {
			if not, ok := strings.CutPrefix(text, "not "); ok && strings.Contains(page, not) || !ok && !strings.Contains(page, text) {
				t.Errorf("the page, which should show %q, is %s", text, page)
			}
		}
	}
	rows := b.invite("\ufeffcountry,Company\nDE,Acme & Söhne\nFR,\"Bolt, SA\"\n")
	own := strings.TrimPrefix(rows[1][1], "https://survey.example")
	if len(rows) != 3 || rows[1][0] != "Acme & Söhne" || rows[2][0] != "Bolt, SA" || rows[2][1] == rows[1][1] {
		t.Fatalf("the links are %q", rows)
	}
	b.want(200, "GET", own, "")
	shows("<li>Acme &amp; Söhne</li>", "<li>Bolt, SA</li>", "not <li>panel", "is open", "ε = 8", "1 March 2099", "may be made public")
	b.want(204, "POST", own, `{"scores": {"q1": 2}}`, asJSON)
	shows("not <li>Acme", "<li>Bolt, SA</li>")

	again := b.invite("company\nAcme & Söhne\nCrane\n")
	if again[1][1] != "" || again[2][1] == "" {
		t.Errorf("asked again, the links are %q", again)
	}
	b.want(200, "GET", own, "") // still

	acme := url.Values{"company": {"Acme & Söhne"}}
	b.want(200, "POST", desk+"reissue", acme.Encode(), asForm, asBrowser)
	b.want(200, "GET", own, "") // it only asked
	acme.Set("sure", "yes")
	_, page, _ := strings.Cut(b.want(200, "POST", desk+"reissue", acme.Encode(), asForm, asBrowser).Body.String(), "<code>https://survey.example")
	next, _, _ := strings.Cut(page, "</code>")
	b.want(404, "GET", own, "")
	b.want(200, "GET", next, "")
	if b.sheetOf(next) == "" {
		t.Error("with the new link the answers are gone")
	}

	for _, step := range []struct{ act, before, after string }{
		{"close", "is open", "closed, and not published"}, {"publish", "closed, and not published", "is published"}, {"purge", "is published", "No company has a link"},
	} {
		shows(step.before)
		b.want(200, "POST", desk+step.act, "", asForm, asBrowser)
		shows(step.before) // it only asked
		reply := b.want(303, "POST", desk+step.act, "sure=yes", asForm, asBrowser)
		if at := reply.Header().Get("Location"); at != desk+"page" {
			t.Errorf("%s leads to %s", step.act, at)
		}
		shows(step.after)
	}
	b.want(200, "GET", "/releases/2026/release.json", "")
	// What was done stays, after the purge too, in the log as well, without the companies.
	for _, act := range []string{"links", "replacement of a link", "close", "publication", "purge"} {
		shows("<td>" + act + " asked for</td>")
		if !strings.Contains(b.log.String(), `"msg":"`+act+" asked for") {
			t.Errorf("the log lacks %q: %s", act, b.log)
		}
	}
	if log := b.log.String(); strings.Contains(log, "Acme") || strings.Count(log, "links asked for") > 2 {
		t.Errorf("the log tells of companies: %s", log)
	}
}

// Tables that are none make no link at all.
func TestWrongTables(t *testing.T) {
	b := newBench(t)
	for _, table := range []string{"", "company\n", "name\nAcme\n", "company\nAcme\nacme \n", "company\nAcme\n\"\"\n", "company\nAcme\nx,y\n", "company\nAcme\n\"a\n", "company\nAcme\na\x00b\n"} {
		media, body := upload(t, "companies.csv", table)
		b.want(400, "POST", b.desk()+"members", body, media)
	}
	b.want(400, "POST", b.desk()+"members", "", asForm)
	b.want(400, "POST", b.desk()+"reissue", "company=Acme&sure=yes", asForm)
	if list, err := b.server.store.members(t.Context(), b.server.wave); err != nil || len(list) != 0 {
		t.Errorf("%d companies got a link (%v)", len(list), err)
	}
}

// Without its key the organiser's page is like any dead link, whatever is sent; the
// token is no key, and the key no token.
func TestDeskNeedsItsKey(t *testing.T) {
	b := newBench(t)
	dead := seen(b.want(404, "GET", "/members/"+newLink()+"/answers", ""))
	key := strings.Split(b.desk(), "/")[2]
	for _, wrong := range []string{newLink(), "x", key[1:], key + "x", url.PathEscape(testToken)} {
		same(t, "the page", dead, seen(b.do("GET", "/desk/"+wrong+"/page", "")))
		for _, act := range []string{"close", "publish", "withdraw", "purge", "members", "reissue"} {
			same(t, act, dead, seen(b.do("POST", "/desk/"+wrong+"/"+act, "sure=yes", asForm)))
		}
	}
	b.want(401, "POST", "/organiser/close", "", "Authorization: Bearer "+key)
	b.want(404, "POST", b.desk()+"nothing", "sure=yes", asForm)
	b.want(405, "POST", b.desk()+"page", "sure=yes", asForm)
	if closed, err := b.server.store.closed(t.Context(), b.server.wave); closed || err != nil {
		t.Errorf("the wave is closed: %v, %v", closed, err)
	}
}
