package privacy_test

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"maturitybench/privacy"
)

func account(id string) privacy.Account {
	return privacy.Account{ID: id, Unit: "company", Roster: privacy.SecretRoster, Epsilon: 8, Delta: 1e-5, Window: "3y"}
}

// open is a ledger with the accounts "panel" and "other".
func open(t *testing.T) *privacy.MemoryLedger {
	t.Helper()
	ledger := privacy.NewMemoryLedger()
	for _, id := range []string{"panel", "other"} {
		if err := ledger.OpenAccount(t.Context(), account(id)); err != nil {
			t.Fatal(err)
		}
	}
	return ledger
}

// mu is small enough for ten publications in the budget of an account, and too
// large for eleven.
func mu(t *testing.T) privacy.Mu {
	t.Helper()
	loss := func(mu privacy.Mu, n int64) privacy.Loss {
		return privacy.Loss{MuSquared: n * mu.Squared(), Delta: n * privacy.SamplerDelta}
	}
	mu := privacy.Mu(520_000)
	if !loss(mu, 10).Fits(8, 1e-5) || loss(mu, 11).Fits(8, 1e-5) {
		t.Fatal("the arithmetic of the test is off: √10·0.52 = 1.644 fits ε = 8 at δ = 1e-5, √11·0.52 = 1.725 does not")
	}
	return mu
}

func entry(t *testing.T, wave string, records ...string) privacy.Entry {
	t.Helper()
	data := make([][]byte, len(records))
	for i, record := range records {
		data[i] = []byte(record)
	}
	return privacy.Entry{Account: "panel", Wave: wave, Revision: 1, Roster: privacy.SecretRoster, Plan: []byte("plan"),
		Loss: privacy.Loss{MuSquared: mu(t).Squared(), Delta: privacy.SamplerDelta}, Data: privacy.Records(slices.Values(data)), Reason: "the same made-up records"}
}

// measure publishes a noisy zero.
func measure(t *testing.T) func(*privacy.Draws) (privacy.Record, error) {
	t.Helper()
	g, err := privacy.NewGaussian(1<<20, mu(t))
	if err != nil {
		t.Fatal(err)
	}
	return func(draws *privacy.Draws) (privacy.Record, error) {
		noisy := draws.Gaussian(g, []int64{0})
		return privacy.Record{Measurement: fmt.Append(nil, noisy), Release: fmt.Appendf(nil, "release %v", noisy)}, nil
	}
}

// never fails the test if the ledger asks for a release.
func never(t *testing.T) func(*privacy.Draws) (privacy.Record, error) {
	return func(*privacy.Draws) (privacy.Record, error) {
		t.Error("a release was computed")
		return privacy.Record{}, nil
	}
}

func TestMemoryLedgerOpensOnce(t *testing.T) {
	ledger := open(t)
	if err := ledger.OpenAccount(t.Context(), account("panel")); err != nil {
		t.Errorf("the same account again: %v", err)
	}
	more := account("panel")
	more.Epsilon = 9
	if err := ledger.OpenAccount(t.Context(), more); !errors.Is(err, privacy.ErrAccountConflict) {
		t.Errorf("another budget under the same id: %v", err)
	}
	if _, ok := errors.AsType[*privacy.AccountError](ledger.OpenAccount(t.Context(), privacy.Account{})); !ok {
		t.Error("an empty account was opened")
	}
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	if err := ledger.OpenAccount(canceled, account("third")); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
}

func TestMemoryLedgerReplays(t *testing.T) {
	ledger := open(t)
	first, err := ledger.Publish(t.Context(), entry(t, "2026", "a", "b"), measure(t))
	if err != nil {
		t.Fatal(err)
	}
	kept := privacy.Record{Measurement: slices.Clone(first.Measurement), Release: slices.Clone(first.Release)}
	clear(first.Measurement) // what the caller does to its copy stays with the caller
	clear(first.Release)
	for range 20 { // more often than the budget has room for, in another order of the data
		again, err := ledger.Publish(t.Context(), entry(t, "2026", "b", "a"), never(t))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(kept, again); diff != "" {
			t.Fatalf("replay (-first +again):\n%s", diff)
		}
		clear(again.Release)
	}
	revised := entry(t, "2026", "a", "b")
	revised.Revision = 2
	second, err := ledger.Publish(t.Context(), revised, measure(t))
	if err != nil {
		t.Fatal(err)
	}
	if cmp.Equal(kept, second) {
		t.Error("a revision has the noise of the first publication")
	}
}

