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
	out := s.cohorts(overall, domains)
	for g := range out {
		out[g].Questions = make([]Question, in.Shape.Questions())
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
		for _, rungs := range in.Shape.Ladders {
			descend(out[g].Profiles, rungs)
		}
	}
	s.unshrunken(out)
	out[0].Sheets = s.sheets()
	s.inOwnLevels(out)
	return out
}

// Levels returns the sizes, overall means and domain means, with the numbers of
// answers behind them, that [Estimate] returns, in a fraction of its time, and nothing
// else.
func Levels(in Input) []Cohort {
	s := newSetting(in)
	overall := s.overall()
	out := s.cohorts(overall, s.domains(overall))
	s.inOwnLevels(out)
	return out
}

// cohorts are the cohorts with what [Levels] returns.
func (s *setting) cohorts(overall, domains levels) []Cohort {
	out := make([]Cohort, s.Shape.Cohorts())
	functions := s.functions(overall, domains)
	for g := range out {
		out[g] = Cohort{Companies: s.companies(g), Overall: Score{Mean: s.levelNumber(overall, g, 0)}}
		for d := range s.Shape.Domains {
			out[g].Domains = append(out[g].Domains, Score{Mean: s.levelNumber(domains, g, d), Answers: s.presence(g, d)})
		}
		for i, of := range s.Shape.FunctionDomains {
			f := Function{Mean: s.levelNumber(functions, g, i), Answers: math.Inf(1)}
			for _, d := range of {
				f.Answers = min(f.Answers, out[g].Domains[d].Answers.Low)
			}
			out[g].Functions = append(out[g].Functions, f)
		}
	}
	return out
}

func newSetting(in Input) *setting {
	s := &setting{Input: in, unit: in.Shape.Unit(), top: float64(in.Shape.Levels - 1), domainOf: in.Shape.DomainOf()}
	s.parts = partition(in.Shape)
	s.sizes = s.estimateSizes()
	s.cov = newCovariance(s.parts, s.sizes.count)
	s.rates = s.estimateRates()
	s.shape = deviation{smooth: shapeBelief.unlike(s.rates.unlike).rootMeanSquare()}
	return s
}
