package benchmark_test

import (
	"bufio"
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
// bytes a company in the folder for temporary files, and splits the same file by encoding/csv
// on one core, three times in turn. It reports both times, and those of the processor.
//
//	MATURITYBENCH_SCALE=10000000 go test -run TestScaleOfFile -v -timeout 2h ./benchmark
func TestScaleOfFile(t *testing.T) {
	const runs = 3
	in := instrument.JSP()
	rows := newManyRows(t, in)
	for _, companies := range scales(t) {
		path := filepath.Join(t.TempDir(), "answers.csv")
		writeFile(t, path, rows.reader(companies))
		var published, split []measured
		for range runs {
			published = append(published, measure(func() {
				source, err := responses.Open(in, path)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := scaled(companies).publishData(t, t.Context(), privacy.NewMemoryLedger(), source); err != nil {
					t.Fatal(err)
				}
			}))
			split = append(split, measure(func() {
				file, err := os.Open(path)
				if err != nil {
					t.Fatal(err)
				}
				defer file.Close()
				if err := bareRows(bufio.NewReaderSize(file, 64<<10)); err != nil {
					t.Fatal(err)
				}
			}))
		}
		for i := range runs {
			t.Logf("%d companies, run %d: published in %v, %v of processor time; encoding/csv splits the file in %v, %v of processor time; ratio %.2f, of processor time %.2f",
				companies, i+1, published[i].took, published[i].processor, split[i].took, split[i].processor,
				published[i].took.Seconds()/split[i].took.Seconds(), published[i].processor.Seconds()/split[i].processor.Seconds())
		}
		t.Logf("%d companies: peak resident %s", companies, peakResident())
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
}

// measured is how long something took.
type measured struct{ took, processor time.Duration }

func measure(run func()) measured {
	before := processorTime()
	took := since(run)
	return measured{took.Round(time.Millisecond), processorTime() - before}
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
