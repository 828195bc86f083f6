package encode

import (
	"math"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// TestScoreNoise: what counts are the overall mean and that of an average domain, of all and as
// much again of an average cohort; a share that is clipped counts until the noise of
// its rest is larger.
func TestScoreNoise(t *testing.T) {
	shape := model.Shape{Levels: 5, Domains: []int{2, 2}}
	d := Design{Center: model.Center{Companies: 10}, Public: &model.Public{Center: 1}}
	d.Sigma[model.Overall], d.Sigma[model.Offsets] = []float64{1, math.Inf(1)}, []float64{2, math.Inf(1)}
	near := func(what string, want float64) {
		t.Helper()
		if got := d.ScoreNoise(shape); math.Abs(got-want) > 1e-12 {
			t.Errorf("%s: %v, expected %v", what, got, want)
		}
	}
	near("all", 2*0.01+0.04)
	d.Sigma[model.RestOffsets], d.Clipped[model.OffsetsTier] = []float64{3}, 0.1
	near("a tenth of the offsets is clipped", 2*0.01+0.04+1/(1/0.09+1/0.09)) // (0.1·3)²: farthest is level 4, 3 away
	d.Sigma[model.RestOffsets] = nil
	shape.Attributes = []int{3}
	d.Sigma[model.Segments] = []float64{math.Inf(1), 0.5}
	near("three values", 2*(2*0.01+0.04)+2*3*2*0.0025)
}
