package encode

import (
	"encoding/binary"
	"math"
	"math/bits"
	"slices"

	"maturitybench/benchmark/internal/model"
)

// states number the different answers that a domain of few questions has had, in the order in which they came, and hold
// what follows from them: it is computed once for each, and a stratum need only count them.
//
// What every response needs stands apart from what is seldom needed, so that it is near.
type states[Hot, Cold any] struct {
	key  keys
	ids  []uint16 // by key; 0: not seen yet
	hot  []Hot    // by number, from 1
	cold []Cold   // the same
	seen []uint32 // keys, the same
}

// mostStates is how many different answers the domains that have states can have together: what of them comes up
// has room in the nearer caches.
const mostStates = 40_000

// newStates are none yet, by domain: of the smallest ones. It is nil for those whose answers are too many.
func newStates[Hot, Cold any](shape model.Shape) []*states[Hot, Cold] {
	all, left := make([]*states[Hot, Cold], len(shape.Domains)), mostStates
	order := make([]int, len(all))
	for d := range order {
		order[d] = d
	}
	slices.SortStableFunc(order, func(a, b int) int { return different(shape, a) - different(shape, b) })
	for _, d := range order {
		if left -= different(shape, d); left < 0 {
			break
		}
		key := newKeys(shape.Levels, shape.Domains[d])
		all[d] = &states[Hot, Cold]{key, make([]uint16, 1<<key.bits), make([]Hot, 1), make([]Cold, 1), make([]uint32, 1)}
	}
	return all
}

// different is how many different answers a domain can have, mostStates + 1 if it is more, or if they cannot be numbered.
func different(shape model.Shape, d int) int {
	all, any, size, answers := 1, 1, shape.Domains[d], len(shape.PlacesIn(d))+1
	if newKeys(shape.Levels, size).bits > mostKeyBits {
		return mostStates + 1
	}
	for range size {
		all, any = all*answers, any*(shape.Levels+1)
		if all > mostStates || any > math.MaxUint16 { // any: at places, too, that its questions do not have
			return mostStates + 1
		}
	}
	return all
}

// add numbers what has not been seen, and remembers what follows from it.
func (s *states[Hot, Cold]) add(key uint32, hot Hot, cold Cold) uint16 {
	id := uint16(len(s.hot))
	s.ids[key], s.hot, s.cold, s.seen = id, append(s.hot, hot), append(s.cold, cold), append(s.seen, key)
	return id
}

// keys spell the answers of a domain as a number: as many bits for each as its levels and no answer need.
type keys struct {
	size             int
	answer           uint   // bits of an answer
	bits             uint   // of all of them
	mask             uint64 // of the last eight answer bytes, or fewer
	two, four, eight uint64 // of the bits of two answers in every two bytes, of four in every four, and of eight
}

// mostKeyBits is the room for keys: a table by them takes 512 KiB, most of which is never touched.
const mostKeyBits = 18

func newKeys(levels, size int) keys {
	k := keys{size: size, answer: uint(bits.Len(uint(levels)))}
	k.bits = uint(size) * k.answer
	k.mask = ^uint64(0) >> (8 * uint((8-size%8)%8))
	k.two = (1<<(2*k.answer) - 1) * 0x0001_0001_0001_0001
	k.four = (1<<(4*k.answer) - 1) * 0x0000_0001_0000_0001
	k.eight = 1<<(8*k.answer) - 1
	return k
}

// column fills in the keys of the answers, beginning at first, of responses that begin there.
func (k *keys) column(to *[batchRows]uint32, data []byte, at []int, first int) {
	if k.size > 8 {
		for i, at := range at {
			to[i] = k.long(data[at+first:][:k.size])
		}
		return
	}
	key := *k
	for i, at := range at {
		if at += first; at+8 <= len(data) {
			to[i] = key.gather(binary.LittleEndian.Uint64(data[at:]) & key.mask)
		} else {
			to[i] = key.long(data[at:][:key.size])
		}
	}
}

// long is the key of more answers than eight, or at the end of the data.
func (k *keys) long(answers []byte) uint32 {
	key := uint32(0)
	for i, answer := range answers {
		key |= uint32(answer) << (uint(i) * k.answer)
	}
	return key
}

// gather brings the bits of eight answer bytes together.
func (k *keys) gather(x uint64) uint32 {
	x = (x | x>>((8-k.answer)&63)) & k.two
	x = (x | x>>((16-2*k.answer)&63)) & k.four
	return uint32((x | x>>((32-4*k.answer)&63)) & k.eight)
}

// answer is that of a question in a key.
func (k *keys) answerOf(key uint32, question int) int {
	return int(key >> (uint(question) * k.answer) & (1<<k.answer - 1))
}
