package report

import (
	"cmp"
	"slices"

	"maturitybench/benchmark/publication"
)

// namedMean is a mean with the name of what it is of.
type namedMean struct {
	name rich
	mean publication.Estimate
}

// domainMeans are the published ones, the highest first.
func (b *builder) domainMeans() []namedMean {
	var shown []namedMean
	for i, d := range b.all.Domains {
		if b.sees(i) && d.Mean.Status == publication.Published {
			shown = append(shown, namedMean{foreign(b.release.Instrument.Domains[i].Title), d.Mean})
		}
	}
	slices.SortStableFunc(shown, func(a, b namedMean) int { return cmp.Compare(b.mean.Value, a.mean.Value) })
	return shown
}
