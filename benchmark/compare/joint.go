package compare

import (
	"slices"

	"maturitybench/benchmark/internal/decimal"
	"maturitybench/benchmark/internal/smooth"
	"maturitybench/benchmark/publication"
)

const (
	// fewQuestions is how many questions must have been read in a wave, or in both waves of a change,
	// for how far they move to be learnt from them; with fewer they keep their differences; chosen.
	fewQuestions = 10
	// jointDoubt is the share of the squared distance from what was read that is added to the variance of an
	// interval: what moved unlike all others is drawn to them the most; chosen, see the command of
	// internal/smooth.
	jointDoubt = 0.1
	// steadyShare is the share of the variance of a mean, as its interval states it, that is taken to be the same
	// error in every wave, such as what a panel unlike the model costs: it is no part of a change, and no
	// number of waves takes it from a level. As much is taken off where package smooth learns the drift. Without it domain
	// means of panels of 100 companies of which a tenth is far below the others held in 50 % as seen
	// from the last of three waves, in 69 % as published.
	steadyShare = 0.25
)

// joined follows the cohorts of some releases, each when it is asked for.
type joined struct {
	releases []*publication.Release
	same     []sameItems // by step
	runs     map[string][]*run
}

// join adds what follows from all waves together.
func (c *Changes) join(releases []*publication.Release, same []sameItems) {
	j, last := &joined{releases, same, map[string][]*run{}}, len(releases)-1
	for i := range c.Steps {
		j.improve(&c.Steps[i], i, i+1)
	}
	if last > 1 {
		whole := newStep(releases[0], releases[last], throughout(same))
		j.improve(&whole, 0, last)
		c.Whole = &whole
	}
	c.Series = j.series()
}

// run is the one that a cohort's step from one wave to another lies in, if there is one.
func (j *joined) run(cohort string, from, to int) (*run, bool) {
	if _, ok := j.runs[cohort]; !ok {
		j.runs[cohort] = runsOf(cohort, j.releases, j.same)
		for _, r := range j.runs[cohort] {
			r.estimate()
		}
	}
	for _, r := range j.runs[cohort] {
		if r.first <= from && to < r.first+len(r.waves) {
			return r, true
		}
	}
	return nil, false
}

// improve replaces the differences of a step between two waves by joint estimates, where
// there are any.
func (j *joined) improve(step *TrendStep, from, to int) {
	for i := range step.Changes {
		c := &step.Changes[i]
		if c.Statistic != publication.StatisticMean || c.Status != publication.Published || !c.Unshrunken {
			continue
		}
		if r, ok := j.run(c.Cohort, from, to); ok {
			if e, ok := r.change(c.Item, from-r.first, to-r.first, step.Confidence); ok {
				c.Change, c.Joint, c.Verdict = e, true, verdict(e, Up, Down)
			}
		}
	}
}

// estimate learns from the tracks of each tier together.
func (r *run) estimate() {
	for t := range tiers {
		var list []*track
		var series []smooth.Series
		kind, above := smooth.Levels, map[*track]bool{}
		for _, track := range r.all {
			if track.tier != tier(t) {
				continue
			}
			if track.only || track.times() < 2 {
				continue
			}
			track.learnt = true
			if list, series = append(list, track), append(series, track.readings); track.above != nil {
				kind, above[track.above] = smooth.Distances, true
			}
		}
		free := 1.0 // one below each follows from the others
		if len(above) < len(list) {
			free -= float64(len(above)) / float64(len(list))
		}
		for i, b := range smooth.Smooth(series, kind, free) {
			list[i].belief = b
		}
	}
}

// times is in how many waves a track was read.
func (t *track) times() int {
	n := 0
	for _, shown := range t.shown {
		if shown {
			n++
		}
	}
	return n
}

// change is the joint estimate of the change of an item, called as in the later one of two waves of
// the run.
func (r *run) change(item string, from, to int, confidence float64) (publication.Estimate, bool) {
	t := r.tracks[to][item]
	if t == nil || !r.tells(t, from, to) {
		return publication.NoEstimate(), false
	}
	m := t.sum(t.reading(to)-t.reading(from), func(b smooth.Belief) smooth.Mixture { return b.Change(from, to) })
	return estimated(m, scaled{unit: r.scales[to][item].unit}, confidence), true
}

// tells says whether a track can be estimated in some waves.
func (r *run) tells(t *track, waves ...int) bool {
	if t.tier == questionTier {
		n := 0
		for _, other := range r.all {
			if other.tier == questionTier && other.learnt && other.shownIn(waves) {
				n++
			}
		}
		if n < fewQuestions {
			return false
		}
	}
	for ; t != nil; t = t.above {
		if !t.learnt && !t.only || !t.shownIn(waves) {
			return false
		}
	}
	return true
}

func (t *track) shownIn(waves []int) bool {
	return !slices.ContainsFunc(waves, func(w int) bool { return !t.shown[w] })
}

// reading is the mean that was read in a wave, in Unit.
func (t *track) reading(wave int) float64 {
	sum := 0.0
	for ; t != nil; t = t.above {
		sum += t.readings.Reading[wave]
	}
	return sum
}

// variance is that of the mean that was read in a wave, in Unit².
func (t *track) variance(wave int) float64 {
	sum := 0.0
	for ; t != nil; t = t.above {
		sum += t.readings.Variance[wave]
	}
	return sum
}

// sum adds what is believed of a track and of those above it. What was read is only
// doubted.
func (t *track) sum(read float64, of func(smooth.Belief) smooth.Mixture) smooth.Mixture {
	m := smooth.Mixture{{Weight: 1}}
	for ; t != nil; t = t.above {
		if !t.only {
			m = of(t.belief).Plus(m)
		}
	}
	far := m.Mean() - read
	return m.Plus(smooth.Mixture{{Weight: 1, Variance: jointDoubt * far * far}})
}

// estimated is the mean of what is believed, and the interval between two of its quantiles.
func estimated(m smooth.Mixture, s scaled, confidence float64) publication.Estimate {
	const most = decimal.Micro(decimal.Largest) * decimal.Unity
	at := func(x float64) float64 { return s.low + x*s.unit }
	return published(
		decimal.Micros(at(m.Mean()), -most, most, decimal.Nearest),
		decimal.Micros(at(m.Quantile((1-confidence)/2)), -most, most, decimal.Down),
		decimal.Micros(at(m.Quantile((1+confidence)/2)), -most, most, decimal.Up),
	)
}
