// Package postgres opens a durable ledger in a PostgreSQL database, for
// services that run on several machines.
//
// A ledger is the tables of one schema, maturitybench unless the connection
// string sets search_path, and one key file, under which the ledger recognises
// data (see [ledger.ReadKey]). Every machine that opens the ledger has a copy of
// the key, mode 0600; the server never sees it. Back up the two apart: who
// holds both and a guess at all answers of a wave can test the guess.
//
//	ledger    key       head      Create      Open
//	missing   missing   missing   makes all   ErrMissing
//	missing   one of them there   ErrLost     ErrLost
//	there     missing   any       ErrExists   ErrKeyMissing
//	there     there     missing   ErrExists   ErrHeadMissing; see Accept
//	there     there     there     ErrExists   opens the ledger: the key must be its own, and the head continued
//
// A schema that the role cannot see counts as missing. The head is the latest one that
// a machine has seen, in a file beside its key with
// the key file's name and .head: a ledger that does not continue it is
// refused. A machine that is to open the ledger gets a copy of both.
//
// Writers queue on an advisory lock, so that one of them at a time reads what
// all before it have committed. The server must flush commits:
// synchronous_commit is on, or remote_apply, and nothing is written otherwise.
// A server that runs with fsync=off promises what it does not do; a ledger on
// it may lose charges when the machine fails.
package postgres
