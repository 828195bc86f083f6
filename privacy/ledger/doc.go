// Package ledger is the durable [privacy.Ledger]: it holds the accounts, what
// was charged to them, and everything that was published, on database/sql.
// The packages sqlite (and others beside it) only open one.
//
//  1. The organiser opens an account once: (*Ledger).OpenAccount. It says what
//     is protected and how much may ever be learned within a window of
//     publications. It is never changed.
//  2. A publication is asked for with (*Ledger).Publish: an entry says account,
//     wave, revision, plan and charge, and lists the raw records.
//  3. The ledger recognises data by a keyed digest of the records. The key is a
//     file of its own ([ReadKey]); the database without the key says nothing
//     about an answer.
//  4. On one snapshot of the database the ledger decides: published before from
//     the same plan and data, then the stored bytes are returned; published
//     from others, known under another account or beyond the budget, then the
//     attempt is journaled and refused; else admitted.
//  5. Admitted, the caller's function runs with fresh draws of secure noise.
//     No transaction is open and no lock is held meanwhile, and the draws must
//     not lose more than is charged.
//  6. One short transaction decides again, for others may have published
//     meanwhile, and then stores charge, measurement and release together. Of
//     several that publish the same entry at once, the first to commit is
//     stored; the others discard their draws, unseen.
//  7. After the commit the record is read back, and that is what Publish
//     returns. No noisy number leaves the process before.
//
// A crash at any point leaves either nothing or the whole publication. Asking
// again is always right: it returns what was stored or starts afresh.
//
// All three kinds of rows (accounts, publications, refused attempts) are
// numbered by one sequence in the order of their commits. None is ever changed
// or deleted.
//
// What a ledger cannot do: it does not notice that its files were replaced by
// an older copy of themselves, and an operator who edits or deletes them can
// spend a budget twice.
package ledger
