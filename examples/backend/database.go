package main

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"maturitybench/privacy/ledger"
	"maturitybench/privacy/ledger/postgres" // and the driver pgx
	"maturitybench/privacy/ledger/sqlite"
)

// openStore opens the answers: a SQLite file, made if there is none, or a
// PostgreSQL database by its address. A SQLite file is flushed at intervals, or
// before an answer is acknowledged if the interval is 0.
func openStore(ctx context.Context, source string, flush time.Duration) (*store, error) {
	source = cmp.Or(source, os.Getenv("BACKEND_DATABASE"), "survey.db")
	s := &store{writer: make(chan struct{}, 1)}
	driver := "pgx"
	if s.sqlite = !inPostgres(source); s.sqlite {
		// SQLite would let everybody read the file.
		f, err := os.OpenFile(source, os.O_RDWR|os.O_CREATE, 0o600)
		if err != nil {
			return nil, err
		}
		if err := f.Close(); err != nil {
			return nil, err
		}
		driver, s.file = "sqlite", source
		if source, err = dsn(s.file, "synchronous(FULL)"); err != nil {
			return nil, err
		}
	}
	var err error
	if s.db, err = sql.Open(driver, source); err != nil {
		return nil, fmt.Errorf("the answers: %w", err)
	}
	s.db.SetMaxOpenConns(8)
	s.db.SetMaxIdleConns(8)
	if _, err := s.db.ExecContext(ctx, schema); err != nil {
		// The text of a driver may hold the address, and that a password.
		return nil, errors.Join(fmt.Errorf("the answers cannot be opened: %s", cause(err)), s.db.Close())
	}
	s.quick = s.db
	if s.sqlite && flush > 0 {
		if err := s.openQuick(flush); err != nil {
			return nil, errors.Join(err, s.db.Close())
		}
	}
	return s, nil
}

// openQuick opens the connection that commits answers without a flush, and starts
// the flushes.
func (s *store) openQuick(flush time.Duration) error {
	source, err := dsn(s.file, "synchronous(NORMAL)", "wal_autocheckpoint(0)")
	if err != nil {
		return err
	}
	if s.quick, err = sql.Open("sqlite", source); err != nil {
		return err
	}
	s.quick.SetMaxOpenConns(1)
	s.flusher = newFlusher(flush, s.flush)
	return nil
}

// openLedger opens the ledger, likewise, and holds it against the head that the
// organiser kept. It is made only if that was asked for, and if there never was one: a
// service that starts by itself must not take a ledger that is lost for a new one.
func openLedger(ctx context.Context, o options) (*ledger.Ledger, error) {
	source := cmp.Or(o.ledger, os.Getenv("BACKEND_LEDGER"), "ledger.db")
	open, create := sqlite.Open, sqlite.Create
	if inPostgres(source) {
		open = func(ctx context.Context, source string) (*ledger.Ledger, error) {
			return postgres.Open(ctx, source, o.ledgerKey)
		}
		create = func(ctx context.Context, source string) (*ledger.Ledger, error) {
			return postgres.Create(ctx, source, o.ledgerKey)
		}
	}
	l, err := open(ctx, source)
	if errors.Is(err, ledger.ErrMissing) && o.createLedger {
		l, err = create(ctx, source)
	}
	if err != nil {
		return nil, err
	}
	if _, err := l.VerifySince(ctx, o.since); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// inPostgres reports whether a source is the address of a server.
func inPostgres(source string) bool {
	return strings.HasPrefix(source, "postgres://") || strings.HasPrefix(source, "postgresql://")
}

// dsn is the data source name of a SQLite file. Transactions lock when they begin,
// and what is deleted is overwritten. With synchronous(FULL) a commit is on the
// disk when it returns, and with it all earlier ones; with synchronous(NORMAL) a
// power cut could take it back.
func dsn(file string, pragmas ...string) (string, error) {
	path, err := filepath.Abs(file)
	if err != nil {
		return "", err
	}
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // the drive of Windows
	}
	u := url.URL{Scheme: "file", Path: path, RawQuery: url.Values{
		"_pragma": append(pragmas, "busy_timeout(5000)", "journal_mode(WAL)", "foreign_keys(1)", "secure_delete(1)"),
		"_txlock": {"immediate"},
	}.Encode()}
	return u.String(), nil
}

// forget empties the write-ahead log of SQLite, which holds older versions of
// what was overwritten.
func (s *store) forget(ctx context.Context) error { return s.checkpoint(ctx, "truncate") }

// checkpoint moves the write-ahead log into the database, one at a time.
func (s *store) checkpoint(ctx context.Context, mode string) error {
	s.checkpoints.Lock()
	defer s.checkpoints.Unlock()
	var busy, frames, moved int
	err := s.db.QueryRowContext(ctx, "pragma wal_checkpoint("+mode+")").Scan(&busy, &frames, &moved)
	if err == nil && busy != 0 && mode == "truncate" {
		err = errors.New("the write-ahead log is in use")
	}
	return err
}

// ping says whether the store can take answers.
func (s *store) ping(ctx context.Context) error {
	if s.flusher != nil && s.flusher.err() != nil {
		return s.flusher.err()
	}
	return s.db.PingContext(ctx)
}

func (s *store) close() error {
	if s.flusher == nil {
		return s.db.Close()
	}
	return errors.Join(s.flusher.close(), s.quick.Close(), s.db.Close())
}

// cause is the kind of an error of a database, for the log. The texts of
// drivers may hold values, and those may be answers or companies.
func cause(err error) string {
	if e, ok := errors.AsType[*ledger.Error](err); ok {
		return e.Error() // which holds neither
	}
	if e, ok := errors.AsType[interface {
		error
		Code() int
	}](err); ok {
		return fmt.Sprintf("SQLite code %d", e.Code())
	}
	if e, ok := errors.AsType[interface {
		error
		SQLState() string
	}](err); ok {
		return "SQLSTATE " + e.SQLState()
	}
	for _, known := range []error{context.Canceled, context.DeadlineExceeded, os.ErrPermission, os.ErrNotExist, sql.ErrConnDone} {
		if errors.Is(err, known) {
			return known.Error()
		}
	}
	return fmt.Sprintf("%T", err)
}
