package privacy

import "sync"

// remembered keeps values of a pure function that takes long to compute, at the points asked
// about last. It is safe for concurrent use.
type remembered[K comparable, V any] struct {
	value func(K) V
	most  int // points kept: with one more, all are forgotten

	lock  sync.Mutex
	known map[K]V
}

func (r *remembered[K, V]) at(point K) V {
	r.lock.Lock()
	value, known := r.known[point]
	r.lock.Unlock()
	if known {
		return value
	}
	value = r.value(point)
	r.lock.Lock()
	defer r.lock.Unlock()
	if r.known == nil || len(r.known) >= r.most {
		r.known = make(map[K]V)
	}
	r.known[point] = value
	return value
}
