package estimate

import "math"

// inflation widens the intervals of what the data hardly informed: the
// posterior variance is multiplied by 1 + inflation·(1−w)², w the share of the
// prior variance that the data removed. A prior spread that is right on average
// is too small for the items that lie far out, and an interval around a shrunken
// estimate then covers them too rarely. Armstrong, Kolesár & Plagborg-Møller
// (Robust Empirical Bayes Confidence Intervals, Econometrica 90, 2022) find the
// critical value that holds for any distribution of the items with the prior's
// variance. At 90 % their variance is larger than a normal prior's by a factor of
// 3.7 at w = 0, 2.2 at 0.1, 1.4 at 0.3, 1.07 at 0.5 and 1.01 at 0.7, which makes
// the items' average coverage hold. The factor here is 3.2, 2.8, 2.1, 1.6 and 1.2:
// the items furthest out, taken by themselves, ask for more than the average.
const inflation = 2.2

func widened(variance, informed float64) float64 {
	return variance * (1 + inflation*square(1-informed))
}

// segmentInflation is the same for the distance of a segment from all companies.
// Where the plan has not measured these distances at all, only their prior is left,
// and nothing vouches for its shape: unmeasuredInflation gives the factor of 3.7 of
// Chebyshev's inequality, √(1/0.1) = 3.16 against 1.645 standard deviations, which
// is what the robust critical value comes to at w = 0. It fades with w as fast as
// that one does (1.2, 0.4 and 0.07 above 1 at w = 0.1, 0.3 and 0.5).
const (
	segmentInflation    = 1.7
	unmeasuredInflation = 2.7
	unmeasuredFades     = 8
)

// widenedSegment is the wide variance of a question's contrast in a segment. Most
// of what the data removed of its prior variance is the question's, which all
// companies tell; what is shrunken is the distance from all, with a prior of its
// own, and that part is widened by what the data removed of that. Questions that
// are keyed in reverse move against the others and are further out than a common
// prior of the distances expects.
func widenedSegment(variance, all, apartPrior float64) float64 {
	apart := max(variance-all, 0)
	left := 1 - removed(apart, apartPrior)
	return variance + apart*max(segmentInflation*square(left), unmeasured(left))
}

// unmeasured is the inflation of what only a prior is left of, if nothing else
// asks for one.
func unmeasured(left float64) float64 {
	return unmeasuredInflation * math.Pow(left, unmeasuredFades)
}

// shapeInflation is what intervals of shares allow for where the questions' shapes
// were not measured: their spread is that of industry panels, and questionnaires of
// other kinds have more of it.
const shapeInflation = 0.4

func widenedShape(variance, prior float64) float64 {
	return variance * (1 + shapeInflation*math.Pow(1-removed(variance, prior), unmeasuredFades))
}

// unpublished widens the intervals of questions of which the data removed less than
// half of the prior variance. No such estimate is published, but whoever reads it
// shall not be misled by the questions furthest out: with that little to go by, even
// the common prior variance is hardly known. The factor grows over a tenth of the
// information, so that a published interval is never wider for it.
func unpublished(variance, informed float64) float64 {
	return variance * (1 + unpublishedInflation*clamp((leastInformed-informed)/0.1, 0, 1))
}

const (
	leastInformed        = 0.5 // of what is published
	unpublishedInflation = 1.2
)

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
