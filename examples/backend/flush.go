package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// flusher brings answers that were committed to SQLite to the disk at intervals,
// so that nobody waits for it: a disk that is busy with something else takes a
// tenth of a second for a flush that otherwise takes a thousandth. What was
// committed survives the end of the program at once, and a power cut from the next
// flush on.
type flusher struct {
	flush   func() error
	pending atomic.Bool
	failed  atomic.Pointer[error] // how the last flush failed, until one succeeds
	running sync.WaitGroup
	stop    chan struct{}
	stopped sync.Once
}

// newFlusher starts a flusher.
func newFlusher(every time.Duration, flush func() error) *flusher {
	f := &flusher{flush: flush, stop: make(chan struct{})}
	f.running.Go(func() {
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				f.run()
			case <-f.stop:
				f.run()
				return
			}
		}
	})
	return f
}

// committed notes that there is something to flush.
func (f *flusher) committed() { f.pending.Store(true) }

// run flushes what was committed since the last time.
func (f *flusher) run() {
	if !f.pending.Swap(false) {
		return
	}
	if err := f.flush(); err != nil {
		f.pending.Store(true)
		f.failed.Store(&err)
		return
	}
	f.failed.Store(nil)
}

// err is how the last flush failed: then nothing more should be accepted.
func (f *flusher) err() error {
	if e := f.failed.Load(); e != nil {
		return *e
	}
	return nil
}

// close flushes what is left.
func (f *flusher) close() error {
	f.stopped.Do(func() { close(f.stop) })
	f.running.Wait()
	return f.err()
}

// flush flushes the write-ahead log of SQLite through a handle of its own, on which
// no writer waits, and moves it into the database.
func (s *store) flush() error {
	file, err := os.OpenFile(s.file+"-wal", os.O_RDWR, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // all of it is in the database
	}
	if err != nil {
		return err
	}
	if err := errors.Join(file.Sync(), file.Close()); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), commitTime)
	defer cancel()
	return s.checkpoint(ctx, "passive")
}
