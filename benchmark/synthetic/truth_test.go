package synthetic_test

import (
	"math"
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/synthetic"
)

// Where blanks count as the lowest level, they are answers of the exact statistics.
func TestTruthOfBlanks(t *testing.T) {
	spec := instrument.JSP().Spec()
	spec.Blank = instrument.LowestBlank
	in, err := instrument.New(spec)
	if err != nil {
		t.Fatal(err)
	}
	panel := synthetic.NewPanel(40, 1)
	panel.Missing = 0.3
	sample, err := synthetic.NewSample(in, panel)
	if err != nil {
		t.Fatal(err)
	}
	total, lowest := 0, 0
	for _, levels := range sample.Levels {
		for _, level := range levels {
			total += max(int(level), 0)
		}
		if levels[0] <= 0 {
			lowest++
		}
	}
	all := sample.Cohorts()[0]
	if want := float64(total) / 40 / 44; math.Abs(all.Overall.Mean-want) > 1e-12 {
		t.Errorf("overall mean %v, expected %v", all.Overall.Mean, want)
	}
	if q := all.Questions[0]; q.Answers != 40 || q.Shares[0] != float64(lowest)/40 {
		t.Errorf("%d answers and %v at the lowest level, expected 40 and %v", q.Answers, q.Shares[0], float64(lowest)/40)
	}
}
