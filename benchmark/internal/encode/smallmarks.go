package encode

import (
	"math"

	"maturitybench/benchmark/internal/model"
)

// Who leaves out a domain is marked in a number of that domain, which has noise of its own
// beside the vector: the norm of the vector and the marks of a company add up to at most R
// (see privacy.SphericalLaplace.Beside). A company that answers in all domains has no marks, and its
// vector all of R: marks cost it nothing.
//
// One that leaves out m of D domains makes room for them by counting for the overall score
// with the part of the domains that it has answered, 1 − m/D: where it lies as far from the centre as
// the scale goes, it takes as much less of R. So a mark can be as long as the norm of
//
//	count, partial and (1 − m/D) of the largest distance
//
// leaves of R, over m, for any m. What the overall scores and the offsets of a domain add up to
// does not depend on these parts: see [Small.offsetOf]. And the parts add up to what the marks say.

// Marks is how many of the coordinates are marks, the last ones, each with noise of its own.
func (s *Small) Marks() int {
	if s.mark == 0 {
		return 0
	}
	return len(s.shape.Domains)
}

// largestMark is the largest mark that leaves room for whatever is never clipped, at most
// farthest from the centre.
func (s *Small) largestMark(farthest int64) int64 {
	mark := int64(Sensitivity) / int64(len(s.shape.Domains))
	for left := int64(1); left < int64(len(s.shape.Domains)); left++ {
		norm := math.Ldexp(float64(s.leastNorm(farthest, left)), normShift)
		mark = min(mark, int64(float64(Sensitivity)-math.Sqrt(norm))/left)
	}
	s.mark = mark
	for left := int64(1); left < int64(len(s.shape.Domains)); left++ {
		for s.mark > 0 && s.leastNorm(farthest, left) > s.room(left) {
			s.mark--
		}
	}
	return s.mark
}

// leastNorm is the squared norm, in 1<<normShift, of a company that leaves out so many domains,
// at a distance, with λ = 0.
func (s *Small) leastNorm(distance, left int64) uint64 {
	distance = s.part(distance, left)
	head := addUp(mulShiftUp(squared(s.count), scoreUnit*scoreUnit, normShift), mulShiftUp(s.weight, squared(distance), normShift))
	return addUp(head, mulShiftUp(squared(s.partial), scoreUnit*scoreUnit, normShift))
}

// room is what the marks of so many domains leave of the squared norm, in 1<<normShift: (R − left·mark)²,
// rounded down.
func (s *Small) room(left int64) uint64 { return squared(Sensitivity-left*s.mark) >> normShift }

// part is what a distance counts of a company that leaves out so many domains.
func (s *Small) part(distance, left int64) int64 {
	if left == 0 {
		return distance
	}
	domains := int64(len(s.shape.Domains))
	return distance * (domains - left) / domains
}

// distance is what a company's overall score adds: its distance from the centre, with marks the part
// of it that the domains with an answer are.
func (s *Small) distance(sheet *sheetSums, left int64) int64 {
	if s.mark == 0 {
		left = 0
	}
	return s.part(sheet.score-s.center, left)
}

// whole says whether what is lost of a company that leaves out a domain is measured like that
// of any other.
func (s *Small) whole() bool { return s.mark > 0 || !s.shape.Has(model.Empty) }

// leftOut is how many domains have no answer.
func leftOut(sheet *sheetSums) (left int64) {
	for d := range sheet.domains {
		if sheet.domains[d].count == 0 {
			left++
		}
	}
	return left
}

// addMarks marks the domains without an answer.
//
// Privacy: see [Small.Totals].
func (s *Small) addMarks(totals []int64, sheet *sheetSums) {
	if s.mark == 0 {
		return
	}
	for d := range sheet.domains {
		if sheet.domains[d].count == 0 {
			totals[d] += s.mark
		}
	}
}
