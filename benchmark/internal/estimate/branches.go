package estimate

import "math"

// levelSpread is a possible standard deviation of the companies' levels (see warp).
type levelSpread struct {
	weight   float64 // posterior probability
	wide     float64 // the same under the doubt of the intervals
	value    float64
	variance float64 // between it and its neighbours
}

// branch is one belief about the deviation of all scores, with what the data then say of
// their spreads.
type branch struct {
	weight, wide float64 // posterior probability, and under the doubt of the intervals
	deviation    deviation
	spreads      [][]levelSpread // by reading
}

// brokenOdds are the odds that the distributions are broken before anything is read of
// them: from how rare that is, from whether more is clipped than the public model explains,
// and from whether the answers have other shapes than it expects. Shapes that are as
// expected tell nothing: companies of a few types may have them together.
func (s *setting) brokenOdds(usual, unlike float64) float64 {
	p := usual + (unlike-usual)*s.evident()
	return p / (1 - p) * math.Exp(s.misshapen)
}

// severalPeaks is by how many times more probable broken distributions are because a score spreads
// as far as it does on a scale up to top. A symmetric distribution with one peak varies at most as the uniform one does,
// top²/12, and any with one peak by at most top²/9 (Jacobson, The Maximum Variance of
// Restricted Unimodal Distributions, Annals of Mathematical Statistics 40, 1969). Two camps vary
// by top²/4 at most.
func severalPeaks(spreads []levelSpread, top float64) float64 {
	var mean float64 // one that is hardly known tells nothing
	for _, sp := range spreads {
		mean += sp.weight * sp.value
	}
	return math.Exp(peaksTell * clamp(square(mean)/(square(top)/12)-onePeak, 0, 1-onePeak))
}

// faint says whether it is smooth or faintly broken.
func (d deviation) faint() bool { return d.broken <= faintSize*(1+1e-9) }

// faintOdds are those that the distributions are faintly broken: a few companies far from the
// others are clipped, and answers have the same shapes as without them.
func (s *setting) faintOdds(unlike float64) float64 {
	p := unlike * s.evident()
	return p / (1 - p)
}

// evident is the probability that more is clipped than the public model explains, beyond what
// is believed of any panel.
func (s *setting) evident() float64 { return max(s.rates.unlike-rare, 0) / (1 - rare) }
