package estimate

import (
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// The mean of a function of two domains, one of a single question and one of three, has
// the weights ¼ and ¾. What all domains share counts once, what may err alike in them adds
// up, and what is their own adds up by squares.
func TestFunctions(t *testing.T) {
	shape := model.Shape{Levels: 5, Domains: []int{1, 3, 2}, FunctionDomains: [][]int{{0, 1}, {2}}}
	s := newSetting(arbitraryInput(shape, 300, 10, 0.1, 0, true, rand.New(rand.NewPCG(71, 72))))
	overall, domains := newLevels(1, 1), newLevels(1, 3)
	overall.variance[0][0], overall.wide[0][0], overall.prior[0][0] = 0.01, 0.02, 0.03
	copy(domains.value[0], []float64{1, 3, 2})
	copy(domains.common[0], []float64{0.04, 0.09, 0})
	copy(domains.variance[0], []float64{0.01 + 0.04 + 0.16, 0.01 + 0.09 + 0.32, 0.01 + 0.5})
	copy(domains.wide[0], []float64{0.02 + 0.04 + 0.64, 0.02 + 0.09 + 0.48, 0.02 + 0.6})
	copy(domains.prior[0], []float64{0.03 + 1.6, 0.03 + 0.8, 0.03 + 2})
	copy(domains.informed[0], []float64{0.5, 0.5, 0})
	l := s.functions(overall, domains)
	common := square(0.25*0.2 + 0.75*0.3)
	same(t, "value", l.value[0][0], 2.5)
	same(t, "variance", l.variance[0][0], 0.01+common+0.16/16+0.32*9/16)
	same(t, "variance of the interval", l.wide[0][0], 0.02+common+0.64/16+0.48*9/16)
	same(t, "variance before the data", l.prior[0][0], 0.03+1.6/16+0.8*9/16)
	same(t, "share removed", l.informed[0][0], 1-l.variance[0][0]/l.prior[0][0])
	same(t, "value of one domain", l.value[0][1], 2)
	same(t, "variance of one domain", l.variance[0][1], 0.51)
	same(t, "share removed where a domain tells nothing", l.informed[0][1], 0)

	copy(domains.value[0], []float64{-1, 3, 5})
	same(t, "value with a domain below the scale", s.functions(overall, domains).value[0][0], 2.25)
	same(t, "value of a domain above the scale", s.functions(overall, domains).value[0][1], 4)
}
