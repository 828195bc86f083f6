package benchmark_test

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/responses"
	"maturitybench/privacy"
)

// TestScaleOfFile publishes the panels of [TestScale] from a file, which takes some 125
// bytes a company in the folder for temporary files, with answers kept between the walks and
// without, and splits the same file by encoding/csv on one core, all three in turn, three times; once
// where nothing is measured. It reports the times, and those of the processor.
//
//	MATURITYBENCH_SCALE=10000000 go test -run TestScaleOfFile -v -timeout 2h ./benchmark
func TestScaleOfFile(t *testing.T) {
	in, rounds := instrument.JSP(), 3
	if os.Getenv("MATURITYBENCH_SCALE") == "" {
		rounds = 1
	}
	rows := newManyRows(t, in)
	for _, companies := range scales(t) {
		path := filepath.Join(t.TempDir(), "answers.csv")
		writeFile(t, path, rows.reader(companies))
		publish := func(keep int64) measured {
			return measure(t, func() error {
				source, err := responses.Open(in, path, responses.Options{Keep: keep})
				if err == nil {
					_, err = scaled(companies).publishData(t, t.Context(), privacy.NewMemoryLedger(), source)
				}
				return err
			})
		}
		for range rounds {
			kept, twice := publish(0), publish(-1)
			split := measure(t, func() error {
				file, err := os.Open(path)
				if err == nil {
					err = bareRows(bufio.NewReaderSize(file, 64<<10))
					_ = file.Close()
				}
				return err
			})
			t.Logf("%d companies: published in %v; read twice, in %v; encoding/csv splits the file in %v: ratio %.2f, read twice %.2f",
				companies, kept, twice, split, kept.over(split), twice.over(split))
		}
		t.Logf("%d companies: peak resident %s", companies, peakResident())
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
}

// measured is how long something took.
type measured struct{ took, processor time.Duration }

func measure(t *testing.T, run func() error) measured {
	t.Helper()
	var err error
	before := processorTime()
	took := since(func() { err = run() })
	if err != nil {
		t.Fatal(err)
	}
	return measured{took, processorTime() - before}
}

func (m measured) over(other measured) float64 { return m.took.Seconds() / other.took.Seconds() }

func (m measured) String() string {
	return fmt.Sprintf("%.2f s (%.2f s of processor time)", m.took.Seconds(), m.processor.Seconds())
}

// processorTime is what all threads of the process have had so far, as Linux tells it in
// hundredths of a second; 0 elsewhere.
func processorTime() (spent time.Duration) {
	stat, _ := os.ReadFile("/proc/self/stat")
	_, after, _ := strings.Cut(string(stat), ") ") // the name of the program may have spaces
	for i, field := range strings.Fields(after) {
		if i == 11 || i == 12 { // in user mode, in the kernel
			ticks, _ := strconv.Atoi(field)
			spent += time.Duration(ticks) * 10 * time.Millisecond
		}
	}
	return spent
}

func writeFile(t *testing.T, path string, from io.Reader) {
	t.Helper()
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(file, from); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
}
