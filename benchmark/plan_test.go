package benchmark

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/internal/model"
)

// The mathematics counts levels and questions from 0, whatever the scale is.
func TestPlanProfiles(t *testing.T) {
	spec := fixture.Tiny(t).Spec()
	for i := range spec.Scale {
		spec.Scale[i].Level -= 3
	}
	spec.Profiles = []instrument.Profile{
		{ID: "buyer", Minimum: map[string]int{"a1": -2, "b2": -1}},
		{ID: "badge", Minimum: map[string]int{"a2": -3}},
	}
	levels, _, _ := spec.Axis()
	want := []model.Profile{{{Question: 0, Level: 1}, {Question: 3, Level: 2}}, {{Question: 1, Level: 0}}}
	if diff := cmp.Diff(want, planProfiles(spec, levels)); diff != "" {
		t.Error(diff)
	}
}
