package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"sync"
)

//go:embed schema.sql
var schema string

// store keeps waves, members, answers and releases. It is safe for concurrent
// use, also by several processes on one database.
type store struct {
	db          *sql.DB
	quick       *sql.DB  // for the commits of answers: db, or one that flushes nothing
	flusher     *flusher // of quick; nil if that is db
	sqlite      bool
	file        string        // of SQLite
	checkpoints sync.Mutex    // SQLite refuses a second one at a time
	writer      chan struct{} // one goroutine writes: others would wait for the database anyway, and less fairly
	batch       batch         // of changes that wait for it
}

// write runs do in a transaction, which is on the disk when write returns nil, with
// all that was committed before.
func (s *store) write(ctx context.Context, do func(tx *sql.Tx) error) error {
	select {
	case s.writer <- struct{}{}:
		defer func() { <-s.writer }()
	case <-ctx.Done():
		return ctx.Err()
	}
	return transact(ctx, s.db, do)
}

// transact runs do in a transaction.
func transact(ctx context.Context, db *sql.DB, do func(tx *sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// openWave makes a wave if there is none, and makes sure that it asks what it
// asked before, and that its answers do not live longer than members were told.
func (s *store) openWave(ctx context.Context, wave, instrument, purgeOn string) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `insert into waves (id, instrument, closed) values ($1, $2, 0) on conflict do nothing`, wave, instrument)
		if err != nil {
			return err
		}
		var asked string
		if err := tx.QueryRowContext(ctx, `select instrument from waves where id = $1`, wave).Scan(&asked); err != nil {
			return err
		}
		if asked != instrument {
			return fmt.Errorf("wave %s was opened with another instrument: its answers would not fit this one", wave)
		}
		_, err = tx.ExecContext(ctx, `insert into purges (wave, day) values ($1, $2)
			on conflict (wave) do update set day = excluded.day where excluded.day < purges.day`, wave, purgeOn)
		if err != nil {
			return err
		}
		var told string
		err = tx.QueryRowContext(ctx, `select day from purges where wave = $1`, wave).Scan(&told)
		if err == nil && told != purgeOn {
			err = fmt.Errorf("members of wave %s were told that everything about them is deleted on %s: it cannot be later", wave, told)
		}
		return err
	})
}

// enrol makes a company a member of a wave with a link, or gives a member a new
// link in place of the old one. Its answers stay.
func (s *store) enrol(ctx context.Context, wave, company string, link []byte) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `insert into members (id, wave, company, link) values ($1, $2, $3, $4)
			on conflict (wave, company) do update set link = excluded.link`, rand.Text(), wave, company, link)
		return err
	})
}

// invite makes companies members with a link each, and says which: those that are
// members already keep theirs.
func (s *store) invite(ctx context.Context, wave string, companies []string, links [][]byte) (made []bool, err error) {
	made = make([]bool, len(companies))
	return made, s.write(ctx, func(tx *sql.Tx) error {
		for i, company := range companies {
			result, err := tx.ExecContext(ctx, `insert into members (id, wave, company, link) values ($1, $2, $3, $4)
				on conflict (wave, company) do nothing`, rand.Text(), wave, company, links[i])
			if err != nil {
				return err
			}
			rows, err := result.RowsAffected()
			if err != nil {
				return err
			}
			made[i] = rows == 1
		}
		return nil
	})
}

// enrolled is a company with a link.
type enrolled struct {
	Company  string
	Answered bool
}

// members are the companies of a wave, by name.
func (s *store) members(ctx context.Context, wave string) ([]enrolled, error) {
	rows, err := s.db.QueryContext(ctx, `select m.company, s.member is not null from members m
		left join submissions s on s.member = m.id where m.wave = $1 order by m.company`, wave)
	return collect(rows, err, func(m *enrolled) []any { return []any{&m.Company, &m.Answered} })
}

// visit is what a member's pages are made of.
type visit struct {
	closed  bool
	answers sql.NullString // a sheet as JSON
	draft   []byte         // a sheet as sealDraft sealed it; nil: none
}

// visit looks a link up; errLink for one that is not of the wave.
func (s *store) visit(ctx context.Context, wave string, link []byte) (v visit, err error) {
	var closed int
	err = s.db.QueryRowContext(ctx, `select w.closed, s.answers, d.sealed from members m
		join waves w on w.id = m.wave left join submissions s on s.member = m.id left join drafts d on d.member = m.id
		where m.wave = $1 and m.link = $2`, wave, link).Scan(&closed, &v.answers, &v.draft)
	v.closed = closed != 0
	return v, knownLink(err)
}

// settle makes what is stored of a member from what was, the sheet as JSON or
// empty: a sheet, and its draft if one is kept. It may be refused by a *problem.
type settle func(stored string) (answers string, draft []byte, err error)

// submit stores what settle makes, unless the wave is closed. Nothing changes
// between what settle sees and what is stored.
func (s *store) submit(ctx context.Context, wave string, link []byte, settle settle) error {
	return s.change(ctx, wave, link, func(ctx context.Context, tx *sql.Tx, member string) error {
		var stored string
		err := tx.QueryRowContext(ctx, `select answers from submissions where member = $1`, member).Scan(&stored)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		answers, draft, err := settle(stored)
		if err != nil {
			return err
		}
		if draft != nil {
			if err := putDraft(ctx, tx, member, draft); err != nil {
				return err
			}
		}
		_, err = tx.ExecContext(ctx, `insert into submissions (member, answers) values ($1, $2)
			on conflict (member) do update set answers = excluded.answers`, member, answers)
		return err
	})
}

