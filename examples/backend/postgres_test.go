package main

import (
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"maturitybench/privacy/ledger/postgres/postgrestest"
)

// The same on PostgreSQL: a whole wave with the ledger in the same database,
// and a close while members answer.
func TestPostgres(t *testing.T) {
	server := postgrestest.Start(t)
	b := &bench{T: t, log: &logged{}, source: address(server.Database(t)), replied: map[outcome]bool{}}
	ledger, err := openLedger(t.Context(), options{ledger: b.source, createLedger: true, ledgerKey: filepath.Join(t.TempDir(), "ledger.key")})
	b.must(err)
	defer ledger.Close()
	b.start(ledger)
	b.wave()
	b.source = address(server.Database(t))
	b.start(ledger)
	b.closeWhileMembersAnswer()
}

// address is a connection string of words as an address.
func address(words string) string {
	query := url.Values{}
	for word := range strings.FieldsSeq(words) {
		name, value, _ := strings.Cut(word, "=")
		query.Set(name, value)
	}
	return "postgres:///?" + query.Encode()
}
