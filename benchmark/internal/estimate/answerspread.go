package estimate

import "maturitybench/benchmark/internal/model"

// fitCurves takes curves of answers that spread less than those of the public model, if
// the shapes of all companies' domains tell so beyond doubt, and reports whether it did. How the
// shares of a cohort follow from those of all is the curve's word: where companies answer nearly
// alike, those of a segment with a lower mean are at two levels, too, and not at three.
// means are those of the questions, of all companies.
func (s *setting) fitCurves(means []float64, orders int) bool {
	best, likely := 1.0, s.curvesFit(means, orders)+spreadTells
	public := s.Design.Public.AnswerSD
	for _, times := range answerSpreads {
		s.setCurves(times * public)
		if l := s.curvesFit(means, orders); l > likely {
			best, likely = times, l
		}
	}
	s.setCurves(best * public)
	return best != 1
}

// setCurves makes the curves those of a standard deviation, one for all domains of a scale.
func (s *setting) setCurves(sd float64) {
	made := map[*ownScale]bool{}
	for d, scale := range s.scales {
		if !made[scale] {
			made[scale], scale.curve = true, newCurve(s.Shape, d, sd)
		}
	}
}

// curvesFit is the logarithm of the likelihood of the domains' shapes, of all companies, if
// they are about what the curves say as closely as the prior believes.
func (s *setting) curvesFit(means []float64, orders int) (l float64) {
	data, factor := s.Measured[model.DomainShape], s.rates.kept[model.TailTier]*s.sizes.divisor(0)
	expected := s.expectedShapes([][]float64{means}).domain[0]
	for d, scale := range s.scales {
		for k := range scale.orders() {
			if i := d*orders + k; s.told(model.DomainShape, i) {
				f := factor * s.rates.present[d]
				apart := data.Y[0][i]/f + scale.center[k] - expected[d][k]
				l -= square(apart) / (s.Design.Prior[model.DomainShape].Level + square(data.SD[0][i]/f)) / 2
			}
		}
	}
	return l
}
