package encode

import (
	"math/bits"
	"slices"

	"maturitybench/benchmark/internal/model"
)

// wide is what [codes] is where questions have weights, or where what is summed does not fit
// into a word: the sums over the answers of a domain, in fields of as many words
// as they need.
type wide struct {
	*pairTables
	count, weight field
	plain         []field // x and the shape polynomials from order 2 on, each plus its bias
	weighted      []field // the same times the weight: plain itself where there are no weights
}

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
	w.count = place(size)
	for _, f := range functions {
		w.plain = append(w.plain, place(size*(slices.Max(f)+biasOf(f))))
	}
	w.weight, w.weighted = w.count, w.plain
	if shape.Weights != nil {
		w.weight, w.weighted = place(weight), nil
		for _, f := range functions {
			w.weighted = append(w.weighted, place(weight*(slices.Max(f)+biasOf(f))))
		}
	}
	n := len(free)
	if n > wideWords {
		n = (n + wideWords - 1) / wideWords * wideWords
	}
	w.pairTables = newPairTables(shape, n, func(row []uint64, level int, weight uint64) { w.addTo(row, functions, level, weight) })
	return w
}

// addTo adds an answer at a level of a question with this weight.
func (w *wide) addTo(row []uint64, functions [][]int64, level int, weight uint64) {
	add := func(f field, v uint64) { row[f.word] += v << f.shift }
	add(w.count, 1)
	for k, f := range functions {
		add(w.plain[k], uint64(f[level]+biasOf(f)))
	}
	if w.weight == w.count {
		return
	}
	add(w.weight, weight)
	for k, f := range functions {
		add(w.weighted[k], weight*uint64(f[level]+biasOf(f)))
	}
}

// norm is the squared norm of a domain's shapes but for what depends on m alone, where questions have no weights.
func (w *wide) norm(order []orderNorm, words []uint64) float64 {
	norm, plain := 0.0, w.plain[:len(order)]
	for k := 1; k < len(order); k++ {
		o, x := &order[k], float64(plain[k].in(words))
		norm += x * (o.linear + o.square*x)
	}
	return norm
}

// weightedNorm is the squared norm over κ² of a domain's contrasts and shapes but for what
// depends on m alone, where questions have weights.
func (w *wide) weightedNorm(order []weightedNorm, weight int64, words []uint64) float64 {
	times := float64(weight)
	twice, products, linear := 2*times, 0.0, order[0].constant
	plain, weighted := w.plain[:len(order)], w.weighted[:len(order)]
	for k := range order {
		o := &order[k]
		t, s := float64(plain[k].in(words)), float64(weighted[k].in(words))
		linear += o.plain * t
		products += s * (o.square*s - twice*(o.product*t+o.linear))
	}
	return times*times*linear + products
}

// weightedNorm is what a function P of the level adds to the squared norm over κ² of the m
// answers in a domain, with T = ΣP, S = Σw·P and W = Σw:
//
//	W²·plain·T + S·(square·S − 2·W·(product·T + linear)) + W²·constant.
//
// The first has the constants of all. P may be moved by any amount, and its centre with it: it is
// plus the bias of [wide.plain].
type weightedNorm struct{ plain, square, product, linear, constant float64 }
