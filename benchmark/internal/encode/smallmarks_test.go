package encode

import (
	"math"
	"slices"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// TestMarks measures three domains of different sizes without noise. Whoever leaves out what, the
// overall scores and the offsets of a domain add up to its scores, less the centre, of those with an
// answer; the overall scores count with the part of the domains that is there; and the marks
// say who leaves out what.
func TestMarks(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{2, 2, 4}}
	s := roomy(shape, 2.5, true, true)
	if s.Coordinates() != 8 || s.Marks() != 3 {
		t.Fatalf("%d coordinates, %d of them marks, expected the overall score, what is lost, three offsets and three marks", s.Coordinates(), s.Marks())
	}
	sum := s.NewSum()
	for _, answers := range [][]byte{
		{4, 4, 3, 3, 4, 4, 4, 4}, // scores 3, 2 and 3, overall 2.75
		{4, 0, 4, 3, 0, 0, 0, 0}, // 3 and 2.5, overall 8/3
		{0, 0, 4, 3, 3, 3, 0, 0}, // 2.5 and 2, overall 2.25
		{0, 0, 0, 0, 0, 0, 4, 3}, // 2.5, overall 2.5
		{0, 0, 0, 0, 0, 0, 0, 0},
	} {
		sum.Add(pack(shape, nil, answers))
	}
	m := s.Read(sum.Totals(), 1000, 50, true)
	near := func(what string, got, want float64) {
		t.Helper()
		if !(math.Abs(got-want) < 2e-3) {
			t.Errorf("%s: %v, expected %v", what, got, want)
		}
	}
	near("overall", m[model.Overall].Y[0][0], 0.25+2./3/6-2./3*0.25)
	for d, want := range []float64{1, -0.5, 0} {
		near("scores less the centre", m[model.Overall].Y[0][0]+m[model.Offsets].Y[0][d], want)
	}
	if got := m[model.Empty].Y[0]; !slices.Equal(got, []float64{2, 1, 1}) {
		t.Errorf("left out %v times, expected 2, 1 and 1", got)
	}
	near("lost", m[model.OffsetsTier.Clipped()].Y[0][0], 0)
	same := func(what string, got, want float64) {
		t.Helper()
		if !(math.Abs(got-want) < 1e-9*want) {
			t.Errorf("%s: %v, expected %v", what, got, want)
		}
	}
	same("noise of a mark", m[model.Empty].SD[0][2], 50/float64(s.mark))
	same("noise of what is lost", m[model.OffsetsTier.Clipped()].SD[0][0], 50/(float64(s.partial)*scoreUnit))
}

// What clipping takes of the offsets is measured of whoever leaves out a domain, too.
func TestLostOfIncompleteSheets(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{2, 2, 2}}
	s := roomy(shape, 2.5, false, true)
	lost := func(answers ...byte) float64 {
		return s.Read(s.Totals(pack(shape, nil, answers)), 1, 1, true)[model.OffsetsTier.Clipped()].Y[0][0]
	}
	if got := lost(4, 4, 3, 3, 0, 0); got != 0 {
		t.Errorf("a company without the third domain loses %v, expected 0", got)
	}
	s.offset *= 8
	if got := lost(6, 6, 1, 1, 0, 0); got < 0.2 || got > 0.99 {
		t.Errorf("a company with far too large offsets loses %v, expected a part", got)
	}
}

// A mark is as long as it can be: where a company is as far from the centre as the scale goes and leaves out
// domains, marks leave what it takes of R as it is, but for what is rounded. Where nothing can be left out, there are none.
func TestLargestMark(t *testing.T) {
	for _, domains := range [][]int{{1, 1}, {2, 2, 4}, {1, 1, 1, 1, 1, 1, 1, 1}} {
		for _, public := range []bool{false, true} {
			shape := model.Shape{Levels: 6, Domains: domains}
			s := smallOf(shape, 2.5, public, true)
			answers := make([]byte, shape.Questions())
			for q := range answers {
				answers[q] = 6
			}
			sheet, full := newSheetSums(shape), int64(0)
			for left := range int64(len(domains)) {
				sheet.read(shape.Domains, answers)
				taken := left*s.mark + s.parts[0].scale*s.distance(sheet, left)
				if left == 0 {
					full = taken
				}
				if taken > full || full-taken > s.parts[0].scale*2 {
					t.Errorf("%v: %d domains left out take %d, none %d", domains, left, taken, full)
				}
				clear(answers[:first(domains, int(left)+1)])
			}
		}
	}
	complete := model.Shape{Levels: 6, Domains: []int{2, 2}, Complete: true}
	if s := smallOf(complete, 2.5, true, true); s.Marks() != 0 || s.Coordinates() != 4 {
		t.Errorf("%d marks of sheets that are complete", s.Marks())
	}
}

// first is the first question of a domain.
func first(domains []int, d int) (sum int) {
	for _, size := range domains[:d] {
		sum += size
	}
	return sum
}
