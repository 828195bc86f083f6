package main

import (
	"bytes"
	"strings"
	"testing"

	"maturitybench/benchmark/publication"
)

// The newest revision of a wave is served, in every form, to the public and as what a
// member's answers are held against, also when the program was started with the plan of
// the first one; and every wave is served by itself.
func TestNewestRevisionIsServed(t *testing.T) {
	b := newBench(t)
	b.panel(40)
	own := b.enrol("Acme")
	b.want(204, "POST", own, `{"scores": {"q1": 2}}`, asJSON)
	b.organise(204, "close", "")
	b.organise(200, "publish", "")
	get := func(wave, name string) string {
		return b.want(200, "GET", "/releases/"+wave+"/"+name, "").Body.String()
	}
	first := get("2026", "release.json")
	r, err := publication.Parse([]byte(first))
	b.must(err)
	var id []string // of revisions 2 and 3, and of the wave before
	store := func(wave string, revision byte) {
		id = append(id, strings.Repeat(string(revision), 32))
		document := []byte(first)
		for _, edit := range [][2]string{
			{`"id": "` + r.ID, `"id": "` + id[len(id)-1]}, {`"revision": 1`, `"revision": ` + string(revision)}, {`"wave": "2026"`, `"wave": "` + wave + `"`},
		} {
			document = bytes.Replace(document, []byte(edit[0]), []byte(edit[1]), 1)
		}
		b.must(b.server.store.keep(t.Context(), wave, int(revision-'0'), document))
	}
	names := []string{"release.json", "report.html", "report.md", "tables.csv"}
	serves := func(wave, id string) {
		t.Helper()
		if got, err := publication.Parse([]byte(get(wave, "release.json"))); err != nil || got.ID != id {
			t.Errorf("wave %s: the release is %v, want %s", wave, got.ID, id)
		}
		for _, name := range names {
			if !strings.Contains(get(wave, name), wave) {
				t.Errorf("%s of wave %s is that of another wave", name, wave)
			}
		}
	}
	serves("2026", r.ID)
	if page := get("2026", "report.html"); strings.Contains(page, "revision 2") {
		t.Error("the first revision is called another one")
	}
	store("2026", '2')
	serves("2026", id[0])
	if page := get("2026", "report.md"); !strings.Contains(page, "revision 2") {
		t.Error("the page is that of the first revision")
	}
	store("2026", '3')
	b.must(b.server.store.openWave(t.Context(), "2025", "{}", "2099-03-01"))
	store("2025", '1')
	serves("2026", id[1])
	serves("2025", id[2])
	serves("2026", id[1])
	if got := b.standing(strings.TrimSuffix(own, "answers") + "standing.json"); got.Release != id[1] {
		t.Errorf("a member is held against the release %s, want the newest one, %s", got.Release, id[1])
	}
}
