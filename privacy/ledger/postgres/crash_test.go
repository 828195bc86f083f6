package postgres_test

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"maturitybench/privacy/ledger/internal/ledgertest"
	"maturitybench/privacy/ledger/postgres/postgrestest"
)

func TestMain(m *testing.M) { ledgertest.Main(m, placeOf) }

// placeOf is the place of a connection string and the path of a key, in the schema
// that Create makes.
func placeOf(name string) ledgertest.Place {
	dsn, key, _ := strings.Cut(name, " | ")
	p := at(dsn, key)
	p.DB = func() (*sql.DB, error) { return sql.Open("pgx", dsn+" search_path=maturitybench") }
	p.Lose = func() error { return exec(dsn, `drop schema maturitybench cascade`) }
	return p
}

// named is a place in a new database.
func named(t testing.TB, dsn string) ledgertest.Named {
	name := dsn + " | " + filepath.Join(t.TempDir(), "ledger.key")
	return ledgertest.Named{Name: name, Place: placeOf(name)}
}

// The server stops at once while a ledger publishes. What was reported is
// there when it runs again, and the ledger that was open goes on.
func testServerCrash(t *testing.T, server *postgrestest.Server) {
	p := named(t, server.Database(t))
	l := p.Ledger(t)
	a := ledgertest.OpenAccount(t, l, "a", 900)
	crashes := 20 * ledgertest.Thorough(t)
	if crashes == 0 {
		crashes = 1
	}
	releases := map[string]string{}
	for i := range crashes {
		var crash sync.WaitGroup
		crash.Go(func() {
			time.Sleep(time.Duration(rand.IntN(40)) * time.Millisecond)
			server.Crash(t)
		})
		for g := 0; ; g++ {
			e := ledgertest.Entry(a.ID, fmt.Sprintf("w%d-%d", i, g))
			record, err := l.Publish(t.Context(), e, ledgertest.Release)
			if err != nil {
				break
			}
			releases[e.Wave] = string(record.Release)
		}
		crash.Wait()
		server.Resume(t)
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		if _, err := l.Verify(ctx); err != nil {
			t.Fatal(err)
		}
		cancel()
		list, err := l.Publications(t.Context(), a.ID)
		if err != nil {
			t.Fatal(err)
		}
		stored := map[string]bool{}
		for _, publication := range list {
			stored[publication.Wave] = true
		}
		for wave := range releases {
			if !stored[wave] {
				t.Fatalf("wave %s was released and is not stored", wave)
			}
		}
	}
	for wave, release := range releases {
		record, err := l.Publish(t.Context(), ledgertest.Entry(a.ID, wave), ledgertest.Never(t))
		if err != nil || string(record.Release) != release {
			t.Fatalf("wave %s differs afterwards (%v)", wave, err)
		}
	}
	t.Logf("%d releases before %d crashes", len(releases), crashes)
}
