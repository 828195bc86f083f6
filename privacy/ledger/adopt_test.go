package ledger

import (
	"database/sql"
	"errors"
	"testing"

	"maturitybench/privacy"
)

// before makes a ledger as it was before there was a journal: an account, two
// publications and a refused attempt in between.
func before(t *testing.T, l *Ledger) *sql.DB {
	t.Helper()
	text, err := migrations.ReadFile("migration/0001_ledger.sql")
	if err != nil {
		t.Fatal(err)
	}
	old := database(t)
	statements := []string{
		string(text),
		`create table migrations (name text not null primary key, applied bigint not null)`,
		`insert into migrations values ('migration/0001_ledger.sql', 1)`,
		`insert into accounts values ('a', 1, 'company', 'secret', '8', '1e-05', 3, 10)`,
		`insert into attempts values (3, 'a', 'w', 1, 'changed', 30)`,
	}
	for _, statement := range statements {
		if _, err := old.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := old.Exec(`insert into ledger values (1, 4, $1)`, l.key.check()); err != nil {
		t.Fatal(err)
	}
	r, err := l.request(t.Context(), testEntry())
	if err != nil {
		t.Fatal(err)
	}
	for i, number := range []int{2, 4} {
		_, err := old.Exec(`insert into publications values ($1, 'a', $2, 1, $3, $4, $5, 0, $6, $7, 'secure', $8, $9, 20)`,
			number, []string{"w", "v"}[i], blob(r.Plan), r.planDigest, r.dataDigest, r.Loss.MuSquared, r.Loss.Delta, []byte("measured"), []byte("released"))
		if err != nil {
			t.Fatal(err)
		}
	}
	return old
}

func TestAdopt(t *testing.T) {
	db := before(t, newLedger(t, database(t)))
	l := newLedger(t, db)
	head, err := l.Verify(t.Context())
	if err != nil || head.Number != 4 {
		t.Fatalf("the head is %v (%v), want number 4", head, err)
	}
	never := func(*privacy.Draws) (privacy.Record, error) {
		t.Error("the release was computed")
		return privacy.Record{}, nil
	}
	record, err := l.Publish(t.Context(), testEntry(), never)
	if err != nil || string(record.Release) != "released" {
		t.Errorf("the replay is %q, %v", record.Release, err)
	}
	e := testEntry()
	e.Wave = "u"
	if _, err := l.Publish(t.Context(), e, drawn); err != nil {
		t.Error(err)
	}
	if _, err := newLedger(t, db).VerifySince(t.Context(), head); err != nil {
		t.Error(err)
	}
}

// What cannot be journaled is left as it is.
func TestAdoptRefuses(t *testing.T) {
	l := newLedger(t, database(t))
	gap := before(t, l)
	if _, err := gap.Exec(`delete from attempts`); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		db   *sql.DB
		key  *Key
		want error
	}{
		{"a row is missing", gap, new(Key), ErrTampered},
		{"another key", before(t, l), &Key{secret: [keySize]byte{1}}, ErrKeyRefused},
	}
	for _, test := range tests {
		if _, err := New(t.Context(), test.db, plain, "test", test.key); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", test.name, err, test.want)
		}
		var count int
		if err := test.db.QueryRow(`select count(*) from sqlite_master where name = 'journal'`).Scan(&count); err != nil || count != 0 {
			t.Errorf("%s: %d journals are left behind (%v)", test.name, count, err)
		}
	}
}
