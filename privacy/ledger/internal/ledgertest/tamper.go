package ledgertest

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"maturitybench/privacy"
	"maturitybench/privacy/ledger"
)

// history makes a ledger with nine records: accounts a and b, two publications
// of a, a refused attempt, a reestimate, a publication of b, another refused
// attempt and a revision.
func history(t *testing.T, p Place) *ledger.Ledger {
	t.Helper()
	l := p.Ledger(t)
	OpenAccount(t, l, "a", 3)
	OpenAccount(t, l, "b", 3)
	Publish(t, l, Entry("a", "w1"))
	Publish(t, l, Entry("a", "w2"))
	refuse(t, l)
	if _, err := l.RecordReestimate(t.Context(), "a", "w1", 1, "v2"); err != nil {
		t.Fatal(err)
	}
	Publish(t, l, Entry("b", "w1"))
	refuse(t, l)
	e := Entry("b", "w1")
	e.Revision = 2
	Publish(t, l, e)
	return l
}

// refuse asks for what account a has published otherwise.
func refuse(t *testing.T, l *ledger.Ledger) {
	t.Helper()
	e := Entry("a", "w1")
	e.Plan = []byte("another plan")
	if _, err := l.Publish(t.Context(), e, Never(t)); !errors.Is(err, privacy.ErrChanged) {
		t.Fatalf("the error is %v, want %v", err, privacy.ErrChanged)
	}
}

