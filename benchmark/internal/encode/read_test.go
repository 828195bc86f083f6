package encode

import (
	"math"
	"slices"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// TestReadStatesItsNoise: noise of one standard deviation on every coordinate in turn
// moves a reading by the standard deviation that it states, row by row. What was
// whitened moves by as many times the row's as in any other row of its attribute.
func TestReadStatesItsNoise(t *testing.T) {
	const sigma = 1e9
	shape := model.Shape{Levels: 4, Domains: []int{4, 3}, Attributes: []int{4}}
	s := setting{"", shape, model.Center{Level: 1.5, LevelVariance: 0.05, Companies: 2000, CompaniesVariance: 25, ScoreVariance: 0.4, LogNormSpread: 0.2}, 0.8, false}
	e := s.encoding(t)
	none, err := e.Read(make([]int64, e.Coordinates()), sigma)
	if err != nil {
		t.Fatal(err)
	}
	var moved [model.Blocks][][]float64 // squared
	for b := range none {
		for _, sd := range none[b].SD {
			moved[b] = append(moved[b], make([]float64, len(sd)))
		}
	}
	for at := range e.Coordinates() {
		noisy := make([]int64, e.Coordinates())
		noisy[at] = sigma
		read, err := e.Read(noisy, sigma)
		if err != nil {
			t.Fatal(err)
		}
		for b := range read {
			for r, y := range read[b].Y {
				for i := range y {
					d := y[i] - none[b].Y[r][i]
					moved[b][r][i] += d * d
				}
			}
		}
	}
	rows := 0
	for b := range none {
		whitened := model.Block(b) == model.ScoreCDF || model.Block(b) == model.RestScoreCDF
		first := map[[2]int]float64{} // by attribute and reading: how far in its first row
		for r, sd := range none[b].SD {
			for i, stated := range sd {
				if math.IsInf(stated, 1) {
					continue
				}
				want, key := 1.0, [2]int{e.rows[r].group, i}
				if whitened {
					if first[key] == 0 {
						first[key] = moved[b][r][i] / (stated * stated)
					}
					want = first[key]
				}
				if got := moved[b][r][i] / (stated * stated); math.Abs(got/want-1) > 1e-9 {
					t.Fatalf("block %d, row %d, reading %d: moved by %v of the stated variance, want %v", b, r, i, got, want)
				}
				rows++
			}
		}
	}
	if rows == 0 {
		t.Fatal("nothing was read")
	}
	if scales := e.kept.scores.groups[1].unit; slices.Min(scales) == slices.Max(scales) {
		t.Error("the rows of the first attribute have one norm: they cannot be told apart")
	}
}
