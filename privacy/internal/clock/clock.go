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
