package command

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"
)

func TestBar(t *testing.T) {
	var out bytes.Buffer
	clock := time.Unix(0, 0)
	b := &Bar{w: &out, now: func() time.Time { return clock }, start: clock}
	draw := func(after time.Duration, fraction float64) string {
		out.Reset()
		clock = time.Unix(0, 0).Add(after)
		b.Draw(fraction)
		return out.String()
	}
	half := "\r[" + strings.Repeat("=", 20) + strings.Repeat(" ", 20) + "]  50 %"
	for _, step := range []struct {
		after    time.Duration
		fraction float64
		want     string
	}{
		{time.Second, 0.4, ""},
		{3 * time.Second, 0.5, half},
		{3*time.Second + 100*time.Millisecond, 0.6, ""},
		{4 * time.Second, 0.5, half},
		{5 * time.Second, 0, "\r[" + strings.Repeat(" ", 40) + "]   0 %"},
		{6 * time.Second, 1, "\r[" + strings.Repeat("=", 40) + "] 100 %"},
	} {
		if got := draw(step.after, step.fraction); got != step.want {
			t.Errorf("at %v after %v: %q, want %q", step.fraction, step.after, got, step.want)
		}
	}
	out.Reset()
	b.Close()
	if got := out.String(); got != "\r"+strings.Repeat(" ", 48)+"\r" {
		t.Errorf("closed: %q", got)
	}
}

func TestBarIsForTerminals(t *testing.T) {
	file, err := os.Create(t.TempDir() + "/log")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	b := NewBar(file)
	b.start = time.Time{}
	b.Draw(0.5)
	b.Close()
	if info, err := file.Stat(); err != nil || info.Size() > 0 {
		t.Errorf("a file gets a bar (%v)", err)
	}
}
