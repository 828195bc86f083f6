package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// What a reply must not lack, spelt out: nothing is kept by a browser or a proxy but
// what is public, no page but the form and standing.html runs a script, and none is framed, no address of a member's page is
// passed on, and the report alone has a policy of its own.
func TestHeadersOfEveryRoute(t *testing.T) {
	const (
		pagePolicy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
		formPolicy = pagePolicy + "; script-src 'self'"
		ownPolicy  = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
		private    = "no-store"
	)
	b := newBench(t)
	desk := b.desk()
	none := b.do("GET", desk+"forecast", "").Header() // before there are members, for whom it would take seconds
	b.panel(40)
	own := b.enrol("Acme")
	page := func(name string) string { return strings.TrimSuffix(own, "answers") + name }
	b.want(204, "POST", own, `{"scores": {"q1": 2}}`, asJSON)
	seen := map[string]bool{"GET /desk/{key}/forecast": none.Get("Content-Security-Policy") == pagePolicy && none.Get("Cache-Control") == private}
	check := func(method, target, cache, policy string, headers ...string) {
		t.Helper()
		seen[method+" "+strings.NewReplacer(strings.Split(own, "/")[2], "{link}", strings.Split(desk, "/")[2], "{key}").Replace(target)] = true
		h := b.do(method, target, "", headers...).Header()
		for name, want := range map[string]string{
			"Cache-Control":                cache,
			"Content-Security-Policy":      policy,
			"Cross-Origin-Opener-Policy":   "same-origin",
			"Cross-Origin-Resource-Policy": "same-origin",
			"Referrer-Policy":              "no-referrer",
			"X-Content-Type-Options":       "nosniff",
			"X-Robots-Tag":                 "noindex",
			"Vary":                         "Accept, Accept-Language",
			"Set-Cookie":                   "",
		} {
			if got := h.Get(name); got != want {
				t.Errorf("%s %s: %s is %q, want %q", method, target, name, got, want)
			}
		}
	}
	for _, headers := range [][]string{nil, {asBrowser}} {
		for _, target := range []string{"/", "/health", "/nowhere", page("withdraw"), page("standing"), page("standing.html"), page("standing.json"), "/members/x/standing", "/releases/2026/release.json"} {
			check("GET", target, private, pagePolicy, headers...)
		}
		check("GET", own, private, formPolicy, headers...)
		for _, target := range []string{own, page("edit"), page("sheet"), page("draft"), page("withdraw"), page("standing")} {
			check("POST", target, private, pagePolicy, headers...)
		}
	}
	check("POST", "/organiser/desk", private, pagePolicy, asOwner)
	check("GET", desk+"page", private, pagePolicy)
	for _, act := range []string{"members", "reissue", "close", "publish", "withdraw", "purge"} {
		check("POST", desk+act, private, pagePolicy, asBrowser)
	}
	check("POST", "/organiser/members", private, pagePolicy)
	check("POST", "/organiser/members", private, pagePolicy, asOwner)
	check("POST", "/organiser/purge", private, pagePolicy, asOwner)
	b.want(204, "POST", own, `{"scores": {"q1": 2}}`, asJSON)
	check("POST", "/organiser/close", private, pagePolicy, asOwner)
	check("POST", "/organiser/publish", private, pagePolicy, asOwner)
	for name, policy := range map[string]string{"release.json": pagePolicy, "report.html": ownPolicy, "report.md": pagePolicy, "tables.csv": pagePolicy, "standing.html": ownPolicy + "; script-src 'unsafe-inline'"} {
		check("GET", "/releases/2026/"+name, "public, no-cache", policy)
		check("GET", "/releases/2026/"+name, "public, no-cache", policy, asBrowser)
	}
	check("GET", page("standing"), private, pagePolicy)
	check("GET", page("standing.html"), private, ownPolicy)
	check("GET", page("standing.json"), private, pagePolicy)
	check("DELETE", own, private, pagePolicy)
	check("GET", "/style.css", "public, max-age=3600", pagePolicy)
	check("GET", "/form.js", "public, max-age=3600", pagePolicy)
	check("GET", "/openapi.yaml", "public, max-age=3600", pagePolicy)
	for _, route := range b.server.routes() {
		pattern := strings.NewReplacer("{$}", "", "{wave}/{file}", "2026/report.html").Replace(route.pattern)
		if !seen[pattern] {
			t.Errorf("%s is not among them", pattern)
		}
	}
}

// Raw answers and everything that SQLite writes beside them are for their owner to
// read.
func TestModesOfTheAnswers(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // has no such modes
	}
	for _, flush := range []time.Duration{0, time.Second} {
		dir := t.TempDir()
		s, err := openStore(t.Context(), filepath.Join(dir, "survey.db"), flush)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.openWave(t.Context(), "2026", "{}", "2099-03-01"); err != nil {
			t.Fatal(err)
		}
		files := 0
		err = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			info, err := os.Stat(path)
			if err == nil && info.Mode().Perm() != 0o600 {
				t.Errorf("the mode of %s is %04o, want 0600", filepath.Base(path), info.Mode().Perm())
			}
			files++
			return err
		})
		if err != nil || files < 2 {
			t.Errorf("%d files are there, with the write-ahead log (%v)", files, err)
		}
		if err := s.close(); err != nil {
			t.Fatal(err)
		}
	}
}
