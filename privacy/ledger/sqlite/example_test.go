package sqlite_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"maturitybench/privacy"
	"maturitybench/privacy/ledger"
	"maturitybench/privacy/ledger/sqlite"
)

// A ledger is created once, and outlives the program: the account that one run
// opened is there in the next.
func Example() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "ledger")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "ledger.db") // beside it ledger.db.key, to be backed up apart

	for _, open := range []func(context.Context, string) (*ledger.Ledger, error){sqlite.Create, sqlite.Open} {
		ledger, err := open(ctx, path)
		if err != nil {
			log.Fatal(err)
		}
		accounts, err := ledger.Accounts(ctx)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println("accounts:", len(accounts))
		err = ledger.OpenAccount(ctx, privacy.Account{
			ID: "members", Unit: "company", Roster: privacy.SecretRoster, Epsilon: 8, Delta: 1e-5, Window: "3y",
		})
		if err != nil {
			log.Fatal(err)
		}
		if err := ledger.Close(); err != nil {
			log.Fatal(err)
		}
	}
	// Output:
	// accounts: 0
	// accounts: 1
}
