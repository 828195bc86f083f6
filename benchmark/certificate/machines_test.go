package certificate_test

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/certificate"
	"maturitybench/benchmark/publication"
)

// Certificates that another machine wrote verify here: with -update they are written
// to the folder, otherwise those that are there are verified. .ci/machines runs it.
func TestOtherMachine(t *testing.T) {
	folder := os.Getenv("MATURITYBENCH_CERTIFICATES")
	if folder == "" {
		t.Skip("MATURITYBENCH_CERTIFICATES names no folder: .ci/machines does")
	}
	if *update {
		for name, kind := range kinds {
			for seed := range uint64(2) {
				c, _ := published(t, kind.spec, kind.companies, seed)
				text, err := c.Encode()
				if err != nil {
					t.Fatal(err)
				}
				path := filepath.Join(folder, strings.ReplaceAll(name, " ", "-")+string(rune('0'+seed))+".json")
				if err := os.WriteFile(path, text, 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	paths, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil || len(paths) < len(kinds) {
		t.Fatalf("%d certificates, %v", len(paths), err)
	}
	farthest := 0.0
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		c, err := certificate.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := certificate.Verify(c); err != nil {
			t.Errorf("%s: %v", filepath.Base(path), err)
			continue
		}
		farthest = max(farthest, distance(t, c))
	}
	t.Logf("%d certificates; the farthest number is %.0e away", len(paths), farthest)
}

// distance is the largest difference between a printed number and the one that this
// machine derives.
func distance(t *testing.T, c *certificate.Certificate) float64 {
	t.Helper()
	release, err := publication.Parse([]byte(c.Release))
	if err != nil {
		t.Fatal(err)
	}
	facts, err := benchmark.Derive([]byte(c.Plan), []byte(c.Measurement), release)
	if err != nil {
		t.Fatal(err)
	}
	var a, b any
	if json.Unmarshal([]byte(c.Release), &a) != nil || json.Unmarshal(facts.Release, &b) != nil {
		t.Fatal("a release is no JSON")
	}
	var farthest func(a, b any) float64
	farthest = func(a, b any) (most float64) {
		switch a := a.(type) {
		case map[string]any:
			for key := range a {
				most = max(most, farthest(a[key], b.(map[string]any)[key]))
			}
		case []any:
			for i := range a {
				most = max(most, farthest(a[i], b.([]any)[i]))
			}
		case float64:
			most = math.Abs(a - b.(float64))
		}
		return most
	}
	return farthest(a, b)
}
