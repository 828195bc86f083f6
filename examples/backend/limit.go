package main

import (
	"crypto/sha256"
	"sync"
	"time"
)

// limiter is a set of token buckets, one a key: a bucket holds burst tokens and
// gains rate a second; a request takes one. Keys are hashes, so that the
// limiter holds no link.
type limiter struct {
	rate, burst float64
	now         func() time.Time

	lock    sync.Mutex
	buckets map[[sha256.Size]byte]bucket
	sweep   int // number of buckets at which full ones are forgotten
}

type bucket struct {
	tokens float64
	filled time.Time
}

// leastSweep is the number of buckets that are kept whatever they hold.
const leastSweep = 1024

func newLimiter(rate, burst float64) *limiter {
	return &limiter{rate: rate, burst: max(burst, 1), now: time.Now, buckets: map[[sha256.Size]byte]bucket{}, sweep: leastSweep}
}

// allow takes a token of a key, if there is one.
func (l *limiter) allow(key [sha256.Size]byte) bool {
	l.lock.Lock()
	defer l.lock.Unlock()
	now := l.now()
	b, ok := l.buckets[key]
	if !ok {
		b.tokens = l.burst
	}
	b.tokens, b.filled = l.level(b, now), now
	allowed := b.tokens >= 1
	if allowed {
		b.tokens--
	}
	l.buckets[key] = b
	l.forget(now)
	return allowed
}

// level is what a bucket holds by now.
func (l *limiter) level(b bucket, now time.Time) float64 {
	return min(l.burst, b.tokens+l.rate*max(0, now.Sub(b.filled).Seconds()))
}

// forget drops the buckets that are full again, which are as good as new ones,
// whenever their number has doubled. Those that remain were used within the
// last burst/rate seconds, so that the limit on all requests bounds them too.
func (l *limiter) forget(now time.Time) {
	if len(l.buckets) < l.sweep {
		return
	}
	for key, b := range l.buckets {
		if l.level(b, now) >= l.burst {
			delete(l.buckets, key)
		}
	}
	l.sweep = max(leastSweep, 2*len(l.buckets))
}
