package estimate

import (
	"math"

	"maturitybench/stats"
)

// widened is the variance of an interval, w being the informed share: see inflation.
func widened(variance, informed float64) float64 {
	return variance * (1 + inflation*square(1-informed))
}

// widenedApart is that of an item that is estimated to lie away from what is believed of all of them, a normal
// distribution. Where it is another one, what shrinking takes from the items furthest out, which are read first, is bias: the
// part 1 − w of their distance. Estimates spread by √w times as much as the items, so that the distance is that of the item
// as far out among the items as the estimate is among the estimates (Louis, Estimating a Population of Parameter Values
// Using Bayes and Empirical Bayes Methods, JASA 79, 1984). Its square stands beside the variance.
func widenedApart(variance, informed, away float64) float64 {
	if informed <= 0 {
		return widened(variance, informed)
	}
	return max(widened(variance, informed), variance+square((1-informed)*away)/informed)
}

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

// unmeasured is the inflation where nothing but a prior is left, unless something
// else asks for more.
func unmeasured(left float64) float64 {
	return unmeasuredInflation * math.Pow(left, unmeasuredFades)
}

// widenedShape is the same for the shapes of questions: see shapeInflation.
func widenedShape(variance, prior float64) float64 {
	return variance * (1 + shapeInflation*math.Pow(1-removed(variance, prior), unmeasuredFades))
}

// number is an estimate with an interval inside [low, high]: plain is the variance
// of Error, wide that of the interval. Where the interval is cut at an end, its other side is the
// quantile of the normal distribution that is cut there: what lies beyond the end is no part
// of the confidence. The end itself stays in it, since shares are often exactly 0.
func (s *setting) number(value, plain, wide, low, high float64) Number {
	value = clamp(value, low, high)
	sd := math.Sqrt(max(wide, plain, 0))
	return Number{
		Value: value,
		Low:   max(value-s.beside(high-value, sd), low),
		High:  min(value+s.beside(value-low, sd), high),
		Error: math.Sqrt(max(plain, 0)),
	}
}

// beside is how far an interval reaches to one side of a normal distribution that is cut at a
// distance on the other side.
func (s *setting) beside(distance, sd float64) float64 {
	if distance >= beyondAll*sd {
		return s.Z * sd
	}
	inside := stats.NormalCDF(distance / sd)
	return sd * stats.NormalQuantile(1-stats.NormalTail(s.Z)*inside)
}

// levelNumber is a mean as a number on the scale.
func (s *setting) levelNumber(l levels, g, i int) Number {
	n := s.number(l.value[g][i], l.variance[g][i], l.wide[g][i]+l.tail[g][i], 0, s.top)
	n.Information = l.informed[g][i]
	return n
}
