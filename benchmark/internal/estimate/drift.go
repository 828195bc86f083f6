package estimate

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// driftSlope is a way in which contrasts may go on from one wave to the next.
type driftSlope struct{ slope, probability, variance float64 }

// drift is one hypothesis about all questions. The variance is that of d, and of the
// contrast itself after a fresh start.
type drift struct {
	fresh           bool
	slope, variance float64
	log             float64 // logarithm of its probability before the data
}

// contrastReadings are what one wave measured, by question; noise is a variance, and 0
// where nothing was measured.
type contrastReadings struct{ reading, noise []float64 }

// contrastFilter follows the contrasts of all companies from wave to wave, each with a
// normal belief (Kalman, Journal of Basic Engineering 82, 1960). How far they drift is
// learnt from all questions together on a grid of hypotheses, whose beliefs are merged
// after every wave, as those of an interacting multiple model are (Blom & Bar-Shalom, IEEE
// Transactions on Automatic Control 33, 1988).
type contrastFilter struct {
	drifts []drift
	log    []float64 // of the hypotheses' probabilities before the next wave
	jump   float64   // variance of what moves far
	freed  float64   // see request

	state contrastState
	known []bool // questions that a wave has told of; nil before the first wave
}

// contrastState is a belief about the contrasts, by question.
type contrastState struct{ mean, variance []float64 }

// newContrastFilter makes a filter for contrasts whose variance, without earlier waves, is
// a multiple of level, and sampling more for the companies that happen to take part. unit
// is Unit².
func newContrastFilter(level, sampling, unit, freed float64) *contrastFilter {
	f := &contrastFilter{jump: driftJump * unit, freed: freed}
	add := func(d drift, share float64, tried multiples) {
		logs := make([]float64, len(tried.values))
		for i, value := range tried.values {
			logs[i] = tried.log(value)
		}
		total, base := floats.LogSumExp(logs), d.variance
		for i, value := range tried.values {
			d.variance, d.log = base*value, math.Log(share)+logs[i]-total
			if d.fresh {
				d.variance += sampling
			}
			f.drifts, f.log = append(f.drifts, d), append(f.log, d.log)
		}
	}
	add(drift{fresh: true, variance: level}, driftFresh, finelyRight)
	for _, s := range driftSlopes {
		add(drift{slope: s.slope, variance: s.variance * unit}, s.probability, multiples{values: driftMultiples})
	}
	return f
}

// wave goes on to the next wave and takes what it measured.
func (f *contrastFilter) wave(r contrastReadings) {
	count := len(r.reading)
	next, fresh := contrastState{make([]float64, count), make([]float64, count)}, contrastState{}
	var carried, new []int
	for i, noise := range r.noise {
		switch {
		case f.known != nil && f.known[i]:
			carried = append(carried, i)
		case noise > 0:
			new = append(new, i)
		}
	}
	if len(new) > 0 {
		fresh, _ = f.merged(r, new, true, f.prior())
	}
	if len(carried) > 0 {
		var after []float64
		next, after = f.merged(r, carried, false, f.log)
		for k, d := range f.drifts {
			f.log[k] = math.Log((1-driftForgets)*math.Exp(after[k]) + driftForgets*math.Exp(d.log))
		}
	}
	known := make([]bool, count)
	for _, i := range carried {
		known[i] = true
	}
	for _, i := range new {
		known[i], next.mean[i], next.variance[i] = true, fresh.mean[i], fresh.variance[i]
	}
	f.state, f.known = next, known
}

// prior are the logarithms of the hypotheses' probabilities before any wave.
func (f *contrastFilter) prior() []float64 {
	logs := make([]float64, len(f.drifts))
	for k, d := range f.drifts {
		logs[k] = d.log
	}
	return logs
}

// merged is the belief about some questions, averaged over the hypotheses, or the fresh
// ones alone, with the probabilities that the readings give them, whose logarithms are
// returned.
func (f *contrastFilter) merged(r contrastReadings, questions []int, freshOnly bool, before []float64) (contrastState, []float64) {
	count := len(r.reading)
	out := contrastState{make([]float64, count), make([]float64, count)}
	means, seconds, logs := grid(len(f.drifts), count), grid(len(f.drifts), count), make([]float64, len(f.drifts))
	for k, d := range f.drifts {
		if logs[k] = before[k]; freshOnly && !d.fresh {
			logs[k] = math.Inf(-1)
			continue
		}
		for _, i := range questions {
			b := f.expected(d, i)
			likelihood := b.take(r.reading[i], r.noise[i])
			logs[k] += f.freed * likelihood
			means[k][i], seconds[k][i] = b.moments()
		}
	}
	total := floats.LogSumExp(logs)
	for k := range logs {
		logs[k] -= total
		weight := math.Exp(logs[k])
		for _, i := range questions {
			out.mean[i] += weight * means[k][i]
			out.variance[i] += weight * seconds[k][i]
		}
	}
	for _, i := range questions {
		out.variance[i] = max(out.variance[i]-square(out.mean[i]), 0)
	}
	return out, logs
}

// outlook is a mixture of a normal distribution and a wider one, which has the probability
// rare.
type outlook struct {
	rare           float64
	mean, variance [2]float64
}

// expected is what a hypothesis expects of a question in the next wave.
func (f *contrastFilter) expected(d drift, i int) outlook {
	if d.fresh {
		return outlook{variance: [2]float64{d.variance, d.variance}}
	}
	mean, variance := d.slope*f.state.mean[i], square(d.slope)*f.state.variance[i]+d.variance
	return outlook{driftRare, [2]float64{mean, mean}, [2]float64{variance, variance + f.jump}}
}

// take is the update by a reading, of which the logarithm of the likelihood is returned; a
// variance of 0 says that there is none.
func (t *outlook) take(reading, noise float64) float64 {
	if !(noise > 0) {
		return 0
	}
	var log [2]float64
	for c := range log {
		total := t.variance[c] + noise
		log[c] = -(math.Log(total) + square(reading-t.mean[c])/total) / 2
		gain := t.variance[c] / total
		t.mean[c] += gain * (reading - t.mean[c])
		t.variance[c] = gain * noise
	}
	log[0] += math.Log1p(-t.rare)
	log[1] += math.Log(t.rare)
	both := floats.LogSumExp(log[:])
	t.rare = math.Exp(log[1] - both)
	return both
}

// moments are the mean and the mean square.
func (t outlook) moments() (mean, second float64) {
	for c, share := range [2]float64{1 - t.rare, t.rare} {
		mean += share * t.mean[c]
		second += share * (t.variance[c] + square(t.mean[c]))
	}
	return mean, second
}
