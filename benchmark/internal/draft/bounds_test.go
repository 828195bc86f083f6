package draft

import (
	"math"
	"slices"
	"testing"

	"maturitybench/benchmark/internal/decimal"
)

func TestCountSpan(t *testing.T) {
	for _, c := range []struct {
		name  string
		f     Number
		exact bool
		want  bounds
	}{
		{"outward", Number{117.6, 111.2, 124.1, true}, false, bounds{118 * decimal.Unity, 111 * decimal.Unity, 125 * decimal.Unity}},
		{"raised to k", Number{3.2, -4, 4.5, true}, false, bounds{5 * decimal.Unity, 5 * decimal.Unity, 5 * decimal.Unity}},
		{"low raised to k", Number{9.4, 2.5, 14.2, true}, false, bounds{9 * decimal.Unity, 5 * decimal.Unity, 15 * decimal.Unity}},
		{"exact", Number{118, 110, 120, true}, true, bounds{118 * decimal.Unity, 118 * decimal.Unity, 118 * decimal.Unity}},
		{"without end", Number{9, math.Inf(-1), math.Inf(1), true}, false, bounds{9 * decimal.Unity, 5 * decimal.Unity, 1_000_000_000 * decimal.Unity}},
	} {
		if got := countBounds(c.f, 5, c.exact); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestOrdered(t *testing.T) {
	got := ordered([]bounds{{3, 1, 5}, {2, 2, 2}, {4, 0, 4}})
	want := []bounds{{3, 0, 5}, {3, 0, 5}, {4, 0, 5}}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	already := []bounds{{1, 0, 2}, {2, 1, 3}, {3, 2, 4}}
	if got := ordered(slices.Clone(already)); !slices.Equal(got, already) {
		t.Errorf("%v was changed to %v", already, got)
	}
}
