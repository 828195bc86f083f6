package privacy

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"maturitybench/privacy/internal/clock"
	"maturitybench/privacy/internal/draw"
)

// MemoryLedger is a ledger that lives as long as the process: for analyses
// whose numbers go nowhere, and for tests. A program that publishes needs a
// durable one, since a ledger that forgets gives the same budget again. It is
// safe for concurrent use.
type MemoryLedger struct {
	source func(Entry) draw.Source
	digest func(context.Context, Entry) ([32]byte, error) // under a random key, where package fmt does not find it

	lock     sync.Mutex
	clock    Clock
	accounts map[string]*memoryAccount
}

// memoryAccount is an account with its publications.
type memoryAccount struct {
	account   Account
	committed []Charge // in commit order
	records   map[memoryWave]memoryRecord
	order     []memoryWave // of the commits
}

type memoryWave struct {
	wave     string
	revision int
}

type memoryRecord struct {
	plan, data [32]byte
	text       []byte // the plan
	record     Record
}

// NewMemoryLedger is an empty ledger with secure noise and a random key.
func NewMemoryLedger() *MemoryLedger { return NewMemoryLedgerFrom(nil) }

// NewMemoryLedgerFrom is an empty ledger whose publications draw from the
// given sources; nil is the secure one for all. It serves package privacytest:
// sources are an internal type that no other package can make.
func NewMemoryLedgerFrom(source func(Entry) draw.Source) *MemoryLedger {
	if source == nil {
		source = func(Entry) draw.Source { return draw.Source{} }
	}
	key := make([]byte, 32)
	rand.Read(key) // never fails: crypto/rand ends the process instead
	digest := func(ctx context.Context, entry Entry) ([32]byte, error) { return entry.Data.Digest(ctx, key) }
	return &MemoryLedger{source: source, digest: digest, accounts: map[string]*memoryAccount{}}
}

// Format prints "memory ledger" under every verb.
func (l *MemoryLedger) Format(f fmt.State, _ rune) { io.WriteString(f, "memory ledger") }

// OpenAccount opens an account, see [Ledger].
func (l *MemoryLedger) OpenAccount(ctx context.Context, account Account) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := account.Validate(); err != nil {
		return err
	}
	l.lock.Lock()
	defer l.lock.Unlock()
	if open, ok := l.accounts[account.ID]; ok {
		if open.account != account {
			return ErrAccountConflict
		}
		return nil
	}
	l.clock = l.clock.After(l.read(ctx).Quiet())
	l.accounts[account.ID] = &memoryAccount{account: account, records: map[memoryWave]memoryRecord{}}
	return nil
}

// read reads the clock.
func (l *MemoryLedger) read(ctx context.Context) Reading { return l.clock.Read(clock.Now(ctx)) }

// ConfirmDate is the organiser's word that it is this date, see [Clock]. The
// error is a [*ClockError] if the clock says otherwise.
func (l *MemoryLedger) ConfirmDate(ctx context.Context, year int, month time.Month, day int) error {
	l.lock.Lock()
	defer l.lock.Unlock()
	at := l.read(ctx)
	if err := at.Confirm(year, month, day); err != nil {
		return err
	}
	l.clock = l.clock.Confirmed(at.Time)
	return nil
}

// Remaining is the standing of an account, or [ErrUnknownAccount].
func (l *MemoryLedger) Remaining(ctx context.Context, account string) (Standing, error) {
	l.lock.Lock()
	defer l.lock.Unlock()
	a, ok := l.accounts[account]
	if !ok {
		return Standing{}, ErrUnknownAccount
	}
	return a.account.Standing(a.committed, l.read(ctx)), nil
}

// Publish publishes once, see [Ledger]. A context that is cancelled while
// release runs stops the commit.
func (l *MemoryLedger) Publish(ctx context.Context, entry Entry, release func(*Draws) (Record, error)) (Record, error) {
	if err := l.check(ctx, entry); err != nil {
		return Record{}, err
	}
	plan := PlanDigest(entry.Plan)
	data, err := l.digest(ctx, entry)
	if err != nil {
		return Record{}, err
	}
	told, record, found, err := l.admit(ctx, entry, plan, data)
	for !found && err == nil {
		var fresh Record
		if fresh, err = l.compute(entry, told, release); err != nil {
			return Record{}, err
		}
		told, record, found, err = l.commit(ctx, entry, told, plan, data, fresh)
	}
	return record, err
}

