package encode

import "maturitybench/benchmark/internal/model"

// ScoreNoise is the variance with which the overall mean and the mean of an average domain
// are measured, added up: for all companies and, if there are any, as much again for an
// average cohort of an average attribute.
//
// What clipping takes counts with the noise that it is measured with, as nothing else
// vouches for it, but for no more than the share of the companies that is clipped could
// have taken, were they as far from the centre as the scale goes.
func (d *Design) ScoreNoise(shape model.Shape) float64 {
	farthest := max(d.Public.Center, float64(shape.Levels-1)-d.Public.Center)
	overall := d.noise(model.Overall, 0) + d.taken(model.Overall, farthest)
	offsets := d.noise(model.Offsets, 0) + d.taken(model.Offsets, farthest)
	all := 2*overall + offsets
	if !shape.Has(model.Segments) {
		return all
	}
	var segments, attributes float64
	for j, k := range shape.Attributes {
		if k > 1 {
			// A mean is K/n times a K-th of the total of all and a contrast of squared weight 1 − 1/K.
			segments += float64(k*(k-1)) * d.noise(model.Segments, j+1)
			attributes++
		}
	}
	return 2*all + 2*(segments/attributes+d.taken(model.Segments, farthest))
}

// noise is the variance of the noise on a mean over the companies.
func (d *Design) noise(b model.Block, group int) float64 {
	s, ok := d.sigma(b, group)
	if !ok {
		return 0
	}
	return square(s / d.Center.Companies)
}

// taken is the variance of what clipping takes of a block's mean of all.
func (d *Design) taken(b model.Block, farthest float64) float64 {
	rest, _ := b.Rest()
	noise := d.noise(rest, 0)
	if noise == 0 {
		return 0
	}
	return shrunk(square(d.Clipped[b.Tier()]*farthest), noise)
}
