package conformance_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"maturitybench/benchmark"
	"maturitybench/benchmark/certificate"
	"maturitybench/benchmark/conformance"
	"maturitybench/benchmark/internal/derived"
	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
)

var update = flag.Bool("update", false, "write the vectors")

// each runs a test with every committed case.
func each(t *testing.T, test func(*testing.T, conformance.Case)) {
	paths, err := filepath.Glob("vectors/*.json")
	if err != nil || len(paths) != len(cases) {
		t.Fatalf("%d files for %d cases, %v", len(paths), len(cases), err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".json"), func(t *testing.T) {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			c, err := conformance.Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			test(t, c)
		})
	}
}

// The library does what the committed files say, at every stage. With -update they
// are written first.
func TestVectors(t *testing.T) {
	if testing.Short() {
		t.Skip("whole publications")
	}
	if *update {
		for i, m := range cases {
			write(t, filepath.Join("vectors", m.name+".json"), m.make(t, uint64(i+1)))
		}
	}
	each(t, func(t *testing.T, c conformance.Case) {
		if c.Estimator != benchmark.Estimator {
			t.Errorf("estimator %s", c.Estimator)
		}
		release, err := publication.Parse(c.Release)
		if err != nil {
			t.Fatal(err)
		}
		facts, err := benchmark.Derive(c.Plan, c.Measurement, release)
		if err != nil {
			t.Fatal(err)
		}
		committed := []*encode.Description{&c.First, c.Main}
		for i, v := range facts.Vectors {
			if diff := cmp.Diff(*committed[i], encode.Describe(v)); diff != "" {
				t.Fatalf("vector %d is compiled in another way (-want +got):\n%s", i, diff)
			}
			want := [][]int64{c.Totals.First, c.Totals.Main}[i]
			if got := sumOf(v, *committed[i], c.Sheets); !slices.Equal(got, want) {
				t.Errorf("vector %d: other totals", i)
			}
			for _, one := range c.Vectors {
				if got := sumOf(v, *committed[i], c.Sheets[one.Sheet:][:1]); !slices.Equal(got, [][]int64{one.First, one.Main}[i]) {
					t.Errorf("vector %d: sheet %d becomes another one", i, one.Sheet)
				}
			}
		}
		if len(facts.Vectors) == 1 && c.Main != nil {
			t.Error("there is no main vector")
		}
		full, err := certificate.Make(c.Plan, privacy.Record{Measurement: c.Measurement, Release: c.Release}, "")
		if err != nil {
			t.Fatal(err) // it derives the release from the measurement
		}
		full.Mechanisms = c.Mechanisms
		if _, err := certificate.Verify(full); err != nil {
			t.Error(err)
		}
	})
}

// A publication of the committed sheets gives the committed measurement, and the
// release but for the last decimals.
func TestPublicationOfSheets(t *testing.T) {
	if testing.Short() {
		t.Skip("exhaustive tier")
	}
	each(t, func(t *testing.T, c conformance.Case) {
		i := slices.IndexFunc(cases, func(m made) bool { return m.about == c.About })
		if i < 0 {
			t.Fatal("no case has this description")
		}
		fresh := cases[i].make(t, c.Seed)
		if diff := cmp.Diff(compact(t, c.Measurement), compact(t, fresh.Measurement)); diff != "" {
			t.Errorf("another measurement (-want +got):\n%s", diff)
		}
		if !slices.Equal(fresh.Sheets, c.Sheets) || !bytes.Equal(fresh.Plan, compact(t, c.Plan)) {
			t.Error("the case is made of other sheets, or of another plan")
		}
	})
}

