package benchmark

import (
	"testing"

	"maturitybench/benchmark/internal/statistic"

	"github.com/google/go-cmp/cmp"
)

// The sums of two trials are those of all their measurements.
func TestFamilySumAdd(t *testing.T) {
	one := familySum{name: "shares", width: 1, published: 2, count: 3, squares: 4, compared: 5}
	sum := one
	sum.add(familySum{width: 10, published: 20, count: 30, squares: 40, compared: 50})
	want := familySum{name: "shares", width: 11, published: 22, count: 33, squares: 44, compared: 55}
	if diff := cmp.Diff(want, sum, cmp.AllowUnexported(familySum{}, statistic.UsualError{})); diff != "" {
		t.Error(diff)
	}
}
