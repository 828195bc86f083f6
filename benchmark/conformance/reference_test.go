package conformance_test

import (
	"math/big"
	"strings"

	"maturitybench/benchmark/internal/encode"
)

// This file and the two beside it compute vectors once more, from the text of the
// package's documentation alone, in numbers without bound. They use nothing of the
// library but the types of the file.

// digits spell levels and values of attributes.
const digits = "0123456789abcdefghijklmnopqrstuvwxyz"

// none is the level of a question without an answer.
const none = -1

// answer is that of one question.
type answer struct {
	level  int
	weight int64 // of the question in its domain
}

// sheet is a text of a file, taken apart.
type sheet struct {
	values  []int      // of the attributes, 0 where it is not stated
	answers [][]answer // by domain
}

func parseSheet(text string, shape encode.Shape) sheet {
	var s sheet
	values, answers, _ := strings.Cut(text, ":")
	for _, c := range values {
		s.values = append(s.values, strings.IndexRune(digits, c))
	}
	q := 0
	for domain := range strings.SplitSeq(answers, " ") {
		list := []answer{}
		for _, c := range domain {
			a := answer{strings.IndexRune(digits, c), 1}
			if shape.Weights != nil {
				a.weight = int64(shape.Weights[q])
			}
			list = append(list, a)
			q++
		}
		s.answers = append(s.answers, list)
	}
	return s
}

func (s sheet) blank() bool {
	for _, answers := range s.answers {
		if count(answers) > 0 {
			return false
		}
	}
	return true
}

// levels are those of all answers, none among them.
func (s sheet) levels() (all []int) {
	for _, answers := range s.answers {
		for _, a := range answers {
			all = append(all, a.level)
		}
	}
	return all
}

// all are the answers to all questions, each with its weight in the overall score.
func (s sheet) all(shape encode.Shape) (all []answer) {
	for d, answers := range s.answers {
		for _, a := range answers {
			if shape.DomainWeights != nil {
				a.weight *= int64(shape.DomainWeights[d])
			}
			all = append(all, a)
		}
	}
	return all
}

// count is m.
func count(answers []answer) (m int64) {
	for _, a := range answers {
		if a.level != none {
			m++
		}
	}
	return m
}

// weights are W and N.
func weights(answers []answer) (w, n int64) {
	for _, a := range answers {
		n += a.weight
		if a.level != none {
			w += a.weight
		}
	}
	return w, n
}

// sums are Σp, Σwp and Σp² over the answers.
func sums(answers []answer, p []int64) (sum, weighted, squares int64) {
	for _, a := range answers {
		if a.level != none {
			x := p[a.level]
			sum, weighted, squares = sum+x, weighted+a.weight*x, squares+x*x
		}
	}
	return sum, weighted, squares
}

// step is num and den.
func step(shape encode.Shape) (num, den int64) {
	r := big.NewRat(int64(shape.Levels-1), int64(shape.Values[shape.Levels-1]))
	return r.Num().Int64(), r.Denom().Int64()
}

