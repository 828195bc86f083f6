package ledger

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"maturitybench/privacy"
	"maturitybench/privacy/internal/clock"
)

// The text of records is a format that ledgers keep: it never changes.
func TestRecordText(t *testing.T) {
	key := newKey([keySize]byte{1})
	of := target{"trade-body", "2026", 2}
	publication := publicationRow{
		target: of, reason: "a late answer", loss: privacy.Loss{PureEpsilon: 5, MuSquared: 696235037649, Delta: 100003637979}, noise: "secure",
		plan: []byte{1}, data: []byte{2}, measurement: []byte{3}, release: []byte{4},
	}
	previous := Head{Number: 6, Hash: [32]byte{0: 0xab, 31: 0xcd}}
	first := "maturitybench.journal/2\nnumber 7\nprevious ab" + strings.Repeat("00", 30) + "cd\ntime 2026-03-01T12:00:00Z\n"
	const at = 1772366400 // 2026-03-01T12:00:00Z
	tests := []struct {
		name   string
		record record
		want   string
	}{
		{"account", accountRow{"trade-body", "company", "secret", "8", "1e-05", "3y", "20"}.record(at),
			"kind account\naccount trade-body\nunit company\nroster secret\nepsilon 8\ndelta 1e-05\nwindow 3y\nlifetime 20\n"},
		{"publication", publication.record(key, at),
			"kind publication\naccount trade-body\nwave 2026\nrevision 2\nreason \"a late answer\"\npure_epsilon 5\nmu_squared 696235037649\ndelta 100003637979\n" +
				"noise secure\nplan 01\ndata " + fmt.Sprintf("%x", key.data(of, []byte{2})) + "\nmeasurement 03\nrelease 04\n"},
		{"refused", of.record("refused", at, "outcome", "budget"),
			"kind refused\naccount trade-body\nwave 2026\nrevision 2\noutcome budget\n"},
		{"reestimate", of.record("reestimate", at, "estimator", "v2"),
			"kind reestimate\naccount trade-body\nwave 2026\nrevision 2\nestimator v2\n"},
		{"date", dateRecord("2026-03-01", at), "kind date\nstated 2026-03-01\n"},
		{"withdrawal", of.record("withdrawal", at, "reason", "a wrong file"),
			"kind withdrawal\naccount trade-body\nwave 2026\nrevision 2\nreason \"a wrong file\"\n"},
		{"a value that only a stranger can have written", target{"a\nrevision 1", "", 2}.record("refused", at, "outcome", `"x"`),
			"kind refused\naccount \"a\\nrevision 1\"\nwave \"\"\nrevision 2\noutcome \"\\\"x\\\"\"\n"},
	}
	for _, test := range tests {
		if diff := cmp.Diff(first+test.want, previous.text(test.record)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// The hash of a record is what a shell computes from its text.
func TestRecordHash(t *testing.T) {
	got := Head{Number: 3}.after("text\n")
	want := Head{Number: 4, Hash: sha256.Sum256([]byte("maturitybench/privacy/ledger/record/1\x00text\n"))}
	if got != want {
		t.Errorf("the head is %v, want %v", got, want)
	}
}

// What the journal says of data differs between publications of the same data,
// and between ledgers.
func TestDataIsNotRecognised(t *testing.T) {
	key, digest := newKey([keySize]byte{1}), make([]byte, 32)
	seen := map[string]bool{}
	for _, k := range []*Key{key, newKey([keySize]byte{2})} {
		for _, of := range []target{{"a", "w", 1}, {"a", "w", 2}, {"a", "v", 1}, {"b", "w", 1}} {
			seen[string(k.data(of, digest))] = true
		}
	}
	if len(seen) != 8 {
		t.Errorf("%d values for one digest in eight places", len(seen))
	}
}

// Who edits a charge and puts all hashes right, but has not the key, is found
// without any head that was kept.
func TestForgedWithoutTheKey(t *testing.T) {
	for _, stolen := range []bool{false, true} {
		db := database(t)
		l := newLedger(t, db)
		if err := l.OpenAccount(t.Context(), testAccount); err != nil {
			t.Fatal(err)
		}
		before, err := l.Verify(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := l.Publish(t.Context(), testEntry(), drawn); err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec(`update publications set mu_squared = 1`); err != nil {
			t.Fatal(err)
		}
		tx, err := db.Begin()
		if err != nil {
			t.Fatal(err)
		}
		forged, err := readRow(t.Context(), tx, l.key, "publications", 2)
		tx.Rollback()
		if err != nil {
			t.Fatal(err)
		}
		text := before.text(forged)
		head := before.after(text)
		key := newKey([keySize]byte{9})
		if stolen {
			key = l.key
		}
		if _, err := db.Exec(`update journal set record = $1, hash = $2, seal = $3 where number = 2`, text, head.Hash[:], key.seal(head)); err != nil {
			t.Fatal(err)
		}
		if _, err := New(t.Context(), db, plain, "test", newKey([keySize]byte{})); errors.Is(err, ErrTampered) == stolen {
			t.Errorf("key stolen: %t; the error is %v", stolen, err)
		}
		if _, err := l.Verify(t.Context()); !errors.Is(err, ErrTampered) {
			t.Errorf("who has seen the true record: %v, want %v", err, ErrTampered)
		}
	}
}

// A journal of one record is sealed like any other.
func TestSealOfTheFirstRecord(t *testing.T) {
	db := database(t)
	if err := newLedger(t, db).OpenAccount(t.Context(), testAccount); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(`update journal set seal = hash`); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), db, plain, "test", newKey([keySize]byte{})); !errors.Is(err, ErrTampered) {
		t.Errorf("the error is %v, want %v", err, ErrTampered)
	}
}

// Who holds the key and makes a record older than the one before, by a second, so that
// it leaves its window earlier, is found.
func TestForgedTime(t *testing.T) {
	for by, found := range map[int]bool{0: false, 1: true, 1000: true} {
		db := database(t)
		l := newLedger(t, db)
		ctx := clock.At(t.Context(), time.Date(2026, time.March, 1, 0, 0, 0, 0, time.UTC))
		if err := l.OpenAccount(ctx, testAccount); err != nil {
			t.Fatal(err)
		}
		before, err := l.Verify(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := l.Publish(ctx, testEntry(), drawn); err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec(`update publications set stored = stored - $1`, by); err != nil {
			t.Fatal(err)
		}
		tx, err := db.Begin()
		if err != nil {
			t.Fatal(err)
		}
		forged, err := readRow(ctx, tx, l.key, "publications", 2)
		tx.Rollback()
		if err != nil {
			t.Fatal(err)
		}
		text := before.text(forged)
		head := before.after(text)
		if _, err := db.Exec(`update journal set record = $1, hash = $2, seal = $3 where number = 2`, text, head.Hash[:], l.key.seal(head)); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(ctx, db, plain, "test", newKey([keySize]byte{})); errors.Is(err, ErrTampered) != found {
			t.Errorf("%d seconds older: %v", by, err)
		}
	}
}

// drawn is a record of one draw.
func drawn(draws *privacy.Draws) (privacy.Record, error) {
	mechanism, err := privacy.NewGaussian(1, 500_000)
	if err != nil {
		return privacy.Record{}, err
	}
	text := fmt.Append(nil, draws.Gaussian(mechanism, make([]int64, 2)))
	return privacy.Record{Measurement: text, Release: text}, nil
}
