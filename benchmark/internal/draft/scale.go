package draft

import (
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/decimal"
)

// units are what the numbers of a domain are printed in.
type units struct {
	scores  scale           // of the overall and the domain's score
	answers scale           // of questions' means
	on      instrument.Spec // with the scale of the domain
}

func newUnits(on instrument.Spec) units {
	return units{newScale(on.ScoreEnds()).of(len(on.Scale)), newScale(on.Ends()).of(len(on.Scale)), on}
}

// within is the builder for numbers of a domain.
func (b builder) within(domain int) builder {
	b.units = b.domains[domain]
	return b
}

// scale is what statistics of a kind are printed on.
type scale struct {
	low, high decimal.Micro
	unit      float64 // of a level
}

func newScale(low, high float64) scale {
	return scale{low: decimal.ToMicros(low), high: decimal.ToMicros(high)}
}

// of is the scale for so many levels.
func (s scale) of(levels int) scale {
	s.unit = 1
	if s.high-s.low != decimal.Micro(levels-1)*decimal.Unity { // not levels one apart
		s.unit = (s.high - s.low).Float() / float64(levels-1)
	}
	return s
}

// times is a figure in units of the scale.
func (s scale) times(f Number) Number {
	f.Value, f.Low, f.High = f.Value*s.unit, f.Low*s.unit, f.High*s.unit
	return f
}

// bounds rounds a figure.
func (s scale) bounds(f Number) bounds { return newBounds(s.times(f), s.high-s.low).above(s.low) }

// freeBounds rounds a figure that the scale does not bound.
func (s scale) freeBounds(f Number) bounds { return freeBounds(s.times(f)).above(s.low) }
