package encode

import (
	"math/bits"

	"maturitybench/benchmark/internal/model"
)

// scale turns sums of what answers count into scores.
type scale struct {
	num, den int64    // a step is num/den levels
	inverse  []uint64 // see reciprocals; nil where there are too many weights
}

// mostReciprocals is for how many weights of answers there is a table, of 8 bytes each.
const mostReciprocals = 1 << 15

func newScale(shape model.Shape) scale {
	num, den := shape.Step()
	s := scale{num: int64(num), den: int64(den)}
	if most := den * shape.Size(); most <= mostReciprocals {
		s.inverse = reciprocals(most)
	}
	return s
}

// mean is sum/weight steps in scoreUnit, to the nearest integer, halves upwards; 0
// without answers.
func (s *scale) mean(sum, weight int64) int64 {
	weight *= s.den
	doubled := 2*scoreUnit*s.num*sum + weight
	if s.inverse == nil {
		return doubled / max(2*weight, 1)
	}
	hi, _ := bits.Mul64(uint64(doubled), s.inverse[weight])
	return int64(hi)
}

// bin is the number of thresholds strictly below sum/count levels, where threshold
// j is quarters[j]/4: the score's place among the thresholds, exactly.
func bin(quarters []int64, sum, count int64) int {
	lo, hi := 0, len(quarters)
	for lo < hi {
		mid := (lo + hi) / 2
		if quarters[mid]*count < 4*sum {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}
