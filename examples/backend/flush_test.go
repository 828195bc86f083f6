package main

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// What was committed is flushed with the next tick, once; a flush that failed is
// tried again until it succeeds, and what is left is flushed at the end.
func TestFlusher(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var lock sync.Mutex
		var flushes int
		var broken error
		f := newFlusher(time.Second, func() error {
			lock.Lock()
			defer lock.Unlock()
			flushes++
			return broken
		})
		breaks := func(err error) {
			lock.Lock()
			defer lock.Unlock()
			broken = err
		}
		expect := func(when string, want int, err error) {
			t.Helper()
			synctest.Wait()
			lock.Lock()
			defer lock.Unlock()
			if flushes != want || f.err() != err {
				t.Errorf("%s: %d flushes and %v, want %d and %v", when, flushes, f.err(), want, err)
			}
		}
		time.Sleep(3500 * time.Millisecond)
		expect("idle", 0, nil)
		f.committed()
		f.committed()
		expect("before the tick", 0, nil)
		time.Sleep(2 * time.Second)
		expect("after it", 1, nil)
		full := errors.New("disk full")
		breaks(full)
		f.committed()
		time.Sleep(2 * time.Second)
		expect("broken", 3, full)
		breaks(nil)
		time.Sleep(2 * time.Second)
		expect("mended", 4, nil)
		f.committed()
		if err := f.close(); err != nil {
			t.Error(err)
		}
		expect("closed", 5, nil)
	})
}

// After a flush the answers are in the database itself: a copy of it without the
// write-ahead log has them. Nothing is accepted while the disk fails.
func TestFlushedAnswers(t *testing.T) {
	b := newBench(t)
	store := b.server.store
	link := b.enrol("ACME")
	b.must(store.flusher.close()) // from here on by hand
	if w := b.do("POST", link, `{"scores": {"q1": 2}}`, asJSON); w.Code != 204 {
		t.Fatalf("status %d", w.Code)
	}
	if n := b.copied("before"); n != 0 {
		t.Errorf("%d answers before a flush", n)
	}
	store.flusher.run()
	if n := b.copied("after"); n != 1 {
		t.Errorf("%d answers after a flush", n)
	}
	file := store.file
	store.file = filepath.Join(b.dir, "\x00")
	if w := b.do("POST", link, `{"scores": {"q1": 1}}`, asJSON); w.Code != 204 {
		t.Fatalf("status %d", w.Code)
	}
	store.flusher.run()
	if w := b.do("POST", link, `{"scores": {"q1": 0}}`, asJSON); w.Code < 500 || store.ping(t.Context()) == nil {
		t.Errorf("status %d while the disk fails", w.Code)
	}
	store.file = file
	store.flusher.run()
	if w := b.do("POST", link, `{"scores": {"q1": 0}}`, asJSON); w.Code != 204 || store.ping(t.Context()) != nil {
		t.Errorf("status %d after the disk was mended", w.Code)
	}
}

// copied counts the answers in a copy of the database file alone.
func (b *bench) copied(name string) (n int) {
	b.Helper()
	data, err := os.ReadFile(b.server.store.file)
	b.must(err)
	path := filepath.Join(b.dir, name+".db")
	b.must(os.WriteFile(path, data, 0o600))
	s, err := openStore(b.Context(), path, 0)
	b.must(err)
	defer s.close()
	b.must(s.db.QueryRow(`select count(*) from submissions`).Scan(&n))
	return n
}