// score is that of some answers, in 1/unit.
func score(answers []answer, shape encode.Shape, unit int64) int64 {
	w, _ := weights(answers)
	if w == 0 {
		return 0
	}
	num, den := step(shape)
	_, sum, _ := sums(answers, counted(shape))
	return floorDiv(2*unit*num*sum+den*w, 2*den*w)
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

// weight is w(r, v).
func weight(r, v int) int64 {
	switch {
	case v < r:
		return 1
	case v == r:
		return -int64(r)
	}
	return 0
}

// counted is what the levels count.
func counted(shape encode.Shape) (p []int64) {
	for _, x := range shape.Values {
		p = append(p, int64(x))
	}
	return p
}

// number is a product of integers.
func number(factors ...int64) *big.Int {
	product := big.NewInt(1)
	for _, f := range factors {
		product.Mul(product, big.NewInt(f))
	}
	return product
}

// ceilDiv is ⌈a/b⌉ of numbers that are not negative.
func ceilDiv(a, b *big.Int) *big.Int {
	q, rest := new(big.Int).QuoRem(a, b, new(big.Int))
	if rest.Sign() > 0 {
		q.Add(q, big.NewInt(1))
	}
	return q
}

// plus is a sum.
func plus(terms ...*big.Int) *big.Int {
	sum := new(big.Int)
	for _, t := range terms {
		sum.Add(sum, t)
	}
	return sum
}

func times(a, b *big.Int) *big.Int { return new(big.Int).Mul(a, b) }

// vectorOf is what a sheet becomes.
func vectorOf(d encode.Description, s sheet) []int64 {
	switch {
	case d.Pilot != nil:
		return pilotOf(d, s)
	case d.Small != nil:
		return smallOf(d, s)
	}
	return newReference(d).vector(s)
}

func pilotOf(d encode.Description, s sheet) []int64 {
	p, unit := d.Pilot, int64(d.Units["score"])
	out := make([]int64, 3+len(p.Edges)+1)
	if s.blank() {
		return out
	}
	t := 2*score(s.all(d.Shape), d.Shape, unit) - int64(d.Shape.Levels-1)*unit
	norm := int64(0)
	for _, answers := range s.answers {
		m := count(answers)
		sum, _, squares := sums(answers, counted(d.Shape))
		if n := int64(len(answers)); m >= 2 {
			b := n * n * (m - 1) * (m - 1)
			norm += (2*(1<<16)*(n-1)*(n-1)*m + b) / (2 * b) * (m*squares - sum*sum)
		}
	}
	bin := 0
	for _, edge := range p.Edges {
		if int64(edge) < norm {
			bin++
		}
	}
	out[0], out[1], out[2], out[3+bin] = p.Count, p.Score*t, p.Square*(t*t/unit), p.Histogram
	return out
}

func smallOf(d encode.Description, s sheet) []int64 {
	p, unit, domains := d.Small, int64(d.Units["score"]), int64(len(s.answers))
	left := int64(0)
	for _, answers := range s.answers {
		if count(answers) == 0 {
			left++
		}
	}
	distance := score(s.all(d.Shape), d.Shape, unit) - p.Center
	if p.Mark > 0 {
		distance = distance * (domains - left) / domains
	}
	offsets, squares := []int64{}, new(big.Int)
	for _, answers := range s.answers {
		o := -distance
		if count(answers) > 0 {
			o += score(answers, d.Shape, unit) - p.Center
		}
		offsets = append(offsets, o)
		squares.Add(squares, number(o, o))
	}
	room, scores := int64(d.Units["bound"])-p.Count-left*p.Mark, []int64{}
	for _, part := range p.Parts {
		scale := part.Scale
		if part.Attribute != nil && s.values[*part.Attribute] != part.Value {
			scale = 0
		}
		scores = append(scores, scale*distance)
		room -= scale * max(distance, -distance)
	}
	out := []int64{}
	lambda, lost := smallFactor(d, room, left, squares)
	if p.Partial > 0 {
		for _, o := range offsets {
			out = append(out, p.Offset*(lambda*o/unit))
		}
	}
	out = append(out, scores...)
	if p.Count > 0 {
		out = append(out, p.Count)
	}
	if p.Partial > 0 {
		out = append(out, p.Partial*lost)
	}
	for _, answers := range s.answers {
		switch {
		case p.Mark > 0 && count(answers) == 0:
			out = append(out, p.Mark)
		case p.Mark > 0:
			out = append(out, 0)
		}
	}
	if s.blank() {
		clear(out)
	}
	return out
}

// smallFactor is λ, and what is lost.
func smallFactor(d encode.Description, room, left int64, squares *big.Int) (lambda, lost int64) {
	p, unit := d.Small, int64(d.Units["score"])
	root := new(big.Int).Sqrt(squares)
	if times(root, root).Cmp(squares) < 0 {
		root.Add(root, big.NewInt(1))
	}
	norm, most := times(root, big.NewInt(p.Offset)), p.Partial*unit
	whole := p.Mark > 0 || left == 0
	if !whole {
		room, most = room-most, 0
	}
	lambda = unit
	if norm.Cmp(big.NewInt(room)) > 0 {
		over := new(big.Int).Sub(norm, big.NewInt(most))
		lambda = over.Quo(number(room-most, unit), over).Int64()
	}
	if !whole {
		return lambda, unit
	}
	return lambda, unit - lambda
}
