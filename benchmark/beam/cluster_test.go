package beam

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/privacy"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/x/beamx"
)

// startWorker is what a runner starts for the environment PROCESS: it makes the flags of
// the worker from those of Beam's boot program, notes the process and becomes the worker.
const startWorker = `#!/bin/sh
for flag; do
	case $flag in
	--id=*) id=$(echo "${flag#--id=}" | tr -d "'") ;;
	--provision_endpoint=*) endpoint=${flag#--provision_endpoint=} ;;
	esac
done
echo $$ >>"$NOTES"
exec "$WORKER" --worker=true --id="$id" --logging_endpoint="$endpoint" --control_endpoint="$endpoint"
`

// cluster is a prism runner in a process of its own, which starts workers in processes of
// their own. MATURITYBENCH_PRISM names its program; see .ci/cluster.
type cluster struct {
	t     *testing.T
	notes string // the workers that were started, a number a line
}

func newCluster(t *testing.T) *cluster {
	program := os.Getenv("MATURITYBENCH_PRISM")
	if program == "" {
		t.Skip("MATURITYBENCH_PRISM names no program of the prism runner")
	}
	own, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	c := &cluster{t, filepath.Join(folder, "notes")}
	start := filepath.Join(folder, "start")
	if err := os.WriteFile(start, []byte(startWorker), 0o700); err != nil {
		t.Fatal(err)
	}
	port := strconv.Itoa(freePort(t))
	prism := exec.Command(program, "--job_port="+port, "--serve_http=false", "--log_level=warn")
	prism.Env = append(os.Environ(), "WORKER="+own, "NOTES="+c.notes, "TMPDIR="+folder)
	prism.Stderr = os.Stderr
	if err := prism.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = prism.Process.Kill()
		_ = prism.Wait()
		c.gone()
	})
	for name, value := range map[string]string{
		"runner": "universal", "endpoint": "localhost:" + port, "environment_type": "PROCESS", "environment_config": fmt.Sprintf(`{"command": %q}`, start),
	} {
		if err := setFlag(name, value); err != nil {
			t.Fatal(err)
		}
	}
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if connection, err := net.Dial("tcp", "localhost:"+port); err == nil {
			connection.Close()
			return c
		} else if time.Now().After(deadline) {
			t.Fatalf("prism does not listen: %v", err)
		}
	}
}

func freePort(t *testing.T) int {
	listener, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port
}

// workers are the processes that were started.
func (c *cluster) workers() (list []int) {
	data, _ := os.ReadFile(c.notes)
	for line := range strings.Lines(string(data)) {
		if n, err := strconv.Atoi(strings.TrimSpace(line)); err == nil {
			list = append(list, n)
		}
	}
	return list
}

// gone fails if a worker outlives its job by ten seconds.
func (c *cluster) gone() {
	for _, n := range c.workers() {
		for deadline := time.Now().Add(10 * time.Second); alive(n); time.Sleep(50 * time.Millisecond) {
			if time.Now().After(deadline) {
				c.t.Errorf("the worker %d is left behind", n)
				_ = syscall.Kill(n, syscall.SIGKILL)
				break
			}
		}
	}
}

// alive reports whether a process is there and no zombie.
func alive(n int) bool {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", n))
	return err == nil && !bytes.Contains(data, []byte(") Z "))
}

// Workers in processes of their own make the release of a single machine, from two
// files; a company that is in both is found; and a worker that is killed while it reads
// ends the publication without a charge, which can be made again.
func TestSeparateWorkers(t *testing.T) {
	c := newCluster(t)
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	defer cancel()
	run := Options{Run: beamx.Run, Scratch: t.TempDir()}
	header, rows := panelCSV(t, 250)
	file := func(rows ...[]byte) []byte { return bytes.Join(append([][]byte{header}, rows...), nil) }
	folder := write(t, map[string][]byte{"a.csv": file(rows[:125]...), "b.csv": file(rows[125:]...)})
	source := Files(instrument.JSP(), run, filepath.Join(folder, "*.csv"))
	plan := newPlan(t, privacy.SecretRoster, 300, "size")

	twice := write(t, map[string][]byte{"a.csv": file(rows[:125]...), "b.csv": file(rows[124:]...)})
	if _, err := benchmark.Publish(ctx, newLedger(t, privacy.SecretRoster), plan, Files(instrument.JSP(), run, filepath.Join(twice, "*.csv"))); err == nil ||
		!strings.Contains(err.Error(), "expected one response a company") {
		t.Errorf("a company that is in two files: %v", err)
	}

	ledger := newLedger(t, privacy.SecretRoster)
	before := len(c.workers())
	stuck := filepath.Join(folder, "c.csv") // a worker waits for its writer
	if err := syscall.Mkfifo(stuck, 0o600); err != nil {
		t.Fatal(err)
	}
	short, stop := context.WithTimeout(ctx, 30*time.Second)
	defer stop()
	go func() {
		for len(c.workers()) == before && short.Err() == nil {
			time.Sleep(20 * time.Millisecond)
		}
		time.Sleep(time.Second)
		for _, n := range c.workers()[before:] {
			_ = syscall.Kill(n, syscall.SIGKILL)
		}
	}()
	if _, err := benchmark.Publish(short, ledger, plan, source); err == nil {
		t.Error("a publication whose worker was killed succeeds")
	} else {
		t.Log("killed:", err)
	}
	if standing, err := ledger.(*privacy.MemoryLedger).Remaining(ctx, "a"); err != nil || standing.Spent() != 0 {
		t.Errorf("a publication whose worker was killed lost %v (%v)", standing.Spent(), err)
	}
	if err := os.Remove(stuck); err != nil {
		t.Fatal(err)
	}

	got, err := benchmark.Publish(ctx, ledger, plan, source)
	if err != nil {
		t.Fatal(err)
	}
	if want := inMemory(t, newLedger(t, privacy.SecretRoster), plan, file(rows...)); !bytes.Equal(want.Bytes(), got.Bytes()) {
		t.Error("another release than on a single machine")
	}
	if n := len(c.workers()); n < 4 {
		t.Errorf("%d workers were started", n)
	}
	c.gone()
	if left, err := os.ReadDir(run.Scratch); err != nil || len(left) > 0 {
		t.Errorf("the scratch folder holds %v (%v)", left, err)
	}
}
