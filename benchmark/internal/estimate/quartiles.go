package estimate

import (
	"math"

	"maturitybench/stats"
)

const (
	densityReach = 0.35 // in units: the density at a quartile is a slope over this distance on both sides
	leastDensity = 0.35 // of the normal density
	gridError    = 0.27 // standard deviation of a value uniform between two thresholds, in their spacing (1/√12, less what interpolation gains)
)

var quarters = [3]float64{0.25, 0.5, 0.75}

// quartiles fills in the quartiles of the domain scores and of the overall score.
func (s *setting) quartiles(overall, domains levels, out []Cohort) {
	for score := range s.Shape.Scores() {
		l, item := domains, score
		if score == len(s.Shape.Domains) {
			l, item = overall, 0
		}
		quartiles := s.scoreQuartiles(score, column(l.value, item), column(l.variance, item), column(l.wide, item), column(l.prior, item))
		for g := range out {
			if score == len(s.Shape.Domains) {
				out[g].Overall.Quartiles = quartiles[g]
			} else {
				out[g].Domains[item].Quartiles = quartiles[g]
			}
		}
	}
}

func column(x [][]float64, i int) []float64 {
	out := make([]float64, len(x))
	for g, row := range x {
		out[g] = row[i]
	}
	return out
}

// scoreQuartiles returns one score's quartiles, by cohort. The values and the
// intervals use the wide variances of the means, Error the plain ones.
func (s *setting) scoreQuartiles(score int, mean, plain, wide, prior []float64) [][3]Number {
	r := s.scoreReading(score)
	public := s.Design.Public.ScoreSD[score]
	sp := s.spread(r, public, mean[0])
	d := s.distribution(r, sp, mean, wide)
	narrow := d
	for g := range plain {
		if plain[g] != wide[g] {
			narrow = s.distribution(r, sp, mean, plain)
			break
		}
	}
	out := make([][3]Number, len(mean))
	for g := range out {
		curve := s.newEmpirical(r.at, d.value[g], mean[g], sp.value)
		for i, p := range quarters {
			at := stats.CDFQuantile(curve.points, curve.cdf, p)
			density := curve.density(at)
			variance := func(v []float64) float64 { return stats.Interpolate(r.at, v, at) / square(density) }
			spacing := square(gridError * (r.at[0] - 0))
			clip := square(0.5*s.rates.clipped.value) * p * (1 - p) / square(density)
			error2 := variance(narrow.variance[g]) + clip
			out[g][i] = s.number(at, error2+spacing, variance(d.variance[g])+clip+spacing, 0, s.top)
			// What the public model alone says of a quartile is its mean and, but
			// for the median, its spread.
			z := square(normalQuantile(p))
			before := prior[g] + z*square(spreadPrior*public)
			out[g][i].Information = removed(min(error2, plain[g]+z*sp.variance), before)
		}
	}
	return out
}

func normalQuantile(p float64) float64 { return math.Sqrt2 * math.Erfinv(2*p-1) }

// empirical is a monotone distribution function on the whole scale.
type empirical struct {
	points, cdf []float64
	reach       float64
	mean, sd    float64
}

func (s *setting) newEmpirical(at, value []float64, mean, sd float64) empirical {
	e := empirical{reach: densityReach * s.unit, mean: mean, sd: sd}
	e.points = append(append([]float64{0}, at...), s.top)
	e.cdf = append(append([]float64{0}, stats.MonotoneCDF(value, nil)...), 1)
	return e
}

// density is the slope of the distribution function around x, at least a share
// of the normal density.
func (e empirical) density(x float64) float64 {
	low := stats.Interpolate(e.points, e.cdf, x-e.reach)
	high := stats.Interpolate(e.points, e.cdf, x+e.reach)
	z := (x - e.mean) / e.sd
	normal := math.Exp(-z*z/2) / (e.sd * math.Sqrt(2*math.Pi))
	return max((high-low)/(2*e.reach), leastDensity*normal, 1e-6)
}
