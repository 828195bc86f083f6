package draw

import (
	crand "crypto/rand"
	"encoding/binary"
	"math/bits"
	"math/rand/v2"
)

// random hands out the random bits of one vector of noise: those of
// crypto/rand, read in blocks, or those of a seed. It is not safe for
// concurrent use.
type random struct {
	seeded *rand.Rand // nil: crypto/rand
	buffer [512]byte
	unread []byte
	step   uint // bits by which a comparison is refined, 1 to 64
}

// random is a reader of the source's bits.
func (s Source) random() *random { return &random{seeded: s.seeded, step: firstStep} }

// word is 64 fair and independent bits.
func (r *random) word() uint64 {
	if r.seeded != nil {
		return r.seeded.Uint64()
	}
	if len(r.unread) < 8 {
		crand.Read(r.buffer[:]) // never fails: crypto/rand ends the process instead
		r.unread = r.buffer[:]
	}
	w := binary.LittleEndian.Uint64(r.unread)
	r.unread = r.unread[8:]
	return w
}

// forget wipes the bits that were read and not used, and those that were.
func (r *random) forget() {
	clear(r.buffer[:])
	r.unread = nil
}

// below is uniform on 0..n−1 for n ≥ 1, without bias (Lemire, Fast Random
// Integer Generation in an Interval, 2019): of the words w, the value
// v = ⌊w·n/2⁶⁴⌋ takes ⌊2⁶⁴/n⌋ whose low half w·n mod 2⁶⁴ is at least
// 2⁶⁴ mod n, the same number for every v; the others are drawn again.
func (r *random) below(n uint64) uint64 {
	high, low := bits.Mul64(r.word(), n)
	if low < n {
		for excess := -n % n; low < excess; {
			high, low = bits.Mul64(r.word(), n)
		}
	}
	return high
}
