//go:build unix

package main

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
)

// A copy that SQLite makes while the program runs has every answer that was
// acknowledged before; started on it, the program goes on with the same links.
func TestBackupAndRestore(t *testing.T) {
	dir := t.TempDir()
	p := launch(t, place{dir, "2026", "survey.db", "ledger.db"})
	own := strings.TrimPrefix(p.link("Acme"), p.url)
	late := strings.TrimPrefix(p.link("Bolt"), p.url)
	if status, _ := p.call("POST", p.url+own, `{"scores": {"q1": 2, "q3": 1}}`, asJSON); status != 204 {
		t.Fatalf("status %d", status)
	}
	source, err := dsn(filepath.Join(dir, "survey.db"))
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", source)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`vacuum into $1`, filepath.Join(dir, "copy.db")); err != nil {
		t.Fatal(err)
	}
	if status, _ := p.call("POST", p.url+late, `{"scores": {"q1": 0}}`, asJSON); status != 204 {
		t.Fatalf("status %d", status)
	}
	p.kill()

	p = launch(t, place{dir, "2026", "copy.db", "ledger.db"})
	defer p.kill()
	store, err := openStore(t.Context(), filepath.Join(dir, "copy.db"), 0)
	if err != nil {
		t.Fatal(err)
	}
	defer store.close()
	for path, want := range map[string]string{own: `{"attributes":{},"scores":{"q1":2,"q3":1}}`, late: ""} {
		link := hash(strings.Split(path, "/")[2])
		if v, err := store.visit(t.Context(), "2026", link[:]); err != nil || v.answers.String != want {
			t.Errorf("restored is %q, %v, want %q", v.answers.String, err, want)
		}
		if status, _ := p.call("POST", p.url+path, `{"scores": {"q1": 1, "q2": 1, "q3": 1}}`, asJSON); status != 204 {
			t.Errorf("an answer after the restore: status %d", status)
		}
	}
}
