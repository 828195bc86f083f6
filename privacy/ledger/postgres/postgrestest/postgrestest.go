package postgrestest

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// Require is the environment variable that, set to 1, makes a missing server a
// failure instead of a skipped test.
const Require = "MATURITYBENCH_REQUIRE_POSTGRES"

// Server is a running server.
type Server struct {
	bin       string // the directory of initdb and pg_ctl
	directory string
	databases atomic.Int64
}

// Start makes a cluster and starts its server until the test ends. Without an
// installed server it skips the test, or fails it if [Require] is 1.
func Start(t testing.TB) *Server {
	t.Helper()
	bin := find()
	if bin == "" {
		const reason = "no PostgreSQL server is installed (no initdb in PATH or in /usr/lib/postgresql)"
		if os.Getenv(Require) == "1" {
			t.Fatal(reason)
		}
		t.Skip(reason)
	}
	// A path of a socket has at most 107 bytes: t.TempDir would be too long.
	directory, err := os.MkdirTemp("", "pg")
	if err != nil {
		t.Fatal(err)
	}
	if err := lend(directory); err != nil {
		os.RemoveAll(directory)
		t.Fatal(err)
	}
	s := &Server{bin: bin, directory: directory}
	s.guard(t)
	s.run(t, "initdb", "-A", "trust", "-U", "bench", "-E", "UTF8", "--no-sync", "-D", s.data())
	s.Resume(t)
	return s
}

// guard starts a process that stops the server and deletes its directory when
// the test ends, also if it is killed: it waits for the end of its input.
func (s *Server) guard(t testing.TB) {
	t.Helper()
	guard := exec.Command("sh", "-c", `cat; "$1" stop -D "$2/data" -m immediate; rm -rf "$2"`,
		"sh", filepath.Join(s.bin, "pg_ctl"), s.directory)
	guard.Dir = os.TempDir()
	unprivileged(guard)
	apart(guard)
	input, err := guard.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := guard.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		input.Close()
		guard.Wait()
	})
}

// Database makes an empty database and returns its connection string.
func (s *Server) Database(t testing.TB) string {
	t.Helper()
	db, err := sql.Open("pgx", s.dsn("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	name := fmt.Sprint("test", s.databases.Add(1))
	if _, err := db.ExecContext(context.Background(), `create database `+name); err != nil {
		t.Fatal(err)
	}
	return s.dsn(name)
}

// Crash stops the server without a checkpoint and without waiting for anybody,
// as if it had been killed. It may be called from any goroutine.
func (s *Server) Crash(t testing.TB) {
	t.Helper()
	if output, err := s.command("pg_ctl", "stop", "-w", "-D", s.data(), "-m", "immediate").CombinedOutput(); err != nil {
		t.Errorf("stop: %v\n%s", err, output)
	}
}

// Resume starts the server after a Crash, which recovers what was committed.
func (s *Server) Resume(t testing.TB) {
	t.Helper()
	options := fmt.Sprintf("-k %s -c listen_addresses='' -c max_connections=200 -c fsync=off", s.directory)
	s.run(t, "pg_ctl", "start", "-w", "-D", s.data(), "-l", filepath.Join(s.directory, "log"), "-o", options)
}

func (s *Server) data() string { return filepath.Join(s.directory, "data") }

func (s *Server) dsn(database string) string {
	return fmt.Sprintf("host=%s user=bench dbname=%s", s.directory, database)
}

func (s *Server) run(t testing.TB, name string, arguments ...string) {
	t.Helper()
	if output, err := s.command(name, arguments...).CombinedOutput(); err != nil {
		log, _ := os.ReadFile(filepath.Join(s.directory, "log"))
		t.Fatalf("%s: %v\n%s\n%s", name, err, output, log)
	}
}

// command runs a program of the server in its directory, as a user that may
// enter it and under which the server agrees to run.
func (s *Server) command(name string, arguments ...string) *exec.Cmd {
	command := exec.Command(filepath.Join(s.bin, name), arguments...)
	command.Dir = s.directory
	command.Env = append(os.Environ(), "LC_ALL=C", "TZ=UTC")
	unprivileged(command)
	return command
}

// find returns the directory of the server's programs, the newest of several,
// or "".
func find() string {
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path)
	}
	paths, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(paths) == 0 {
		return ""
	}
	newest := slices.MaxFunc(paths, func(a, b string) int {
		if len(a) != len(b) { // 9 is older than 15
			return len(a) - len(b)
		}
		return strings.Compare(a, b)
	})
	return filepath.Dir(newest)
}
