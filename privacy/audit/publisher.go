package audit

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"maturitybench/privacy"
	"maturitybench/privacy/internal/draw"
)

// Publisher publishes data to a ledger and returns what becomes public. D is
// whatever the publisher takes: data with a plan, for example.
type Publisher[D any] func(context.Context, privacy.Ledger, D) ([]byte, error)

// Setup is a publisher under audit and the account that it publishes to.
type Setup[D any] struct {
	Publish Publisher[D]
	Account privacy.Account // every trial gets a ledger of its own, with this account open

	// Claim is the loss that the publisher promises. The zero Claim is what it
	// charges to the ledger.
	Claim privacy.Loss
}

// mustTest panics outside of a test: audits hand out exact totals.
func mustTest() {
	if !testing.Testing() {
		panic("audit: exact totals outside of a test")
	}
}

// entries is a ledger that passes everything on and keeps the entries that
// were stored for the first time.
type entries struct {
	privacy.Ledger

	lock    sync.Mutex
	charged []privacy.Entry
}

// Publish notes the entry if it was charged.
func (l *entries) Publish(ctx context.Context, entry privacy.Entry, release func(*privacy.Draws) (privacy.Record, error)) (privacy.Record, error) {
	computed := false
	record, err := l.Ledger.Publish(ctx, entry, func(draws *privacy.Draws) (privacy.Record, error) {
		computed = true
		return release(draws)
	})
	if err == nil && computed {
		l.lock.Lock()
		defer l.lock.Unlock()
		l.charged = append(l.charged, entry)
	}
	return record, err
}

// loss is the sum of what was charged.
func (l *entries) loss() (sum privacy.Loss) {
	for _, entry := range l.charged {
		sum = sum.Plus(entry.Loss)
	}
	return sum
}

// fresh is an empty ledger with the account open.
func (s Setup[D]) fresh(ctx context.Context) (*entries, error) {
	l := &entries{Ledger: privacy.NewMemoryLedger()}
	return l, l.OpenAccount(ctx, s.Account)
}

// publish publishes data sets one after the other to a fresh ledger, with
// secure noise, and returns what became public and what was charged.
func (s Setup[D]) publish(ctx context.Context, data ...D) ([][]byte, *entries, error) {
	ledger := &entries{Ledger: &trialLedger{}}
	if err := ledger.OpenAccount(ctx, s.Account); err != nil {
		return nil, nil, err
	}
	var artefacts [][]byte
	for _, d := range data {
		artefact, err := s.Publish(ctx, ledger, d)
		if err != nil {
			return nil, nil, err
		}
		artefacts = append(artefacts, artefact)
	}
	return artefacts, ledger, nil
}

// trialLedger draws secure noise and holds every publication against its
// charge, as every ledger does, but keeps no budget and no records: an attack
// publishes thousands of times.
type trialLedger struct{ account privacy.Account }

func (l *trialLedger) OpenAccount(_ context.Context, account privacy.Account) error {
	l.account = account
	return account.Validate()
}

func (l *trialLedger) Publish(ctx context.Context, entry privacy.Entry, release func(*privacy.Draws) (privacy.Record, error)) (privacy.Record, error) {
	if err := ctx.Err(); err != nil {
		return privacy.Record{}, err
	}
	if err := l.account.Check(entry); err != nil {
		return privacy.Record{}, err
	}
	now := privacy.Clock{}.Read(time.Now())
	draws := privacy.NewDraws(draw.Source{}).In(l.account.Standing(nil, now).Plus(entry.Loss))
	defer draws.Close()
	record, err := release(draws)
	if err != nil {
		return privacy.Record{}, err
	}
	return record, draws.Settle(entry.Loss)
}

// claim is the promised loss.
func (s Setup[D]) claim(charged *entries) privacy.Loss {
	if s.Claim != (privacy.Loss{}) {
		return s.Claim
	}
	return charged.loss()
}

var errTrials = errors.New("audit: too few trials")
