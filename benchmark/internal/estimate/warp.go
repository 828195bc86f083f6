package estimate

import (
	"math"

	"maturitybench/benchmark/internal/model"
	"maturitybench/stats"
)

// warp is how a company's score follows from its level. Answers spread around the
// level, are rounded to the scale and end at its ends, so that scores near an end
// are pushed together: normal levels give skewed scores. What a mean of many
// questions expects of a level x is
//
//	E round(x + rest) = Σ_l Φ((x − l + ½)/rest),  l = 1..top.
type warp struct {
	shape model.Shape
	score int     // a domain, or the number of domains for the overall score
	rest  float64 // standard deviation of a company's answers around its level
	room  float64 // how far beyond the scale a level may lie
}

// scoreWarp is that of a score with the public model's standard deviations of
// answers and of the score.
func (s *setting) scoreWarp(score int) warp {
	p, u := s.Design.Public, s.unit
	rest := square(p.AnswerSD) - square(p.ScoreSD[score])
	return warp{shape: s.Shape, score: score, rest: math.Sqrt(max(rest, square(leastRest*u))), room: warpRoom * u}
}

// rounded is the distribution of the answers of companies with normal levels.
func (w warp) rounded(sd float64) stats.RoundedNormal {
	sd = math.Hypot(sd, w.rest)
	if w.score < len(w.shape.Domains) {
		return w.shape.RoundedIn(w.score, sd)
	}
	return w.shape.Rounded(sd)
}

// mean is the mean score of companies with normal levels.
func (w warp) mean(level, sd float64) float64 { return w.rounded(sd).Mean(level) }

// slope is the derivative of mean by the level.
func (w warp) slope(level, sd float64) float64 { return w.rounded(sd).Slope(level) }

// level is the inverse of mean, within the room around the scale.
func (w warp) level(mean, sd float64) float64 { return w.rounded(sd).Inverse(mean, w.room) }

// ends are the levels beyond which scores are rounded to the lowest and to the highest,
// given their steps there.
func (w warp) ends(top float64, steps [2]float64) [2]float64 {
	return [2]float64{w.level(steps[0]/2, 0), w.level(top-steps[1]/2, 0)}
}

// variance is that of the scores of companies with normal levels, by the
// trapezoidal rule.
func (w warp) variance(level, sd float64) float64 {
	const points, reach = 40, 4.0
	var total, first, second float64
	for i := range points + 1 {
		z := reach * (2*float64(i)/points - 1)
		p, v := math.Exp(-z*z/2), w.mean(level+sd*z, 0)
		total += p
		first += p * v
		second += p * v * v
	}
	return max(second/total-square(first/total), 0)
}

// levelSpread is the standard deviation of levels that gives scores a mean and a
// standard deviation.
func (w warp) levelSpread(mean, sd float64) float64 {
	low, high := stats.Bisect(0, 2*w.room, 30, func(x float64) bool {
		return w.variance(w.level(mean, x), x) >= sd*sd
	})
	return (low + high) / 2
}
