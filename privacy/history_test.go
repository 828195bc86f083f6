package privacy

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"maturitybench/privacy/internal/clock"
)

// historian is the rule of accounts, written a second time: for every span of
// time of the window's length it adds up what was published in it.
type historian struct {
	account      Account
	times        []time.Time // of publications, in order
	losses       []Loss
	last, steady time.Time
	data         map[string][]string // the waves of the data
	done         map[string]string   // the data of a wave and revision
}

// within reports whether losses are (ε, δ)-private: pure ε adds, and Gaussian δ
// comes from the error function.
func within(losses []Loss, epsilon, delta float64) bool {
	var pure, square, parts float64
	for _, l := range losses {
		pure += float64(l.PureEpsilon) / 1e9
		square += float64(l.MuSquared) / 1e12
		parts += float64(l.Delta) / 1e18
	}
	rest := epsilon - pure
	if rest < -1e-12 || parts > delta {
		return false
	}
	if square == 0 {
		return true
	}
	mu := math.Sqrt(square)
	phi := func(x float64) float64 { return math.Erfc(-x/math.Sqrt2) / 2 }
	return phi(mu/2-rest/mu)-math.Exp(rest)*phi(-mu/2-rest/mu) <= delta-parts
}

// everyWindow reports whether no span of time holds more than the account
// allows. Every span that holds anything holds no more than one that begins with
// a publication.
func (h *historian) everyWindow() bool {
	for i, from := range h.times {
		n := i
		for n < len(h.times) && younger(from, h.times[n], h.account.Window) {
			n++
		}
		if !within(h.losses[i:n], h.account.Epsilon, h.account.Delta) {
			return false
		}
	}
	return h.account.Lifetime == 0 || within(h.losses, h.account.Lifetime, h.account.Delta)
}

// fits reports whether a loss fits beside what is younger than the window.
func (h *historian) fits(at time.Time, loss Loss) bool {
	joint := []Loss{loss}
	for i, t := range h.times {
		if younger(t, at, h.account.Window) {
			joint = append(joint, h.losses[i])
		}
	}
	return within(joint, h.account.Epsilon, h.account.Delta) &&
		(h.account.Lifetime == 0 || within(append(slices.Clone(h.losses), loss), h.account.Lifetime, h.account.Delta))
}

const month = 31 * 24 * time.Hour

// publish says what a ledger must say, and remembers what it does.
func (h *historian) publish(now time.Time, wave string, revision int, data, reason string, loss Loss) error {
	id := fmt.Sprint(wave, " ", revision)
	if old, ok := h.done[id]; ok && old == data {
		return nil
	}
	if now.Before(h.last) {
		now = h.last
	}
	trusted := now.Sub(h.steady) <= month
	sure := now
	if !trusted {
		sure = h.steady
	}
	var err error
	switch elsewhere := slices.ContainsFunc(h.data[data], func(w string) bool { return w != wave }); {
	case h.done[id] != "":
		err = ErrChanged
	case elsewhere && reason == "":
		err = ErrRepeatedData
	case !h.fits(now, loss):
		err = ErrBudgetExceeded
	case !h.fits(sure, loss), now.Sub(h.steady) > 400*24*time.Hour:
		err = ErrClock
	}
	if err == nil || trusted {
		h.last = now
		if trusted {
			h.steady = now
		}
	}
	if err == nil {
		h.times, h.losses = append(h.times, now), append(h.losses, loss)
		h.data[data], h.done[id] = append(h.data[data], wave), data
	}
	return err
}

// TestHistories: a ledger answers random histories of waves, revisions, renamed
// waves, split data, replays, quiet years and clocks set ten years ahead and back
// as the historian does, and no window is ever overspent.
func TestHistories(t *testing.T) {
	histories := 10_000
	switch {
	case testing.Short():
		histories = 3_000
	case os.Getenv("MATURITYBENCH_DEEP") != "": // a minute and a half
		histories = 100_000
	}
	for i := range histories {
		if !history(t, uint64(i)) {
			t.Fatalf("history %d", i)
		}
	}
}

