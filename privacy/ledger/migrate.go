package ledger

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"slices"

	"maturitybench/privacy/internal/clock"
)

//go:embed migration/*.sql
var migrations embed.FS

// oldForms are what ledgers of old forms have run, and why they are of no use here.
var oldForms = map[string]string{
	"migration/0001_ledger.sql": "a window is a number of publications: what was lost within a span of time cannot be told from it",
	"migration/0003_ledger.sql": "data are recognised by another digest: what it has published could not be told from other data",
}

// migrate runs the migrations that the ledger has not seen, in lexical order,
// each in a transaction of its own. A fresh ledger has seen none.
func (l *Ledger) migrate(ctx context.Context, files fs.FS, fresh bool) error {
	names, err := fs.Glob(files, "migration/*.sql")
	if err != nil {
		return err
	}
	err = l.write(ctx, func(tx *sql.Tx) (bool, error) {
		if fresh {
			_, err := tx.ExecContext(ctx, `create table if not exists migrations (name text not null primary key, applied bigint not null)`)
			if err != nil {
				return false, err
			}
		}
		return true, known(ctx, tx, names)
	})
	if err != nil {
		return err
	}
	slices.Sort(names)
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		if err := l.apply(ctx, name, string(text)); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// known returns an error if the ledger has a migration that is none of names.
func known(ctx context.Context, tx *sql.Tx, names []string) error {
	rows, err := tx.QueryContext(ctx, `select name from migrations order by name`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return err
		}
		if why, old := oldForms[name]; old {
			return fmt.Errorf("%w, in which %s", ErrOlder, why)
		}
		if !slices.Contains(names, name) {
			return fmt.Errorf("%w: %s is not known here", ErrNewer, name)
		}
	}
	return rows.Err()
}

// apply runs one migration, unless it has been run.
func (l *Ledger) apply(ctx context.Context, name, text string) error {
	return l.write(ctx, func(tx *sql.Tx) (bool, error) {
		var count int
		err := tx.QueryRowContext(ctx, `select count(*) from migrations where name = $1`, name).Scan(&count)
		if err != nil || count > 0 {
			return false, err
		}
		if _, err := tx.ExecContext(ctx, text); err != nil {
			return false, err
		}
		_, err = tx.ExecContext(ctx, `insert into migrations (name, applied) values ($1, $2)`, name, clock.Now(ctx).Unix())
		return true, err
	})
}
