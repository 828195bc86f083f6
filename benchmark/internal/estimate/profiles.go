package estimate

import (
	"math"
	"slices"

	"maturitybench/benchmark/internal/model"
	"maturitybench/stats"

	"gonum.org/v1/gonum/integrate/quad"
)

// profiles are the shares of the companies that meet each profile. The prior
// mean is what the answers' distributions lead to expect, so that a profile is
// measured against its own questions: the measurement decides how its minima go
// together.
func (s *setting) profiles(cohorts []Cohort) levels {
	n, count := s.Shape.Cohorts(), len(s.Shape.Profiles)
	l := newLevels(n, count)
	if count == 0 {
		return l
	}
	center, factor := grid(n, count), make([]float64, count)
	prior := s.Design.Prior[model.Profiles]
	prior.Within = profileWithin
	kept, clipped := s.rates.kept[model.OffsetsTier], s.rates.clipped[model.OffsetsTier]
	for p, public := range s.Design.Public.ProfileMet {
		factor[p] = kept
		for g := range center {
			center[g][p] = s.expectedMet(cohorts[g], s.Shape.Profiles[p]) - public
		}
		expected := center[0][p] + public
		prior.Within = max(prior.Within, expected*(1-expected))
	}
	s.cov.align(s.parts, center)
	lost := s.restOf(model.Profiles, upTo(count), nil, 1)
	data := s.moved(s.Measured[model.Profiles], func(_, p int) float64 { return kept * lost.shift[p] })
	b := s.posterior(request{data: data, factor: factor, center: center, prior: prior, level: medianRight, group: meanRight, freed: 1})
	if len(data.SD) > 0 && measured(data.SD[0][0]) {
		s.translate(b, data.Y[0], factor)
	}
	for g := range n {
		for p, public := range s.Design.Public.ProfileMet {
			informed := removed(b.variance[g][p], b.prior[g])
			if !s.told(model.Profiles, p) {
				informed = 0
			}
			// A sum over n companies, divided by an estimate of n and of what clipping keeps.
			scale := square(s.sizes.relative[g]) + square(clipped.sd/kept)
			bias := scale*square(math.Abs(b.mean[g][p])+profileSlack) + lost.of(g, p)
			bias += s.cutShort(lost.shift[p], b.variance[g][p]+bias) + s.ofOneValue(g)
			l.value[g][p] = public + b.mean[g][p]
			l.variance[g][p] = b.variance[g][p] + bias
			l.wide[g][p] = widened(b.variance[g][p], informed) + bias
			l.prior[g][p] = b.prior[g]
			l.informed[g][p] = informed
		}
	}
	return l
}

// cutShort is the variance of a profile's share that comes of rests that are measured in part. A company with
// much to clip has no room for the whole of it. Then as probably as what is read, all that are clipped meet the profile,
// or none of them does; and intervals, whose variance is otherwise so much, have to hold where they do.
func (s *setting) cutShort(taken, otherwise float64) float64 {
	clipped, odd := s.rates.clipped[model.OffsetsTier], s.oddlyClipped(model.OffsetsTier)
	left := max(clipped.value-math.Abs(taken), 0)
	whole := max(odd.value-math.Abs(taken), 0) + oneSided*math.Sqrt(square(odd.sd)+otherwise)
	return max((square(left)+square(clipped.sd))/2, square(whole/unevenReach)-otherwise)
}

// oddlyClipped is the share that clipping takes of a tier for intervals that doubt more than rates do that the panel is like those
// of the public model.
func (s *setting) oddlyClipped(t model.Tier) rate {
	expected := s.Design.Clipped[t]
	reading, noise := s.reading(t.Clipped(), 0)
	if !measured(noise) {
		return s.rates.clipped[t]
	}
	out := either(reading, noise, rate{value: expected, sd: s.clippedSpread(t)}, rate{value: expected, sd: clippedRare}, oddlyRare)
	out.value = clamp(out.value, 0, 1)
	return out
}

// ofOneValue is the variance of a profile's share in a segment that comes of companies that are clipped beyond what the
// public model expects: they may be all of that value, as in beyondTold.
func (s *setting) ofOneValue(g int) float64 {
	if g == 0 {
		return 0
	}
	beyond := max(s.rates.clipped[model.OffsetsTier].value-s.Design.Clipped[model.OffsetsTier], 0)
	odds := 1/max(s.cov.share[g], smallestShare) - 1
	return square(beyond) * odds * max(odds/square(unevenReach), 1)
}

// expectedMet is the share of a cohort's companies that meets a profile if each
// minimum is met as often as the distribution of its answers says, and the
// answers of a company go together as in a one-factor model (Vasicek, The
// Distribution of Loan Portfolio Value, Risk 15, 2002, from which the integral is
// taken): given the company's common level z, minima are met independently with
//
//	Φ((Φ⁻¹(share) + √ρ·z)/√(1−ρ)).
func (s *setting) expectedMet(c Cohort, profile model.Profile) float64 {
	rho := min(s.Design.Center.ScoreVariance/square(s.Design.Public.AnswerSD), mostCorrelation)
	at := make([]float64, len(profile))
	for i, m := range profile {
		share := s.rates.usable[m.Question]
		if m.Level > 0 {
			below, _ := slices.BinarySearch(s.Shape.PlacesIn(s.domainOf[m.Question]), m.Level) // of the question's levels
			share *= c.Questions[m.Question].AtLeast[below-1].Value
		}
		at[i] = stats.NormalQuantile(clamp(share, leastMet, 1-leastMet))
	}
	met := quad.Fixed(func(z float64) float64 {
		product := stats.NormalDensity(z)
		for _, x := range at {
			product *= stats.NormalCDF((x + math.Sqrt(rho)*z) / math.Sqrt(1-rho))
		}
		return product
	}, -factorRange, factorRange, 40, quad.Legendre{}, 0)
	return clamp(met, leastMet, 1-leastMet)
}

// profileNumber is a share as a number.
func (s *setting) profileNumber(l levels, g, p int) Number {
	n := s.number(l.value[g][p], l.variance[g][p], l.wide[g][p], 0, 1)
	n.Information = l.informed[g][p]
	return n
}

// descend makes the shares of a ladder descend: whoever meets a profile meets those
// before it. Where noise says otherwise the shares become those that descend and lie nearest,
// each by its precision; intervals grow to hold them.
func descend(shares []Number, rungs []int) {
	values, weights := make([]float64, len(rungs)), make([]float64, len(rungs))
	for i, p := range rungs {
		values[i], weights[i] = -shares[p].Value, 1/max(square(shares[p].Error), leastVariance)
	}
	for i, v := range stats.Isotonic(values, weights) {
		n := &shares[rungs[i]]
		n.Value = -v
		n.Low, n.High = min(n.Low, n.Value), max(n.High, n.Value)
	}
}

// leastVariance of a share keeps weights finite.
const leastVariance = 1e-12
