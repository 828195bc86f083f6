package clock

import (
	"testing"
	"time"
)

func TestNow(t *testing.T) {
	at := time.Date(2036, 2, 29, 23, 59, 59, 999, time.FixedZone("", 3600))
	if got, want := Now(At(t.Context(), at)), time.Date(2036, 2, 29, 22, 59, 59, 0, time.UTC); !got.Equal(want) || got.Location() != time.UTC {
		t.Errorf("the time of the context is %v, want %v", got, want)
	}
	if got := Now(t.Context()); time.Since(got) > time.Hour || got.Nanosecond() != 0 || got.Location() != time.UTC {
		t.Errorf("the time of the machine is %v", got)
	}
}
