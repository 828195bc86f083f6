package derived_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/derived"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/internal/model"
)

// The mathematics counts levels and questions from 0, whatever the scale is.
func TestShapeProfiles(t *testing.T) {
	spec := fixture.Tiny(t).Spec()
	for i := range spec.Scale {
		spec.Scale[i].Level -= 3
	}
	spec.Profiles = []instrument.Profile{
		{ID: "buyer", Minimum: map[string]int{"a1": -2, "b2": -1}},
		{ID: "badge", Minimum: map[string]int{"a2": -3}},
	}
	want := []model.Profile{{{Question: 0, Level: 1}, {Question: 3, Level: 2}}, {{Question: 1, Level: 0}}}
	if diff := cmp.Diff(want, derived.Shape(spec, nil).Profiles); diff != "" {
		t.Error(diff)
	}
}

// The levels of several scales are places on one axis: so are the minima of profiles.
func TestShapeOfScales(t *testing.T) {
	asked := fixture.Several().Spec()
	shape := derived.Shape(asked, nil)
	frequency, agreement, done := []int{0, 2, 4, 6, 8}, []int{0, 1, 3, 4, 5, 7, 8}, []int{0, 8}
	if diff := cmp.Diff([][]int{frequency, agreement, done, frequency, done}, shape.Places); diff != "" {
		t.Error(diff)
	}
	if shape.Levels != 9 || !cmp.Equal(shape.Values, []int{0, 2, 3, 4, 6, 8, 9, 10, 12}) {
		t.Errorf("%d levels that count %v", shape.Levels, shape.Values)
	}
	want := []model.Profile{{{Question: 0, Level: 4}, {Question: 6, Level: 5}, {Question: 11, Level: 8}}}
	if diff := cmp.Diff(want, shape.Profiles); diff != "" {
		t.Error(diff)
	}
	one := derived.Shape(instrument.JSP().Spec(), nil)
	if one.Places != nil {
		t.Errorf("one scale has places %v", one.Places)
	}
}
