// Package sqlite opens a durable ledger in one SQLite file.
//
// A ledger at PATH is three files: PATH, the database, PATH.key, the key under
// which the ledger recognises data (see [ledger.ReadKey]), and PATH.head, its
// latest head: a ledger that does not continue it, such as an older copy, is
// refused ([ledger.Ledger.KeepHead]). While the
// ledger is open SQLite adds PATH-wal and PATH-shm; the first holds the latest
// commits, so a back-up is taken of a closed ledger or with SQLite's own tools.
// Back up the key apart from the database: whoever holds both and a guess at
// all answers of a wave can test the guess.
//
//	PATH      PATH.key   Open
//	missing   missing    makes both
//	missing   there      refuses: the ledger was lost, and with it what was spent
//	there     there      opens the ledger; the key must be its own
//	there     missing    refuses
//
// While a ledger is made its key is PATH.key.pending, and gets its name last, so
// that a crash leaves nothing that is refused. Both files appear
// under their names when they are complete, so an empty or damaged one was not
// left by this package and is refused. A crash may leave a PATH.new-* or
// PATH.key.new-* file, which nothing reads and which may be deleted.
package sqlite
