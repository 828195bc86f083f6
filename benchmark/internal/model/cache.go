package model

import (
	"fmt"
	"slices"
)

// models holds the public models made last.
var models = recent[*Public]{most: 64}

// cached returns the model of a shape at a grid point.
func cached(shape Shape, t target) *Public {
	shape.FunctionDomains, shape.Unasked = nil, 0 // no model depends on them
	shape = shape.clone()
	return models.get(fmt.Sprint(shape, t), func() *Public { return simulatePublic(shape, t) })
}

// clone is a deep copy.
func (s Shape) clone() Shape {
	s.Domains, s.Attributes, s.Profiles = slices.Clone(s.Domains), slices.Clone(s.Attributes), slices.Clone(s.Profiles)
	s.Values, s.Weights, s.DomainWeights = slices.Clone(s.Values), slices.Clone(s.Weights), slices.Clone(s.DomainWeights)
	s.Places = clonePlaces(s.Places)
	for i, p := range s.Profiles {
		s.Profiles[i] = slices.Clone(p)
	}
	return s
}
