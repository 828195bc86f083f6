package synthetic

import (
	"fmt"
	"math"
	"slices"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/statistic"
	"maturitybench/stats"
)

// Cohort holds the exact statistics of one cohort of a [Sample], as a release
// defines them, on the scale of the instrument.
type Cohort struct {
	ID        string     // all, or attribute=value
	Companies int        // that took part, 0 or more
	Overall   Score      // of all domains; of several scales there is none
	Functions []float64  // in the order of the instrument: means of the means of their domains, by their weights
	Domains   []Score    // in the order of the instrument
	Questions []Question // likewise
	Profiles  []float64  // likewise: share of the companies that meet each profile; NaN without a company
}

// Score holds the statistics of the companies' scores, as [instrument.Scorer] computes
// them: of a domain, the mean of a company's answers there; overall, that of all its answers.
type Score struct {
	Companies int     // with at least one answer there
	Mean      float64 // of their scores; NaN without a company
	// Percentiles of their scores, type 7 (Hyndman and Fan 1996), in the order of
	// publication.PercentileIDs; NaN without a company.
	Percentiles []float64
}

// Percentile looks a percentile up by its name, such as median. It panics if there is
// none.
func (s Score) Percentile(id string) float64 { return s.Percentiles[statistic.PercentileIndex(id)] }

// Question holds the statistics of the answers to a question, over the companies
// that answered it; all but Answers are NaN without an answer.
type Question struct {
	Answers int       // companies that answered it
	Mean    float64   // of what their levels count
	Shares  []float64 // of the answers at every level, the lowest first; they add up to 1
	AtLeast []float64 // of the answers at or above every level but the first, from 0 to 1
}

// Cohorts computes the exact statistics of all companies, then of every value
// of the attributes named, in this order. It panics if an attribute is not one
// of the instrument.
//
// These are exact numbers of companies that do not exist: what a test compares
// a release with. Nothing of the kind exists for real answers.
func (s *Sample) Cohorts(attributes ...string) []Cohort {
	cohorts := []Cohort{s.cohort("all", func(int) bool { return true })}
	for _, id := range attributes {
		a := slices.Index(s.attributeIDs(), id)
		if a < 0 {
			panic(fmt.Sprintf("synthetic: the instrument has no attribute %q", id))
		}
		for v, value := range s.spec.Attributes[a].Values {
			in := func(company int) bool { return int(s.Attributes[company][a]) == v }
			cohorts = append(cohorts, s.cohort(id+"="+value.ID, in))
		}
	}
	return cohorts
}

func (s *Sample) attributeIDs() []string {
	var ids []string
	for _, attribute := range s.spec.Attributes {
		ids = append(ids, attribute.ID)
	}
	return ids
}

// questions is the number of questions.
func (s *Sample) questions() int {
	n := 0
	for _, domain := range s.spec.Domains {
		n += len(domain.Questions)
	}
	return n
}

// cohort computes the statistics of the companies in a cohort.
func (s *Sample) cohort(id string, in func(company int) bool) Cohort {
	var rows [][]int8
	for company, levels := range s.Levels {
		if in(company) {
			rows = append(rows, s.counted(levels))
		}
	}
	scorer := s.spec.Scorer()
	c := Cohort{ID: id, Companies: len(rows), Overall: s.score(rows, scorer.Overall)}
	q := 0
	for d, domain := range s.spec.Domains {
		c.Domains = append(c.Domains, s.score(rows, func(level func(q int) int) (float64, bool) { return scorer.Domain(d, level) }))
		for range domain.Questions {
			c.Questions = append(c.Questions, s.question(scorer, rows, d, q))
			q++
		}
	}
	for _, f := range s.spec.Functions {
		c.Functions = append(c.Functions, s.function(f, c.Domains))
	}
	for _, p := range s.spec.Profiles {
		c.Profiles = append(c.Profiles, s.met(rows, p))
	}
	return c
}

// function is the mean of the means of a function's domains.
func (s *Sample) function(f instrument.Function, domains []Score) float64 {
	sum, total := 0.0, 0.0
	for d, domain := range s.spec.Domains {
		if slices.Contains(f.Domains, domain.ID) {
			w := 0
			for _, q := range domain.Questions {
				w += max(domain.Weight, 1) * max(q.Weight, 1)
			}
			sum += float64(w) * domains[d].Mean
			total += float64(w)
		}
	}
	return sum / total
}

// counted are the levels that the answers of a sheet count as.
func (s *Sample) counted(levels []int8) []int8 {
	if s.spec.Blank != instrument.LowestBlank {
		return levels
	}
	levels = slices.Clone(levels)
	for q, level := range levels {
		levels[q] = max(level, 0)
	}
	return levels
}

// met is the share of the rows that meet a profile.
func (s *Sample) met(rows [][]int8, p instrument.Profile) float64 {
	n := 0
	for _, levels := range rows {
		if s.meets(levels, p) {
			n++
		}
	}
	return float64(n) / float64(len(rows))
}

// meets reports whether every question of a profile has an answer at its
// minimum or above.
func (s *Sample) meets(levels []int8, p instrument.Profile) bool {
	q, numbers := 0, levelNumbers(s.spec)
	for _, domain := range s.spec.Domains {
		for _, question := range domain.Questions {
			minimum, asked := p.Minimum[question.ID]
			if asked && (levels[q] == none || numbers[q][levels[q]] < minimum) {
				return false
			}
			q++
		}
	}
	return true
}

// score computes the statistics of scores, of the rows that have one.
func (s *Sample) score(rows [][]int8, of func(level func(q int) int) (float64, bool)) Score {
	var scores []float64
	for _, levels := range rows {
		if score, ok := of(func(q int) int { return int(levels[q]) }); ok {
			scores = append(scores, score)
		}
	}
	if len(scores) == 0 {
		none := math.NaN()
		return Score{Mean: none, Percentiles: slices.Repeat([]float64{none}, len(statistic.Percentiles()))}
	}
	slices.Sort(scores) // a sum of the mean's that does not depend on the order of the companies
	return Score{
		Companies:   len(scores),
		Mean:        sum(scores) / float64(len(scores)),
		Percentiles: stats.Quantiles(scores, statistic.Probabilities()...),
	}
}

// question computes the statistics of question q of domain d.
func (s *Sample) question(scorer *instrument.Scorer, rows [][]int8, d, q int) Question {
	counts, answers := make([]int, len(s.spec.On(d).Scale)), 0
	for _, levels := range rows {
		if level := levels[q]; level != none {
			counts[level]++
			answers++
		}
	}
	question := Question{Answers: answers, Mean: scorer.Mean(d, counts)}
	above := answers
	for level, n := range counts {
		question.Shares = append(question.Shares, float64(n)/float64(answers))
		if level > 0 {
			question.AtLeast = append(question.AtLeast, float64(above)/float64(answers))
		}
		above -= n
	}
	return question
}
