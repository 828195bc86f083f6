// Package ledger is the durable [privacy.Ledger]: it holds the accounts, what
// was charged to them, and everything that was published, on database/sql.
// The packages sqlite and postgres only create and open one, which are two calls:
// a ledger that was lost must not be taken for one that never was.
//
//  1. The organiser creates the ledger once, and opens an account once:
//     (*Ledger).OpenAccount. It says what
//     is protected, how much may be learned within any span of time as long as
//     its window, and how much ever. It is never changed.
//  2. A publication is asked for with (*Ledger).Publish: an entry says account,
//     wave, revision, plan and charge, and lists the raw records.
//  3. The ledger recognises data by a keyed digest of the records. The key is a
//     file of its own ([ReadKey]); the database without the key says nothing
//     about an answer.
//  4. On one snapshot of the database the ledger verifies its journal and then
//     decides: published before from the same plan and data, then the stored
//     bytes are returned; published from others, known under another account or,
//     without a reason, as another wave, of another roster than the account's,
//     beyond the budget, or with a date to be confirmed, then the attempt is
//     journaled and refused; else admitted.
//  5. Admitted, the caller's function runs with fresh draws of secure noise.
//     No transaction is open and no lock is held meanwhile, and the draws must
//     not lose more than is charged.
//  6. One short transaction verifies and decides again, for others may have
//     published meanwhile, and then stores charge, measurement, release and
//     their record in the journal together. Of several that publish the same
//     entry at once, the first to commit is stored; the others discard their
//     draws, unseen.
//  7. After the commit the record is read back, and that is what Publish
//     returns. No noisy number leaves the process before.
//
// # What a ledger promises
//
// No release is without its charge, and no charge is lost: a crash at any point
// leaves either nothing or the whole publication. Asking again is always right:
// it returns what was stored or starts afresh. However many publish at once, here
// or in other processes, the charges within any span of time as long as
// the window never exceed the account's budget, nor all of them its lifetime; they are added in exact integers. An account never changes.
//
// There is one release for each account, wave and revision, whoever publishes
// it first. The same plan and data again return the same bytes. Nothing that
// was published is ever computed again: after a late answer, a correction or a
// withdrawal the same wave is refused ([privacy.ErrChanged]), and a new
// revision is a new publication, charged like any other, which together with
// the first tells more about who changed. A refused charge is a
// [*privacy.BudgetError]: it says what is left and when enough is older than the
// window. [Ledger.Remaining] says what is lost and left before. The same data as
// another wave are refused too ([privacy.ErrRepeatedData]) unless the entry says
// why, which is journaled.
//
// # Time
//
// Budget returns as publications get older than the window, so the ledger keeps
// a clock of its own, [privacy.Clock]: the machine's, recorded with every entry,
// and never before the latest entry. Set back, it frees nothing. After it ran
// ahead by more than 31 days since the latest entry, as in a quiet year or when
// it is wrong, no budget is freed by it until the organiser states today's date
// ([Ledger.ConfirmDate]), which is journaled; after more than 400 days nothing is
// published before that. An organiser who states a wrong date to a wrong clock
// gets budget back too early, and the journal shows it.
//
// # The journal
//
// Accounts, publications, refused attempts, reestimates, confirmed dates and
// withdrawals are numbered from 1
// in the order of their commits, and each has a record in the journal, a text
// of lines that holds the whole row (what is long by its SHA-256) and the hash
// of the record before it:
//
//	maturitybench.journal/2
//	number 2
//	previous 6c1f…
//	time 2026-03-01T12:00:00Z
//	kind publication
//	account jsp
//	wave 2026
//	revision 1
//	reason ""
//	pure_epsilon 0
//	mu_squared 696235037649
//	delta 100003637979
//	noise secure
//	plan 0d5e…
//	data 91b7…
//	measurement 3f40…
//	release a2c8…
//
// The lines of a publication after its kind are its charge in the units of
// [privacy.Loss], [privacy.PlanDigest] of the plan, a keyed digest of the keyed
// digest of the data, and the SHA-256 of the measurement and of release.json.
// The hash of a record is the SHA-256 of the bytes of
// "maturitybench/privacy/ledger/record/1", a zero byte, and the text.
// The first record has a hash of the key's check for the hash before it. Each
// hash is sealed with the key, so that only a holder of the key can continue a
// journal.
//
// [Ledger.Verify] compares journal and tables to the last byte. It runs when a
// ledger is opened, and without the long texts before every decision and every
// answer; an [ErrTampered] says at which record the ledger is not as it was
// written, and nothing is drawn or charged then. The [Head] that Verify returns
// stands for the whole journal: kept elsewhere, on paper or in a repository,
// it lets [Ledger.VerifySince] find that the ledger was cut, rewritten or
// replaced by an older copy. A Ledger keeps the latest head that it has seen
// for as long as it is open.
//
// # What a ledger cannot do
//
//   - Find an older copy of itself without a head. The latest one is kept beside
//     the key ([Place]), and a ledger that has lost it or does not continue it is
//     refused. But where that file was restored too, a back-up has
//     forgotten what was published since, and would charge it again from the
//     budget that is already spent: after a restore compare it with a head that
//     was kept elsewhere, and with the releases that are out.
//   - Withstand an operator who has database and key, edits both and the heads
//     too, or who deletes all three and creates another. Budgets bind those who
//     want to keep them. Heads that others keep are the remedy.
//   - Know that two data sets are of the same companies. It recognises the same
//     records under another account, not a subset or an edited copy.
//   - Notice that its process was copied. Noise is crypto/rand's, read through
//     a buffer of 64 KiB by Google's differential privacy library: a virtual
//     machine that is snapshot or forked and resumed twice may draw the same
//     noise for different data. Publish from a process that starts after the
//     machine was resumed.
//   - Notice that a disk or a server lies about flushing. SQLite must have
//     synchronous=FULL, PostgreSQL synchronous_commit=on, and every transaction
//     that writes asserts it; what is below is the administrator's.
//   - Take back what it returned. A caller whose process ends between the
//     commit and the answer gets the same release by asking again.
//
// # Back-up and moving
//
// Package sqlite copies a ledger in use (BackUp); dump a PostgreSQL schema with
// pg_dump. Back up the key apart from the database: whoever has
// both can test a guess of all answers of a wave. Note the head with each
// back-up. To move a ledger, stop everybody who opens it, copy database,
// key and head, open the copy, and delete the original: two copies
// that both go on spend one budget twice. After a restore leave the head that is
// beside the key where it is: it shows whether the back-up is the latest state.
//
// An account does not move to another ledger: its charges are part of one
// journal. Keep the old ledger as it is, and open an account elsewhere only for
// other companies, or with the part of the budget that the old one will never
// spend.
//
// # Who may read what
//
//   - Releases and plans are public. Measurements are noisy, charged for, and
//     could be; they are kept for later estimates ([Ledger.RecordReestimate]).
//   - The journal, its heads and the errors of Publish are for the organiser,
//     who holds the raw answers: whether an attempt was refused as changed or
//     as foreign is a fact about raw data, and so is the number of refusals.
//   - The key is for the process that publishes, and nobody else.
//   - Raw answers are not in a ledger, and it needs them for nothing but to
//     replay. They may be deleted as soon as the release is out, and should be
//     when corrections are no longer expected, with their back-ups: before the
//     next wave is collected at the latest. [Ledger.Publication] reads the
//     release without them, and a re-estimate needs the measurement alone; what
//     is no longer possible is a new revision.
package ledger