func testTampered(t *testing.T, place func(*testing.T) Place) {
	const copied = `insert into publications (sequence, account, wave, revision, reason, plan, plan_digest, data_digest, pure_epsilon, mu_squared, delta,
			noise, measurement, measurement_digest, release, release_digest, stored)
		select 99, account, 'w9', revision, reason, plan, plan_digest, data_digest, pure_epsilon, mu_squared, delta,
			noise, measurement, measurement_digest, release, release_digest, stored from publications where sequence = 3`
	tests := []struct {
		name    string
		sql     string
		number  int64 // of the record that is named
		content bool  // found by Verify and by whoever reads the publication of record 3
	}{
		{"charge lowered", `update publications set mu_squared = 1 where sequence = 3`, 3, false},
		{"delta lowered", `update publications set delta = 0 where sequence = 4`, 4, false},
		{"pure epsilon raised", `update publications set pure_epsilon = 1 where sequence = 9`, 9, false},
		{"release edited", `update publications set release = measurement where sequence = 3`, 3, true},
		{"measurement edited", `update publications set measurement = release where sequence = 3`, 3, true},
		{"plan edited", `update publications set plan = release where sequence = 3`, 3, true},
		{"release and its digest edited", `update publications set release = measurement, release_digest = measurement_digest where sequence = 3`, 3, false},
		{"digest of the data edited", `update publications set data_digest = plan_digest where sequence = 4`, 4, false},
		{"wave renamed", `update publications set wave = 'w7' where sequence = 4`, 4, false},
		{"moved to another account", `update publications set account = 'b' where sequence = 4`, 4, false},
		{"charge removed", `delete from publications where sequence = 4`, 4, false},
		{"charge and record removed", `delete from publications where sequence = 4; delete from journal where number = 4`, 4, false},
		{"last charge removed", `delete from publications where sequence = 9`, 9, false},
		{"last charge and record removed", `delete from publications where sequence = 9; delete from journal where number = 9`, 9, false},
		{"last record removed", `delete from journal where number = 9`, 9, false},
		{"charge without a record", copied, 10, false},
		{"one number twice", copied + `; update publications set sequence = 5 where sequence = 99`, 5, false},
		{"charges swapped", `update publications set sequence = 99 where sequence = 3; update publications set sequence = 3 where sequence = 4;
			update publications set sequence = 4 where sequence = 99`, 3, false},
		{"budget raised", `update accounts set epsilon = '800' where id = 'a'`, 1, false},
		{"window shortened", `update accounts set span = '1d' where id = 'b'`, 2, false},
		{"account renumbered", `update accounts set sequence = 50 where id = 'b'`, 2, false},
		{"refusal removed", `delete from attempts where sequence = 5`, 5, false},
		{"refusal edited", `update attempts set outcome = 'budget' where sequence = 8`, 8, false},
		{"reestimate removed", `delete from reestimates`, 6, false},
		{"record edited", `update journal set record = replace(record, 'w1', 'w8') where number = 3`, 3, false},
		{"record with one line more", `update journal set record = record || 'mu_squared 0' where number = 7`, 7, false},
		{"hash edited", `update journal set hash = seal where number = 4`, 4, false},
		{"hash cut", `update journal set hash = '' where number = 4`, 4, false},
		{"hash of the last record cut", `update journal set hash = '' where number = 9`, 9, false},
		{"hash of the last record edited", `update journal set hash = seal where number = 9`, 9, false},
		{"seal edited", `update journal set seal = hash where number = 9`, 9, false},
		{"seal emptied", `update journal set seal = '' where number = 9`, 9, false},
		{"time set back", `update publications set stored = stored - 100000000 where sequence = 7`, 7, false},
		{"lifetime removed", `update accounts set lifetime = '1' where id = 'b'`, 2, false},
		{"reason edited", `update publications set reason = 'because' where sequence = 3`, 3, false},
		{"records swapped", `update journal set number = 99 where number = 3; update journal set number = 3 where number = 4;
			update journal set number = 4 where number = 99`, 3, false},
		{"first record removed", `delete from journal where number = 1`, 1, false},
		{"journal removed", `delete from journal`, 1, false},
		{"counter set back", `update ledger set sequence = 8`, 9, false},
		{"counter set forward", `update ledger set sequence = 10`, 10, false},
		{"counter removed", `delete from ledger`, 0, false},
		{"another key", `update ledger set key_check = (select hash from journal where number = 1)`, 0, false},
	}
	p := place(t)
	l := history(t, p)
	restore := save(t, p)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, err := p.Tables(t).ExecContext(t.Context(), test.sql); err != nil {
				t.Fatal(err)
			}
			defer restore()
			_, err := l.Verify(t.Context())
			if e, ok := errors.AsType[*ledger.TamperError](err); !ok || e.Number != test.number {
				t.Errorf("Verify: %v, want one about record %d", err, test.number)
			}
			e := Entry("a", "w3")
			if test.content {
				e = Entry("a", "w1")
			}
			if _, err := l.Publish(t.Context(), e, Never(t)); !errors.Is(err, ledger.ErrTampered) {
				t.Errorf("Publish: %v, want %v", err, ledger.ErrTampered)
			}
			if _, err := l.Publication(t.Context(), "a", "w1", 1); !errors.Is(err, ledger.ErrTampered) {
				t.Errorf("Publication: %v, want %v", err, ledger.ErrTampered)
			}
			again, err := p.Open(t.Context())
			if err == nil {
				again.Close()
				t.Error("the ledger opens")
			} else if !errors.Is(err, ledger.ErrTampered) && !errors.Is(err, ledger.ErrKeyRefused) {
				t.Errorf("Open: %v, want %v", err, ledger.ErrTampered)
			}
		})
	}
	if _, err := l.Verify(t.Context()); err != nil {
		t.Errorf("restored: %v", err)
	}
}

// The long texts of every publication are verified, those of the last one too,
// although nobody reads it.
func testTamperedLast(t *testing.T, place func(*testing.T) Place) {
	p := place(t)
	l := history(t, p)
	for _, text := range []string{"release", "measurement", "plan"} {
		restore := save(t, p)
		if _, err := p.Tables(t).ExecContext(t.Context(), `update publications set `+text+` = seal from journal where sequence = 9 and number = 9`); err != nil {
			t.Fatal(err)
		}
		_, err := l.Verify(t.Context())
		if e, ok := errors.AsType[*ledger.TamperError](err); !ok || e.Number != 9 {
			t.Errorf("%s: %v, want one about record 9", text, err)
		}
		restore()
	}
}