func history(t *testing.T, seed uint64) bool {
	random := rand.New(rand.NewPCG(seed, 14))
	account := Account{ID: "a", Unit: "company", Roster: SecretRoster, Epsilon: float64(3 + random.IntN(6)), Delta: 1e-5,
		Window: []Span{"1d", "30d", "1m", "6m", "1y", "3y"}[random.IntN(6)]}
	if random.IntN(3) == 0 {
		account.Lifetime = account.Epsilon + float64(random.IntN(8))
	}
	now := time.Unix(1_790_000_000+random.Int64N(100_000_000), 0).UTC()
	ledger := NewMemoryLedger()
	if err := ledger.OpenAccount(clock.At(t.Context(), now), account); err != nil {
		t.Error(err)
		return false
	}
	h := &historian{account: account, last: now, steady: now, data: map[string][]string{}, done: map[string]string{}}
	gaussian := random.IntN(50) == 0 // slow, as its arithmetic is proved
	for step := range 4 + random.IntN(12) {
		days := []int{0, 0, 1, 20, 31, 32, 200, 366, 1096, 3653, -3653}[random.IntN(11)]
		now = now.AddDate(0, 0, days).Add(time.Duration(random.IntN(3)-1) * time.Second)
		if now.Year() > 2300 {
			now = now.AddDate(-200, 0, 0)
		}
		ctx := clock.At(t.Context(), now)
		if random.IntN(6) == 0 {
			at := now
			if at.Before(h.last) {
				at = h.last
			}
			y, m, d := now.AddDate(0, 0, random.IntN(4)-1).Date()
			stated := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
			gap := at.Truncate(24 * time.Hour).Sub(stated).Abs()
			err := ledger.ConfirmDate(ctx, y, m, d)
			if (err == nil) != (gap <= 24*time.Hour) {
				t.Errorf("step %d: %v stated at %v: %v", step, stated, at, err)
				return false
			}
			if err == nil {
				h.last, h.steady = at, at
			}
		}
		wave, revision := fmt.Sprint("w", random.IntN(4)), 1+random.IntN(3)
		data := fmt.Sprint("part ", random.IntN(5))
		reason := []string{"", "because"}[random.IntN(2)]
		loss := Loss{PureEpsilon: int64(1+random.IntN(3)) * 1e9}
		if gaussian {
			loss = Loss{MuSquared: int64(1+random.IntN(9)) * 1e11, Delta: SamplerDelta}
		}
		want := h.publish(now, wave, revision, data, reason, loss)
		got := publishNothing(ctx, ledger, wave, revision, data, reason, loss)
		if !errors.Is(got, want) || want == nil && got != nil {
			t.Errorf("step %d at %v: the ledger says %v, want %v", step, now, got, want)
			return false
		}
		if !h.everyWindow() {
			t.Errorf("step %d at %v: a window is overspent: %v %v", step, now, h.times, h.losses)
			return false
		}
	}
	s, err := ledger.Remaining(clock.At(t.Context(), h.last), "a")
	var total Loss
	for _, loss := range h.losses {
		total = total.Plus(loss)
	}
	if err != nil || s.Lifetime != (Total{len(h.losses), total}) {
		t.Errorf("the ledger has lost %+v (%v), want %+v", s.Lifetime, err, total)
		return false
	}
	return true
}

func publishNothing(ctx context.Context, ledger Ledger, wave string, revision int, data, reason string, loss Loss) error {
	entry := Entry{Account: "a", Wave: wave, Revision: revision, Roster: SecretRoster, Loss: loss, Reason: reason,
		Data: Records(slices.Values([][]byte{[]byte(data)}))}
	_, err := ledger.Publish(ctx, entry, func(*Draws) (Record, error) { return Record{}, nil })
	return err
}
