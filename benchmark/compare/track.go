package compare

import (
	"slices"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/smooth"
	"maturitybench/benchmark/publication"
	"maturitybench/stats"
)

// unitsOfScale is how many Unit of package smooth a scale has: a Unit is a level of one of six.
const unitsOfScale = 5

// mostNoise is the variance of a question's mean, in Unit², from which on it is not followed: in two
// waves with it a change by a level stands out from the noise by three standard deviations. With
// more it could be hidden: of panels of 50 companies, ε = 4, in which single questions jumped by 1.0 or the
// panel was another one, 25 and 75 % of such changes held.
const mostNoise = 1.0 / 18

// leastOwn is the least part of the variance of a mean that is taken to be that of its
// distance from the mean above it; chosen.
const leastOwn = 0.1

// track is the mean of an item that is the same in some successive waves of a run. It is read as
// its distance from the mean above it, a question's from its domain's and a domain's from the overall one: errors
// of these are common to all items below, and so is much of what moves.
type track struct {
	above    *track // nil if there is none
	only     bool   // it is all that the item above is made of
	tier     tier
	shown    []bool        // by wave of the run: its mean is published, and that of the item above
	readings smooth.Series // by wave of the run
	belief   smooth.Belief
	learnt   bool // there is a belief, since it was read twice or more
}

// tier is what sort of item a track is.
type tier int

const (
	overallTier tier = iota
	functionTier
	domainTier
	questionTier
	tiers int = iota // how many there are
)

// scaled is a place and a length of printed numbers in Unit.
type scaled struct{ low, unit float64 }

func scaleOf(low, high float64) scaled { return scaled{low, (high - low) / unitsOfScale} }

// run follows a cohort through successive waves in which it is the same.
type run struct {
	first  int // wave
	waves  []*publication.Release
	cohort string
	tracks []map[string]*track // by wave of the run and id
	scales []map[string]scaled // by wave of the run and id
	all    []*track
}

// runsOf are the runs of two waves or more of a cohort of the last one of them.
func runsOf(cohort string, releases []*publication.Release, same []sameItems) []*run {
	var runs []*run
	for first := 0; first < len(releases); {
		end := first + 1
		for end < len(releases) && has(releases[end-1], cohort) && has(releases[end], cohort) && same[end-1].attribute(cohort) {
			end++
		}
		if end-first > 1 {
			r := &run{first: first, waves: releases[first:end], cohort: cohort}
			r.follow(same[first : end-1])
			runs = append(runs, r)
		}
		first = end
	}
	return runs
}

func has(r *publication.Release, cohort string) bool {
	_, ok := r.Cohort(cohort)
	return ok
}

// follow finds the tracks and what was read of them.
func (r *run) follow(same []sameItems) {
	for w, release := range r.waves {
		in := release.Instrument
		now := map[string]*track{}
		r.tracks, r.scales = append(r.tracks, now), append(r.scales, scalesOf(in))
		link := func(id string, t track) *track {
			if w > 0 {
				if old, ok := same[w-1].old(id); ok {
					if before := r.tracks[w-1][old]; before != nil && before.above == t.above {
						now[id] = before
						return before
					}
				}
			}
			n := len(r.waves)
			t.readings, t.shown = smooth.Series{Reading: make([]float64, n), Variance: make([]float64, n)}, make([]bool, n)
			r.all, now[id] = append(r.all, &t), &t
			return &t
		}
		var overall *track
		if sameOverall(same) && r.showsOverall() {
			overall = link(publication.OverallItem, track{tier: overallTier})
		}
		for _, f := range in.Functions {
			link(f.ID, track{above: overall, tier: functionTier})
		}
		for _, d := range in.Domains {
			domain := link(d.ID, track{above: overall, only: len(in.Domains) == 1 && overall != nil, tier: domainTier})
			for _, q := range d.Questions {
				link(q.ID, track{above: domain, only: len(d.Questions) == 1, tier: questionTier})
			}
		}
		if c, _ := release.Cohort(r.cohort); c.Status == publication.Published && c.Unshrunken != nil {
			r.read(w, unshrunkenByItem(c), stats.NormalCritical(release.Confidence))
		}
	}
}

// sameOverall says whether there is an overall score that is the same in all waves.
func sameOverall(same []sameItems) bool {
	for _, s := range same {
		if _, ok := s.old(publication.OverallItem); !ok {
			return false
		}
	}
	return true
}

// showsOverall says whether it is published wherever anything unshrunken is. Where it is not,
// domains are followed by themselves.
func (r *run) showsOverall() bool {
	return !slices.ContainsFunc(r.waves, func(release *publication.Release) bool {
		c, _ := release.Cohort(r.cohort)
		return c.Unshrunken != nil && c.Unshrunken.Overall.Status != publication.Published
	})
}

// scalesOf are the scales of all items.
func scalesOf(in instrument.Spec) map[string]scaled {
	m := map[string]scaled{}
	if !in.Several() {
		m[publication.OverallItem] = scaleOf(in.ScoreEnds())
	}
	for i, f := range in.Functions {
		m[f.ID] = scaleOf(in.OnFunction(i).ScoreEnds())
	}
	for i, d := range in.Domains {
		on := in.On(i)
		m[d.ID] = scaleOf(on.ScoreEnds())
		for _, q := range d.Questions {
			m[q.ID] = scaleOf(on.Ends())
		}
	}
	return m
}

// read takes the unshrunken means of a wave, in Unit. The errors of a mean and of the distance
// of another one from it are independent (see internal/estimate), so that their variances add up to
// that of the other one.
func (r *run) read(w int, numbers map[statisticKey]publication.Estimate, critical float64) {
	ids := map[*track]string{}
	for id, t := range r.tracks[w] {
		ids[t] = id
	}
	of := func(t *track) (value, variance float64, ok bool) {
		e, s := numbers[statisticKey{ids[t], publication.StatisticMean, 0}], r.scales[w][ids[t]]
		sd := (e.High - e.Low) / (2 * critical * s.unit)
		return (e.Value - s.low) / s.unit, sd * sd, e.Status == publication.Published && sd > 0
	}
	for t := range ids {
		value, variance, ok := of(t)
		ok = ok && (t.tier != questionTier || variance <= mostNoise)
		if ok && t.above != nil {
			var base, common float64
			base, common, ok = of(t.above)
			ok = ok && variance >= (1-leastOwn)*common // but for rounding; or else they are not made as above
			value, variance = value-base, max(variance-common, leastOwn*variance)
		}
		if ok {
			t.shown[w] = true
			t.readings.Reading[w], t.readings.Variance[w] = value, variance
		}
	}
}
