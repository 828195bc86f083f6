package encode

import (
	"math/rand/v2"
	"testing"
)

// TestSlotsHold fills a slot to the brim: domains of every size up to the largest, with all answers and with one, in as many
// responses as a slot may hold.
func TestSlotsHold(t *testing.T) {
	for size := int64(1); size <= 20_000; size++ { // the largest: instrument/score.go
		p := newPacking(int(size))
		if p.most < 1 {
			t.Fatalf("a domain of weight %d: no response fits", size)
		}
		for _, weight := range []int64{1, size} {
			kappa := clipUnit * size / weight
			n := int64(p.most)
			got := p.cell(uint64(n) * (1 | p.word(kappa, weight)))
			if want := (cell{n, n * kappa, n * kappa * weight}); got != want {
				t.Fatalf("a domain of weight %d, answers of weight %d: %d responses give %v, expected %v", size, weight, n, got, want)
			}
		}
	}
}

// TestUnpackFindsEveryAnswer adds answers, one response at a time, and finds how often each question has each.
func TestUnpackFindsEveryAnswer(t *testing.T) {
	for _, s := range settings() {
		e, rng := s.encoding(t), rand.New(rand.NewPCG(35, 36))
		k, width := e.kernel, s.shape.Levels+1
		counts, words, slots := make([]int64, k.questions*width), make([]uint64, len(k.domains)), make([]uint64, k.slots)
		for d := range words {
			words[d] = 1
		}
		for range 200 {
			answers := make([]byte, k.questions)
			for q := range answers {
				answers[q] = byte(rng.IntN(width))
				counts[q*width+int(answers[q])]++
			}
			addAt(slots, width, k.spans, words, answers)
		}
		for _, of := range k.spans {
			cells := make([]cell, of.size*width)
			k.unpack(cells, slots, of)
			for i, c := range cells {
				if want := counts[of.first*width+i]; c.responses != want {
					t.Fatalf("%s: question %d has %d answers %d, expected %d", s.name, of.first+i/width, c.responses, i%width, want)
				}
			}
		}
	}
}
