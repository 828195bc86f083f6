package estimate

import "math"

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

func newSetting(in Input) *setting {
	s := &setting{Input: in, unit: in.Shape.Unit(), top: float64(in.Shape.Levels - 1), domainOf: in.Shape.DomainOf(), shape: shapeBelief.rootMeanSquare()}
	s.parts = partition(in.Shape)
	s.sizes = s.estimateSizes()
	s.cov = newCovariance(s.parts, s.sizes.count)
	s.rates = s.estimateRates()
	return s
}
