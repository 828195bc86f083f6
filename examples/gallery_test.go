package examples_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/report"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/synthetic/fixture"
	"maturitybench/privacy/privacytest"
)

//go:generate go test -run TestGallery -update .

var update = flag.Bool("update", false, "rewrite the figures of the gallery")

// The figures of README.md are made of the fixture's panel of 300 companies,
// with test noise, so that they can be made again.
func TestGallery(t *testing.T) {
	if runtime.GOARCH != "amd64" {
		t.Skip("the last digits of an estimate differ between processors")
	}
	figures, err := report.Figures(fixtureRelease(t), report.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"practices-ch", "heatmap-size", "ranking"} {
		found := false
		for _, f := range figures {
			if f.Name != name {
				continue
			}
			found = true
			var drawing bytes.Buffer
			if err := f.WriteSVG(&drawing); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join("..", "benchmark", "report", "gallery", name+".svg")
			if *update {
				if err := os.WriteFile(path, drawing.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			stored, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(stored, drawing.Bytes()) {
				t.Errorf("%s is another drawing; go generate rewrites it", path)
			}
		}
		if !found {
			t.Errorf("the release has no figure %s", name)
		}
	}
}

// fixtureRelease publishes the larger panel under the fixture's plan.
func fixtureRelease(t *testing.T) *publication.Release {
	t.Helper()
	read := func(name string) []byte {
		data, err := fixture.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	in := instrument.JSP()
	plan, err := benchmark.ParsePlan(in, "plan-secret.yaml", read("plan-secret.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	account, err := benchmark.ParseAccount("account.yaml", read("account.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	data, err := responses.NewDataset(t.Context(), in, responses.ReadCSV(in, bytes.NewReader(read("panel-300.csv"))))
	if err != nil {
		t.Fatal(err)
	}
	ledger := privacytest.NewLedger(t, 1)
	if err := ledger.OpenAccount(t.Context(), account); err != nil {
		t.Fatal(err)
	}
	release, err := benchmark.Publish(t.Context(), ledger, plan, data)
	if err != nil {
		t.Fatal(err)
	}
	return release
}
