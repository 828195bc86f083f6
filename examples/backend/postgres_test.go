package main

import (
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

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
	if page := b.want(200, "GET", b.desk()+"page", "").Body.String(); !strings.Contains(page, "purge asked for") {
		t.Errorf("the organiser's page is %s", page)
	}
	b.enrol("Late")
	for _, day := range []time.Time{b.server.purgeOn.Add(-time.Second), b.server.purgeOn} {
		b.must(b.server.keepDate(t.Context(), day))
		if n := strings.Count(b.log.String(), "purged on its day"); n != map[bool]int{true: 1}[day.Equal(b.server.purgeOn)] {
			t.Errorf("on %v, %d waves are purged", day, n)
		}
	}
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
