package draw

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// alarm is the false-alarm probability of one comparison with a distribution.
// The secure samples take part in about a hundred, so one of them fails by
// chance with probability 1e-10; all others have fixed seeds, and their outcome
// is fixed too.
const alarm = 1e-12

// checkShare holds the number of hits in n trials against their probability.
func checkShare(t *testing.T, what string, hits, n int, p float64) {
	t.Helper()
	far := -distuv.UnitNormal.Quantile(alarm / 2)
	off := math.Abs(float64(hits)-float64(n)*p) / math.Sqrt(float64(n)*p*(1-p)+1)
	if off > far {
		t.Errorf("%s: %d of %d, %.1f standard deviations from %v", what, hits, n, off, p)
	}
}

// TestBelow: every value is equally likely, also for bounds where a random
// word that is scaled without rejection would prefer some values: for 3·2⁶²,
// every third value twice as much.
func TestBelow(t *testing.T) {
	const n = 60_000
	for name, source := range map[string]Source{"secure": {}, "seeded": Seeded(Seed(1))} {
		r := source.random()
		for _, bound := range []uint64{1, 2, 3, 6, 1000, 3 << 62, 1 << 63, math.MaxUint64} {
			var residues [3]int
			low := 0
			for range n {
				v := r.below(bound)
				if v >= bound {
					t.Fatalf("%s: %d is not below %d", name, v, bound)
				}
				residues[v%3]++
				if v < bound/2 {
					low++
				}
			}
			checkShare(t, name+" lower half", low, n, float64(bound/2)/float64(bound))
			if bound >= 1000 || bound%3 == 0 {
				for _, hits := range residues {
					checkShare(t, name+" residue", hits, n, math.Ceil(float64(bound)/3)/float64(bound))
				}
			}
		}
	}
}

// TestWords: the secure words are 64 fair bits, across the blocks of the
// buffer, and nothing is left of them afterwards.
func TestWords(t *testing.T) {
	r := (Source{}).random()
	const n = 20_000
	var ones [64]int
	repeats, last := 0, uint64(0)
	for range n {
		w := r.word()
		for bit := range ones {
			ones[bit] += int(w >> bit & 1)
		}
		if w == last { // probability n/2⁶⁴ = 1e-15
			repeats++
		}
		last = w
	}
	for _, hits := range ones {
		checkShare(t, "a bit", hits, n, 0.5)
	}
	if repeats > 0 {
		t.Errorf("%d words come twice in a row", repeats)
	}
	if r.forget(); r.buffer != [512]byte{} || len(r.unread) > 0 {
		t.Error("bits are kept")
	}
	a, b := Seeded(Seed(1)).random(), Seeded(Seed(1)).random()
	if x, y := a.word(), b.word(); x != y || x == a.word() {
		t.Error("seeded words do not follow the seed")
	}
}
