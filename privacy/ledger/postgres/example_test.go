package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"

	"maturitybench/privacy"
	"maturitybench/privacy/ledger"
	"maturitybench/privacy/ledger/postgres"
)

// A ledger is created once, by whoever sets the survey up; every other program opens it.
// The server's address is in the environment, as libpq has it; the key and the head are
// files of the machine that publishes.
func Example() {
	ctx := context.Background()
	dsn := os.Getenv("LEDGER") // such as postgres://organiser@localhost/survey
	l, err := postgres.Open(ctx, dsn, "ledger.key")
	if errors.Is(err, ledger.ErrMissing) {
		l, err = postgres.Create(ctx, dsn, "ledger.key")
	}
	if err != nil {
		log.Fatal(err)
	}
	defer l.Close()
	err = l.OpenAccount(ctx, privacy.Account{
		ID: "members", Unit: "company", Roster: privacy.SecretRoster, Epsilon: 8, Delta: 1e-5, Window: "3y",
	})
	if err != nil {
		log.Fatal(err)
	}
	accounts, err := l.Accounts(ctx)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("accounts:", len(accounts))
}
