package smooth

import (
	"math"
	"slices"
)

// filter holds what is believed of each wave from those up to it (Kalman, Journal of Basic
// Engineering 82, 1960), from the first one that was read.
type filter struct {
	first          int
	mean, variance []float64
	step           []float64 // variance of the step to the next wave
}

func newFilter(waves int) *filter {
	return &filter{mean: make([]float64, waves), variance: make([]float64, waves), step: make([]float64, waves)}
}

// run takes the readings, with a multiple of the variances that they state, and returns the
// logarithm of the likelihood of all but the first one.
func (f *filter) run(s Series, multiple float64, h hypothesis, w way) (log float64) {
	f.first = len(s.Reading)
	for t, reading := range s.Reading {
		noise := multiple * s.Variance[t]
		if t <= f.first {
			f.mean[t], f.variance[t] = reading, noise
			if noise > 0 {
				f.first = t
			}
			continue
		}
		f.step[t-1] = h.step(t-1, w)
		mean, variance := f.mean[t-1], f.variance[t-1]+f.step[t-1]
		if noise > 0 {
			total := variance + noise
			log -= (math.Log(total) + (reading-mean)*(reading-mean)/total) / 2
			gain := variance / total
			mean, variance = mean+gain*(reading-mean), gain*noise
		}
		f.mean[t], f.variance[t] = mean, variance
	}
	return log
}

// path is what is believed of all waves, from all of them. The covariance of a wave with a
// later one is along times that of the next wave with it.
type path struct{ mean, variance, along []float64 }

// smooth goes back from the last wave (Rauch, Tung & Striebel, AIAA Journal 3, 1965).
func (f *filter) smooth() path {
	p := path{slices.Clone(f.mean), slices.Clone(f.variance), make([]float64, len(f.mean))}
	for t := len(f.mean) - 2; t >= f.first; t-- {
		ahead := f.variance[t] + f.step[t]
		p.along[t] = f.variance[t] / ahead
		p.mean[t] += p.along[t] * (p.mean[t+1] - f.mean[t])
		p.variance[t] += p.along[t] * p.along[t] * (p.variance[t+1] - ahead)
	}
	return p
}

// Level is what is believed of a wave, from the first one that was read, counted from 0.
func (b Belief) Level(wave int) Mixture {
	return b.mixture(func(p path) (mean, variance float64) { return p.mean[wave], p.variance[wave] })
}

// Change is what is believed of a later wave less an earlier one, both from the first
// one that was read, counted from 0.
func (b Belief) Change(from, to int) Mixture {
	return b.mixture(func(p path) (mean, variance float64) {
		covariance := p.variance[to]
		for t := from; t < to; t++ {
			covariance *= p.along[t]
		}
		return p.mean[to] - p.mean[from], max(p.variance[from]+p.variance[to]-2*covariance, 0)
	})
}

func (b Belief) mixture(of func(p path) (mean, variance float64)) Mixture {
	m := make(Mixture, len(b.paths))
	for i, p := range b.paths {
		m[i].Weight = b.weights[i]
		m[i].Mean, m[i].Variance = of(p)
	}
	return m.compact()
}
