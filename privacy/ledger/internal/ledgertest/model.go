package ledgertest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"maturitybench/privacy"
	"maturitybench/privacy/internal/clock"
	"maturitybench/privacy/ledger"
)

// kinds are the errors by which ledgers answer.
var kinds = []error{
	privacy.ErrChanged, privacy.ErrForeignData, privacy.ErrBudgetExceeded,
	privacy.ErrUnknownAccount, privacy.ErrAccountConflict, privacy.ErrRosterConflict,
	privacy.ErrRepeatedData, privacy.ErrClock,
}

// start is when the first sequence begins.
var start = time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)

func kind(err error) string {
	for _, k := range kinds {
		if errors.Is(err, k) {
			return k.Error()
		}
	}
	return fmt.Sprint(err)
}

// pick draws one of the values; a value that is listed twice is likelier.
func pick[T any](rt *rapid.T, label string, values ...T) T {
	return rapid.SampledFrom(values).Draw(rt, label)
}

// A durable ledger answers every sequence of requests as one in memory does,
// also when it is closed and opened again in between. Each sequence has
// accounts and data of its own, and twenty of them share a ledger.
func testAgainstMemory(t *testing.T, place func(*testing.T) Place) {
	ctx := t.Context()
	var p Place
	var durable *ledger.Ledger
	var memory *privacy.MemoryLedger
	defer func() { durable.Close() }()
	releases := map[string]string{}
	two, one := Account(t, "two", 2), Account(t, "one", 1)
	sequences := 0

	rapid.Check(t, func(rt *rapid.T) {
		if sequences++; sequences > 20 && testing.Short() {
			return
		}
		if sequences%20 == 1 {
			if durable != nil {
				durable.Close()
			}
			var err error
			p, memory = place(t), privacy.NewMemoryLedger()
			if durable, err = p.Either(ctx); err != nil {
				rt.Fatal(err)
			}
		}
		own := func(id string) string { return fmt.Sprint(id, "-", sequences) }
		accounts := []privacy.Account{two, one}
		accounts[0].ID, accounts[1].ID = own("a"), own("b")
		accounts[0].Window = pick(rt, "window", privacy.Span("1m"), "1y", "3y")
		accounts[1].Lifetime = pick(rt, "lifetime", 0, two.Epsilon)
		now := start.AddDate(11*sequences, 0, 0)
		at := func() context.Context { return clock.At(ctx, now) }

		openAccount := func() {
			a := pick(rt, "account to open", accounts...)
			a.Lifetime = pick(rt, "other lifetime", a.Lifetime, a.Lifetime, a.Lifetime, a.Lifetime, 900)
			if want, got := kind(memory.OpenAccount(at(), a)), kind(durable.OpenAccount(at(), a)); got != want {
				rt.Fatalf("the ledger says %s, want %s", got, want)
			}
		}
		publish := func() {
			e := Entry(own(pick(rt, "account", "a", "a", "a", "b", "b", "c")), pick(rt, "wave", "w1", "w2"))
			e.Revision = pick(rt, "revision", 1, 1, 2)
			e.Plan = []byte(pick(rt, "plan", "p", "p", "p", "q"))
			e.Data = Records(own("r"), pick(rt, "data", "x", "x", "y"))
			e.Reason = pick(rt, "reason", "", "", "because")
			e.Roster = pick(rt, "roster", privacy.SecretRoster, privacy.SecretRoster, privacy.SecretRoster, privacy.PublicRoster)
			_, err1 := memory.Publish(at(), e, Release)
			record, err2 := durable.Publish(at(), e, Release)
			if want, got := kind(err1), kind(err2); got != want {
				rt.Fatalf("the ledger says %s, want %s", got, want)
			}
			id := fmt.Sprint(e.Account, " ", e.Wave, " ", e.Revision)
			if old, ok := releases[id]; ok && err2 == nil && old != string(record.Release) {
				rt.Fatal("a replay returns other bytes")
			} else if err2 == nil {
				releases[id] = string(record.Release)
			}
		}
		wait := func() {
			now = now.Add(time.Duration(pick(rt, "days", 1, 10, 30, 40, 370, 1100, -4000)) * 24 * time.Hour)
		}
		confirm := func() {
			y, m, d := now.Date()
			if want, got := kind(memory.ConfirmDate(at(), y, m, d)), kind(durable.ConfirmDate(at(), y, m, d)); got != want {
				rt.Fatalf("the ledger says %s, want %s", got, want)
			}
		}
		if rapid.IntRange(0, 9).Draw(rt, "reopen") == 0 {
			if err := durable.Close(); err != nil {
				rt.Fatal(err)
			}
			var err error
			if durable, err = p.Open(ctx); err != nil {
				rt.Fatal(err)
			}
		}
		openAccount()
		for range rapid.IntRange(0, 12).Draw(rt, "requests") {
			pick(rt, "request", openAccount, publish, publish, publish, publish, wait, wait, confirm)()
		}
	})
}
