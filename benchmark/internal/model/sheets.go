package model

import (
	"math"
	"math/rand/v2"

	"maturitybench/stats"
)

// Sheets draws n companies as a plan expects them: one packed row of answers
// each, a byte a question, 0 for no answer and l+1 for level l, with at least one
// answer. Of the answers a share is skipped, each by itself; [Unanswered] is usual.
// The questions have one set of difficulties that depends on the seed, as the
// questions of an instrument do.
//
// Their mean score is the centre's. The centre's spreads are those of the
// companies before rounding and the ends of the scale, which leave less of them
// the closer the level is to an end: a belief that spreads are the same wherever
// the level is, is one about what is not cut off. [NewPublic] knows the spreads
// that a pilot saw, and undoes the ends.
func Sheets(shape Shape, c Center, n int, skipped float64, seed uint64) [][]byte {
	p := start(shape, snap(shape, c))
	if p.skipped = skipped; shape.Complete {
		p.skipped = 0
	}
	p.level = p.levelOf(shape, c.Level)
	q := shape.Questions()
	drawn := p.draw(shape, n, 1, rand.New(rand.NewPCG(seed, calibrationSeed)))
	rows := make([][]byte, n)
	for i := range rows {
		rows[i] = drawn.answers[i*q : (i+1)*q : (i+1)*q]
	}
	return rows
}

// levelOf is the level at which answers, rounded and cut to the scale, have a
// mean.
func (p population) levelOf(shape Shape, mean float64) float64 {
	u := shape.Unit()
	beyond := 5 * u // far enough from the ends for any mean
	sd := p.answerSD(shape)
	if shape.Has(Contrasts) {
		sd = math.Hypot(sd, questionSpread*u)
	}
	if shape.Places == nil {
		return shape.Rounded(sd).Inverse(mean, beyond)
	}
	parts, top := shape.Parts(), float64(shape.Levels-1)
	low, high := stats.Bisect(-beyond, top+beyond, 40, func(x float64) bool {
		sum := 0.0
		for d, part := range parts {
			sum += part * shape.RoundedIn(d, sd).Mean(x)
		}
		return sum >= mean
	})
	return (low + high) / 2
}
