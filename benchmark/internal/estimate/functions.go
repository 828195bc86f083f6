package estimate

import "math"

// functions are the means of the functions, those of their domains by the domains'
// weights in the overall score. What the domains share, the overall mean, errs alike in all
// of them, and so may what is wrong beside the noise; the noise of their offsets is their own.
func (s *setting) functions(overall, domains levels) levels {
	l := newLevels(s.Shape.Cohorts(), len(s.Shape.FunctionDomains))
	parts := s.Shape.Parts()
	for g := range l.value {
		for i, of := range s.Shape.FunctionDomains {
			var total, common, own, wide, prior float64
			informed := 1.0
			for _, d := range of {
				total += parts[d]
			}
			for _, d := range of {
				w := parts[d] / total
				value := domains.value[g][d]
				if !s.flat {
					value = clamp(value, 0, s.top)
				}
				l.value[g][i] += w * value
				common += w * math.Sqrt(max(domains.common[g][d], 0))
				own += w * w * max(domains.variance[g][d]-overall.variance[g][0]-domains.common[g][d], 0)
				wide += w * w * max(domains.wide[g][d]-overall.wide[g][0]-domains.common[g][d], 0)
				prior += w * w * max(domains.prior[g][d]-overall.prior[g][0], 0)
				informed = min(informed, domains.informed[g][d])
			}
			l.variance[g][i] = overall.variance[g][0] + own + square(common)
			l.wide[g][i] = overall.wide[g][0] + wide + square(common)
			l.prior[g][i] = overall.prior[g][0] + prior
			if informed > 0 {
				l.informed[g][i] = removed(l.variance[g][i], l.prior[g][i])
			}
		}
	}
	return l
}
