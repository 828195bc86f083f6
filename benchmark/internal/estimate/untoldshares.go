package estimate

import "math"

// untoldWidth is the width that the interval of a share or a tail has at least where nothing was read of the shapes that
// questions have of their own: a belief is then all that tells a question whose companies
// all answer the same, or half of them one end of the scale, from its domain. Whatever the answers
// are, the mean bounds what the number can be (Markov's inequality); the interval is so wide that it is off by no more than
// untoldReach half-widths there. How far a share in the middle of the scale may rise is left out: nearly all answers
// may be there, of any panel.
func untoldWidth(value, least, most float64) float64 {
	return 2 * max(most-value, value-least) / untoldReach
}

// possibleTail is how low and how high the share at level l+1 or above can be where the mean is between low and high, on a
// scale of what the levels count.
func possibleTail(l int, low, high float64, at []float64) (least, most float64) {
	bottom, top := at[0], at[len(at)-1]
	return max(low-at[l], 0) / (top - at[l]), min((high-bottom)/(at[l+1]-bottom), 1)
}

// possibleShare is the same for the share at a level: of the ends one of these, or what it leaves.
func possibleShare(l int, value, low, high float64, at []float64) (least, most float64) {
	switch l {
	case 0:
		least, most = possibleTail(0, low, high, at)
		return 1 - most, 1 - least
	case len(at) - 1:
		return possibleTail(l-1, low, high, at)
	}
	return 0, value
}

// untoldVariance is the variance of an interval of this width around a value in [0, 1], where it is cut.
func (s *setting) untoldVariance(value, width float64) float64 {
	half := width / 2
	if end := min(value, 1-value); end < half {
		half = width - end
	}
	return square(half / s.Z)
}

// untoldNumber is by how much the intervals of a question's shares, or of its tails, vary at least: 0 where
// something tells of its shape. A question that is a domain by itself has the shape of that.
func (m shareModel) untoldNumber(g, q, l int, value float64, tail bool) float64 {
	if !m.hardly || m.Shape.Domains[m.domainOf[q]] == 1 {
		return 0
	}
	at := m.scales[m.domainOf[q]].basis.at
	bottom, top := at[0], at[len(at)-1]
	mean, reach := m.questions.value[g][q], m.Z*math.Sqrt(m.questions.wide[g][q])
	low, high := clamp(mean-reach, bottom, top), clamp(mean+reach, bottom, top)
	least, most := possibleShare(l, value, low, high, at)
	if tail {
		least, most = possibleTail(l, low, high, at)
	}
	return m.untoldVariance(value, untoldWidth(value, least, most))
}