func compact(t *testing.T, text []byte) json.RawMessage {
	t.Helper()
	var b bytes.Buffer
	if err := json.Compact(&b, text); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The files suffice: a computation that uses nothing but them and the documentation
// gives every vector and all totals, within the bound, and the counts.
func TestReference(t *testing.T) {
	if testing.Short() {
		t.Skip("exhaustive tier")
	}
	clipped := 0
	each(t, func(t *testing.T, c conformance.Case) {
		if got := countsOf(c); !slices.Equal(got, c.Counts) {
			t.Errorf("counts %v, want %v", got, c.Counts)
		}
		for name, v := range map[string]struct {
			d      *encode.Description
			totals []int64
			one    func(conformance.Vector) []int64
		}{
			"first": {&c.First, c.Totals.First, func(v conformance.Vector) []int64 { return v.First }},
			"main":  {c.Main, c.Totals.Main, func(v conformance.Vector) []int64 { return v.Main }},
		} {
			if v.d == nil {
				continue
			}
			totals := make([]int64, len(v.totals))
			for i, text := range c.Sheets {
				s := parseSheet(text, v.d.Shape)
				got, norm := vectorOf(*v.d, s), 0.0
				if len(got) != len(totals) {
					t.Fatalf("%s: %d coordinates, want %d", name, len(got), len(totals))
				}
				for j, x := range got {
					totals[j] += x
					norm += float64(x) * float64(x)
				}
				if bound := float64(v.d.Units["bound"]); norm > bound*bound*(1+1e-12) || s.blank() && norm != 0 {
					t.Errorf("%s: sheet %d has the norm %v", name, i, math.Sqrt(norm))
				}
				if f, ok := (factors{}), false; v.d.Full != nil {
					if f, ok = newReference(*v.d).factors(s); !ok || f.rest != [tiers]int64{} {
						clipped++
					}
				}
				for _, one := range c.Vectors {
					if one.Sheet == i && !slices.Equal(got, v.one(one)) {
						t.Errorf("%s: sheet %d becomes another vector", name, i)
					}
				}
			}
			if !slices.Equal(totals, v.totals) {
				t.Errorf("%s: other totals", name)
			}
		}
	})
	if clipped < 20 {
		t.Errorf("%d sheets are clipped: the files do not test it", clipped)
	}
}

// Which cohorts are kept follows from their sizes where these are public; under a
// secret roster one below the minimum never is.
func TestKept(t *testing.T) {
	each(t, func(t *testing.T, c conformance.Case) {
		var m struct {
			Kept  []bool
			Exact []int64
			Pilot []int64
			Main  []int64
			Small []int64
		}
		var plan struct {
			Plan struct {
				Roster privacy.Roster
				Least  int64 `json:"min_companies"`
			}
		}
		if err := json.Unmarshal(c.Measurement, &m); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(c.Plan, &plan); err != nil {
			t.Fatal(err)
		}
		exact := plan.Plan.Roster.ExactSizes()
		if exact && !slices.Equal(m.Exact, c.Counts) || !exact && m.Exact != nil {
			t.Errorf("exact %v, counts %v", m.Exact, c.Counts)
		}
		for g, kept := range m.Kept {
			if enough := c.Counts[g] >= plan.Plan.Least; kept && !enough || exact && kept != enough {
				t.Errorf("cohort %d of %d is kept: %v", g, c.Counts[g], kept)
			}
		}
		// The noise is the difference to the totals.
		for name, n := range map[string]struct{ noisy, totals []int64 }{
			"pilot": {m.Pilot, c.Totals.First}, "main": {m.Main, c.Totals.Main}, "small": {m.Small, c.Totals.First},
		} {
			if n.noisy == nil {
				continue
			}
			i := slices.IndexFunc(c.Mechanisms, func(m derived.Mechanism) bool { return m.Name == name })
			square := 0.0
			for j, x := range n.noisy {
				noise := float64(x-n.totals[j]) / c.Mechanisms[i].Sigma
				square += noise * noise / float64(len(n.noisy))
			}
			if few := len(n.noisy) < 10; square == 0 || square > 5 || !few && square < 0.2 {
				t.Errorf("%s: the mean square of the noise is %.2f of its variance", name, square)
			}
		}
	})
}
