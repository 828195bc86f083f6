package main

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// Members answer all at once, and the organiser closes in between: nothing is
// accepted after the close has returned, and what was stored does not change.
func TestConcurrentSubmissions(t *testing.T) { newBench(t).closeWhileMembersAnswer() }

func (b *bench) closeWhileMembersAnswer() {
	t := b.T
	links := make([]string, 16)
	for i := range links {
		links[i] = b.enrol(fmt.Sprint("Company ", i))
	}
	var closed atomic.Bool
	var group sync.WaitGroup
	for i, link := range links {
		group.Go(func() {
			for step := range 30 {
				late := closed.Load()
				body := fmt.Sprintf(`{"scores": {"q1": %d, "q2": %d}}`, (i+step)%3, (i+step)%3)
				status := b.do("POST", link, body, asJSON).Code
				if status != 204 && status != 409 || late && status != 409 {
					t.Errorf("status %d, after the close: %v", status, late)
				}
			}
		})
	}
	for b.count() < len(links)/2 {
	}
	b.organise(204, "close", "")
	closed.Store(true)
	before := b.stored()
	group.Wait()
	if after := b.stored(); after != before {
		t.Errorf("answers changed after the close:\n%s\n%s", before, after)
	}
}

func (b *bench) count() (n int) {
	b.must(b.server.store.db.QueryRow(`select count(*) from submissions`).Scan(&n))
	return n
}

// stored is all sheets.
func (b *bench) stored() string {
	rows, err := b.server.store.db.Query(`select answers from submissions order by member`)
	b.must(err)
	defer rows.Close()
	var all strings.Builder
	for rows.Next() {
		var answers string
		b.must(rows.Scan(&answers))
		all.WriteString(answers + "\n")
	}
	b.must(rows.Err())
	return all.String()
}

// Several publications at once end in one release.
func TestConcurrentPublications(t *testing.T) {
	b := newBench(t)
	b.panel(40)
	b.organise(204, "close", "")
	var group sync.WaitGroup
	replies := make([]exchange, 8)
	for i := range replies {
		group.Go(func() { replies[i] = seen(b.do("POST", "/organiser/publish", "", asOwner)) })
	}
	group.Wait()
	for _, reply := range replies {
		same(t, "two publications", replies[0], reply)
	}
	if replies[0].Code != 200 {
		t.Errorf("publications: %v", replies[0])
	}
}
