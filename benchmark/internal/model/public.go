package model

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// Public is the public model of answers at a centre, read from simulated
// sheets. It is immutable and may be used by several goroutines.
type Public struct {
	Center      float64         // overall level that the encoding subtracts
	ShapeCenter []float64       // centre of the shape features, orders 2..Levels-1, in units of orthonormal polynomials
	CDF         [][]float64     // distribution function of each score at each threshold: Scores × Thresholds
	Whitening   *mat.Dense      // symmetric, of order Scores·Thresholds
	Unwhitening *mat.Dense      // its inverse
	ScoreNoise  []*mat.SymDense // covariance of unit noise on the whitened score features, per score
	ScoreSD     []float64       // standard deviation of each score
	ProfileMet  []float64       // share of the companies that meet each profile: what the encoding subtracts
	ScoreSquare []float64       // mean of (score − Center)² of each score
	// AnswerSD is the standard deviation of one answer to one question before
	// rounding: half way, in the logarithm, between what the observed spreads
	// add up to and what it takes to see them after the ends of the scale cut
	// answers off, because answers near an end are in part skewed, not cut.
	AnswerSD float64

	// What the simulated sheets look like.
	Norms      [Blocks][]float64 // squared norm of a block's features, per sheet; nil where the shape has no such block
	Deviation  []float64         // overall score − Center, per sheet
	LogNorm    []float64         // ln(contrast norm/ContrastUnit), per sheet
	Squares    [][]float64       // (score − Center)² − ScoreSquare, scores × sheets; 0 without the score
	Bins       [][]int           // number of thresholds below the score, scores × sheets; −1 without the score
	MeanSquare [Blocks]float64   // mean of Norms
	Variance   [Blocks]float64   // variance between sheets of one coordinate, averaged over the block's coordinates; 0 for rates

	shape Shape
}

// NewPublic returns the public model at a centre: 2,500 sheets from a fixed
// public seed whose mean score, standard deviation of scores and mean
// ln(contrast norm) are the centre's, rounded to a grid of Unit/4 for the level
// and 0.15 for the logarithms. Models are cached by shape and grid point, so
// that the result is shared: do not change it.
func NewPublic(shape Shape, center Center) *Public {
	return cached(shape, snap(shape, center))
}

// simulatePublic does the work of [NewPublic].
func simulatePublic(shape Shape, t target) *Public {
	population, sheets := calibrate(shape, t)
	p := &Public{
		Center:   t.center(shape),
		AnswerSD: math.Sqrt(population.answerSD(shape) * start(shape, t).answerSD(shape)),
		shape:    shape,
	}
	p.whiten(sheets)
	p.measureLevels(sheets)
	p.measureContrasts(sheets)
	p.measureShapes(sheets)
	p.measureProfiles(sheets)
	p.measureSquares(sheets)
	for b, norms := range p.Norms {
		if norms != nil {
			p.MeanSquare[b] = average(norms)
		}
	}
	return p
}
