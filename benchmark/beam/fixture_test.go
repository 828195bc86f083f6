package beam

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/synthetic"
	"maturitybench/privacy"
	"maturitybench/privacy/privacytest"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/runners/prism"
)

func TestMain(m *testing.M) {
	flag.Parse()
	beam.Init()
	os.Exit(run(m))
}

// run runs the tests in a temporary folder: Beam leaves files behind.
func run(m *testing.M) int {
	folder, err := os.MkdirTemp("", "beam")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(folder)
	os.Setenv("TMPDIR", folder)
	return m.Run()
}

// inProcess runs pipelines on the prism runner of this process.
func inProcess(ctx context.Context, p *beam.Pipeline) error {
	_, err := prism.Execute(ctx, p)
	return err
}

var options = Options{Run: inProcess}

// panelCSV is a synthetic panel as CSV, and its lines.
func panelCSV(tb testing.TB, companies int) (header []byte, rows [][]byte) {
	tb.Helper()
	var out bytes.Buffer
	if err := synthetic.WriteCSV(&out, instrument.JSP(), synthetic.NewPanel(companies, 7)); err != nil {
		tb.Fatal(err)
	}
	lines := bytes.SplitAfter(bytes.TrimSuffix(out.Bytes(), []byte("\n")), []byte("\n"))
	last := len(lines) - 1
	lines[last] = append(bytes.Clone(lines[last]), '\n')
	return lines[0], lines[1:]
}

// write writes files into a new folder and returns it.
func write(tb testing.TB, files map[string][]byte) string {
	tb.Helper()
	folder := tb.TempDir()
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o600); err != nil {
			tb.Fatal(err)
		}
	}
	return folder
}

// newPlan is a plan of the built-in instrument; cohorts are attributes.
func newPlan(tb testing.TB, roster privacy.Roster, companies int, cohorts ...string) *benchmark.Plan {
	tb.Helper()
	plan, err := benchmark.NewPlan(instrument.JSP(), benchmark.PlanSpec{Account: "a", Wave: "w", Roster: roster,
		Epsilon: 4, Delta: 1e-6, ExpectedCompanies: companies, Cohorts: cohorts})
	if err != nil {
		tb.Fatal(err)
	}
	return plan
}

// newLedger is a ledger with repeatable noise and an open account.
func newLedger(tb testing.TB, roster privacy.Roster) privacy.Ledger {
	tb.Helper()
	ledger := privacytest.NewLedger(tb, 1)
	account := privacy.Account{ID: "a", Unit: "company", Roster: roster, Epsilon: 8, Delta: 1e-5, Window: "3y"}
	if err := ledger.OpenAccount(context.Background(), account); err != nil {
		tb.Fatal(err)
	}
	return ledger
}

// inMemory is the release of a CSV file that was published on one machine.
func inMemory(tb testing.TB, ledger privacy.Ledger, plan *benchmark.Plan, file []byte) *publication.Release {
	tb.Helper()
	in := instrument.JSP()
	data, err := responses.NewDataset(context.Background(), in, responses.ReadCSV(in, bytes.NewReader(file)))
	if err != nil {
		tb.Fatal(err)
	}
	release, err := benchmark.Publish(context.Background(), ledger, plan, data)
	if err != nil {
		tb.Fatal(err)
	}
	return release
}

// setFlag sets a flag of Beam.
func setFlag(name, value string) error { return flag.Set(name, value) }