// check holds the entry against its account, before the data are walked.
func (l *MemoryLedger) check(ctx context.Context, entry Entry) error {
	if err := entry.Validate(); err != nil {
		return err
	}
	l.lock.Lock()
	defer l.lock.Unlock()
	account, ok := l.accounts[entry.Account]
	if !ok {
		return ErrUnknownAccount
	}
	err := account.account.Check(entry)
	if err != nil {
		l.clock = l.clock.After(l.read(ctx).Quiet())
	}
	return err
}

// admit decides in one look at the ledger: the stored record, an error, or
// neither, when the publication may go ahead and the account will stand as told.
func (l *MemoryLedger) admit(ctx context.Context, entry Entry, plan, data [32]byte) (told Standing, record Record, found bool, err error) {
	l.lock.Lock()
	defer l.lock.Unlock()
	return l.admitLocked(ctx, entry, plan, data)
}

func (l *MemoryLedger) admitLocked(ctx context.Context, entry Entry, plan, data [32]byte) (told Standing, record Record, found bool, err error) {
	if err := ctx.Err(); err != nil {
		return told, record, false, err
	}
	account := l.accounts[entry.Account]
	if stored, ok := account.records[memoryWave{entry.Wave, entry.Revision}]; ok && stored.plan == plan && stored.data == data {
		return told, stored.record.clone(), true, nil
	} else if ok {
		err = ErrChanged
	} else {
		err = l.known(entry, data)
	}
	at := l.read(ctx)
	if err == nil {
		err = Admit(account.account, account.committed, at, entry.Loss)
	}
	if err != nil { // refused attempts are entries of a journal, in which time passes
		l.clock = l.clock.After(at.Quiet())
		return told, record, false, err
	}
	return account.account.Standing(account.committed, at).Plus(entry.Loss), record, false, nil
}

// known returns an error if the data may not be published because they are
// known from elsewhere.
func (l *MemoryLedger) known(entry Entry, data [32]byte) (err error) {
	for id, other := range l.accounts {
		for at, stored := range other.records {
			switch {
			case stored.data != data:
			case id != entry.Account:
				return ErrForeignData
			case at.wave != entry.Wave && entry.Reason == "":
				err = ErrRepeatedData
			}
		}
	}
	return err
}

// compute runs release without a lock and settles its draws.
func (l *MemoryLedger) compute(entry Entry, told Standing, release func(*Draws) (Record, error)) (Record, error) {
	draws := NewDraws(l.source(entry)).In(told)
	defer draws.Close()
	record, err := release(draws)
	if err != nil {
		return Record{}, err
	}
	if err := draws.Settle(entry.Loss); err != nil {
		return Record{}, err
	}
	return record.clone(), nil
}

// commit checks again, charges and stores in one step. If the account stands
// otherwise than the release was told, nothing is stored.
func (l *MemoryLedger) commit(ctx context.Context, entry Entry, told Standing, plan, data [32]byte, fresh Record) (now Standing, record Record, found bool, err error) {
	l.lock.Lock()
	defer l.lock.Unlock()
	now, record, found, err = l.admitLocked(ctx, entry, plan, data)
	if found || err != nil || !now.Agrees(told) {
		return now, record, found, err
	}
	account := l.accounts[entry.Account]
	l.clock = l.clock.After(now.Time)
	account.committed = append(account.committed, Charge{now.Time, entry.Loss})
	at := memoryWave{entry.Wave, entry.Revision}
	account.records[at] = memoryRecord{plan: plan, data: data, text: slices.Clone(entry.Plan), record: fresh}
	account.order = append(account.order, at)
	return now, fresh.clone(), true, nil
}

func (r Record) clone() Record {
	return Record{Measurement: slices.Clone(r.Measurement), Release: slices.Clone(r.Release)}
}

// Holds reports whether the ledger stored exactly these bytes as the release
// of account, wave and revision.
func (l *MemoryLedger) Holds(_ context.Context, account, wave string, revision int, release []byte) (bool, error) {
	l.lock.Lock()
	defer l.lock.Unlock()
	a, ok := l.accounts[account]
	if !ok {
		return false, nil
	}
	stored, ok := a.records[memoryWave{wave, revision}]
	return ok && bytes.Equal(stored.record.Release, release), nil
}

// Published lists the publications of an account, see [Archive]. None is withdrawn.
func (l *MemoryLedger) Published(_ context.Context, account string) ([]Published, error) {
	l.lock.Lock()
	defer l.lock.Unlock()
	a, ok := l.accounts[account]
	if !ok {
		return nil, ErrUnknownAccount
	}
	var list []Published
	for _, at := range a.order {
		stored := a.records[at]
		list = append(list, Published{Wave: at.wave, Revision: at.revision, Plan: slices.Clone(stored.text), Record: stored.record.clone()})
	}
	return list, nil
}
