package estimate

import "math"

// warp is how a company's score follows from its level. Answers spread around the
// level, are rounded to the scale and end at its ends, so that scores near an end
// are pushed together: normal levels give skewed scores. What a mean of many
// questions expects of a level x is
//
//	E round(x + rest) = Σ_l Φ((x − l + ½)/rest),  l = 1..top.
type warp struct {
	top  int     // highest level
	rest float64 // standard deviation of a company's answers around its level
	room float64 // how far beyond the scale a level may lie
}

// scoreWarp is that of a score with the public model's standard deviations of
// answers and of the score.
func (s *setting) scoreWarp(score int) warp {
	p, u := s.Design.Public, s.unit
	rest := square(p.AnswerSD) - square(p.ScoreSD[score])
	return warp{top: s.Shape.Levels - 1, rest: math.Sqrt(max(rest, square(leastRest*u))), room: warpRoom * u}
}

// mean is the mean score of companies with normal levels.
func (w warp) mean(level, sd float64) float64 {
	wide := math.Hypot(sd, w.rest)
	var sum float64
	for l := range w.top {
		sum += normal((level - float64(l) - 0.5) / wide)
	}
	return sum
}

// slope is the derivative of mean by the level.
func (w warp) slope(level, sd float64) float64 {
	wide := math.Hypot(sd, w.rest)
	var sum float64
	for l := range w.top {
		z := (level - float64(l) - 0.5) / wide
		sum += math.Exp(-z*z/2) / (wide * math.Sqrt(2*math.Pi))
	}
	return sum
}

// level is the inverse of mean, within the room around the scale: what forty
// halvings of it find. Those that are far from where Newton's method ends need no
// look at the mean.
func (w warp) level(mean, sd float64) float64 {
	low, high := -w.room, float64(w.top)+w.room
	below, above := w.around(mean, sd)
	for range 40 {
		mid := (low + high) / 2
		if mid < below || mid <= above && w.mean(mid, sd) < mean {
			low = mid
		} else {
			high = mid
		}
	}
	return (low + high) / 2
}

// around is two levels close together with the inverse of mean between them, or
// infinities.
func (w warp) around(mean, sd float64) (below, above float64) {
	const near = 1e-10
	x := clamp(mean, 0.1, float64(w.top)-0.1)
	for range 8 {
		step := (w.mean(x, sd) - mean) / w.slope(x, sd)
		if x -= step; !(math.Abs(x) < 100) {
			break
		}
		if math.Abs(step) < near {
			if w.mean(x-near, sd) < mean && w.mean(x+near, sd) >= mean {
				return x - near, x + near
			}
			break
		}
	}
	return math.Inf(-1), math.Inf(1)
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
	low, high := 0.0, 2*w.room
	for range 30 {
		if mid := (low + high) / 2; w.variance(w.level(mean, mid), mid) < sd*sd {
			low = mid
		} else {
			high = mid
		}
	}
	return (low + high) / 2
}
