// Package postgres opens a durable ledger in a PostgreSQL database, for
// services that run on several machines.
//
// A ledger is the tables of one schema, maturitybench unless the connection
// string sets search_path, and one key file, under which the ledger recognises
// data (see [ledger.ReadKey]). Every machine that opens the ledger has a copy of
// the key, mode 0600; the server never sees it. Back up the two apart: who
// holds both and a guess at all answers of a wave can test the guess.
//
//	ledger    key file   Open
//	missing   missing    makes both, first the key
//	missing   there      makes a new ledger with this key
//	there     there      opens the ledger; the key must be its own
//	there     missing    refuses
//
// The latest head that a machine has seen is beside its key, in the key file's name
// with .head: a ledger that does not continue it is refused
// ([ledger.Ledger.KeepHead]).
//
// Writers queue on an advisory lock, so that one of them at a time reads what
// all before it have committed. The server must flush commits:
// synchronous_commit is on, or remote_apply, and nothing is written otherwise.
// A server that runs with fsync=off promises what it does not do; a ledger on
// it may lose charges when the machine fails.
package postgres
