package estimate

import (
	"math"
	"slices"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/model"
	"maturitybench/stats"
)

// answers is the number of companies of a cohort with an answer to a question.
func (s *setting) answers(g, q int) Number {
	d := s.domainOf[q]
	if s.Shape.Domains[d] == 1 {
		return s.presence(g, d)
	}
	a := s.answerNumber(g, s.rates.answered[q])
	missing, variance := s.missing(model.Empty, d)
	for _, of := range []struct {
		block model.Block
		index int
	}{{model.Unusable, d}, {model.Skips, q}} {
		more, noise := s.missing(of.block, of.index)
		missing, variance = missing+more, variance+noise
	}
	a.Low = min(a.Value, s.leastAnswers(g, missing, variance))
	return a
}

// presence is the number of companies of a cohort with an answer in a domain. A company
// has an answer somewhere, and so in a domain that is the only one.
func (s *setting) presence(g, d int) Number {
	r := s.rates.empty[d]
	r.value = 1 - r.value
	a := s.answerNumber(g, r)
	if len(s.Shape.Domains) == 1 {
		a.Low = a.Value
		return a
	}
	missing, variance := s.missing(model.Empty, d)
	a.Low = min(a.Value, s.leastAnswers(g, missing, variance))
	return a
}

// answerNumber is a cohort's number of companies times a rate.
func (s *setting) answerNumber(g int, r rate) Number {
	n := s.sizes.count[g]
	variance := square(n)*(square(r.sd)+s.apart(g, r)) + square(r.value*s.sizes.sd[g])
	return s.number(n*r.value, variance, variance, 0, s.companies(g).High)
}

// missing is how many of all companies a coordinate counts, and the variance of its
// noise; a block that does not exist counts none.
func (s *setting) missing(b model.Block, i int) (count, variance float64) {
	if !s.Shape.Has(b) {
		return 0, 0
	}
	m := s.Measured[b]
	if len(m.SD) == 0 {
		return 0, math.Inf(1)
	}
	return m.Y[0][i], square(m.SD[0][i])
}

// leastAnswers is a lower limit of the number of companies of a cohort that answered,
// from noisy counts alone: the companies of the cohort, less those of all companies that
// did not answer, a count that noise may make negative. Whatever is believed of companies
// and of skipping does not enter: the limit is too high with a probability of at most one
// in a thousand, see surelyNormal.
func (s *setting) leastAnswers(g int, missing, variance float64) float64 {
	count, noise := s.counted(g)
	least := count - missing - s.surely()*math.Sqrt(noise+variance)
	if math.IsNaN(least) {
		return 0
	}
	return max(least, 0)
}

// surely is how many standard deviations of noise a limit lies off.
func (s *setting) surely() float64 {
	n := s.Design.Spherical
	if n == 0 {
		return surelyNormal
	}
	return surelyLaplace[min(n, len(surelyLaplace))-1]
}

// MostMissed is the most that a domain which all companies answer may seem to be left out by,
// with the doubt about that, in nine of ten measurements of a small plan's design; 0 if all answers are known to be there.
func MostMissed(d encode.Design) float64 {
	sigma := d.Sigma[model.Empty]
	if len(sigma) == 0 || !measured(sigma[0]) {
		return 0
	}
	s := setting{Input: Input{Design: d}}
	noise := sigma[0]
	if count := d.Sigma[model.Companies]; len(count) > 0 && measured(count[0]) {
		noise = math.Hypot(noise, count[0])
	}
	return (s.surely() + stats.NormalQuantile(0.9)) * noise
}

// counted is the number of companies of a cohort as it was counted, and the variance of
// its noise. Of an attribute that is not stated by everybody, the companies that do not
// state it are counted, too.
func (s *setting) counted(g int) (count, variance float64) {
	if s.Exact != nil {
		return s.Exact[g], 0
	}
	m := s.Measured[model.Companies]
	if len(m.SD) == 0 {
		return 0, math.Inf(1)
	}
	if g == 0 {
		return m.Y[0][0], square(m.SD[0][0])
	}
	for j, p := range s.parts[1:] {
		if !slices.Contains(p.cohorts, g) {
			continue
		}
		k := float64(len(p.cohorts))
		count, variance = m.Y[0][0]/k, square(m.SD[0][0]/k)
		if missing := s.Measured[model.NotStated]; len(missing.SD) > 0 && measured(missing.SD[0][j]) {
			count -= missing.Y[0][j] / k
			variance += square(missing.SD[0][j] / k)
		} else {
			return 0, math.Inf(1)
		}
		for _, row := range p.rows {
			w := m.Weights.At(row, g)
			count += w * m.Y[row][0]
			variance += square(w * m.SD[row][0])
		}
	}
	return count, variance
}
