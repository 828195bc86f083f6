//go:build unix

package beam

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"maturitybench/benchmark/instrument"
)

// What a worker keeps does not grow with the companies of a file, and stays below 512 MB:
// the functions of the first walk, which sends a pseudonym for every company, on a file that
// is made as it is read. The sizes are those in the environment variable
// MATURITYBENCH_SCALE, by commas.
//
//	MATURITYBENCH_SCALE=100000,1000000,10000000 go test -run TestMemory -v
func TestMemory(t *testing.T) {
	sizes := os.Getenv("MATURITYBENCH_SCALE")
	if sizes == "" {
		sizes = "10000,60000"
	}
	made, _, err := newJob(t.Context(), instrument.JSP(), walksOf(t, 60).first, "")
	if err != nil {
		t.Fatal(err)
	}
	var least, keeps int64 // companies, and bytes
	for size := range strings.SplitSeq(sizes, ",") {
		companies, err := strconv.ParseInt(size, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		kept := keptOf(t, made, companies)
		peak := peakResident(t)
		t.Logf("%d companies: %d kB are kept, peak resident %d MB", companies, kept>>10, peak>>20)
		if peak > 512<<20 {
			t.Errorf("%d companies: peak resident %d MB", companies, peak>>20)
		}
		if least == 0 {
			least, keeps = companies, max(kept, 0) // less than nothing is what other tests have left
		}
		// A row has 48 bytes, and a pseudonym more.
		if limit := keeps + 256<<10 + 16*(companies-least); kept > limit {
			t.Errorf("%d companies: %d kB are kept, and %d kB of %d", companies, kept>>10, keeps>>10, least)
		}
	}
}

// keptOf is how many bytes the functions hold on to before the end of a bundle with one
// file of so many companies.
func keptOf(t *testing.T, made *job, companies int64) int64 {
	before := live()
	pack, second := &fileFn{packer{Job: *made}}, &onceFn{Job: *made}
	for _, err := range []error{pack.Setup(t.Context()), second.Setup(t.Context())} {
		if err != nil {
			t.Fatal(err)
		}
	}
	sent, tallies := int64(0), 0
	tally := func([]byte) { tallies++ }
	problem := func(data []byte) { t.Errorf("a problem: %s", data) }
	once := func(pseudonym []byte, at message) { // as a runner does it, a company a group
		data, err := encodeMessage(at)
		if err != nil {
			t.Fatal(err)
		}
		next := true
		group := func(to *message) (more bool) {
			*to, more, next = decodeMessage(data), next, false
			return more
		}
		if err := second.ProcessElement(t.Context(), pseudonym, group, problem); err != nil {
			t.Fatal(err)
		}
		sent++
	}
	pack.StartBundle(t.Context(), tally, once, problem)
	second.StartBundle(t.Context(), problem)
	if err := pack.ProcessElement(t.Context(), madeFile(t, companies), tally, once, problem); err != nil {
		t.Fatal(err)
	}
	kept := live() - before
	if err := pack.FinishBundle(t.Context(), tally, once, problem); err != nil {
		t.Fatal(err)
	}
	if err := second.FinishBundle(t.Context(), problem); err != nil {
		t.Fatal(err)
	}
	if sent != companies || tallies != 1 {
		t.Errorf("%d pseudonyms and %d tallies of %d companies", sent, tallies, companies)
	}
	return kept
}

// live is the size of the heap after what is garbage was collected.
func live() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// madeFile is a CSV file of so many companies that is written while it is read.
func madeFile(t *testing.T, companies int64) (name string) {
	name = filepath.Join(t.TempDir(), "made.csv")
	if err := syscall.Mkfifo(name, 0o600); err != nil {
		t.Fatal(err)
	}
	header, rows := panelCSV(t, 1000)
	go func() {
		file, err := os.OpenFile(name, os.O_WRONLY, 0)
		if err != nil {
			return // the reader has nothing then, and fails
		}
		defer file.Close()
		to := bufio.NewWriterSize(file, 1<<16)
		defer to.Flush()
		_, _ = to.Write(header)
		var row []byte
		for i := range companies {
			row = append(strconv.AppendInt(row[:0], i, 10), '-')
			if _, err := to.Write(append(row, rows[i%int64(len(rows))]...)); err != nil {
				return
			}
		}
	}()
	return name
}

// peakResident is the largest resident memory of the process so far, in bytes; 0 where
// Linux does not tell it.
func peakResident(t *testing.T) (bytes int64) {
	status, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(status)) {
		if value, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			if _, err := fmt.Sscan(value, &bytes); err != nil {
				t.Fatal(err)
			}
		}
	}
	return bytes << 10
}
