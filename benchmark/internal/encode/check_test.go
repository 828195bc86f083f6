package encode

import (
	"math"
	"slices"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// What is believed of every panel is measured roughly where the allocation would not, for no
// more than a part of μ², and nothing that is measured better, or not asked for, changes.
func TestCheckBeliefs(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{8, 12}, Attributes: []int{3, 1}}
	center := model.Expect(shape, model.Prior{Companies: 100})
	public := model.NewPublic(shape, center)
	const companies, mu = 100.0, 5.0
	checked := func(shape model.Shape, mu float64) (sigma [model.Blocks][]float64) {
		for b := range sigma {
			sigma[b] = sigmas(shape, model.Block(b))
			for j := range sigma[b] {
				sigma[b][j] = math.Inf(1)
			}
		}
		sigma[model.Offsets][0] = 3
		checkBeliefs(shape, public, sigma, companies, mu)
		return sigma
	}
	rich := checked(shape, mu)
	if want := scoresNoise * companies / math.Sqrt(scoreNoise(public)); rich[model.ScoreCDF][0] != want || !math.IsInf(rich[model.ScoreCDF][1], 1) {
		t.Errorf("distribution functions have the noise %v, want %v for all companies only", rich[model.ScoreCDF], want)
	}
	if want := []float64{3, segmentsNoise * companies / 3, math.Inf(1)}; !slices.Equal(rich[model.Offsets], want) {
		t.Errorf("offsets have the noise %v, want %v", rich[model.Offsets], want)
	}
	const little = 0.15
	poor := checked(shape, little)
	spent := func(b model.Block, j int) float64 {
		return shape.RowShare(j) * public.MeanSquare[b] / square(poor[b][j]*little)
	}
	if got := spent(model.ScoreCDF, 0); math.Abs(got-scoresPart) > 1e-9 {
		t.Errorf("distribution functions take %v of μ², want %v", got, scoresPart)
	}
	if got := spent(model.Offsets, 1); math.Abs(got-segmentsPart) > 1e-9 {
		t.Errorf("offsets of segments take %v of μ², want %v", got, segmentsPart)
	}
	shape.Unasked = model.ForQuartiles
	if got := checked(shape, mu)[model.ScoreCDF][0]; !math.IsInf(got, 1) {
		t.Errorf("nobody asks for percentiles, and distribution functions have the noise %v", got)
	}
	precise := rich
	precise[model.ScoreCDF][0] = 1e-3
	checkBeliefs(shape, public, precise, companies, mu)
	if precise[model.ScoreCDF][0] != 1e-3 {
		t.Errorf("a measurement became less precise: %v", precise[model.ScoreCDF][0])
	}
}
