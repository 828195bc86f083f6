package report

import (
	"cmp"
	"fmt"
	"slices"

	"maturitybench/benchmark/publication"
)

// longest is how many practices a list of the highest or lowest holds.
const longest = 5

// place is a practice with the ranks that its interval allows, 1 the highest:
// it is below every practice whose interval lies wholly above its own, and
// above every practice whose interval lies wholly below.
type place struct {
	id          string
	mean        publication.Estimate
	best, worst int
}

// rank is the rank, or the ranks that cannot be told apart: "3", "1–4".
func (p place) rank() string {
	if p.best == p.worst {
		return fmt.Sprint(p.best)
	}
	return fmt.Sprintf("%d–%d", p.best, p.worst)
}

// ranking is that of the practices that the builder sees.
func (b *builder) ranking() []place {
	c := b.all
	c.Questions = b.seenQuestions(c)
	return ranking(c)
}

// ranking sorts the practices with a published mean from the highest to the
// lowest; equal values stay in the instrument's order.
func ranking(c publication.Cohort) []place {
	var places []place
	for _, q := range c.Questions {
		if q.Mean.Status == publication.Published {
			places = append(places, place{id: q.ID, mean: q.Mean})
		}
	}
	slices.SortStableFunc(places, func(a, b place) int { return cmp.Compare(b.mean.Value, a.mean.Value) })
	for i := range places {
		p := &places[i]
		p.best, p.worst = 1, len(places)
		for _, other := range places {
			if other.mean.Low > p.mean.High {
				p.best++
			}
			if other.mean.High < p.mean.Low {
				p.worst--
			}
		}
	}
	return places
}

// ends is one end of a ranking: practices that are surely in that half, the
// most extreme first, and how many more cannot be told from the last one.
type ends struct {
	places []place
	more   int
}

// highest are the practices whose interval lies wholly above those of at
// least half of the practices.
func highest(places []place) ends {
	return outer(places, func(p place) bool { return p.worst <= len(places)/2 })
}

// lowest are the practices whose interval lies wholly below those of at least
// half of the practices, the lowest first.
func lowest(places []place) ends {
	places = slices.Clone(places)
	slices.Reverse(places)
	return outer(places, func(p place) bool { return p.best > len(places)-len(places)/2 })
}

// outer takes the first practices that separate from the other half.
func outer(places []place, separate func(place) bool) ends {
	var l ends
	var others []place
	for _, p := range places {
		if len(l.places) < longest && separate(p) {
			l.places = append(l.places, p)
		} else {
			others = append(others, p)
		}
	}
	for _, p := range others {
		if len(l.places) > 0 && overlap(p.mean, l.places[len(l.places)-1].mean) {
			l.more++
		}
	}
	return l
}

// overlap reports whether two intervals have a point in common.
func overlap(a, b publication.Estimate) bool { return a.Low <= b.High && b.Low <= a.High }