func TestMemoryLedgerRefuses(t *testing.T) {
	ledger := open(t)
	if _, err := ledger.Publish(t.Context(), entry(t, "2026", "a", "b"), measure(t)); err != nil {
		t.Fatal(err)
	}
	var texts []string
	for name, c := range map[string]struct {
		change func(*privacy.Entry)
		want   error // nil: any
	}{
		"another plan":  {func(e *privacy.Entry) { e.Plan = []byte("other") }, privacy.ErrChanged},
		"other data":    {func(e *privacy.Entry) { *e = entry(t, "2026", "a", "c") }, privacy.ErrChanged},
		"one less":      {func(e *privacy.Entry) { *e = entry(t, "2026", "a") }, privacy.ErrChanged},
		"foreign data":  {func(e *privacy.Entry) { e.Account = "other" }, privacy.ErrForeignData},
		"no account":    {func(e *privacy.Entry) { e.Account = "third" }, privacy.ErrUnknownAccount},
		"public roster": {func(e *privacy.Entry) { e.Roster = privacy.PublicRoster }, privacy.ErrRosterConflict},
		"no revision":   {func(e *privacy.Entry) { e.Revision = 0 }, nil},
		"another wave":  {func(e *privacy.Entry) { e.Wave, e.Reason = "2027", "" }, privacy.ErrRepeatedData},
		"no budget": {func(e *privacy.Entry) {
			e.Wave = "2027"
			e.Loss.MuSquared = 4e12
		}, privacy.ErrBudgetExceeded},
	} {
		changed := entry(t, "2026", "a", "b")
		c.change(&changed)
		record, err := ledger.Publish(t.Context(), changed, never(t))
		if err == nil || c.want != nil && !errors.Is(err, c.want) || record.Release != nil {
			t.Errorf("%s: %v", name, err)
		}
		if c.want == privacy.ErrChanged {
			texts = append(texts, err.Error())
		}
	}
	if len(slices.Compact(texts)) != 1 {
		t.Errorf("the errors tell what was changed: %q", texts)
	}
	// Other data are free for the other account, and the same data for a new wave.
	other := entry(t, "2026", "c")
	other.Account = "other"
	for name, free := range map[string]privacy.Entry{"other data": other, "new wave": entry(t, "2027", "a", "b")} {
		if _, err := ledger.Publish(t.Context(), free, measure(t)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestMemoryLedgerChargesRevisions: the budget has room for ten publications,
// whether they are waves or revisions of one.
func TestMemoryLedgerChargesRevisions(t *testing.T) {
	ledger := open(t)
	for revision := 1; revision <= 11; revision++ {
		e := entry(t, "2026", "a", "b")
		e.Revision = revision
		_, err := ledger.Publish(t.Context(), e, measure(t))
		if refused := errors.Is(err, privacy.ErrBudgetExceeded); refused != (revision > 10) || !refused && err != nil {
			t.Errorf("revision %d: %v", revision, err)
		}
	}
}

// TestMemoryLedgerChargesOnlySuccess: failures of any kind leave room for the
// ten publications that the budget has room for, and no more.
func TestMemoryLedgerChargesOnlySuccess(t *testing.T) {
	ledger := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	broken := errors.New("broken")
	release := measure(t)
	var leaked *privacy.Draws
	for name, c := range map[string]struct {
		release func(*privacy.Draws) (privacy.Record, error)
		want    error
	}{
		"fails": {func(draws *privacy.Draws) (privacy.Record, error) {
			leaked = draws
			record, _ := release(draws)
			return record, broken
		}, broken},
		"draws twice": {func(draws *privacy.Draws) (privacy.Record, error) {
			release(draws)
			return release(draws)
		}, privacy.ErrUndeclared},
	} {
		for range 11 {
			if record, err := ledger.Publish(ctx, entry(t, "2026", "a"), c.release); !errors.Is(err, c.want) || record.Release != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
	}
	_, err := ledger.Publish(ctx, entry(t, "2026", "a"), func(draws *privacy.Draws) (privacy.Record, error) {
		cancel()
		return release(draws)
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("canceled while computing: %v", err)
	}
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic of a release was swallowed")
			}
		}()
		ledger.Publish(t.Context(), entry(t, "2026", "a"), func(draws *privacy.Draws) (privacy.Record, error) {
			leaked = draws
			panic("broken")
		})
	}()
	func() {
		defer func() {
			if recover() == nil {
				t.Error("draws of a failed publication still draw")
			}
		}()
		release(leaked)
	}()
	for i := range 11 {
		_, err := ledger.Publish(t.Context(), entry(t, fmt.Sprint(i), "a"), release)
		if want := i == 10; errors.Is(err, privacy.ErrBudgetExceeded) != want {
			t.Errorf("publication %d: %v", i, err)
		}
	}
}

// TestMemoryLedgerUnderContention: 64 goroutines on a budget for ten, each
// with its own wave; exactly ten are published.
func TestMemoryLedgerUnderContention(t *testing.T) {
	ledger := open(t)
	release := measure(t)
	errs := make([]error, 64)
	var group sync.WaitGroup
	for i := range errs {
		e := entry(t, fmt.Sprint(i), "a")
		group.Go(func() { _, errs[i] = ledger.Publish(context.Background(), e, release) })
	}
	group.Wait()
	published := 0
	for i, err := range errs {
		if err == nil {
			published++
		} else if !errors.Is(err, privacy.ErrBudgetExceeded) {
			t.Errorf("goroutine %d: %v", i, err)
		}
	}
	if published != 10 {
		t.Errorf("%d publications in a budget for ten", published)
	}
}

// TestMemoryLedgerOneWinner: 64 goroutines with the same wave compute at the
// same time; all get the same bytes, and the wave is charged once.
func TestMemoryLedgerOneWinner(t *testing.T) {
	ledger := open(t)
	release := measure(t)
	records := make([]privacy.Record, 64)
	var group, computing sync.WaitGroup
	computing.Add(len(records))
	for i := range records {
		e := entry(t, "2026", "a")
		group.Go(func() {
			record, err := ledger.Publish(context.Background(), e, func(draws *privacy.Draws) (privacy.Record, error) {
				computing.Done()
				computing.Wait() // nobody commits before everybody has passed the first check
				return release(draws)
			})
			if err != nil {
				t.Error(err)
			}
			records[i] = record
		})
	}
	group.Wait()
	for _, record := range records[1:] {
		if diff := cmp.Diff(records[0], record); diff != "" {
			t.Fatalf("two results of one publication:\n%s", diff)
		}
	}
	for i := range 10 {
		if _, err := ledger.Publish(t.Context(), entry(t, fmt.Sprint(i), "a"), release); errors.Is(err, privacy.ErrBudgetExceeded) != (i == 9) {
			t.Errorf("publication %d after the first: %v", i, err)
		}
	}
}

// The key and the digests of the data are printed under no verb, also inside
// another struct, where package fmt calls no methods.
func TestMemoryLedgerPrintsNoKey(t *testing.T) {
	ledger := open(t)
	if text := fmt.Sprint(struct{ digest [32]byte }{privacy.PlanDigest(nil)}); !manyNumbers.MatchString(text) {
		t.Fatalf("a digest in %q is not found", text)
	}
	holder := struct{ ledger *privacy.MemoryLedger }{ledger}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%t"} {
		if got := fmt.Sprintf(verb, ledger); got != "memory ledger" {
			t.Errorf("%s prints %q", verb, got)
		}
		if text := fmt.Sprintf(verb, holder); manyNumbers.MatchString(text) {
			t.Errorf("%s prints %q", verb, text)
		}
	}
}

// manyNumbers finds 32 bytes as package fmt prints them.
var manyNumbers = regexp.MustCompile(`(?i)([0-9]+ ){31}|(0x[0-9a-f]+, ){31}|[0-9a-f]{64}`)

// TestStandingIsTold: a release is told of itself, and again of another one that
// was faster.
func TestStandingIsTold(t *testing.T) {
	ledger := open(t)
	release := measure(t)
	var told []int
	_, err := ledger.Publish(t.Context(), entry(t, "2026", "a"), func(draws *privacy.Draws) (privacy.Record, error) {
		told = append(told, draws.Standing().Window.Publications)
		if len(told) == 1 {
			if _, err := ledger.Publish(t.Context(), entry(t, "2027", "a"), release); err != nil {
				t.Error(err)
			}
		}
		return release(draws)
	})
	if err != nil || !slices.Equal(told, []int{1, 2}) {
		t.Errorf("the release was told of %v publications (%v), want of 1 and then of 2", told, err)
	}
}

// TestPublished lists what was stored, in the order of the commits.
func TestPublished(t *testing.T) {
	ledger := open(t)
	var want []privacy.Published
	for _, wave := range []string{"b", "a"} {
		e := entry(t, wave, "x")
		e.Plan = []byte("plan of " + wave)
		record, err := ledger.Publish(t.Context(), e, measure(t))
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, privacy.Published{Wave: wave, Revision: 1, Plan: e.Plan, Record: record})
	}
	got, err := ledger.Published(t.Context(), "panel")
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v, %s", err, diff)
	}
	if list, err := ledger.Published(t.Context(), "other"); err != nil || list != nil {
		t.Errorf("of another account %v, %v", list, err)
	}
	if _, err := ledger.Published(t.Context(), "none"); !errors.Is(err, privacy.ErrUnknownAccount) {
		t.Errorf("of no account: %v", err)
	}
}
