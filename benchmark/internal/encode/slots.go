package encode

import (
	"math/bits"

	"maturitybench/benchmark/internal/model"
)

// slots add up what the answers of a part count: a word for each two questions beside each other and two answers to them,
// of as many as there are levels and no answer, and for a last question alone. A response adds the same word to the slots of all its
// answers in a domain, which holds three numbers: one, κ and κ·W (see packing). All features of the answers follow from these
// sums; they are worked out every so many responses.
type slots struct {
	words []uint64
	added int // responses, since the slots were emptied
}

// packing says where the three sums of a slot begin: the number of responses at 0, then Σκ, then Σκ·W. None can
// run into the next before most responses are added.
type packing struct {
	kappa, weighted uint
	most            int
}

// newPacking is for domains whose questions weigh at most size together: κ and κ·W are then at most
// clipUnit·size. Instruments have sizes of up to 20,000 (instrument/score.go), which leaves the number of responses 4 bits.
func newPacking(size int) packing {
	n := uint(bits.Len64(clipUnit * uint64(size)))
	count := (64 - 2*n) / 3
	return packing{kappa: count, weighted: 2*count + n, most: 1<<count - 1}
}

// word is what an answer adds beside a one.
func (p packing) word(kappa, weight int64) uint64 {
	return uint64(kappa)<<p.kappa | uint64(kappa*weight)<<p.weighted
}

// cell is a slot taken apart.
type cell struct{ responses, kappas, weights int64 }

func (p packing) cell(slot uint64) cell {
	return cell{int64(slot & (1<<p.kappa - 1)), int64(slot & (1<<p.weighted - 1) >> p.kappa), int64(slot >> p.weighted)}
}

// add adds a cell so many times.
func (c *cell) add(other cell, times int64) {
	c.responses += times * other.responses
	c.kappas += times * other.kappas
	c.weights += times * other.weights
}

// span is the questions of a domain, and where their slots begin.
type span struct{ domain, first, size, slot int }

// newSpans are those of all domains, and how many slots they have.
func newSpans(shape model.Shape) (spans []span, slots int) {
	first, width := 0, shape.Levels+1
	for d, size := range shape.Domains {
		spans = append(spans, span{d, first, size, slots})
		first += size
		slots += size/2*width*width + size%2*width
	}
	return spans, slots
}

// addAt adds the word of its domain to the slots of the answers, of width² slots for each two questions. In a
// function of its own the loop has enough registers.
//
//go:noinline
func addAt(slots []uint64, width int, spans []span, words []uint64, answers []byte) {
	for _, of := range spans {
		word, slot, part := words[of.domain], of.slot, answers[of.first:][:of.size]
		for q := 1; q < len(part); q += 2 {
			slots[slot+int(part[q-1])+width*int(part[q])] += word
			slot += width * width
		}
		if len(part)%2 > 0 {
			slots[slot+int(part[len(part)-1])] += word
		}
	}
}

// mostLevels is the largest number of levels.
const mostLevels = 11
