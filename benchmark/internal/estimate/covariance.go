package estimate

import "gonum.org/v1/gonum/mat"

// covariance is how the cohorts' means move together.
//
// Cohorts of one attribute share no company, each of them is a part of all, and
// of the companies of two attributes' values nothing is known, so they are taken
// to overlap as independent splits do. A mean over a sample of n companies of
// variance 1 then has covariance 1/N between any two cohorts but within an
// attribute, where it is 1/n on the diagonal and 0 elsewhere. With at least as
// many companies in all as in the values together this is positive semidefinite:
// a common part 1/N and, for an attribute, diag(1/n) − 11'/N.
type covariance struct {
	sampling *mat.SymDense // of cohort means, for unit variance between companies
	group    *mat.SymDense // of cohort means, for independent unit effects of all attribute values
	common   float64       // sampling: 1/N
	mixing   float64       // group: variance of all
	share    []float64     // of a value among the companies that state its attribute; 1 for all
	inverse  []float64     // 1/n
	whole    []float64     // part by part, 1/N as the part's own block uses it
}

func newCovariance(parts []part, count []float64) covariance {
	n := len(count)
	c := covariance{share: make([]float64, n), inverse: make([]float64, n), whole: make([]float64, len(parts))}
	effects := mat.NewDense(n, n, nil) // cohort × attribute value: composition
	for g, v := range count {
		c.inverse[g] = 1 / max(v, 1)
	}
	c.common = c.inverse[0]
	for a, p := range parts {
		var stated, least float64
		for _, g := range p.cohorts {
			stated += count[g]
			least += max(count[g], 1)
		}
		c.whole[a] = 1 / max(1/c.common, least)
		for _, g := range p.cohorts {
			c.share[g] = 1 / float64(len(p.cohorts))
			if stated > 0 {
				c.share[g] = count[g] / stated
			}
		}
		if a == 0 {
			continue
		}
		for _, g := range p.cohorts {
			c.mixing += square(c.share[g])
			for h := range n {
				effects.Set(h, g, c.share[g])
			}
			for _, h := range p.cohorts {
				effects.Set(h, g, 0)
			}
			effects.Set(g, g, 1)
		}
	}
	c.group = mat.NewSymDense(n, nil)
	c.group.SymOuterK(1, effects)
	c.sampling = mat.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			c.sampling.SetSym(i, j, c.common)
		}
	}
	for a, p := range parts[1:] {
		for i, g := range p.cohorts {
			for _, h := range p.cohorts[i:] {
				c.sampling.SetSym(g, h, c.common+c.ownSampling(a+1, g, h))
			}
		}
	}
	return c
}

// ownSampling is the sampling covariance of two cohorts of one part beyond the
// common 1/N.
func (c covariance) ownSampling(part, g, h int) float64 {
	if part == 0 {
		return 0
	}
	v := -c.whole[part]
	if g == h {
		v += c.inverse[g]
	}
	return v
}

// ownGroup is the covariance of the effects of two values of one attribute, each
// taken as the deviation from the attribute's average company.
func (c covariance) ownGroup(p part, g, h int) float64 {
	if g == 0 {
		return 0
	}
	v := -c.share[g] - c.share[h]
	if g == h {
		v++
	}
	for _, k := range p.cohorts {
		v += square(c.share[k])
	}
	return v
}

// align shifts prior means, cohort × coordinate, so that the values of an
// attribute average to all. The companies do, and the covariance knows it: prior
// means that contradict it would pass for evidence.
func (c covariance) align(parts []part, mean [][]float64) {
	for _, p := range parts[1:] {
		for i, all := range mean[0] {
			gap := all
			for _, g := range p.cohorts {
				gap -= c.share[g] * mean[g][i]
			}
			for _, g := range p.cohorts {
				mean[g][i] += gap
			}
		}
	}
}
