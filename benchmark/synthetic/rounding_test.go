package synthetic_test

import (
	"math"
	"testing"

	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/synthetic"
)

// Companies lie as high on a scale whose levels count uneven amounts as on any other:
// at 30 % of it, or where domain means say. Of a score of 4,000 companies the standard error is
// below 0.006 of the scale, as companies spread by less than 0.35 of it; domains move by 0.016, questions by 0.08 over the
// root of their number. The seed is fixed. By level number the scores of uneven steps would lie
// at 0.2 or 0.4 of it.
func TestPanelsLieWhereLevelsCount(t *testing.T) {
	for _, in := range fixture.Valued()[1:] {
		spec := in.Spec()
		low, high := spec.ScoreEnds()
		for _, aim := range []float64{0.3, 0.6} {
			panel := synthetic.NewPanel(4000, 3)
			if aim != 0.3 {
				for range spec.Domains {
					panel.DomainMeans = append(panel.DomainMeans, float64(spec.Scale[0].Level)+aim*float64(len(spec.Scale)-1))
				}
			}
			sample, err := synthetic.NewSample(in, panel)
			if err != nil {
				t.Fatal(err)
			}
			got := (sample.Cohorts()[0].Overall.Mean - low) / (high - low)
			if math.Abs(got-aim) > 0.05 {
				t.Errorf("%s: the overall mean lies at %.3f of the scale, expected %.1f", in.ID(), got, aim)
			}
		}
	}
}
