package estimate

import "math"

// inflation widens the intervals of what the data hardly informed: the
// posterior variance is multiplied by 1 + inflation·(1−w), w the share of the
// prior variance that the data removed. A prior spread that is right on average
// is too small for the items that lie far out, and an interval around a shrunken
// estimate then covers them too rarely; Armstrong, Kolesár & Plagborg-Møller
// (Robust Empirical Bayes Confidence Intervals, Econometrica 90, 2022) widen it by
// what an arbitrary distribution of the items can do, which is nothing at w = 1 and
// most at w = 0.
const inflation = 1.5

func widened(variance, informed float64) float64 {
	return variance * (1 + inflation*(1-informed))
}

// number is an estimate with an interval inside [low, high]: plain is the variance
// of Error, wide that of the interval.
func (s *setting) number(value, plain, wide, low, high float64) Number {
	value = clamp(value, low, high)
	half := s.Z * math.Sqrt(max(wide, plain, 0))
	return Number{
		Value: value,
		Low:   max(value-half, low),
		High:  min(value+half, high),
		Error: math.Sqrt(max(plain, 0)),
	}
}

// levelNumber is a mean as a number on the scale.
func (s *setting) levelNumber(l levels, g, i int) Number {
	n := s.number(l.value[g][i], l.variance[g][i], l.wide[g][i], 0, s.top)
	n.Information = l.informed[g][i]
	return n
}