// draft stores a draft in place of the one that was there, unless the wave is closed.
func (s *store) draft(ctx context.Context, wave string, link, sealed []byte) error {
	return s.change(ctx, wave, link, func(ctx context.Context, tx *sql.Tx, member string) error {
		return putDraft(ctx, tx, member, sealed)
	})
}

func putDraft(ctx context.Context, tx *sql.Tx, member string, sealed []byte) error {
	_, err := tx.ExecContext(ctx, `insert into drafts (member, sealed) values ($1, $2)
		on conflict (member) do update set sealed = excluded.sealed`, member, sealed)
	return err
}

// withdraw deletes answers and draft, if there are any, unless the wave is closed.
func (s *store) withdraw(ctx context.Context, wave string, link []byte) error {
	return s.change(ctx, wave, link, func(ctx context.Context, tx *sql.Tx, member string) error {
		_, err := tx.ExecContext(ctx, `delete from submissions where member = $1`, member)
		if err == nil {
			_, err = tx.ExecContext(ctx, `delete from drafts where member = $1`, member)
		}
		return err
	})
}

// closeWave closes a wave for good. Drafts can no longer be sent, and go.
func (s *store) closeWave(ctx context.Context, wave string) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `update waves set closed = 1 where id = $1`, wave)
		if err == nil {
			_, err = tx.ExecContext(ctx, deleteDrafts, wave)
		}
		return err
	})
}

const deleteDrafts = `delete from drafts where member in (select id from members where wave = $1)`

func (s *store) closed(ctx context.Context, wave string) (bool, error) {
	var closed int
	err := s.db.QueryRowContext(ctx, `select closed from waves where id = $1`, wave).Scan(&closed)
	return closed != 0, err
}

// due are the waves whose day of the purge has come, and that hold something to purge
// or are open.
func (s *store) due(ctx context.Context, day string) ([]string, error) {
	rows, err := s.db.QueryContext(ctx, `select w.id from waves w join purges p on p.wave = w.id
		where p.day <= $1 and (w.closed = 0 or exists (select 1 from members m where m.wave = w.id))`, day)
	return collect(rows, err, func(wave *string) []any { return []any{wave} })
}

// past is what is stored of a company about a published wave.
type past struct {
	wave    string
	answers sql.NullString // a sheet as JSON
}

// history is all published waves, with what is stored of the company of a link.
func (s *store) history(ctx context.Context, wave string, link []byte) ([]past, error) {
	rows, err := s.db.QueryContext(ctx, `select w.id, s.answers from waves w
		left join members m on m.wave = w.id and m.company = (select company from members where wave = $1 and link = $2)
		left join submissions s on s.member = m.id
		where exists (select 1 from releases r where r.wave = w.id) order by w.id`, wave, link)
	return collect(rows, err, func(p *past) []any { return []any{&p.wave, &p.answers} })
}

// collect reads all rows into the places of each.
func collect[T any](rows *sql.Rows, err error, places func(*T) []any) (list []T, _ error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var each T
		if err := rows.Scan(places(&each)...); err != nil {
			return nil, err
		}
		list = append(list, each)
	}
	return list, rows.Err()
}

// note notes an act, once a minute, and says whether it is a new one.
func (s *store) note(ctx context.Context, wave, minute, act string) (fresh bool, err error) {
	err = s.write(ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `insert into acts (wave, minute, act) values ($1, $2, $3) on conflict do nothing`, wave, minute, act)
		if err != nil {
			return err
		}
		rows, err := result.RowsAffected()
		fresh = rows == 1
		return err
	})
	return fresh, err
}

// noted is an act.
type noted struct{ Minute, Act string }

// notes are the acts about a wave, the latest first.
func (s *store) notes(ctx context.Context, wave string) ([]noted, error) {
	rows, err := s.db.QueryContext(ctx, `select minute, act from acts where wave = $1 order by minute desc, act`, wave)
	return collect(rows, err, func(n *noted) []any { return []any{&n.Minute, &n.Act} })
}

// answers returns rows of company and answers: raw data.
func (s *store) answers(ctx context.Context, wave string) (*sql.Rows, error) {
	return s.db.QueryContext(ctx, `select m.company, s.answers from submissions s join members m on m.id = s.member where m.wave = $1`, wave)
}

// purge deletes the members of a wave with their links and answers.
func (s *store) purge(ctx context.Context, wave string) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		for _, statement := range []string{
			deleteDrafts,
			`delete from submissions where member in (select id from members where wave = $1)`,
			`delete from members where wave = $1`,
		} {
			if _, err := tx.ExecContext(ctx, statement, wave); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || !s.sqlite {
		return err
	}
	return s.forget(ctx)
}

// keep stores a release; the same one again is no change.
func (s *store) keep(ctx context.Context, wave string, revision int, document []byte) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `insert into releases (wave, revision, document) values ($1, $2, $3) on conflict do nothing`, wave, revision, document)
		return err
	})
}

// newest is the number of the newest revision of a wave; errNotFound if it is
// not published.
func (s *store) newest(ctx context.Context, wave string) (revision int, err error) {
	err = s.db.QueryRowContext(ctx, `select revision from releases where wave = $1 order by revision desc limit 1`, wave).Scan(&revision)
	return revision, known(err)
}

// release is the stored document of a revision; errNotFound if there is none.
func (s *store) release(ctx context.Context, wave string, revision int) (document []byte, err error) {
	err = s.db.QueryRowContext(ctx, `select document from releases where wave = $1 and revision = $2`, wave, revision).Scan(&document)
	return document, known(err)
}

// knownLink says errLink for a row that is not there.
func knownLink(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return errLink
	}
	return err
}

// known says errNotFound for a row that is not there.
func known(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return errNotFound
	}
	return err
}
