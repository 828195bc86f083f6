package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// loadVariable names the environment variable with the length of the load, in
// seconds; without it TestLoad is not run.
const loadVariable = "BACKEND_LOAD_SECONDS"

const loadRate = 200 // requests a second

// Under 200 requests a second, 5 % of them malformed, nothing fails, and the
// slowest percent takes at most ten times as long as that of a handler that
// does nothing, asked at the same times on the same machine. Flushes of the disk are
// timed beside them: nobody waits for one.
func TestLoad(t *testing.T) {
	seconds, _ := strconv.Atoi(os.Getenv(loadVariable))
	if seconds <= 0 {
		t.Skipf("set %s to run it", loadVariable)
	}
	b := newBench(t, func(c *config) { c.rate, c.linkRate = 500, 5 }) // as by default
	requests := b.mixture(200)
	full, empty := httptest.NewServer(b.http), httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer full.Close()
	defer empty.Close()
	n := seconds * loadRate
	took, idle, status := make([]time.Duration, n), make([]time.Duration, n), make([]int, n)
	var group sync.WaitGroup
	flushes := make([]time.Duration, n/loadRate*10)
	group.Go(func() { b.flush(flushes) })
	tick := time.NewTicker(time.Second / loadRate)
	defer tick.Stop()
	for i := range n {
		<-tick.C
		r := requests[i%len(requests)]
		group.Go(func() { took[i], status[i] = timed(t, full.URL, r) })
		group.Go(func() { idle[i], _ = timed(t, empty.URL, r) })
	}
	group.Wait()
	counts := map[int]int{}
	for _, s := range status {
		counts[s]++
		if s == 0 || s >= 500 {
			t.Errorf("a request failed with status %d", s)
		}
	}
	t.Logf("statuses %v; half within %v, an empty handler %v, a flush %v", counts, within(took, 50), within(idle, 50), within(flushes, 50))
	slow, limit := within(took, 99), 10*within(idle, 99)
	t.Logf("99 %% within %v, an empty handler %v, a flush %v", slow, limit/10, within(flushes, 99))
	if slow > limit {
		t.Errorf("99 %% within %v, more than ten times that of an empty handler", slow)
	}
	if log := b.log.String(); strings.Contains(log, "fault") || strings.Contains(log, "panic") {
		t.Error("the log has faults")
	}
}

// within is the time within which a percentage is done.
func within(times []time.Duration, percent int) time.Duration {
	slices.Sort(times)
	return times[len(times)*percent/100]
}

// flush times flushes of four pages to the disk, ten a second.
func (b *bench) flush(times []time.Duration) {
	f, err := os.Create(filepath.Join(b.dir, "flush"))
	b.must(err)
	defer f.Close()
	tick := time.NewTicker(time.Second / 10)
	defer tick.Stop()
	for i := range times {
		<-tick.C
		start := time.Now()
		_, err := f.WriteAt(make([]byte, 4*4096), int64(i%100)*4*4096)
		if err = errors.Join(err, f.Sync()); err != nil {
			b.Error(err)
		}
		times[i] = time.Since(start)
	}
}

// request is one request of the load.
type request struct{ method, path, body, as string }

// mixture is requests of n members: half of them submissions, and one in twenty
// malformed.
func (b *bench) mixture(n int) (list []request) {
	links := make([]string, n)
	for i := range links {
		links[i] = b.enrol(fmt.Sprint("Company ", i))
	}
	malformed := []request{
		{"POST", links[0], `{"scores": {"q1": `, asJSON}, {"POST", links[1], `{"scores": {"q1": 9}}`, asJSON},
		{"POST", links[2], strings.Repeat("x", 2*maxBody), asForm}, {"POST", links[3], "q1=1", "Content-Type: text/plain"},
		{"GET", "/members/%ff/answers", "", ""}, {"PATCH", links[4], "", ""}, {"POST", "/organiser/close", "", ""}, {"GET", "/../x", "", ""},
	}
	for i := range 4 * n {
		link := links[i%n]
		switch {
		case i%20 == 19:
			list = append(list, malformed[i/20%len(malformed)])
		case i%2 == 0:
			list = append(list, request{"POST", link, fmt.Sprintf(`{"scores": {"q1": %d, "q2": 1}}`, i%3), asJSON})
		case i%8 == 1:
			list = append(list, request{"POST", link, fmt.Sprintf("q1=%d&q3=", i%3), asForm})
		case i%8 == 3:
			list = append(list, request{"GET", "/", "", ""})
		default:
			list = append(list, request{"GET", link, "", ""})
		}
	}
	return list
}

// client keeps as many connections as it needs.
var client = http.Transport{MaxIdleConnsPerHost: loadRate}

// timed sends a request and reads the reply.
func timed(t *testing.T, url string, r request) (time.Duration, int) {
	req, err := http.NewRequestWithContext(t.Context(), r.method, url+r.path, strings.NewReader(r.body))
	if err != nil {
		t.Error(err)
		return 0, 0
	}
	if name, value, ok := strings.Cut(r.as, ": "); ok {
		req.Header.Set(name, value)
	}
	start := time.Now()
	w, err := client.RoundTrip(req)
	if err != nil {
		return time.Since(start), 0
	}
	defer w.Body.Close()
	io.Copy(io.Discard, w.Body)
	return time.Since(start), w.StatusCode
}
