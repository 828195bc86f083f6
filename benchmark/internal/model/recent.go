package model

import (
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
