package model

import (
	"fmt"
	"slices"
	"sync"
)

// cacheSize bounds the number of public models that a process keeps.
const cacheSize = 64

// models holds the public models made last. Each entry is simulated once,
// outside the lock.
var models struct {
	sync.Mutex
	entries map[string]func() *Public
	order   []string // oldest first
}

// cached returns the model of a shape at a grid point.
func cached(shape Shape, t target) *Public {
	shape.FunctionDomains, shape.Unasked = nil, 0 // no model depends on them
	key := fmt.Sprint(shape, t)
	models.Lock()
	entry, ok := models.entries[key]
	if !ok {
		shape = shape.clone()
		entry = sync.OnceValue(func() *Public { return simulatePublic(shape, t) })
		if models.entries == nil {
			models.entries = make(map[string]func() *Public)
		}
		if len(models.order) == cacheSize {
			delete(models.entries, models.order[0])
			models.order = slices.Delete(models.order, 0, 1)
		}
		models.entries[key] = entry
		models.order = append(models.order, key)
	}
	models.Unlock()
	return entry()
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
