package benchmark_test

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"io"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/synthetic"
	"maturitybench/privacy"
)

// TestScale publishes made-up panels of the built-in instrument through the
// streaming path, and reports time and memory. The sizes are those in the
// environment variable MATURITYBENCH_SCALE, by commas; without it one of 20,000
// companies, which is no measurement. The text is made as it is read: there is
// no file, as there is in [TestScaleOfFile].
//
//	MATURITYBENCH_SCALE=10000,100000,1000000,10000000 go test -run 'TestScale$' -v -timeout 2h ./benchmark
func TestScale(t *testing.T) {
	in := instrument.JSP()
	rows := newManyRows(t, in)
	for _, companies := range scales(t) {
		p := scaled(companies)
		read := since(func() { _, _ = io.Copy(io.Discard, rows.reader(companies)) })
		bare := since(func() { _ = bareRows(rows.reader(min(companies, 100_000))) })
		source := responses.NewSource(in, responses.CSV, func() (io.ReadCloser, error) {
			return io.NopCloser(rows.reader(companies)), nil
		})
		start := time.Now()
		if _, err := p.publishData(t, t.Context(), privacy.NewMemoryLedger(), source); err != nil {
			t.Fatal(err)
		}
		took := time.Since(start)
		each := float64(bare.Nanoseconds()) / float64(min(companies, 100_000))
		t.Logf("%d companies: published in %v, %.0f ns a company; making and reading the bytes once %.0f ns, encoding/csv once %.0f ns; peak resident %s",
			companies, took.Round(time.Millisecond), float64(took.Nanoseconds())/float64(companies),
			float64(read.Nanoseconds())/float64(companies), each, peakResident())
	}
}

// scales are the numbers of companies to publish.
func scales(t *testing.T) (list []int) {
	t.Helper()
	if testing.Short() {
		t.Skip("exhaustive tier")
	}
	sizes := os.Getenv("MATURITYBENCH_SCALE")
	if sizes == "" {
		sizes = "20000"
	}
	for size := range strings.SplitSeq(sizes, ",") {
		companies, err := strconv.Atoi(size)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, companies)
	}
	return list
}

// scaled is a publication of so many companies of the built-in instrument, with cohorts.
func scaled(companies int) publishing {
	p := newPublication(privacy.SecretRoster)
	p.spec.Delta, p.account.Delta = 1e-10, 1e-9
	p.spec.ExpectedCompanies = int(math.Pow(10, math.Round(math.Log10(float64(companies)))))
	p.spec.Cohorts, p.spec.Statistics = []string{"size", "kind", "region"}, nil
	return p
}

func since(run func()) time.Duration {
	start := time.Now()
	run()
	return time.Since(start)
}

// bareRows reads a CSV file with encoding/csv and throws it away.
func bareRows(r io.Reader) error {
	decoder := csv.NewReader(r)
	decoder.ReuseRecord = true
	for {
		if _, err := decoder.Read(); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// peakResident is the largest resident memory of the process so far, as Linux
// tells it.
func peakResident() string {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return "unknown"
	}
	for line := range strings.Lines(string(status)) {
		if value, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			return strings.TrimSpace(value)
		}
	}
	return "unknown"
}

// manyRows is a CSV file of any length: the answers of a small made-up panel,
// again and again, under new names.
type manyRows struct {
	header []byte
	tails  [][]byte // of rows, from the first comma to the line end
}

func newManyRows(tb testing.TB, in *instrument.Instrument) *manyRows {
	tb.Helper()
	m := &manyRows{}
	for i, line := range bytes.SplitAfter([]byte(panelCSV(tb, in, synthetic.NewPanel(5000, 1))), []byte("\n")) {
		switch {
		case i == 0:
			m.header = line
		case len(line) > 0:
			m.tails = append(m.tails, line[bytes.IndexByte(line, ','):])
		}
	}
	return m
}

// reader is a file of so many companies.
func (m *manyRows) reader(companies int) io.Reader {
	r, w := io.Pipe()
	go func() {
		to := bufio.NewWriterSize(w, 1<<16)
		_, _ = to.Write(m.header)
		var name []byte
		for i := range companies {
			name = strconv.AppendInt(append(name[:0], "company "...), int64(i), 10)
			_, _ = to.Write(name)
			if _, err := to.Write(m.tails[i%len(m.tails)]); err != nil {
				return
			}
		}
		_ = w.CloseWithError(to.Flush())
	}()
	return r
}
