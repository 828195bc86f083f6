package encode

import "maturitybench/benchmark/internal/model"

// Who leaves out a domain is marked in a number of that domain. A company that answers in all domains
// has no marks: they cost it nothing.
//
// One that leaves out m of D domains makes room for them by counting for the overall score
// with the part of the domains that it has answered, 1 − m/D: where it lies as far from the centre as
// the scale goes, it takes as much less of R. So a mark is as long as a D-th part of the largest distance.
// What the overall scores and the offsets of a domain add up to
// does not depend on these parts: see [Small.offsetOf]. And the parts add up to what the marks say.
//
// Where a plan has too few companies for the noise of marks, there are none, and the number that
// measures 1 − λ is 1 for a company that leaves out a domain, any of them.

// Marks is how many of the coordinates are marks, the last ones.
func (s *Small) Marks() int {
	if s.mark == 0 {
		return 0
	}
	return len(s.shape.Domains)
}

// distance is what a company's overall score adds: its distance from the centre, with marks the part
// of it that the domains with an answer are.
func (s *Small) distance(sheet *sheetSums, left int64) int64 {
	distance, domains := sheet.score-s.center, int64(len(s.shape.Domains))
	if s.mark == 0 || left == 0 {
		return distance
	}
	return distance * (domains - left) / domains
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
