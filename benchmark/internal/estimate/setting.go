package estimate

import "maturitybench/benchmark/internal/model"

// setting is what all steps share: the input, and what the first steps found.
type setting struct {
	Input
	unit       float64     // see model.Shape.Unit
	top        float64     // highest level
	domainOf   []int       // domain of each question
	scales     []*ownScale // of each domain; nil until shares are estimated
	parts      []part
	sizes      sizes
	rates      rates
	cov        covariance
	shape      deviation // how far a distribution function of scores is from the expected one
	misshapen  float64   // logarithm of the factor that shapes of the answers unlike those of usual panels give, 0 or more
	shiftApart []float64 // what clipping does to the offsets, before the data, of a panel whose domains lie apart; nil is 0
	explained  float64   // share of the offsets that clipping takes because the domains lie apart, in small panels
	flat       bool      // priors say nothing: see unshrunken
}

// told says whether anything was measured of a coordinate of a block. What was not is
// a belief, however narrow, and no number may rest on it.
func (s *setting) told(b model.Block, i int) bool {
	sd := s.Measured[b].SD
	return len(sd) > 0 && measured(sd[0][i])
}

// sizes are the cohorts' numbers of companies.
type sizes struct {
	count    []float64 // posterior mean; 0 only where it is exact
	sd       []float64
	relative []float64 // sd as a share of the count, for use in denominators
}

// divisor is a cohort's size where one divides by it: an empty cohort counts as
// one company, which keeps its (never published) numbers finite.
func (z sizes) divisor(g int) float64 { return max(z.count[g], 1) }

// rate is a share of companies with its standard deviation.
type rate struct {
	value, sd float64
	informed  float64 // share of the prior variance that the data removed
}

// rates say how many companies stand behind a sum, measured for all cohorts
// together.
type rates struct {
	clipped  [model.Tiers]rate    // mean of 1−f
	kept     [model.Tiers]float64 // mean of f, at least leastRate
	keptSD   float64              // uncertainty of the tail's scale, as a share of it
	unusable []rate               // per domain: share of its questions left out, where others are answered
	empty    []rate               // per domain: companies without an answer there
	answered []rate               // per question: companies with an answer
	absent   rate                 // share of the domains by which a company counts less for the overall score
	present  []float64            // 1 − empty, at least leastRate
	usable   []float64            // answered, at least leastRate
	unlike   float64              // probability that more is clipped than the public model explains
}
