package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"maturitybench/privacy/ledger"
)

var dialect = ledger.Dialect{Durable: durable, Lock: lock, Conflict: conflict, Hint: hint}

// durable asserts that a commit is flushed before it is reported, here and on
// every synchronous standby: section 20.5.1 of the manual of PostgreSQL.
func durable(ctx context.Context, tx *sql.Tx) error {
	var setting string
	if err := tx.QueryRowContext(ctx, `show synchronous_commit`).Scan(&setting); err != nil {
		return err
	}
	if setting != "on" && setting != "remote_apply" {
		return fmt.Errorf("%w: synchronous_commit is %s", ledger.ErrNotDurable, setting)
	}
	return nil
}

// writers is the number of the advisory lock of all ledgers of a database: the
// first eight bytes of the SHA-256 of "maturitybench/privacy/ledger/writers".
const writers = 0x00af53133c62feed

// lock waits for all other writers. It is released when tx ends. At READ
// COMMITTED every later statement of tx sees what they have committed.
func lock(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `select pg_advisory_xact_lock($1)`, int64(writers))
	return err
}

// Codes of errors: appendix A of the manual of PostgreSQL.
const (
	uniqueViolation      = "23505"
	serializationFailure = "40001"
	deadlockDetected     = "40P01"
)

func state(err error) string {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code
	}
	return ""
}

func conflict(err error) bool {
	switch state(err) {
	case uniqueViolation, serializationFailure, deadlockDetected:
		return true
	}
	return false
}

func hint(err error) string {
	if errors.Is(err, ledger.ErrNotDurable) {
		return "set synchronous_commit to on for the role or the database"
	}
	code := state(err)
	switch {
	case code == uniqueViolation, code == serializationFailure, code == deadlockDetected:
		return "others write to the ledger; try again"
	case code == "42501": // insufficient_privilege
		return "the role must own the schema " + schema + ", or be allowed to create it in the database"
	case code == "25006": // read_only_sql_transaction
		return "connect to the primary server with a role that may write"
	case code == "3D000": // invalid_catalog_name
		return "create the database first"
	case code == "42P01", code == "42703": // undefined_table, undefined_column
		return "the tables are not those of a ledger; restore them and the key from a back-up"
	case strings.HasPrefix(code, "28"): // invalid authorization
		return "check the role and its password"
	case strings.HasPrefix(code, "53"): // insufficient resources
		return "check the disk, the memory and the connections of the server, then try again"
	case strings.HasPrefix(code, "57"), strings.HasPrefix(code, "08"): // operator intervention, connection
		return "the server stopped; ask again when it runs"
	case strings.HasPrefix(code, "XX"): // internal error, damaged data
		return "the database may be damaged; restore the ledger and its key from a back-up"
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return "check that the server runs and that the connection string names it"
	}
	return ""
}
