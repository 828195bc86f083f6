package encode

import "math"

// Where the sizes of cohorts are public, a small panel's overall score is measured by the
// values of the attributes as well: by the contrasts of the full encoding, none of which is
// ever clipped. They share the norm with the score of all companies, of which they get less:
// its error is a part of every number, of all companies and of every cohort.

// segmentFactors are the factors of the contrasts' rows, of which a company far away takes
// at most reach², summed over the attributes. An attribute gets a part of it by its number of
// contrasts; a company takes 1 − 1/K of that, whatever its value.
func segmentFactors(attributes []int, reach float64) []int64 {
	rows := contrastsOf(attributes)
	factors := make([]int64, len(rows))
	for r, row := range rows {
		share := float64(attributes[row.group-1]) / float64(len(rows))
		factors[r] = int64(reach * math.Sqrt(share) / row.norm())
	}
	return factors
}

// contrastsOf are the rows of the attributes.
func contrastsOf(attributes []int) []row { return rowsOf(attributes)[1:] }

// headWeight is the largest squared norm of the overall score, with its contrasts, per
// squared distance from the centre.
func (s *Small) headWeight() uint64 {
	return rowWeight(s.shape.Attributes, rowsOf(s.shape.Attributes), s.headScale())
}

// headScale is the factor of the distance in every row: all, and the contrasts if they are
// measured.
func (s *Small) headScale() []int64 {
	scale := make([]int64, len(rowsOf(s.shape.Attributes)))
	scale[0] = s.overall
	copy(scale[1:], s.segments)
	return scale
}

// addSegments adds a company's distance to the contrasts.
//
// Privacy: see [Small.Totals].
func (s *Small) addSegments(totals []int64, distance int64, attributes []byte) {
	for r, factor := range s.segments {
		totals[r] += factor * s.contrasts[r].weightOf(attributes) * distance
	}
}

// readSegments turns the noisy contrasts into natural units.
func (s *Small) readSegments(m *Measured, noisy []int64, deviation float64) {
	for r, factor := range s.segments {
		unit := float64(factor) * scoreUnit * s.contrasts[r].norm()
		m.Y[1+r][0], m.SD[1+r][0] = float64(noisy[r])/unit, deviation/unit
	}
}
