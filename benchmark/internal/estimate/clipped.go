package estimate

import "maturitybench/benchmark/internal/model"

// contrastsOfClipped is what clipping is expected to take of the contrasts of questions, and
// the variance of that. Companies are clipped that are far from the others, and those who
// give one answer throughout a domain often are: they have no contrasts. With contrasts 1 + δ times
// those of the others in a share p of the companies, a contrast is off by
//
//	p·δ·(mean of what is kept).
//
// δ is one number for all questions, and known far better than the rest of any of them:
// it is the slope of what clipping left out by what it kept, less what the noise of the latter makes of
// it. The variance is the mean over the questions, so that noise does not choose what is published.
func (s *setting) contrastsOfClipped(questions []int) (expected []float64, variance float64) {
	expected = make([]float64, len(questions))
	of, _ := model.Contrasts.Rest()
	data, low := s.Measured[model.Contrasts], s.Measured[of]
	n, clipped, free := s.sizes.divisor(0), s.rates.clipped[model.TailTier].value, s.freeShare()
	if len(data.SD) == 0 || len(low.SD) == 0 || clipped == 0 {
		return expected, 0
	}
	believed, share := square(s.restDoubt(model.Contrasts)*clipped), clipped/n/s.rates.kept[model.TailTier]
	var moment, precision, squares float64
	for i, q := range questions {
		if !measured(data.SD[0][q]) || !measured(low.SD[0][q]) {
			continue
		}
		expected[i] = share * data.Y[0][q]
		noise, weight := square(share*data.SD[0][q]), free/(square(low.SD[0][q]/n)+believed)
		moment += weight * (expected[i]*(low.Y[0][q]/n-expected[i]) + noise)
		precision += weight * (square(expected[i]) - noise)
		squares += (square(expected[i]) - noise) / float64(len(questions))
	}
	precision = max(precision, 0) + 1/square(clippedContrasts)
	for i := range expected {
		expected[i] *= moment / precision
	}
	return expected, max(squares, 0) / precision
}
