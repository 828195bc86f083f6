package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
)

// together stores answers of members in one commit, and returns what each was
// told.
func (b *bench) together(links [][]byte, answers string) []error {
	b.Helper()
	s := b.server.store
	s.writer <- struct{}{} // nobody commits until all wait
	var group sync.WaitGroup
	told := make([]error, len(links))
	for i, link := range links {
		group.Go(func() { told[i] = s.submit(b.Context(), b.server.wave, link, settledAs(answers)) })
	}
	for waiting := 0; waiting < len(links); {
		s.batch.lock.Lock()
		waiting = len(s.batch.waiting)
		s.batch.lock.Unlock()
	}
	<-s.writer
	group.Wait()
	return told
}

// settledAs replaces whatever is stored.
func settledAs(answers string) settle {
	return func(string) (string, []byte, error) { return answers, nil, nil }
}

// members makes n members and returns the hashes of their links.
func (b *bench) members(n int) (links [][]byte) {
	b.Helper()
	for i := range n {
		link := hash(newLink())
		b.must(b.server.store.enrol(b.Context(), b.server.wave, fmt.Sprint("Company ", i), link[:]))
		links = append(links, link[:])
	}
	return links
}

// A commit that fails is an error for all whose answers were in it, whether a
// statement fails or the commit itself; none of them is stored, and the next
// ones are.
func TestCommitThatFails(t *testing.T) {
	for name, broken := range map[string]string{
		"statement": `create table submissions (member text not null primary key, answers text not null check (answers <> 'last'))`,
		"commit": `create table submissions (member text not null primary key,
			answers text not null references waves (id) deferrable initially deferred)`,
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			links := b.members(5)
			b.edit(`alter table submissions rename to sound`)
			b.edit(broken)
			for i, err := range b.together(links, "last") {
				if _, refused := errors.AsType[*problem](err); err == nil || refused {
					t.Errorf("member %d was told %v", i, err)
				}
			}
			if n := b.count(); n != 0 {
				t.Errorf("%d answers of a commit that failed are stored", n)
			}
			b.edit(`drop table submissions`)
			b.edit(`alter table sound rename to submissions`)
			for i, err := range b.together(links, "last") {
				if err != nil {
					t.Errorf("member %d was told %v after the fault", i, err)
				}
			}
			if n := b.count(); n != 5 {
				t.Errorf("%d of 5 answers are stored", n)
			}
		})
	}
}

// A link that was replaced after the server looked it up is refused alone: the
// others in its commit are stored. So is one after the close.
func TestRefusedAlone(t *testing.T) {
	b := newBench(t)
	links := b.members(3)
	link := hash(newLink())
	b.must(b.server.store.enrol(t.Context(), b.server.wave, "Company 1", link[:]))
	for i, err := range b.together(links, "{}") {
		if i == 1 && !errors.Is(err, errLink) || i != 1 && err != nil {
			t.Errorf("member %d was told %v", i, err)
		}
	}
	if n := b.count(); n != 2 {
		t.Errorf("%d answers are stored, want 2", n)
	}
	b.must(b.server.store.closeWave(t.Context(), b.server.wave))
	for i, err := range b.together(links, `{"late": true}`) {
		if !errors.Is(err, errClosed) {
			t.Errorf("member %d was told %v after the close", i, err)
		}
	}
}

// Who gives up waiting is told so, keeps nobody else waiting, and is not stored
// with those who come later.
func TestGivesUp(t *testing.T) {
	b := newBench(t)
	links := b.members(2)
	s := b.server.store
	s.writer <- struct{}{}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.submit(ctx, b.server.wave, links[0], settledAs("{}")); !errors.Is(err, context.Canceled) {
		t.Errorf("who gave up was told %v", err)
	}
	<-s.writer
	b.must(s.submit(t.Context(), b.server.wave, links[1], settledAs("{}")))
	if n := b.count(); n != 1 {
		t.Errorf("%d answers are stored, want 1", n)
	}
}
