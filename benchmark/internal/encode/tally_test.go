package encode

import (
	"bytes"
	"slices"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// plain is an encoding of a shape in the middle of its scale.
func plain(t *testing.T, shape model.Shape) *Encoding {
	t.Helper()
	return setting{shape: shape, mu: 0.8, public: true, center: model.Center{
		Level: 0.5 * float64(shape.Levels-1), LevelVariance: 0.01, Companies: 50, ScoreVariance: 0.5 * shape.Unit() * shape.Unit(), LogNormSpread: 0.2,
	}}.encoding(t)
}

// summed adds the vectors of the definition for so many equal sheets.
func summed(e *Encoding, attributes, answers []byte, n int) []int64 {
	v := e.Encode(attributes, answers)
	for i := range v {
		v[i] *= int64(n)
	}
	return v
}

// TestPackedFieldsHold: domains whose size is a power of two, with sheets that all
// give one answer, fill the packed fields to the brim. The totals are those of the
// definition at every number of sheets up to twice that.
func TestPackedFieldsHold(t *testing.T) {
	for _, size := range []int{4, 8, 16} {
		shape := model.Shape{Levels: 6, Domains: []int{size}}
		e := plain(t, shape)
		flush := e.kernel.packing.most
		for _, level := range []byte{1, 3, 6} {
			answers := bytes.Repeat([]byte{level}, size)
			for _, n := range []int{flush - 1, flush, flush + 1, 2*flush + 2} {
				tally := e.NewTally()
				for range n {
					tally.Add(pack(shape, nil, answers))
				}
				if got := tally.Totals(); !slices.Equal(got, summed(e, nil, answers, n)) {
					t.Errorf("%d questions, %d sheets of level %d: the totals are not those of the definition", size, n, level)
				}
			}
		}
	}
}

// TestManyCombinations: 32 attributes of three values have 2⁶⁴ combinations, which
// wraps to none.
func TestManyCombinations(t *testing.T) {
	shape := model.Shape{Levels: 3, Domains: []int{2}, Attributes: slices.Repeat([]int{3}, 32)}
	e, attributes, answers := plain(t, shape), slices.Repeat([]byte{2}, 32), []byte{1, 3}
	tally := e.NewTally()
	tally.Add(pack(shape, attributes, answers))
	if !slices.Equal(tally.Totals(), e.Encode(attributes, answers)) {
		t.Error("the totals are not those of the definition")
	}
}

// TestMergeRawRefusesValues: the bytes of a sum name values of the attributes, and
// one above the last is an error.
func TestMergeRawRefusesValues(t *testing.T) {
	shape := model.Shape{Levels: 3, Domains: []int{2}, Attributes: []int{2, 3}}
	e := plain(t, shape)
	tally := e.NewTally()
	tally.Add(pack(shape, []byte{2, 3}, []byte{1, 3}))
	data := tally.AppendRaw(nil)
	if _, err := e.NewTally().MergeRaw(data); err != nil {
		t.Fatal(err)
	}
	for j := range shape.Attributes { // after the four bytes of the number of strata
		wrong := slices.Clone(data)
		wrong[4+j]++
		if _, err := e.NewTally().MergeRaw(wrong); err == nil {
			t.Errorf("attribute %d: a value that it does not have is accepted", j)
		}
	}
}

// TestPilotStatesItsNoise: noise of one standard deviation on a coordinate moves the
// reading by the standard deviation that it states.
func TestPilotStatesItsNoise(t *testing.T) {
	const sigma = 1e9
	p := NewPilot(model.Shape{Levels: 5, Domains: []int{3, 2}}, false)
	none := p.Read(make([]int64, p.Coordinates()), sigma, 0)
	for at := range p.Coordinates() {
		noisy := make([]int64, p.Coordinates())
		noisy[at] = sigma
		r := p.Read(noisy, sigma, 0)
		var moved, stated float64
		switch at {
		case 0:
			moved, stated = r.Companies-none.Companies, r.CompaniesSD
		case 1:
			moved, stated = r.Score-none.Score, r.ScoreSD
		case 2:
			moved, stated = r.Square-none.Square, r.SquareSD
		default:
			moved, stated = r.Histogram[at-3]-none.Histogram[at-3], r.HistogramSD
		}
		if d := moved/stated - 1; !(d < 1e-9 && d > -1e-9) {
			t.Errorf("coordinate %d: moved by %v, stated %v", at, moved, stated)
		}
	}
}
