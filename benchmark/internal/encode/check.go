package encode

import (
	"math"

	"maturitybench/benchmark/internal/model"
)

// checkBeliefs measures roughly what the estimate would otherwise have to believe of every
// panel: how the companies' scores are distributed, and where the values of an attribute lie
// in a domain. The reading says little of a panel like the public model's, and contradicts the
// model where a panel is unlike it: most of the doubt that intervals would need instead is then known to be
// needless. What that costs is limited to a part of μ².
func checkBeliefs(shape model.Shape, public *model.Public, sigma [model.Blocks][]float64, companies, mu float64) {
	check := func(b model.Block, groups []int, part float64, noise func(group int) float64) {
		if len(sigma[b]) == 0 || !shape.Asks(b.Serves()) {
			return
		}
		spent := 0.0
		for _, j := range groups {
			spent += shape.RowShare(j) / square(noise(j))
		}
		spent *= max(public.MeanSquare[b], leastSquareOther)
		less := math.Sqrt(max(spent/(part*mu*mu), 1))
		for _, j := range groups {
			sigma[b][j] = min(sigma[b][j], less*noise(j))
		}
	}
	check(model.ScoreCDF, []int{0}, scoresPart, func(int) float64 {
		return scoresNoise * companies / math.Sqrt(scoreNoise(public))
	})
	var apart []int // attributes of several values
	for j, values := range shape.Attributes {
		if values > 1 {
			apart = append(apart, j+1)
		}
	}
	check(model.Offsets, apart, segmentsPart, func(group int) float64 {
		return segmentsNoise * shape.Unit() * companies / float64(shape.Attributes[group-1])
	})
}
