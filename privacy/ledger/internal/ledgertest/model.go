package ledgertest

import (
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"maturitybench/privacy"
	"maturitybench/privacy/ledger"
)

// kinds are the errors by which ledgers answer.
var kinds = []error{
	privacy.ErrChanged, privacy.ErrForeignData, privacy.ErrBudgetExceeded,
	privacy.ErrUnknownAccount, privacy.ErrAccountConflict, privacy.ErrRosterConflict,
}

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
			if durable, err = p.Open(ctx); err != nil {
				rt.Fatal(err)
			}
		}
		own := func(id string) string { return fmt.Sprint(id, "-", sequences) }
		accounts := []privacy.Account{two, one}
		accounts[0].ID, accounts[1].ID = own("a"), own("b")
		accounts[0].Waves = rapid.IntRange(1, 3).Draw(rt, "waves")

		openAccount := func() {
			a := pick(rt, "account to open", accounts...)
			a.Waves += pick(rt, "longer window", 0, 0, 0, 0, 1)
			if want, got := kind(memory.OpenAccount(ctx, a)), kind(durable.OpenAccount(ctx, a)); got != want {
				rt.Fatalf("the ledger says %s, want %s", got, want)
			}
		}
		publish := func() {
			e := Entry(own(pick(rt, "account", "a", "a", "a", "b", "b", "c")), pick(rt, "wave", "w1", "w2"))
			e.Revision = pick(rt, "revision", 1, 1, 2)
			e.Plan = []byte(pick(rt, "plan", "p", "p", "p", "q"))
			e.Data = Records(own("r"), pick(rt, "data", "x", "x", "y"))
			e.Roster = pick(rt, "roster", privacy.SecretRoster, privacy.SecretRoster, privacy.SecretRoster, privacy.PublicRoster)
			_, err1 := memory.Publish(ctx, e, Release)
			record, err2 := durable.Publish(ctx, e, Release)
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
		for range rapid.IntRange(0, 8).Draw(rt, "requests") {
			pick(rt, "request", openAccount, publish, publish, publish)()
		}
	})
}
