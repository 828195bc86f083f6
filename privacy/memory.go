package privacy

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"slices"
	"sync"

	"maturitybench/privacy/internal/draw"
)

// MemoryLedger is a ledger that lives as long as the process: for analyses
// whose numbers go nowhere, and for tests. Who publishes needs a durable one,
// since a ledger that forgets gives the same budget again. It is safe for
// concurrent use.
type MemoryLedger struct {
	source func(Entry) draw.Source
	digest func(context.Context, Entry) ([32]byte, error) // under a random key, where package fmt does not find it

	lock     sync.Mutex
	accounts map[string]*memoryAccount
}

// memoryAccount is an account with its publications.
type memoryAccount struct {
	account   Account
	committed []Loss // in commit order
	records   map[memoryWave]memoryRecord
}

type memoryWave struct {
	wave     string
	revision int
}

type memoryRecord struct {
	plan, data [32]byte
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
	digest := func(ctx context.Context, entry Entry) ([32]byte, error) { return entry.DataDigest(ctx, key) }
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
	l.accounts[account.ID] = &memoryAccount{account: account, records: map[memoryWave]memoryRecord{}}
	return nil
}

// Publish publishes once, see [Ledger]. A context that is cancelled while
// release runs stops the commit.
func (l *MemoryLedger) Publish(ctx context.Context, entry Entry, release func(*Draws) (Record, error)) (Record, error) {
	if err := l.check(entry); err != nil {
		return Record{}, err
	}
	plan := PlanDigest(entry.Plan)
	data, err := l.digest(ctx, entry)
	if err != nil {
		return Record{}, err
	}
	if record, found, err := l.admit(ctx, entry, plan, data); found || err != nil {
		return record, err
	}
	fresh, err := l.compute(entry, release)
	if err != nil {
		return Record{}, err
	}
	return l.commit(ctx, entry, plan, data, fresh)
}

// check holds the entry against its account, before the data are walked.
func (l *MemoryLedger) check(entry Entry) error {
	if err := entry.Validate(); err != nil {
		return err
	}
	l.lock.Lock()
	defer l.lock.Unlock()
	account, ok := l.accounts[entry.Account]
	if !ok {
		return ErrUnknownAccount
	}
	return account.account.Check(entry)
}

// admit decides in one look at the ledger: the stored record, an error, or
// neither, when the publication may go ahead.
func (l *MemoryLedger) admit(ctx context.Context, entry Entry, plan, data [32]byte) (Record, bool, error) {
	l.lock.Lock()
	defer l.lock.Unlock()
	return l.admitLocked(ctx, entry, plan, data)
}

func (l *MemoryLedger) admitLocked(ctx context.Context, entry Entry, plan, data [32]byte) (Record, bool, error) {
	if err := ctx.Err(); err != nil {
		return Record{}, false, err
	}
	account := l.accounts[entry.Account]
	if stored, ok := account.records[memoryWave{entry.Wave, entry.Revision}]; ok {
		if stored.plan != plan || stored.data != data {
			return Record{}, false, ErrChanged
		}
		return stored.record.clone(), true, nil
	}
	for id, other := range l.accounts {
		if id == entry.Account {
			continue
		}
		for _, stored := range other.records {
			if stored.data == data {
				return Record{}, false, ErrForeignData
			}
		}
	}
	return Record{}, false, Admit(account.account, account.committed, entry.Loss)
}

// compute runs release without a lock and settles its draws.
func (l *MemoryLedger) compute(entry Entry, release func(*Draws) (Record, error)) (Record, error) {
	draws := NewDraws(l.source(entry))
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

// commit checks again, charges and stores in one step.
func (l *MemoryLedger) commit(ctx context.Context, entry Entry, plan, data [32]byte, fresh Record) (Record, error) {
	l.lock.Lock()
	defer l.lock.Unlock()
	if record, found, err := l.admitLocked(ctx, entry, plan, data); found || err != nil {
		return record, err
	}
	account := l.accounts[entry.Account]
	account.committed = append(account.committed, entry.Loss)
	account.records[memoryWave{entry.Wave, entry.Revision}] = memoryRecord{plan: plan, data: data, record: fresh}
	return fresh.clone(), nil
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
