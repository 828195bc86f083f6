package encode

import "maturitybench/benchmark/internal/model"

// smallPart is a set of companies whose overall scores are added up: all, or those with a value of
// an attribute, or without one.
type smallPart struct {
	attribute int   // −1: all
	value     byte  // from 1; 0: not stated
	scale     int64 // factor of score − centre, in scoreUnit
}

// has says whether a company is in the part.
func (p smallPart) has(attributes []byte) bool {
	return p.attribute < 0 || attributes[p.attribute] == p.value
}

// newParts splits the scale of the distances. A company has one of the values of an attribute, so the sums of
// all of them together take what one sum would take (McSherry, Privacy Integrated Queries, 2009:
// parallel composition). With a single attribute of few values there is no sum of all companies, which
// is that of the values and of who does not state it: the noise on it is larger by the square root
// of their number. Otherwise the values share smallSegments of the scale, and all companies get the rest.
//
// Sizes must be public, and an attribute is left out of whose values hardly anything would be published:
// those with fewer companies than that takes, on average, or with a mean that has too much noise.
func newParts(shape model.Shape, plan SmallPlan, scale int64) []smallPart {
	all := smallPart{attribute: -1, scale: scale}
	if !plan.ExactSizes {
		return []smallPart{all}
	}
	worth := func(j int, share float64) bool {
		values := float64(shape.Attributes[j])
		noise := plan.Noise * float64(Sensitivity) / (share * float64(scale) * scoreUnit) * values / plan.Companies
		return values > 1 && plan.Companies >= values*float64(plan.Least) && noise <= smallSegmentNoise*shape.Unit()
	}
	if len(shape.Attributes) == 1 && shape.Attributes[0] <= smallAlone && worth(0, 1) {
		return valueParts(nil, shape, 0, 0, scale)
	}
	measured := []int{}
	for j := range shape.Attributes {
		if worth(j, smallSegments/float64(len(shape.Attributes))) {
			measured = append(measured, j)
		}
	}
	if len(measured) == 0 {
		return []smallPart{all}
	}
	own := int64(smallSegments / float64(len(measured)) * float64(scale))
	all.scale -= own * int64(len(measured))
	parts := []smallPart{all}
	for _, j := range measured {
		parts = valueParts(parts, shape, j, 1, own)
	}
	return parts
}

// valueParts appends the values of an attribute, from first on.
func valueParts(parts []smallPart, shape model.Shape, attribute, first int, scale int64) []smallPart {
	for value := first; value <= shape.Attributes[attribute]; value++ {
		parts = append(parts, smallPart{attribute, byte(value), scale})
	}
	return parts
}

// scale is the sum of the scales of the parts that a company is in which states all attributes.
func (s *Small) scale() int64 {
	sum, last := int64(0), smallPart{attribute: -2}
	for _, p := range s.parts {
		if p.attribute != last.attribute {
			sum += p.scale
		}
		last = p
	}
	return sum
}

// alone says whether all companies are measured by the values of an attribute.
func (s *Small) alone() bool { return s.parts[0].attribute >= 0 }

// CohortScores is what a vector measures of the scores of cohorts within all companies, when it is that of few
// companies.
type CohortScores int

// What is measured.
const (
	NothingOfCohorts CohortScores = iota
	OverallOfCohorts              // of some at least
	ScoresOfCohorts               // of all of them: the overall score and the domains
)

// OfCohorts says what a vector measures of cohorts: NothingOfCohorts where it is no [*Small].
func OfCohorts(v Vector) CohortScores {
	s, ok := v.(*Small)
	switch {
	case !ok || len(s.parts) == 1:
		return NothingOfCohorts
	case s.alone():
		return ScoresOfCohorts
	}
	return OverallOfCohorts
}
