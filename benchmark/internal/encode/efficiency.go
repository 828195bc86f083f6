package encode

import (
	"math"

	"maturitybench/benchmark/internal/eigen"
	"maturitybench/benchmark/internal/model"
	"maturitybench/stats"

	"gonum.org/v1/gonum/mat"
)

// Efficiency compares the basis in which answers are measured with the best
// that any unbiased linear mechanism could do for the same workload: the
// shares of all levels, the shares at or above each level (both in units of
// 0.1) and the mean (in units of 0.25 levels of a six-level scale) of every
// question, for all companies. The result is the ratio of the root mean
// square errors, at least 1, without clipping and without priors, both of
// which do better than any such bound.
//
// The basis is the number of companies, measured once, and the orthonormal
// polynomials of the level of every question.
//
// The bound (Li & Miklau, Optimal error of query sets under the
// differentially-private matrix mechanism, ICDT 2013; Edmonds, Nikolov &
// Ullman, The power of factorization mechanisms, STOC 2020): an unbiased
// mechanism that answers w(u), summed over the companies u, with noise of
// covariance S is private only if w(u)ᵀS⁻¹w(u) ≤ μ² for every answer sheet u.
// For every distribution of answer sheets with second moment M = E[wwᵀ],
// Cauchy and Schwarz give tr S ≥ (tr M^½)²/μ². Here the answers to the
// questions are independent and uniform over the levels.
func Efficiency(shape model.Shape) float64 {
	work := workload(shape.Levels, shape.Unit())
	bound := momentBound(work, shape.Questions())
	return math.Sqrt(basisError(work, shape.Levels, shape.Questions()) / bound)
}

// workload has one row a statistic of one question and one column a level.
func workload(levels int, unit float64) *mat.Dense {
	work := mat.NewDense(2*levels, levels, nil)
	for l := range levels {
		work.Set(l, l, 1)
		for at := range l {
			work.Set(levels+at, l, 1)
		}
		work.Set(2*levels-1, l, shareUnit/meanUnit/unit*float64(l))
	}
	return work
}

// momentBound is (tr M^½)² for μ = 1. Over the questions M has two kinds of
// eigenvectors: the mean of all, where the answers' expectation counts once a
// question, and the contrasts, where it cancels.
func momentBound(work *mat.Dense, questions int) float64 {
	_, levels := work.Dims()
	second := func(together float64) float64 {
		m := mat.NewDense(levels, levels, nil) // E[xxᵀ] of a one-hot answer, with the expectation weighed
		for a := range levels {
			for b := range levels {
				v := (together - 1) / float64(levels*levels)
				if a == b {
					v += 1 / float64(levels)
				}
				m.Set(a, b, v)
			}
		}
		var half, all mat.Dense
		half.Mul(work, m)
		all.Mul(&half, work.T())
		return rootTrace(&all)
	}
	n := float64(questions)
	total := second(n) + (n-1)*second(0)
	return total * total
}

// rootTrace is the trace of the square root of a symmetric positive
// semidefinite matrix.
func rootTrace(m *mat.Dense) float64 {
	n, _ := m.Dims()
	symmetric := mat.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			symmetric.SetSym(i, j, (m.At(i, j)+m.At(j, i))/2)
		}
	}
	trace := 0.0
	values, _ := eigen.Decompose(symmetric)
	for _, v := range values {
		trace += math.Sqrt(max(v, 0))
	}
	return trace
}

// efficiencySteps is how often the weights of the levels are adapted.
const efficiencySteps = 400

// basisError is the error of the basis for μ = 1 with its best noise: the
// least Σ a·s over the variances s of the coordinates such that no answer
// sheet spends more than 1. For weights of the levels that say which answers
// bind, the best variance of a coordinate is proportional to the root of what
// it spends over what it costs; the weights move to the levels that spend
// most, and the variances are scaled until all sheets fit.
func basisError(work *mat.Dense, levels, questions int) float64 {
	phi := stats.OrthonormalPolynomials(levels)
	cost := make([]float64, levels) // of variance: order 0 is the number of companies
	for k, p := range phi {
		var image mat.VecDense
		image.MulVec(work, mat.NewVecDense(levels, p))
		cost[k] = float64(questions) * mat.Dot(&image, &image)
	}
	cost[0] /= float64(levels) // the number of companies is spread evenly over the levels
	weights := make([]float64, levels)
	for l := range weights {
		weights[l] = 1 / float64(levels)
	}
	best := math.Inf(1)
	for range efficiencySteps {
		precision, total := balance(phi, cost, weights, float64(questions))
		spent, most := make([]float64, levels), 0.0
		for l := range spent {
			spent[l] = precision[0]
			for k := 1; k < levels; k++ {
				spent[l] += float64(questions) * phi[k][l] * phi[k][l] * precision[k]
			}
			most = max(most, spent[l])
		}
		best = min(best, total*most)
		sum := 0.0
		for l := range weights {
			weights[l] *= math.Sqrt(spent[l] / most)
			sum += weights[l]
		}
		for l := range weights {
			weights[l] /= sum
		}
	}
	return best
}

// balance returns the precisions that minimise Σ cost/precision when the
// weighted levels spend 1 on average, and that minimum.
func balance(phi [][]float64, cost, weights []float64, questions float64) (precision []float64, total float64) {
	spend := make([]float64, len(cost))
	spend[0] = 1
	for k := 1; k < len(cost); k++ {
		for l, w := range weights {
			spend[k] += questions * w * phi[k][l] * phi[k][l]
		}
	}
	root := 0.0
	for k := range cost {
		root += math.Sqrt(cost[k] * spend[k])
	}
	precision = make([]float64, len(cost))
	for k := range cost {
		precision[k] = math.Sqrt(cost[k]/spend[k]) / root
	}
	return precision, root * root
}
