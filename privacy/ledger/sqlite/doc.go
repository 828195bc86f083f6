// Package sqlite opens a durable ledger in one SQLite file.
//
// A ledger at PATH is three files: PATH, the database, PATH.key, the key under
// which the ledger recognises data (see [ledger.ReadKey]), and PATH.head, its
// latest head: a ledger that does not continue it, such as an older copy, is
// refused. While the
// ledger is open SQLite adds PATH-wal and PATH-shm; the first holds the latest
// commits, so a back-up is taken with [BackUp], or of a closed ledger.
// Back up the key apart from the database: whoever holds both and a guess at
// all answers of a wave can test the guess.
//
//	PATH      PATH.key   PATH.head   Create         Open
//	missing   missing    missing     makes all      ErrMissing
//	missing   one of them there      ErrLost        ErrLost
//	there     missing    any         ErrExists      ErrKeyMissing
//	there     there      missing     ErrExists      ErrHeadMissing; see Accept
//	there     there      there       ErrExists      opens the ledger: the key must be its own, and the head continued
//
// While a ledger is made its key is PATH.key.pending, and gets its name last, so
// that a crash leaves nothing that is refused: Create goes on before the ledger is
// there, Open afterwards. All files appear
// under their names when they are complete, so an empty or damaged one was not
// left by this package and is refused. A crash may leave a PATH.new-*,
// PATH.key.new-* or PATH.head.new-* file, which nothing reads and which may be deleted.
package sqlite
