package model

import (
	"fmt"
	"slices"
	"sync"
)

// recent holds values that take long to make, those asked for last. Each is made once, outside
// the lock. It is safe for concurrent use.
type recent[V any] struct {
	most int

	lock    sync.Mutex
	entries map[string]func() V
	order   []string // oldest first
}

func (r *recent[V]) get(key string, create func() V) V {
	r.lock.Lock()
	entry, ok := r.entries[key]
	if !ok {
		entry = sync.OnceValue(create)
		if r.entries == nil {
			r.entries = make(map[string]func() V)
		}
		if len(r.order) == r.most {
			delete(r.entries, r.order[0])
			r.order = slices.Delete(r.order, 0, 1)
		}
		r.entries[key] = entry
		r.order = append(r.order, key)
	}
	r.lock.Unlock()
	return entry()
}

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
