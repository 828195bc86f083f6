package conformance_test

import (
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/conformance"
	"maturitybench/benchmark/internal/decimal"
	"maturitybench/benchmark/publication"
)

var pin = flag.Bool("pin", false, "pin the numbers to the name of the estimator")

// pins is the file of pinned numbers: a line for every estimator, the SHA-256 of
// what it makes of the committed measurements, and its name.
const pins = "estimators.sha256"

// An estimator of one name makes the same numbers of the same measurements, to the
// last printed digit. They can be pinned to the name anew, but on purpose only.
func TestEstimatorIsNamed(t *testing.T) {
	if runtime.GOARCH != "amd64" {
		t.Skip("the digits are those of amd64; TestVectors compares them within 2e-6")
	}
	hash := sha256.New()
	each(t, func(t *testing.T, c conformance.Case) {
		cohorts, err := derivedCohorts(c, c.Measurement)
		if err != nil {
			t.Fatal(err)
		}
		hash.Write(cohorts)
	})
	now := fmt.Sprintf("%x", hash.Sum(nil))
	text, err := os.ReadFile(pins)
	if err != nil && !*pin {
		t.Fatal(err)
	}
	var kept strings.Builder
	pinned := ""
	for line := range strings.Lines(string(text)) {
		if digest, name, _ := strings.Cut(strings.TrimSpace(line), "  "); name == benchmark.Estimator {
			pinned = digest
		} else {
			kept.WriteString(line)
		}
	}
	if *pin {
		fmt.Fprintf(&kept, "%s  %s\n", now, benchmark.Estimator)
		if err := os.WriteFile(pins, []byte(kept.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if pinned != now {
		t.Errorf("estimator %s makes other numbers of the same measurements than those that are pinned to its name.\n"+
			"If that is meant: raise benchmark.Estimator, or before the first release of the module run this test with -pin. The digest is %s.", benchmark.Estimator, now)
	}
}

// derivedCohorts are the cohorts that the estimator makes of a measurement.
func derivedCohorts(c conformance.Case, measurement []byte) ([]byte, error) {
	release, err := publication.Parse(c.Release)
	if err != nil {
		return nil, err
	}
	facts, err := benchmark.Derive(c.Plan, measurement, release)
	if err != nil {
		return nil, err
	}
	var made struct{ Cohorts json.RawMessage }
	if err := json.Unmarshal(facts.Release, &made); err != nil {
		return nil, err
	}
	return decimal.CanonicalJSON(made.Cohorts)
}
