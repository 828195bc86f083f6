package estimate

import "math"

// unshrunken fills in the unshrunken numbers of all cohorts. Sizes, rates of
// skipping and rates of clipping, which divide the sums, stay as they are.
func (s *setting) unshrunken(out []Cohort) {
	flat := *s
	flat.flat = true
	overall := flat.overall()
	domains := flat.domains(overall)
	functions := flat.functions(overall, domains)
	questions := flat.questions(domains)
	profiles := flat.profiles(out)
	for g := range out {
		out[g].Unshrunken = Unshrunken{
			Overall:   flat.unbounded(overall, g, 0),
			Domains:   flat.allUnbounded(domains, g),
			Functions: flat.allUnbounded(functions, g),
			Questions: flat.allUnbounded(questions.levels, g),
			Profiles:  flat.allUnbounded(profiles, g),
		}
	}
}

// unbounded is a mean as a number that may lie outside the scale.
func (s *setting) unbounded(l levels, g, i int) Number {
	n := s.number(l.value[g][i], l.variance[g][i], l.wide[g][i], math.Inf(-1), math.Inf(1))
	n.Information = l.informed[g][i]
	return n
}

func (s *setting) allUnbounded(l levels, g int) []Number {
	numbers := make([]Number, len(l.value[g]))
	for i := range numbers {
		numbers[i] = s.unbounded(l, g, i)
	}
	return numbers
}
