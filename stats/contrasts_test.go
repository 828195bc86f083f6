package stats_test

import (
	"fmt"
	"math"
	"testing"

	"maturitybench/stats"
)

// Every column weighs the same, whichever value it is of.
func TestHelmertContrasts(t *testing.T) {
	for k := range 13 {
		rows := stats.HelmertContrasts(k)
		if len(rows) != max(k-1, 0) {
			t.Fatalf("%d values: %d rows", k, len(rows))
		}
		checkOrthonormal(t, fmt.Sprint(k, " values"), rows)
		for v := range k {
			var norm float64
			for _, row := range rows {
				norm += row[v] * row[v]
			}
			if want := 1 - 1/float64(k); math.Abs(norm-want) > 1e-12 {
				t.Errorf("%d values: column %d has squared norm %v, want %v", k, v, norm, want)
			}
		}
		for i, row := range rows {
			var sum float64
			for _, x := range row {
				sum += x
			}
			if math.Abs(sum) > 1e-12 {
				t.Errorf("%d values: row %d sums to %v", k, i, sum)
			}
		}
	}
}
