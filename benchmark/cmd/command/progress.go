package command

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// Bar draws how far a job is, on a terminal, once the job has taken two
// seconds. It tells the part of the bytes that were read and nothing else.
type Bar struct {
	w     io.Writer // nil: there is no terminal
	now   func() time.Time
	start time.Time
	last  time.Time // when it was drawn; zero: not yet
}

// When the bar appears, how often it is drawn at most, and its width.
const (
	barAfter = 2 * time.Second
	barEvery = 200 * time.Millisecond
	barWidth = 40
)

// NewBar is a bar on w if that is a terminal, and otherwise one that draws
// nothing: a log is no place for it.
func NewBar(w io.Writer) *Bar {
	b := &Bar{now: time.Now, start: time.Now()}
	if f, ok := w.(*os.File); ok && isTerminal(f) {
		b.w = w
	}
	return b
}

// Draw draws the bar at a fraction from 0 to 1, if it is time to.
func (b *Bar) Draw(fraction float64) {
	now := b.now()
	if b.w == nil || now.Sub(b.start) < barAfter || now.Sub(b.last) < barEvery {
		return
	}
	b.last = now
	full := int(fraction * barWidth)
	fmt.Fprintf(b.w, "\r[%s%s] %3.0f %%", strings.Repeat("=", full), strings.Repeat(" ", barWidth-full), 100*fraction)
}

// Close wipes the bar away.
func (b *Bar) Close() {
	if !b.last.IsZero() {
		fmt.Fprintf(b.w, "\r%s\r", strings.Repeat(" ", barWidth+len("[] 100 %")))
		b.last = time.Time{}
	}
}
