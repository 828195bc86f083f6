package encode

import (
	"math"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// TestSmallSegments measures two attributes without noise. Every contrast is that of the
// companies' distances from the centre by their values, a company that does not state an
// attribute is in none of its contrasts, and the noise is that of the factors.
func TestSmallSegments(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{2}, Attributes: []int{3, 2}}
	s := NewSmall(shape, smallPublic(shape, 2.5), true, false)
	if s.Coordinates() != 4 {
		t.Fatalf("%d coordinates, expected the overall score and three contrasts", s.Coordinates())
	}
	sum := s.NewSum()
	for _, c := range []struct{ attributes, answers []byte }{
		{[]byte{1, 1}, []byte{5, 5}}, // 1.5 above the centre
		{[]byte{2, 0}, []byte{3, 3}}, // 0.5 below
		{[]byte{3, 2}, []byte{2, 2}}, // 1.5 below
		{[]byte{3, 2}, []byte{0, 0}}, // blank
	} {
		sum.Add(pack(shape, c.attributes, c.answers))
	}
	m := s.Read(sum.Totals(), 1000, 0)
	if got := m[model.Overall].Y[0][0]; math.Abs(got+0.5) > 1e-6 {
		t.Errorf("the distances sum to %v, expected -0.5", got)
	}
	factors := []float64{math.Sqrt(2), math.Sqrt(6), math.Sqrt(2)}
	for r, want := range []float64{1.5 + 0.5, 1.5 - 0.5 + 2*1.5, 1.5 + 1.5} {
		if got := m[model.Segments].Y[1+r][0] * factors[r]; math.Abs(got-want) > 1e-6 {
			t.Errorf("contrast %d is %v, expected %v", r, got, want)
		}
		if got, want := m[model.Segments].SD[1+r][0], 1000/(float64(s.segments[r])*scoreUnit*factors[r]); math.Abs(got-want) > 1e-9*want {
			t.Errorf("contrast %d: noise %v, expected %v", r, got, want)
		}
	}
	// In the design the rows of an attribute have one noise, that of its contrasts.
	design := s.Design(model.Center{Companies: 4}, 1000, 0, true)
	for r, group := range []int{1, 1, 2} {
		if got, want := design.Sigma[model.Segments][group], m[model.Segments].SD[1+r][0]; math.Abs(got-want) > 1e-3*want {
			t.Errorf("group %d has the noise %v, its contrast %d %v", group, got, r, want)
		}
	}
	if secret := NewSmall(shape, smallPublic(shape, 2.5), false, false); len(secret.segments) != 0 {
		t.Error("contrasts are measured where sizes are not public")
	}
}

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
