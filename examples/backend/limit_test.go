package main

import (
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestLimiter(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	l := newLimiter(2, 3)
	l.now = func() time.Time { return now }
	take := func(n int) (allowed int) {
		for range n {
			if l.allow(hash("")) {
				allowed++
			}
		}
		return allowed
	}
	for _, step := range []struct {
		wait time.Duration
		want int
	}{
		{0, 3},                      // the burst
		{0, 0},                      // and no more
		{499 * time.Millisecond, 0}, // half a second a token
		{1 * time.Millisecond, 1},
		{time.Second, 2},
		{time.Hour, 3},       // no more than the burst
		{-2 * time.Hour, 0},  // a clock that goes back gives nothing
		{2 * time.Second, 3}, // and takes nothing
	} {
		now = now.Add(step.wait)
		if got := take(5); got != step.want {
			t.Errorf("after %v: %d requests, want %d", step.wait, got, step.want)
		}
	}
	other := hash("other")
	if !l.allow(other) {
		t.Error("one key takes the tokens of another")
	}
}

// Buckets that are full again are forgotten, so that many keys over a long time
// need no more memory than those of a short one.
func TestLimiterForgets(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	l := newLimiter(1, 10)
	l.now = func() time.Time { return now }
	for i := range 100 * leastSweep {
		var key [32]byte
		binary.BigEndian.PutUint64(key[:], uint64(i)+1)
		l.allow(key)
		now = now.Add(10 * time.Millisecond) // a bucket is full again after 1 s: 100 keys
	}
	if len(l.buckets) > leastSweep {
		t.Errorf("%d buckets are kept", len(l.buckets))
	}
}

// A link that is used too often is limited like one that does not exist, and
// nobody else is.
func TestLimitByLink(t *testing.T) {
	b := newBench(t, func(c *config) { c.linkRate = 0.001 }) // a burst of one
	own, other := b.enrol("Acme"), b.enrol("Bolt")
	unknown := "/members/" + newLink() + "/answers"
	b.want(200, "GET", own, "")
	b.want(404, "GET", unknown, "")
	limited := b.want(429, "GET", own, "")
	if limited.Header().Get("Retry-After") == "" {
		t.Error("a limited request is not told when to come back")
	}
	same(t, "a limited unknown link", seen(limited), seen(b.do("GET", unknown, "")))
	b.want(429, "POST", own, `{"scores": {"q1": 1}}`, asJSON)
	b.want(200, "GET", other, "")
}

// The public, members, strangers and the organiser have a limit each, and none keeps
// the others out.
func TestLimitOfAll(t *testing.T) {
	b := newBench(t, func(c *config) { c.rate = 0.001 }) // a burst of one
	b.want(200, "GET", "/", "")
	b.want(429, "GET", "/", "")
	b.want(429, "GET", "/releases/2026/release.json", "")
	own := b.enrol("Acme")
	b.want(429, "POST", "/organiser/close", "", asOwner)
	b.want(404, "GET", "/members/"+newLink()+"/answers", "")
	b.want(429, "GET", "/members/"+newLink()+"/answers", "")
	b.want(200, "GET", own, "")
	b.want(429, "GET", own, "")
	b.want(200, "GET", "/health", "")
}

// Someone without a link gets the same replies, and is refused at the same request,
// however many members are active: the limits do not count members' requests to
// outsiders.
func TestOutsidersCannotCountMembers(t *testing.T) {
	outside := func(active int) (list []exchange) {
		b := newBench(t, func(c *config) { c.rate, c.linkRate = 10, 1000 })
		now := time.Now()
		b.server.all.now = func() time.Time { return now } // nothing is refilled meanwhile
		link := b.enrol("Acme")
		for i := range active {
			method, body := "GET", ""
			if i%3 == 0 {
				method, body = "POST", fmt.Sprintf(`{"scores": {"q1": %d}}`, i%3)
			}
			b.do(method, link, body, asJSON)
		}
		for i := range 30 {
			target := "/members/" + strings.Repeat(string(rune('a'+i%26)), 43) + []string{"/answers", "/standing", "/nothing", ""}[i%4]
			list = append(list, seen(b.do([]string{"GET", "POST", "DELETE"}[i%3], target, "", asJSON)))
			list = append(list, seen(b.do("POST", "/desk/"+strings.Repeat(string(rune('a'+i%26)), 43)+"/close", "sure=yes", asForm)))
			list = append(list, seen(b.do("GET", []string{"/", "/releases/2026/release.json", "/style.css"}[i%3], "")))
		}
		return list
	}
	quiet := outside(0)
	refused := 0
	for _, e := range quiet {
		if e.Code == 429 {
			refused++
		}
	}
	if refused == 0 || refused == len(quiet) {
		t.Fatalf("%d of %d requests are refused: the limit is not looked at", refused, len(quiet))
	}
	for _, active := range []int{7, 100} {
		if diff := cmp.Diff(quiet, outside(active)); diff != "" {
			t.Errorf("an outsider sees %d requests of members (-none +some):\n%s", active, diff)
		}
	}
}

// Links are 32 bytes of crypto/rand, and the database does not hold them.
func TestLinks(t *testing.T) {
	b := newBench(t)
	found := map[string]bool{}
	for range 100 {
		link := strings.Split(b.enrol("Acme"), "/")[2]
		if len(link) != 43 || found[link] { // 43 = ⌈32·8/6⌉
			t.Fatalf("link %q", link)
		}
		found[link] = true
	}
	files := string(b.files())
	for link := range found {
		if strings.Contains(files, link) {
			t.Fatal("a link is stored as it is")
		}
	}
}

// Invented keys of the organiser's page do not use up the organiser's limit.
func TestStrangersDoNotLockTheOrganiserOut(t *testing.T) {
	b := newBench(t, func(c *config) { c.rate = 0.001 }) // a burst of one
	b.want(404, "GET", "/desk/"+newLink()+"/page", "")
	b.want(429, "GET", "/desk/"+newLink()+"/page", "")
	b.organise(200, "desk", "")
}
