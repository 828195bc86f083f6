package main

import (
	"math"

	"maturitybench/stats"
)

// What the prior says of an industry before any answer: the spread of the
// answers to a question and of the companies' scores, on six levels.
const (
	priorAnswerSpread = 1.3
	priorScoreSpread  = 0.85
)

// priorAlone prints the prior as if it were a result: what every method must
// beat.
func priorAlone(t trial) []statistics {
	levels := len(t.spec.Scale)
	unit := float64(levels-1) / 5
	base := float64(t.spec.Scale[0].Level)
	p := stats.RoundedNormal{Levels: levels, SD: priorAnswerSpread * unit}.Shares(t.level - base)
	scores := stats.Normal{Mean: t.level, SD: priorScoreSpread * unit}
	score := []float64{scores.Quantile(0.25), scores.Quantile(0.5), scores.Quantile(0.75)}
	var s statistics
	for range len(t.spec.Domains) + 1 {
		s[quartiles] = append(s[quartiles], score...)
	}
	s[overallMean] = []float64{t.level}
	for _, d := range t.spec.Domains {
		s[domainMeans] = append(s[domainMeans], t.level)
		for range d.Questions {
			s[questionMeans] = append(s[questionMeans], t.level)
			s[shares] = append(s[shares], p...)
			s[atLeast] = append(s[atLeast], stats.AtLeast(p)...)
		}
	}
	list := make([]statistics, len(t.cohorts))
	for g := range list {
		list[g] = s
		list[g][companies] = []float64{math.NaN()}
		if g == 0 {
			list[g][companies] = []float64{t.expected}
		}
	}
	return list
}
