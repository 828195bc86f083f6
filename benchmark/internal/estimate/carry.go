package estimate

import (
	"math"

	"maturitybench/benchmark/internal/encode"
)

// Contrasts are the readings of a measurement that [Input.Earlier] of a later one takes.
func Contrasts(in Input) Earlier {
	s := newSetting(in)
	count := len(s.domainOf)
	out := Earlier{Reading: make([]float64, count), Variance: make([]float64, count)}
	m := s.measuredContrasts(s.domains(s.overall()))
	for i, q := range m.questions {
		if !m.told(i) {
			continue
		}
		reading, noise := s.contrastReading(m, i)
		out.Reading[q] = reading
		out.Variance[q] = noise + m.rest.of(0, i)/square(s.rates.usable[q]) + square(reading)*s.scaleError(0, q)
	}
	return out
}

// contrastReading is the contrast of the i-th question of all companies as it was measured,
// and the variance of the noise in it.
func (s *setting) contrastReading(m measuredContrasts, i int) (reading, noise float64) {
	scale := s.sizes.divisor(0) * m.factor[i]
	return m.data.Y[0][i] / scale, square(m.data.SD[0][i] / scale)
}

// carry replaces the beliefs about the contrasts of all companies by what they are together
// with the earlier waves, and moves the other cohorts along. They stay within a standard
// deviation of the noise of what was measured (limited translation, see limit), so that no change
// is hidden for good. fresh is the prior without earlier waves.
func (s *setting) carry(b *belief, m measuredContrasts, fresh encode.Variances) {
	now := contrastReadings{reading: make([]float64, len(m.questions)), noise: make([]float64, len(m.questions))}
	for i := range m.questions {
		if m.told(i) {
			now.reading[i], now.noise[i] = s.contrastReading(m, i)
		}
	}
	f := newContrastFilter(fresh.Level, fresh.Within/s.sizes.divisor(0), square(s.unit), s.freeShare())
	for _, wave := range s.Earlier {
		then := contrastReadings{reading: make([]float64, len(m.questions)), noise: make([]float64, len(m.questions))}
		for i, q := range m.questions {
			then.reading[i], then.noise[i] = wave.Reading[q], wave.Variance[q]
		}
		f.wave(then)
	}
	carried := f.known
	f.wave(now)
	least := f.usualVariance(carried)
	b.doubt = make([]float64, len(m.questions))
	for i := range m.questions {
		switch {
		case !m.told(i): // earlier waves are no measurement of this one
			continue
		case !carried[i]:
			s.translateOne(*b, i, now.reading[i])
			continue
		}
		sd := math.Sqrt(now.noise[i])
		mean := now.reading[i] + clamp(f.state.mean[i]-now.reading[i], -sd, sd)
		b.doubt[i] = driftDoubt * square(mean-now.reading[i])
		b.moveAll(i, mean, max(f.state.variance[i], least))
	}
}

// usualVariance is the mean of the variances of some questions. Their variances depend on
// how far a reading lies from what was expected, and a question of which chance hid a change
// shall not be published for looking better than the others: see usualDistances.
func (f *contrastFilter) usualVariance(of []bool) float64 {
	var sum, n float64
	for i, variance := range f.state.variance {
		if of[i] {
			sum, n = sum+variance, n+1
		}
	}
	return sum / max(n, 1)
}

// moveAll gives a coordinate of all companies another mean and variance, and moves the other
// cohorts as they vary with all (a conditional normal distribution).
func (b belief) moveAll(i int, mean, variance float64) {
	from, was := b.mean[0][i], b.variance[0][i]
	for g := range b.mean {
		along := 1.0
		if g > 0 {
			along = clamp(b.with[g][i]/max(was, 1e-300), 0, 1)
		}
		b.mean[g][i] += along * (mean - from)
		b.variance[g][i] = max(b.variance[g][i]+square(along)*(variance-was), 0)
	}
}
