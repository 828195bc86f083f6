package estimate

import (
	"math"

	"maturitybench/benchmark/internal/model"
)

// Estimate returns the statistics of every cohort: all, then every value of
// every attribute in order. It is deterministic, every number it returns is
// finite, and it does not change its input.
func Estimate(in Input) []Cohort {
	s := newSetting(in)
	overall := s.overall()
	domains := s.domains(overall)
	questions := s.questions(domains)
	out := make([]Cohort, in.Shape.Cohorts())
	for g := range out {
		out[g] = Cohort{
			Companies: s.companies(g),
			Overall:   Score{Mean: s.levelNumber(overall, g, 0)},
			Domains:   make([]Score, len(in.Shape.Domains)),
			Questions: make([]Question, in.Shape.Questions()),
		}
		for d := range out[g].Domains {
			out[g].Domains[d].Mean = s.levelNumber(domains, g, d)
			out[g].Domains[d].Answers = s.presence(g, d)
		}
		for q := range out[g].Questions {
			out[g].Questions[q].Mean = s.levelNumber(questions.levels, g, q)
			out[g].Questions[q].Answers = s.answers(g, q)
		}
	}
	tails := s.shares(questions, out)
	s.percentiles(overall, domains, tails, out)
	if in.Percentiles == nil {
		for g := range out {
			copy(out[g].Overall.Quartiles[:], out[g].Overall.Percentiles)
			for d := range out[g].Domains {
				copy(out[g].Domains[d].Quartiles[:], out[g].Domains[d].Percentiles)
			}
		}
	}
	profiles := s.profiles(out)
	for g := range out {
		for p := range in.Shape.Profiles {
			out[g].Profiles = append(out[g].Profiles, s.profileNumber(profiles, g, p))
			least := math.Inf(1)
			for _, minimum := range in.Shape.Profiles[p] {
				least = min(least, out[g].Questions[minimum.Question].Answers.Low)
			}
			out[g].ProfileAnswers = append(out[g].ProfileAnswers, least)
		}
	}
	s.unshrunken(out)
	return out
}

// Levels returns the sizes, overall means and domain means that [Estimate]
// returns, in a fraction of its time, and nothing else.
func Levels(in Input) []Cohort {
	s := newSetting(in)
	overall := s.overall()
	domains := s.domains(overall)
	out := make([]Cohort, in.Shape.Cohorts())
	for g := range out {
		out[g] = Cohort{Companies: s.companies(g), Overall: Score{Mean: s.levelNumber(overall, g, 0)}}
		for d := range in.Shape.Domains {
			out[g].Domains = append(out[g].Domains, Score{Mean: s.levelNumber(domains, g, d)})
		}
	}
	return out
}

// setting is what all steps share: the input, and what the first steps found.
type setting struct {
	Input
	unit     float64 // see model.Shape.Unit
	top      float64 // highest level
	domainOf []int   // domain of each question
	parts    []part
	sizes    sizes
	rates    rates
	cov      covariance
	shape    float64 // how far a distribution function of scores is from the expected one
	flat     bool    // priors say nothing: see unshrunken
}

func newSetting(in Input) *setting {
	if in.Percentiles == nil {
		in.Percentiles = quartiles
	}
	s := &setting{Input: in, unit: in.Shape.Unit(), top: float64(in.Shape.Levels - 1), domainOf: in.Shape.DomainOf(), shape: shapeBelief.rootMeanSquare()}
	s.parts = partition(in.Shape)
	s.sizes = s.estimateSizes()
	s.cov = newCovariance(s.parts, s.sizes.count)
	s.rates = s.estimateRates()
	return s
}

// part is a set of cohorts that share no company, with the measured rows that
// concern them: all alone, or the values of one attribute.
type part struct {
	cohorts []int
	rows    []int
}

// partition returns all, then the attributes.
func partition(shape model.Shape) []part {
	parts := []part{{cohorts: []int{0}, rows: []int{0}}}
	cohort, row := 1, 1
	for _, k := range shape.Attributes {
		var p part
		for range k {
			p.cohorts = append(p.cohorts, cohort)
			cohort++
		}
		for range k - 1 {
			p.rows = append(p.rows, row)
			row++
		}
		parts = append(parts, p)
	}
	return parts
}

// told says whether anything was measured of a coordinate of a block. What was not is
// a belief, however narrow, and no number may rest on it.
func (s *setting) told(b model.Block, i int) bool {
	sd := s.Measured[b].SD
	return len(sd) > 0 && measured(sd[0][i])
}

// levels are means on the scale, cohort × item.
type levels struct {
	value    [][]float64
	variance [][]float64 // posterior variance with bias terms
	wide     [][]float64 // the same with the inflation that intervals use
	prior    [][]float64 // variance before the data
	informed [][]float64 // share of the prior variance removed
}

func newLevels(cohorts, items int) levels {
	return levels{grid(cohorts, items), grid(cohorts, items), grid(cohorts, items), grid(cohorts, items), grid(cohorts, items)}
}

// grid returns a rows × columns array of zeros.
func grid(rows, columns int) [][]float64 {
	flat := make([]float64, rows*columns)
	out := make([][]float64, rows)
	for i := range out {
		out[i] = flat[i*columns : (i+1)*columns : (i+1)*columns]
	}
	return out
}

// removed is the share of a prior variance that is gone in the posterior.
func removed(posterior, prior float64) float64 {
	if !(prior > 0) {
		return 0
	}
	return clamp(1-posterior/prior, 0, 1)
}

func clamp(x, low, high float64) float64 { return math.Min(math.Max(x, low), high) }

func square(x float64) float64 { return x * x }

// measured says whether a standard deviation of noise belongs to a measurement.
func measured(sd float64) bool { return !math.IsInf(sd, 1) }
