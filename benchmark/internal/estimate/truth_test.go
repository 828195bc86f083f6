package estimate

import (
	"math"
	"slices"

	"maturitybench/stats"
)

// asked are the percentiles that the tests ask for, in two families.
var asked = []Percentile{{0.1, 1}, {0.25, 0}, {0.5, 0}, {0.75, 0}, {0.9, 1}}

// truth holds the exact statistics of a cohort; NaN where nobody answered.
type truth struct {
	companies float64
	overall   scoreTruth
	domains   []scoreTruth
	questions []questionTruth
}

type scoreTruth struct {
	mean        float64
	percentiles []float64 // by asked
}

type questionTruth struct {
	mean            float64
	usable          float64 // companies with a usable answer
	shares, atLeast []float64
}

func newScoreTruth(scores []float64) scoreTruth {
	if len(scores) == 0 {
		nan := math.NaN()
		return scoreTruth{nan, slices.Repeat([]float64{nan}, len(asked))}
	}
	var s scoreTruth
	for _, v := range scores {
		s.mean += v / float64(len(scores))
	}
	for _, p := range asked {
		s.percentiles = append(s.percentiles, stats.Quantiles(scores, p.P)...)
	}
	return s
}

// counter collects the answers of a cohort.
type counter struct {
	companies float64
	overall   []float64
	domains   [][]float64
	levels    [][]float64 // question × level
	usable    []float64
}

func (c *counter) add(sizes []int, answers []byte) {
	c.companies++
	var sum, n float64
	at := 0
	for d, size := range sizes {
		var domainSum, domainN float64
		for q := at; q < at+size; q++ {
			if a := answers[q]; a > 0 {
				domainSum += float64(a - 1)
				domainN++
				c.levels[q][a-1]++
			}
		}
		for q := at; q < at+size; q++ {
			if answers[q] > 0 && (domainN > 1 || size == 1) {
				c.usable[q]++
			}
		}
		at += size
		if domainN > 0 {
			c.domains[d] = append(c.domains[d], domainSum/domainN)
		}
		sum, n = sum+domainSum, n+domainN
	}
	c.overall = append(c.overall, sum/n)
}

func (c *counter) truth() truth {
	t := truth{companies: c.companies, overall: newScoreTruth(c.overall)}
	for _, scores := range c.domains {
		t.domains = append(t.domains, newScoreTruth(scores))
	}
	for q, counts := range c.levels {
		var n float64
		for _, v := range counts {
			n += v
		}
		shares := make([]float64, len(counts))
		for l, v := range counts {
			shares[l] = v / n
		}
		t.questions = append(t.questions, questionTruth{stats.Mean(shares), c.usable[q], shares, stats.AtLeast(shares)})
	}
	return t
}

// truth returns the exact statistics, by cohort.
func (p panel) truth() []truth {
	counters := make([]counter, p.shape.Cohorts())
	for g := range counters {
		counters[g] = counter{
			domains: make([][]float64, len(p.shape.Domains)),
			levels:  grid(p.shape.Questions(), p.shape.Levels),
			usable:  make([]float64, p.shape.Questions()),
		}
	}
	for i := range p.companies() {
		answers := p.rows.Data[i*p.rows.Stride+p.rows.Answers:][:p.shape.Questions()]
		for g, in := range p.cohortOf(i) {
			if in {
				counters[g].add(p.shape.Domains, answers)
			}
		}
	}
	out := make([]truth, len(counters))
	for g := range counters {
		out[g] = counters[g].truth()
	}
	return out
}

// pair is an estimate with the exact number.
type pair struct {
	Number
	exact float64
}

// pairs lists the estimates of a cohort by family.
func pairs(c Cohort, t truth) map[string][]pair {
	out := map[string][]pair{
		"companies":    {{c.Companies, t.companies}},
		"overall mean": {{c.Overall.Mean, t.overall.mean}},
	}
	add := func(family string, n Number, exact float64) {
		if !math.IsNaN(exact) {
			out[family] = append(out[family], pair{n, exact})
		}
	}
	percentiles := func(s Score, t scoreTruth) {
		for i, n := range s.Percentiles {
			add([]string{"quartiles", "outer percentiles"}[asked[i].Family], n, t.percentiles[i])
		}
	}
	percentiles(c.Overall, t.overall)
	for d, score := range c.Domains {
		add("domain means", score.Mean, t.domains[d].mean)
		percentiles(score, t.domains[d])
	}
	for q, question := range c.Questions {
		exact := t.questions[q]
		add("question means", question.Mean, exact.mean)
		add("answers", question.Answers, exact.usable)
		for l, n := range question.Shares {
			add("shares", n, exact.shares[l])
		}
		for l, n := range question.AtLeast {
			add("at least", n, exact.atLeast[l])
		}
	}
	return out
}
