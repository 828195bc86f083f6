package audit

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"maturitybench/privacy"
	"maturitybench/privacy/internal/draw"
)

// Transcript is a publication as a recorder saw it. It holds exact totals and
// has no accessor for them: [Transcript.Compare] and [Replay] use it. It prints
// as "sealed" under every verb of package fmt, also inside another value, and
// is not encoded.
type Transcript struct {
	// Package fmt prints the address of a pointer that is behind a pointer,
	// whatever the verb.
	seen **observed
}

// observed is what a transcript holds.
type observed struct {
	entry    privacy.Entry
	calls    []draw.Call
	spent    privacy.Loss
	artefact []byte
	stored   privacy.Record
	err      error
	panicked bool
	drifted  bool // a replayed draw is not one of the frozen publication
}

// sealed is the transcript of what was observed.
func sealed(o *observed) *Transcript { return &Transcript{&o} }

// open is what was observed.
func (t *Transcript) open() *observed { return *t.seen }

// Format prints "sealed" under every verb.
func (t Transcript) Format(f fmt.State, _ rune) { io.WriteString(f, "sealed") }

// MarshalText returns "sealed", for every encoding that looks for it.
func (t Transcript) MarshalText() ([]byte, error) { return []byte("sealed"), nil }

// GobEncode refuses.
func (t Transcript) GobEncode() ([]byte, error) {
	return nil, errors.New("audit: a transcript is not encoded")
}

// Artefact is what the publisher returned.
func (t *Transcript) Artefact() []byte { return slices.Clone(t.open().artefact) }

// Err is the error of the publisher.
func (t *Transcript) Err() error { return t.open().err }

// Draws is the number of vectors that were drawn.
func (t *Transcript) Draws() int { return len(t.open().calls) }

// Record publishes data to a fresh ledger with noise from a seed and records
// every draw.
func Record[D any](ctx context.Context, s Setup[D], data D, seed uint64) *Transcript {
	return sealed(record(ctx, s, data, seed, func(_ int, call draw.Call) []int64 { return call.Noisy }))
}

// Replay publishes data to a fresh ledger in which every draw returns the
// noisy numbers of the transcript, whatever the totals are. A publisher that
// looks at its data through the draws alone makes the same bytes of them.
//
// The one thing that may differ is a cohort at the boundary: with fewer than k
// companies it is never kept, with k it may be. As in the proof of
// [privacy.Threshold], the noisy counts of cohorts that are below k in some of
// the given publications, and not in all of them, are forced below the
// threshold.
func Replay[D any](ctx context.Context, s Setup[D], frozen *Transcript, data D, boundaries ...*Transcript) *Transcript {
	return sealed(replay(ctx, s, frozen.open(), data, func(i int, call draw.Call, noisy []int64) []int64 {
		for g := range noisy {
			if below := countBelow(boundaries, i, g); 0 < below && below < len(boundaries) {
				noisy[g] = min(noisy[g], call.Tau-1)
			}
		}
		return noisy
	}))
}

// replayBelow is Replay with the noisy counts of all cohorts below k at one
// value: they are not kept, however large it is.
func replayBelow[D any](ctx context.Context, s Setup[D], frozen *observed, data D, high bool) *observed {
	return replay(ctx, s, frozen, data, func(_ int, call draw.Call, noisy []int64) []int64 {
		for g, total := range call.Totals {
			if call.Tests(g) && total < call.K*call.Scale {
				if noisy[g] = call.Tau - 1; high {
					noisy[g] = 2 * call.Tau
				}
			}
		}
		return noisy
	})
}

// replay publishes with the frozen noisy numbers, after a change.
func replay[D any](ctx context.Context, s Setup[D], frozen *observed, data D, change func(int, draw.Call, []int64) []int64) *observed {
	drifted := false
	t := record(ctx, s, data, 0, func(i int, call draw.Call) []int64 {
		noisy := call.Noisy
		if i < len(frozen.calls) && frozen.calls[i].Mechanism == call.Mechanism && len(frozen.calls[i].Noisy) == len(noisy) {
			noisy = slices.Clone(frozen.calls[i].Noisy)
		} else {
			drifted = true
		}
		return change(i, call, noisy)
	})
	t.drifted = drifted || len(t.calls) != len(frozen.calls)
	return t
}

// countBelow is the number of publications in which cohort g of draw i, which
// a test decides about, has fewer than k companies.
func countBelow(transcripts []*Transcript, i, g int) (below int) {
	for _, transcript := range transcripts {
		t := transcript.open()
		if i < len(t.calls) && g < len(t.calls[i].Totals) && t.calls[i].Tests(g) &&
			t.calls[i].Totals[g] < t.calls[i].K*t.calls[i].Scale {
			below++
		}
	}
	return below
}

// record publishes with an answer for every draw.
func record[D any](ctx context.Context, s Setup[D], data D, seed uint64, answer func(int, draw.Call) []int64) (t *observed) {
	mustTest()
	t = &observed{}
	source := draw.Seeded(draw.Seed(seed)).Recorded(func(call draw.Call) []int64 {
		call.Totals, call.Noisy = slices.Clone(call.Totals), slices.Clone(call.Noisy)
		used := answer(len(t.calls), call)
		t.calls = append(t.calls, call)
		t.calls[len(t.calls)-1].Noisy = used
		return slices.Clone(used)
	})
	ledger := &recordingLedger{
		Ledger:     privacy.NewMemoryLedgerFrom(func(privacy.Entry) draw.Source { return source }),
		transcript: t,
	}
	if t.err = ledger.OpenAccount(ctx, s.Account); t.err != nil {
		return t
	}
	defer func() { t.panicked = recover() != nil }()
	t.artefact, t.err = s.Publish(ctx, ledger, data)
	return t
}

// recordingLedger notes what a publication declares and spends.
type recordingLedger struct {
	privacy.Ledger
	transcript *observed
}

func (l *recordingLedger) Publish(ctx context.Context, entry privacy.Entry, release func(*privacy.Draws) (privacy.Record, error)) (privacy.Record, error) {
	l.transcript.entry = entry
	stored, err := l.Ledger.Publish(ctx, entry, func(draws *privacy.Draws) (privacy.Record, error) {
		record, err := release(draws)
		l.transcript.spent = draws.Spent()
		return record, err
	})
	l.transcript.stored = stored
	return stored, err
}
