// Package postgrestest starts throw-away PostgreSQL servers for tests, on Unix
// systems that have the server of their distribution installed:
//
//	server := postgrestest.Start(t)
//	ledger, err := postgres.Create(ctx, server.Database(t), filepath.Join(t.TempDir(), "ledger.key"))
//
// A server takes about a second to start, listens on a socket of its own only,
// and is stopped and deleted with its test, however that ends.
package postgrestest
