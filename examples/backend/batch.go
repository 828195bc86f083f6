package main

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"sync"
	"time"
)

// commitTime is the longest time that a commit of answers may take.
const commitTime = 20 * time.Second

// batch gathers changes of answers that wait while others are committed, so
// that they share one transaction: a commit, and with -flush 0 a flush of the
// disk, takes as long for many as for one.
type batch struct {
	lock    sync.Mutex
	waiting []change
}

// change is what is done about the answers of a member while the wave is open.
type change struct {
	wave string
	link []byte
	do   func(ctx context.Context, tx *sql.Tx, member string) error // a *problem only if it changed nothing
	done chan error                                                 // with room for the outcome
}

func (b *batch) add(c change) {
	b.lock.Lock()
	defer b.lock.Unlock()
	b.waiting = append(b.waiting, c)
}

func (b *batch) take() []change {
	b.lock.Lock()
	defer b.lock.Unlock()
	taken := b.waiting
	b.waiting = nil
	return taken
}

// drop takes a change back, unless it was taken already.
func (b *batch) drop(c change) {
	b.lock.Lock()
	defer b.lock.Unlock()
	b.waiting = slices.DeleteFunc(b.waiting, func(w change) bool { return w.done == c.done })
}

// change does something for the member of a link unless there is none
// (errLink) or the wave is closed (errClosed). Nil says that it is
// committed. Whoever finds the writer free commits for all that wait.
func (s *store) change(ctx context.Context, wave string, link []byte, do func(ctx context.Context, tx *sql.Tx, member string) error) error {
	c := change{wave, link, do, make(chan error, 1)}
	s.batch.add(c)
	select {
	case err := <-c.done:
		return err
	case s.writer <- struct{}{}:
		s.commit(context.WithoutCancel(ctx), s.batch.take()) // c is among them, or done
		<-s.writer
		return <-c.done
	case <-ctx.Done():
		s.batch.drop(c)
		return ctx.Err()
	}
}

// commit runs changes in one transaction and tells their outcomes. An error of
// the database is that of all; nothing in a change that was checked causes one.
func (s *store) commit(ctx context.Context, changes []change) {
	if len(changes) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, commitTime)
	defer cancel()
	outcomes := make([]error, len(changes))
	err := s.transactQuickly(ctx, func(tx *sql.Tx) (err error) {
		for i, c := range changes {
			outcomes[i] = c.run(ctx, tx)
			if _, refused := errors.AsType[*problem](outcomes[i]); outcomes[i] != nil && !refused {
				return outcomes[i]
			}
		}
		return nil
	})
	for i, c := range changes {
		if err != nil {
			outcomes[i] = err
		}
		c.done <- outcomes[i]
	}
}

// transactQuickly runs do in a transaction that the next flush brings to the disk,
// unless the last one failed.
func (s *store) transactQuickly(ctx context.Context, do func(tx *sql.Tx) error) error {
	if s.flusher == nil {
		return transact(ctx, s.db, do)
	}
	if err := s.flusher.err(); err != nil {
		return err
	}
	err := transact(ctx, s.quick, do)
	s.flusher.committed()
	return err
}

// run makes the change. The row of the wave stays locked until the commit, so
// that nothing is accepted once closeWave has returned.
func (c change) run(ctx context.Context, tx *sql.Tx) error {
	result, err := tx.ExecContext(ctx, `update waves set closed = 0 where id = $1 and closed = 0`, c.wave)
	if err != nil {
		return err
	}
	if open, err := result.RowsAffected(); err != nil {
		return err
	} else if open == 0 {
		return errClosed
	}
	var id string
	if err := tx.QueryRowContext(ctx, `select id from members where wave = $1 and link = $2`, c.wave, c.link).Scan(&id); err != nil {
		return knownLink(err)
	}
	return c.do(ctx, tx, id)
}
