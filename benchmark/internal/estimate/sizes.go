package estimate

import (
	"math"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/model"
	"maturitybench/stats"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// estimateSizes finds the sizes. No clipping shrinks a count.
func (s *setting) estimateSizes() sizes {
	n := s.Shape.Cohorts()
	z := sizes{make([]float64, n), make([]float64, n), make([]float64, n)}
	if s.Exact != nil {
		copy(z.count, s.Exact)
		return z
	}
	mean, cov := s.sizePrior()
	h, y, sd := s.sizeReadings(len(mean))
	posterior, variance := condition(mean, cov, h, y, sd)
	z.count[0] = max(posterior[0], 1)
	for _, p := range s.parts[1:] { // all are as many as the values of an attribute at least
		z.count[0] = max(z.count[0], floats.Sum(s.leastSizes(p, variance)))
	}
	for j, p := range s.parts[1:] {
		s.fitSizes(p, z.count, posterior, variance, z.count[0]-max(posterior[n+j], 0))
	}
	for g := range z.count {
		z.sd[g] = math.Sqrt(variance[g])
		z.relative[g] = z.sd[g] / z.count[g]
	}
	return z
}

// sizePrior is the belief about the cohort sizes and, after them, about the
// numbers of companies that do not state each attribute: the pilot's number of
// companies, split evenly, with independent contrasts between the values.
func (s *setting) sizePrior() ([]float64, *mat.SymDense) {
	n, m := s.Shape.Cohorts(), len(s.Shape.Attributes)
	expected, variance := s.Design.Center.Companies, s.Design.Center.CompaniesVariance
	missing := square(notStatedSpread * expected)
	mean := make([]float64, n+m)
	cov := mat.NewSymDense(n+m, nil)
	for a, p := range s.parts {
		k := float64(len(p.cohorts))
		for _, g := range p.cohorts {
			mean[g] = expected
			if a > 0 {
				mean[g] = (1 - notStatedMean) * expected / k
			}
			for _, other := range s.parts[:a+1] {
				for _, h := range other.cohorts {
					cov.SetSym(g, h, variance/k/float64(len(other.cohorts)))
				}
			}
		}
		if a == 0 {
			continue
		}
		mean[n+a-1] = notStatedMean * expected
		cov.SetSym(n+a-1, n+a-1, missing)
		for _, g := range p.cohorts {
			cov.SetSym(g, n+a-1, -missing/k)
			for _, h := range p.cohorts {
				v := (variance+missing)/(k*k) - square(contrastSpread*expected)/k
				if g == h {
					v += square(contrastSpread * expected)
				}
				cov.SetSym(g, h, v)
			}
		}
	}
	return mean, cov
}

// sizeReadings lists what was measured of the sizes.
func (s *setting) sizeReadings(states int) (h *mat.Dense, y, sd []float64) {
	n := s.Shape.Cohorts()
	var rows [][]float64
	companies := s.Measured[model.Companies]
	for r, noise := range companies.SD {
		if !measured(noise[0]) {
			continue
		}
		row := make([]float64, states)
		for g := range n {
			row[g] = companies.Weights.At(r, g)
		}
		rows, y, sd = append(rows, row), append(y, companies.Y[r][0]), append(sd, noise[0])
	}
	if missing := s.Measured[model.NotStated]; len(missing.SD) > 0 {
		for j, noise := range missing.SD[0] {
			if !measured(noise) {
				continue
			}
			row := make([]float64, states)
			row[n+j] = 1
			rows, y, sd = append(rows, row), append(y, missing.Y[0][j]), append(sd, noise)
		}
	}
	if len(rows) == 0 {
		return nil, nil, nil
	}
	h = mat.NewDense(len(rows), states, nil)
	for r, row := range rows {
		h.SetRow(r, row)
	}
	return h, y, sd
}

// leastSizes are the least sizes of an attribute's values: the uncertainty of each, but at most a small
// share of the companies.
func (s *setting) leastSizes(p part, variance []float64) (list []float64) {
	for _, g := range p.cohorts {
		list = append(list, max(1, min(smallestShare*s.Design.Center.Companies, math.Sqrt(variance[g]))))
	}
	return list
}

// fitSizes makes the sizes of an attribute's values sum to total, each at least as large
// as it may be, by projection.
func (s *setting) fitSizes(p part, count, posterior, variance []float64, total float64) {
	floor, excess := s.leastSizes(p, variance), make([]float64, len(p.cohorts))
	for i, g := range p.cohorts {
		excess[i] = posterior[g] - floor[i]
		total -= floor[i]
	}
	for i, v := range stats.Simplex(excess, max(total, 0)) {
		count[p.cohorts[i]] = floor[i] + v
	}
}

// companies is the number of companies of a cohort.
func (s *setting) companies(g int) Number {
	return s.number(s.sizes.count[g], square(s.sizes.sd[g]), square(s.sizes.sd[g]), 0, math.Inf(1))
}

// companiesIn is the total of a measured row that every company adds 1 to.
func (s *setting) companiesIn(data encode.Measured, row int) float64 {
	var sum float64
	for g, n := range s.sizes.count {
		sum += data.Weights.At(row, g) * n
	}
	return sum
}
