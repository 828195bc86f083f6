package compare

import (
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/decimal"
	"maturitybench/benchmark/internal/smooth"
	"maturitybench/benchmark/publication"
)

// Series is the mean of an item in all waves, as it was published and as it is seen from the
// last one.
type Series struct {
	Cohort string  `json:"cohort"`
	Item   string  `json:"item"`   // of the last wave
	Points []Point `json:"points"` // one for each of [Changes.Waves]
}

// Point is a mean in one wave, on the scale of the item.
type Point struct {
	Published publication.Estimate `json:"published"` // of the release; withheld also where the item was another one
	// Smoothed is estimated from the numbers of all waves, with the last one's confidence. It is another estimate of
	// the same mean, changes whenever a wave is added and takes the place of nothing that was published;
	// withheld where Published is, or where the waves do not tell.
	Smoothed publication.Estimate `json:"smoothed"`
}

// series are those of all cohorts of the last wave that are smoothed in two waves or more.
func (j *joined) series() []Series {
	list := []Series{}
	last := len(j.releases) - 1
	for _, c := range j.releases[last].Cohorts {
		r, ok := j.run(c.ID, last-1, last)
		if !ok {
			continue
		}
		for _, item := range items(j.releases[last].Instrument) {
			if s := (Series{c.ID, item, j.points(r, item)}); s.smoothed() > 1 {
				list = append(list, s)
			}
		}
	}
	return list
}

// smoothed is in how many waves a series is.
func (s Series) smoothed() int {
	n := 0
	for _, p := range s.Points {
		if p.Smoothed.Status == publication.Published {
			n++
		}
	}
	return n
}

// points are those of an item of the last wave, whose run it is, back to where it was another one.
func (j *joined) points(r *run, item string) []Point {
	points := make([]Point, len(j.releases))
	for w := range points {
		points[w] = Point{publication.NoEstimate(), publication.NoEstimate()}
	}
	last := len(points) - 1
	t, confidence := r.tracks[last-r.first][item], j.releases[last].Confidence
	for w := last; ; w-- {
		p := &points[w]
		p.Published = meanOf(j.releases[w], r.cohort, item)
		if in := w - r.first; t != nil && in >= 0 && r.tracks[in][item] == t && p.Published.Status == publication.Published && r.tells(t, in) {
			m := t.sum(t.reading(in), func(b smooth.Belief) smooth.Mixture { return b.Level(in) })
			for i := range m {
				m[i].Variance = (1-steadyShare)*m[i].Variance + steadyShare*t.variance(in)
			}
			p.Smoothed = within(estimated(m, r.scales[in][item], confidence), r.scales[in][item])
		}
		if w == 0 || !j.same[w-1].attribute(r.cohort) {
			return points
		}
		old, ok := j.same[w-1].old(item)
		if !ok {
			return points
		}
		item = old
	}
}

// items are the ids of all means of an instrument, in the order of a release.
func items(in instrument.Spec) []string {
	ids := []string{publication.OverallItem}
	for _, f := range in.Functions {
		ids = append(ids, f.ID)
	}
	for _, d := range in.Domains {
		ids = append(ids, d.ID)
	}
	for _, q := range in.Questions() {
		ids = append(ids, q.ID)
	}
	return ids
}

// meanOf is a published mean of a cohort by the id of its item.
func meanOf(r *publication.Release, cohort, item string) publication.Estimate {
	c, _ := r.Cohort(cohort)
	if item == publication.OverallItem {
		return c.Overall.Mean
	}
	for _, f := range c.Functions {
		if f.ID == item {
			return f.Mean
		}
	}
	for _, d := range c.Domains {
		if d.ID == item {
			return d.Mean
		}
	}
	for _, q := range c.Questions {
		if q.ID == item {
			return q.Mean
		}
	}
	return publication.NoEstimate()
}

// within cuts an estimate to its scale.
func within(e publication.Estimate, s scaled) publication.Estimate {
	low, high := decimal.ToMicros(s.low), decimal.ToMicros(s.low+unitsOfScale*s.unit)
	cut := func(x float64) decimal.Micro { return min(max(decimal.ToMicros(x), low), high) }
	return published(cut(e.Value), cut(e.Low), cut(e.High))
}