// save copies all tables of a ledger and returns what brings them back.
func save(t *testing.T, p Place) (restore func()) {
	t.Helper()
	tables := []string{"ledger", "journal", "accounts", "publications", "attempts", "reestimates", "dates", "withdrawals"} // those that refer to others come last
	db := p.Tables(t)
	run := func(text, table string) {
		t.Helper()
		if _, err := db.ExecContext(t.Context(), strings.ReplaceAll(text, "$", table)); err != nil {
			t.Fatal(err)
		}
	}
	for _, table := range tables {
		run(`drop table if exists saved_$`, table)
		run(`create table saved_$ as select * from $`, table)
	}
	return func() {
		t.Helper()
		for _, table := range slices.Backward(tables) {
			run(`delete from $`, table)
		}
		for _, table := range tables {
			run(`insert into $ select * from saved_$`, table)
		}
	}
}

// A ledger that was set back to an earlier state of its own is in order as far
// as it goes, and is found by who has seen more of it.
func testOlderCopy(t *testing.T, place func(*testing.T) Place) {
	ctx, p := t.Context(), place(t)
	l := history(t, p)
	late, err := l.Verify(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if late.Number != 9 {
		t.Errorf("the head is %v, want number 9", late)
	}
	_, err = p.Tables(t).ExecContext(ctx, `delete from publications where sequence > 7; delete from attempts where sequence > 7;
		delete from journal where number > 7; update ledger set sequence = 7`)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Publish(ctx, Entry("a", "w3"), Never(t)); !errors.Is(err, ledger.ErrTampered) {
		t.Errorf("Publish by who has seen more: %v, want %v", err, ledger.ErrTampered)
	}
	if again, err := p.Open(ctx); !errors.Is(err, ledger.ErrTampered) || !strings.Contains(err.Error(), "find that ledger and put it back") {
		if err == nil {
			again.Close()
		}
		t.Errorf("an older copy is opened: %v, want %v", err, ledger.ErrTampered)
	}
	if err := os.Remove(p.Head); err != nil {
		t.Fatal(err)
	}
	again, err := p.Accept(ctx, ledger.Head{}) // whoever does that believes the copy
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { again.Close() })
	early, err := again.Verify(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := again.VerifySince(ctx, late); !errors.Is(err, ledger.ErrTampered) {
		t.Errorf("VerifySince a kept head: %v, want %v", err, ledger.ErrTampered)
	}
	Publish(t, again, Entry("a", "w3"))
	Publish(t, again, Entry("b", "w3"))
	Publish(t, again, Entry("b", "w4")) // as long as it was
	if _, err := again.VerifySince(ctx, late); !errors.Is(err, ledger.ErrTampered) {
		t.Errorf("VerifySince a kept head, with other records since: %v, want %v", err, ledger.ErrTampered)
	}
	for _, kept := range []ledger.Head{{}, early} {
		if _, err := again.VerifySince(ctx, kept); err != nil {
			t.Errorf("VerifySince %v, which is in it: %v", kept, err)
		}
	}
}

// The head of an empty ledger stands for this ledger and no other.
func testHeadOfNothing(t *testing.T, place func(*testing.T) Place) {
	ctx, l, other := t.Context(), place(t).Ledger(t), place(t).Ledger(t)
	head, err := l.Verify(ctx)
	if err != nil || head.Number != 0 {
		t.Fatalf("the head is %v, and the error %v", head, err)
	}
	OpenAccount(t, l, "a", 1)
	if _, err := l.VerifySince(ctx, head); err != nil {
		t.Error(err)
	}
	if _, err := other.VerifySince(ctx, head); !errors.Is(err, ledger.ErrTampered) {
		t.Errorf("the head of another ledger: %v, want %v", err, ledger.ErrTampered)
	}
}
