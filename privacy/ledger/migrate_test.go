package ledger

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// files are migrations by name.
func files(texts map[string]string) fs.FS {
	m := fstest.MapFS{}
	for name, text := range texts {
		m["migration/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}

func TestMigrate(t *testing.T) {
	db := database(t)
	l := &Ledger{db: db, dialect: plain, writer: make(chan struct{}, 1)}
	names := func() (names []string) {
		t.Helper()
		rows, err := db.Query(`select name from migrations order by name`)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var name string
			if err := rows.Scan(&name); err != nil {
				t.Fatal(err)
			}
			names = append(names, name)
		}
		return names
	}
	first := map[string]string{
		"0002_b.sql": `insert into a values (2);`, // needs the first one
		"0001_a.sql": `create table a (x bigint); insert into a values (1);`,
	}
	broken := map[string]string{
		"0001_a.sql": first["0001_a.sql"],
		"0002_b.sql": first["0002_b.sql"],
		"0003_c.sql": `insert into a values (3); insert into nowhere values (3);`,
	}
	steps := []struct {
		name  string
		files map[string]string
		fails bool
		want  []string
		rows  int // of table a
	}{
		{"first", first, false, []string{"migration/0001_a.sql", "migration/0002_b.sql"}, 2},
		{"again", first, false, []string{"migration/0001_a.sql", "migration/0002_b.sql"}, 2},
		{"broken", broken, true, []string{"migration/0001_a.sql", "migration/0002_b.sql"}, 2},
		{"older", map[string]string{"0001_a.sql": first["0001_a.sql"]}, true, []string{"migration/0001_a.sql", "migration/0002_b.sql"}, 2},
		{"mended", map[string]string{
			"0001_a.sql": first["0001_a.sql"], "0002_b.sql": first["0002_b.sql"], "0003_c.sql": `insert into a values (3);`,
		}, false, []string{"migration/0001_a.sql", "migration/0002_b.sql", "migration/0003_c.sql"}, 3},
	}
	for _, step := range steps {
		err := l.migrate(t.Context(), files(step.files), true)
		if (err != nil) != step.fails {
			t.Errorf("%s: %v", step.name, err)
		}
		if step.name == "older" && !errors.Is(err, ErrNewer) {
			t.Errorf("older: %v, want %v", err, ErrNewer)
		}
		if diff := cmp.Diff(step.want, names()); diff != "" {
			t.Errorf("%s: migrations (-want +got):\n%s", step.name, diff)
		}
		var rows int
		if err := db.QueryRow(`select count(*) from a`).Scan(&rows); err != nil {
			t.Fatal(err)
		}
		if rows != step.rows {
			t.Errorf("%s: %d rows, want %d", step.name, rows, step.rows)
		}
	}
}

// A ledger of an old form is refused with a sentence, and left as it is.
func TestOldForm(t *testing.T) {
	for applied, why := range map[string]string{
		"('migration/0001_ledger.sql', 1), ('migration/0002_journal.sql', 1)": "a window is a number of publications",
		"('migration/0003_ledger.sql', 1)":                                    "data are recognised by another digest",
	} {
		db := database(t)
		if _, err := db.Exec(`create table migrations (name text not null primary key, applied bigint not null);
			insert into migrations values ` + applied); err != nil {
			t.Fatal(err)
		}
		_, err := New(t.Context(), db, plain, "test", newKey([keySize]byte{}))
		if !errors.Is(err, ErrOlder) || !strings.Contains(err.Error(), why) || !strings.Contains(err.Error(), "open a new ledger") {
			t.Errorf("the error is %v, want %v and what to do", err, ErrOlder)
		}
		var tables int
		if err := db.QueryRow(`select count(*) from sqlite_master where type = 'table'`).Scan(&tables); err != nil || tables != 1 {
			t.Errorf("%d tables (%v), want the one that was there", tables, err)
		}
	}
}

// New on an empty database runs what is embedded, and nothing the second time.
func TestNewTwice(t *testing.T) {
	db := database(t)
	newLedger(t, db)
	var before, after int
	const changes = `select total_changes()`
	db.SetMaxOpenConns(1) // total_changes counts by connection
	if err := db.QueryRow(changes).Scan(&before); err != nil {
		t.Fatal(err)
	}
	newLedger(t, db)
	if err := db.QueryRow(changes).Scan(&after); err != nil {
		t.Fatal(err)
	}
	if before != after {
		t.Errorf("opening again changes %d rows", after-before)
	}
	other := newKey([keySize]byte{1})
	if _, err := New(t.Context(), db, plain, "test", other); !errors.Is(err, ErrKeyRefused) {
		t.Errorf("another key: %v, want %v", err, ErrKeyRefused)
	}
}
