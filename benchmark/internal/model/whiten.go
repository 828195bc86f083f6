package model

import (
	"math"

	"maturitybench/benchmark/internal/eigen"
	"maturitybench/stats"

	"gonum.org/v1/gonum/mat"
)

// whiten fills the distribution functions of the scores, their whitening and
// the norms of the whitened features.
//
// Noise of covariance S on features z costs a company z'S⁻¹z of the budget and
// gives the loss tr(GSG) with weights G on the thresholds. For the mean cost
// E z'S⁻¹z = tr(S⁻¹M) the loss is least at S ∝ G⁻¹(GMG)^{1/2}G⁻¹ (by
// Cauchy-Schwarz; Li and Miklau, An adaptive mechanism for accurate query
// answering under differential privacy, PVLDB 5 (2012), §4). G is the density
// of the score, because an error of a quantile is an error of the distribution
// function over the density, with a floor so that no threshold is free.
func (p *Public) whiten(s *panel) {
	shape := s.shape
	thresholds, scores := shape.Thresholds(), shape.Scores()
	weight := make([]float64, 0, scores*len(thresholds))
	for score := range scores {
		mean, sd := s.scoreMoments(score)
		cdf := make([]float64, len(thresholds))
		normal := stats.Normal{Mean: mean, SD: sd}
		for j, t := range thresholds {
			cdf[j] = normal.CDF(t)
			weight = append(weight, math.Sqrt(square(normal.Density(t))+densityFloor/square(shape.Unit())))
		}
		p.CDF, p.ScoreSD = append(p.CDF, cdf), append(p.ScoreSD, sd)
	}
	bins := s.scoreBins()
	for score := range scores {
		of := make([]int, s.sheets)
		for i := range of {
			of[i] = bins[i*scores+score]
		}
		p.Bins = append(p.Bins, of)
	}
	moment := p.scoreMoment(bins, s.sheets)
	for i, wi := range weight {
		for j := i; j < len(weight); j++ {
			moment.SetSym(i, j, wi*moment.At(i, j)*weight[j])
		}
	}
	noise := eigen.Power(moment, 1e-6, 0.5)
	for i, wi := range weight {
		for j := i; j < len(weight); j++ {
			noise.SetSym(i, j, noise.At(i, j)/(wi*weight[j]))
		}
	}
	p.Whitening, p.Unwhitening = eigen.Roots(noise)
	for score := range scores {
		n := len(thresholds)
		block := mat.NewSymDense(n, nil)
		for i := range n {
			for j := i; j < n; j++ {
				block.SetSym(i, j, noise.At(score*n+i, score*n+j))
			}
		}
		p.ScoreNoise = append(p.ScoreNoise, block)
	}
	p.Norms[ScoreCDF] = p.whitenedNorms(bins, s.sheets)
}

// scoreBins are the bins of every score of every sheet among the thresholds,
// −1 for a domain without an answer: sheets × scores.
func (s *panel) scoreBins() []int {
	scores := s.shape.Scores()
	bins := make([]int, s.sheets*scores)
	for i := range bins {
		bins[i] = -1
		if sum, answers := s.score(i/scores, i%scores); answers > 0 {
			bins[i] = s.shape.scoreBin(sum, answers)
		}
	}
	return bins
}

// scoreMoment is M, the second moment of the features 1{score ≤ t} − CDF(t)
// over the sheets, with a small ridge. It is summed over the joint
// distribution of two bins instead of over the features.
func (p *Public) scoreMoment(bins []int, sheets int) *mat.SymDense {
	scores, n := len(p.CDF), len(p.CDF[0])
	moment := mat.NewSymDense(scores*n, nil)
	for a := range scores {
		for b := a; b < scores; b++ {
			joint := jointCounts(bins, sheets, scores, a, b, n+1)
			for j, fa := range p.CDF[a] {
				for k, fb := range p.CDF[b] {
					if a == b && k < j {
						continue
					}
					v := joint[j][k] - fb*joint[j][n] - fa*joint[n][k] + fa*fb*joint[n][n]
					moment.SetSym(a*n+j, b*n+k, v/float64(sheets))
				}
			}
		}
	}
	for i := range scores * n {
		moment.SetSym(i, i, moment.At(i, i)+momentRidge)
	}
	return moment
}

// jointCounts is the number of sheets with both scores a and b whose bins are
// at most j and k.
func jointCounts(bins []int, sheets, scores, a, b, size int) [][]float64 {
	joint := make([][]float64, size)
	for j := range joint {
		joint[j] = make([]float64, size)
	}
	for i := range sheets {
		if j, k := bins[i*scores+a], bins[i*scores+b]; j >= 0 && k >= 0 {
			joint[j][k]++
		}
	}
	for j := range joint {
		for k := 1; k < size; k++ {
			joint[j][k] += joint[j][k-1]
		}
		if j > 0 {
			for k := range size {
				joint[j][k] += joint[j-1][k]
			}
		}
	}
	return joint
}

// whitenedNorms are the squared norms of the whitened features of every sheet:
// each score adds one of a few vectors, which its bin picks.
func (p *Public) whitenedNorms(bins []int, sheets int) []float64 {
	scores, n := len(p.CDF), len(p.CDF[0])
	size := scores * n
	table := make([][][]float64, scores)
	for s := range table {
		table[s] = make([][]float64, n+1)
		at := make([]float64, size) // − Σ CDF(t) column(t): above every threshold
		for j, f := range p.CDF[s] {
			for i := range at {
				at[i] -= f * p.Whitening.At(i, s*n+j)
			}
		}
		table[s][n] = at
		for j := n - 1; j >= 0; j-- {
			next := make([]float64, size)
			for i := range next {
				next[i] = at[i] + p.Whitening.At(i, s*n+j)
			}
			table[s][j], at = next, next
		}
	}
	norms, sum := make([]float64, sheets), make([]float64, size)
	for i := range norms {
		clear(sum)
		for s := range scores {
			if bin := bins[i*scores+s]; bin >= 0 {
				for j, v := range table[s][bin] {
					sum[j] += v
				}
			}
		}
		for _, v := range sum {
			norms[i] += v * v
		}
	}
	return norms
}
