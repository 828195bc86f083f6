package benchmark_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/report"
	"maturitybench/benchmark/synthetic"
	"maturitybench/privacy"
)

// pinned is a publication whose bytes are pinned.
type pinned struct {
	name  string
	in    *instrument.Instrument
	panel synthetic.Panel
	spec  benchmark.PlanSpec
}

// pinnedPublications are plans, panels and instruments of every kind.
func pinnedPublications(t *testing.T, earlier string) []pinned {
	wave := func(change func(*benchmark.PlanSpec)) benchmark.PlanSpec {
		spec := jspWave("2026", 100)
		change(&spec)
		return spec
	}
	all := func(s *benchmark.PlanSpec) { s.Cohorts = []string{"size", "kind", "region"} }
	public := func(s *benchmark.PlanSpec) { s.Roster = privacy.PublicRoster }
	jsp, skewed := instrument.JSP(), synthetic.NewPanel(120, 6)
	skewed.Missing, skewed.Bimodal, skewed.Reversed, skewed.Extreme = 0.3, 1.3, 5, 3
	skewed.MissingDomains = map[string]float64{"rm": 0.7}
	list := []pinned{
		{"secret", jsp, synthetic.NewPanel(120, 1), jspWave("2026", 100)},
		{"public", jsp, synthetic.NewPanel(120, 2), wave(public)},
		{"small", jsp, synthetic.NewPanel(17, 3), wave(func(s *benchmark.PlanSpec) { public(s); s.ExpectedCompanies, s.Cohorts = 17, nil })},
		{"small-secret", jsp, synthetic.NewPanel(38, 4), wave(func(s *benchmark.PlanSpec) { s.ExpectedCompanies, s.Cohorts = 30, nil })},
		{"segments", jsp, synthetic.NewPanel(300, 5), wave(func(s *benchmark.PlanSpec) { all(s); s.ExpectedCompanies = 300 })},
		{"skewed", jsp, skewed, wave(all)},
		{"profiles", fixture.Profiled(), synthetic.NewPanel(300, 7), wave(all)},
		{"narrow-budget", jsp, synthetic.NewPanel(300, 8), wave(func(s *benchmark.PlanSpec) { s.Epsilon, s.Confidence, s.ExpectedCompanies = 1, 0.99, 300 })},
		{"earlier-figure", jsp, synthetic.NewPanel(120, 9), wave(func(s *benchmark.PlanSpec) { s.Prior = &benchmark.Prior{Level: 1.4, Spread: 0.5} })},
		{"earlier-wave", jsp, synthetic.NewPanel(60, 10), wave(func(s *benchmark.PlanSpec) { s.Prior = &benchmark.Prior{Release: earlier} })},
	}
	for levels := 2; levels <= 11; levels++ {
		list = append(list, pinned{fmt.Sprint("levels-", levels), oddInstrument(t, levels), synthetic.NewPanel(80+10*levels, uint64(levels)), wave(func(s *benchmark.PlanSpec) {
			s.Cohorts = []string{"a"}
			if levels%2 == 0 {
				public(s)
			}
		})})
	}
	return list
}

// oddInstrument is a small instrument with domains of one to three questions.
func oddInstrument(t *testing.T, levels int) *instrument.Instrument {
	t.Helper()
	spec := instrument.Spec{ID: "odd", Version: "1", Title: "Odd instrument"}
	for l := range levels {
		spec.Scale = append(spec.Scale, instrument.Level{Level: l - levels/3, Name: fmt.Sprint("level ", l)})
	}
	for d := range 3 {
		domain := instrument.Domain{ID: fmt.Sprint("d", d), Title: "Domain"}
		for q := range d + 1 {
			domain.Questions = append(domain.Questions, instrument.Question{ID: fmt.Sprint("d", d, "-", q), Text: "A practice"})
		}
		spec.Domains = append(spec.Domains, domain)
	}
	spec.Attributes = []instrument.Attribute{{ID: "a", Title: "Attribute", Values: []instrument.Value{{ID: "x", Title: "X"}, {ID: "y", Title: "Y"}}}}
	in, err := instrument.New(spec)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// A publication with seeded noise gives the bytes that it gave before: the
// release, its re-estimate and tables.csv. A change of the arithmetic shows here
// first. The sums are those of amd64; other processors round other ways.
func TestBytesStay(t *testing.T) {
	if testing.Short() {
		t.Skip("publishes many panels")
	}
	t.Parallel()
	if runtime.GOARCH != "amd64" {
		t.Skip("the sums are those of amd64")
	}
	earlier := filepath.Join(t.TempDir(), "last.json")
	_, last := publishOnce(t, instrument.JSP(), jspWave("2025", 100), 100, 1)
	inEarnest := bytes.Replace(last.Bytes(), []byte(`"noise": "test"`), []byte(`"noise": "secure"`), 1)
	if err := os.WriteFile(earlier, inEarnest, 0o600); err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for i, p := range pinnedPublications(t, earlier) {
		k, release := publishPanel(t, p.in, p.spec, p.panel, uint64(i))
		again, err := benchmark.Reestimate(context.Background(), &counter{}, k.Plan, k.Record)
		if err != nil {
			t.Fatal(err)
		}
		var tables bytes.Buffer
		if err := report.CSV(&tables, release); err != nil {
			t.Fatal(err)
		}
		for _, file := range []struct {
			name string
			data []byte
		}{{"release.json", release.Bytes()}, {"reestimate.json", again.Bytes()}, {"tables.csv", tables.Bytes()}} {
			fmt.Fprintf(&got, "%x  %s/%s\n", sha256.Sum256(file.data), p.name, file.name)
		}
	}
	path := filepath.Join("testdata", "bytes.sha256")
	want, err := os.ReadFile(path)
	if err != nil {
		t.Error(err)
	}
	if got.String() == string(want) {
		return
	}
	pinned := map[string]bool{}
	for line := range strings.Lines(string(want)) {
		pinned[line] = true
	}
	for line := range strings.Lines(got.String()) {
		if !pinned[line] {
			t.Errorf("other bytes: %s", strings.TrimSpace(line[66:]))
		}
	}
	t.Logf("if they are meant to change, this is %s:\n%s", path, got.String())
}
