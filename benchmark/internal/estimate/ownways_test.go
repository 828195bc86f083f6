package estimate

import (
	"math"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// Scores of domains that spread further beyond the overall score than those of panels like the model tell of
// companies of a few kinds, if more is clipped than explained, and the more the fewer levels there are.
func TestOwnWays(t *testing.T) {
	s := &setting{Input: Input{Shape: model.Shape{Levels: 4, Domains: []int{4, 6}}}}
	readings := []scoreReading{{public: math.Sqrt(3)}, {public: math.Sqrt(5)}, {public: 1}} // 2 and 4 beyond
	spread := func(variance float64) []levelSpread {
		return []levelSpread{{weight: 0.5, value: math.Sqrt(0.9 * variance), variance: 0.1 * variance}, {weight: 0.5, value: math.Sqrt(variance)}}
	}
	factor := func(unlike, overall, domain float64) float64 {
		s.rates.unlike = unlike
		return math.Log(s.ownWays(readings, [][]levelSpread{spread(domain), spread(domain), spread(overall)}))
	}
	same(t, "as public", factor(1, 1, 4), 0)
	same(t, "as far as usual", factor(1, 0, 3*ownWaysUsual), 0)
	same(t, "half as far again", factor(1, 0.5, 0.5+3*1.5*ownWaysUsual), ownWaysTell/2)
	same(t, "twice as far", factor(1, 0.5, 0.5+3*2*ownWaysUsual), ownWaysTell)
	same(t, "further", factor(1, 0.5, 100), ownWaysTell)
	same(t, "nothing is clipped beyond", factor(rare, 0.5, 100), 0)
	s.Shape.Levels = 10
	same(t, "shapes tell", factor(1, 0.5, 100), ownWaysTell*fewShapes/8)
	s.Shape.Levels = 2
	same(t, "no shapes", factor(1, 0.5, 100), ownWaysTell)

	s.Shape.Domains = []int{4, 6, 1, 1, 1, 1, 1, 1}
	same(t, "of many domains", factor(1, 0, 3*1.5*(1+(ownWaysUsual-1)/2)), ownWaysTell/2)

	same(t, "a single score", s.ownWays(readings[:1], [][]levelSpread{spread(1)}), 1)
}

// They make broken distributions more probable.
func TestOwnWaysAreBroken(t *testing.T) {
	s := measuredSetting(t)
	s.rates.unlike = 1
	var readings []scoreReading
	for i := range 4 {
		readings = append(readings, s.scoreReading(i, 2, 1e-4))
	}
	odds := func() float64 {
		b := s.spreads(readings)
		return b[1].wide / b[0].wide
	}
	for i := range readings { // as if next to nothing were measured but how far scores spread
		readings[i].sd[0] = math.Inf(1)
		readings[i].square.sd = 1e-3
		readings[i].square.value = readings[i].warp.variance(readings[i].warp.level(2, readings[i].public), readings[i].public) + square(2-readings[i].square.center)
	}
	before := odds()
	for i := range readings[:3] {
		readings[i].square.value += 5
	}
	own := s.ownWays(readings, s.spreads(readings)[0].spreads)
	if !(own > 5) {
		t.Fatalf("broken distributions are %v times as probable", own)
	}
	same(t, "odds", odds()/before, own)
}
