package encode

import (
	"math/bits"
	"slices"

	"maturitybench/benchmark/internal/model"
)

// wide is what [codes] is where answers have weights, or where what is summed does not fit
// into two words: the sums over the answers of a domain, in fields of as many words
// as they need. Its tables are by one answer byte and by the weight of the question.
type wide struct {
	rows   [][wideWords]uint64 // of every block of words, by weight, 16 answers each; 0 is no answer
	stride int                 // rows of a block
	at     []int               // first row of every question, in a block

	count, weight field
	plain         []field // x and the shape polynomials from order 2 on, each plus its bias
	weighted      []field // the same times the weight: plain itself where there are no weights
	levels        []field // weight at each level
	bias          []int64

	moments [][2]uint64 // 1, x and x², see momentSum, and the weight and that of x, see weightBits; by rows of a block
}

// wideWords is how many words are summed at a time.
const wideWords = 4

// weightBits is the room for the weight of the questions of a domain: see the limits in instrument/score.go.
const weightBits = 28

// field is where one of several sums stands.
type field struct {
	word  int
	shift uint
	mask  uint64
}

func (f field) in(words []uint64) int64 {
	return int64(words[f.word] >> (f.shift & 63) & f.mask)
}

// newWide compiles the tables of a shape.
func newWide(shape model.Shape, values []int64, polynomials [][]int64) *wide {
	w, size, weight := &wide{}, int64(slices.Max(shape.Domains)), int64(slices.Max(shape.Sizes()))
	functions := append([][]int64{values}, polynomials...)
	var free []uint // bits of every word
	place := func(most int64) field {
		n := uint(bits.Len64(uint64(most)))
		word := slices.IndexFunc(free, func(left uint) bool { return left >= n })
		if word < 0 {
			word, free = len(free), append(free, 64)
		}
		free[word] -= n
		return field{word, 64 - free[word] - n, 1<<n - 1}
	}
	w.count, w.weight = place(size), place(weight)
	for _, f := range functions {
		w.bias = append(w.bias, -min(slices.Min(f), 0))
		w.plain = append(w.plain, place(size*(slices.Max(f)+w.bias[len(w.bias)-1])))
	}
	w.weighted = w.plain
	if shape.Weighted() {
		w.weighted = nil
		for i, f := range functions {
			w.weighted = append(w.weighted, place(weight*(slices.Max(f)+w.bias[i])))
		}
	}
	if levels := len(values); shape.Weighted() || bits.Len64(uint64(size)) > 64/levels {
		for range levels {
			w.levels = append(w.levels, place(weight))
		}
	} else { // in one word, as [codes] has them
		for level := range levels {
			n := uint(64 / levels)
			w.levels = append(w.levels, field{len(free), n * uint(level), 1<<n - 1})
		}
		free = append(free, 0)
	}
	w.fill(shape, functions, (len(free)+wideWords-1)/wideWords)
	return w
}

// fill makes the rows of every weight, in so many blocks.
func (w *wide) fill(shape model.Shape, functions [][]int64, blocks int) {
	var weights []int
	for q := range shape.Questions() {
		weight := shape.Weight(q)
		if !slices.Contains(weights, weight) {
			weights = append(weights, weight)
		}
		w.at = append(w.at, 16*slices.Index(weights, weight))
	}
	w.stride = 16 * len(weights)
	w.rows = make([][wideWords]uint64, blocks*w.stride)
	w.moments = make([][2]uint64, w.stride)
	for i, weight := range weights {
		for level, value := range functions[0] {
			at, times, x := 16*i+1+level, uint64(weight), uint64(value)
			set := func(f field, v uint64) {
				w.rows[f.word/wideWords*w.stride+at][f.word%wideWords] |= v << f.shift
			}
			set(w.count, 1)
			set(w.weight, times)
			for k, f := range functions {
				v := uint64(f[level] + w.bias[k])
				set(w.plain[k], v)
				if shape.Weighted() {
					set(w.weighted[k], times*v)
				}
			}
			set(w.levels[level], times)
			w.moments[at] = [2]uint64{1 | x<<momentSum | x*x<<momentSquare, times | times*x<<weightBits}
		}
	}
}

// add adds up what the tables say of every answer of a domain whose first question is given.
func (w *wide) add(words []uint64, first int, answers []byte) {
	at := w.at[first:][:len(answers)]
	for rows := w.rows; len(words) >= wideWords; words = words[wideWords:] {
		var a, b, c, d uint64
		for q, answer := range answers {
			row := &rows[at[q]+int(answer)]
			a += row[0]
			b += row[1]
			c += row[2]
			d += row[3]
		}
		words[0], words[1], words[2], words[3] = a, b, c, d
		rows = rows[w.stride:]
	}
}

// sumMoments adds up the moments of the answers of a domain whose first question is given.
func (w *wide) sumMoments(first int, answers []byte) (plain, weighted uint64) {
	at := w.at[first:][:len(answers)]
	for q, answer := range answers {
		row := &w.moments[at[q]+int(answer)]
		plain += row[0]
		weighted += row[1]
	}
	return plain, weighted
}

// words is how many words of sums a domain has.
func (w *wide) words() int { return len(w.rows) / w.stride * wideWords }
