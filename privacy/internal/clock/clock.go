// Package clock lets tests say what time it is. A context carries the time, and
// no package outside of privacy can put one into it, so that the clock of a
// ledger in earnest is that of the machine.
package clock

import (
	"context"
	"time"
)

type key struct{}

// At is a context in which it is a given time.
func At(ctx context.Context, now time.Time) context.Context {
	return context.WithValue(ctx, key{}, now)
}

// Now is the time: that of the context, if it has one, else the machine's. It is
// in UTC and in whole seconds.
func Now(ctx context.Context) time.Time {
	now, ok := ctx.Value(key{}).(time.Time)
	if !ok {
		now = time.Now()
	}
	return now.UTC().Truncate(time.Second)
}
