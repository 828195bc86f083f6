package model

import "gonum.org/v1/gonum/mat"

// Public is the public model of answers at a centre.
type Public struct {
	Center      float64         // overall level that the encoding subtracts
	ShapeCenter []float64       // centre of the shape features, orders 2..Levels-1, in units of orthonormal polynomials
	CDF         [][]float64     // distribution function of each score at each threshold: Scores × Thresholds
	Whitening   *mat.Dense      // square of order Scores·Thresholds
	ScoreNoise  []*mat.SymDense // covariance of unit noise on the whitened score features, per score
	ScoreSD     []float64       // standard deviation of each score
	AnswerSD    float64         // standard deviation of one answer to one question
}
