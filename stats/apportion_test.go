package stats_test

import (
	"math"
	"slices"
	"testing"

	"maturitybench/stats"

	"pgregory.net/rapid"
)

func TestLargestRemainder(t *testing.T) {
	for _, c := range []struct {
		name   string
		shares []float64
		total  int
		want   []int
	}{
		{"even", []float64{1, 1}, 4, []int{2, 2}},
		{"equals: the first gets the rest", []float64{1, 1, 1}, 10, []int{4, 3, 3}},
		// Quotas 4.16, 3.38, 2.46: the rest goes to the last.
		{"the largest remainder", []float64{416, 338, 246}, 10, []int{4, 3, 3}},
		{"a zero share", []float64{0, 1, 2}, 2, []int{0, 1, 1}},
		{"nothing to split", []float64{0, 0}, 0, []int{0, 0}},
		{"one share", []float64{0.3}, 7, []int{7}},
	} {
		if got := stats.LargestRemainder(c.shares, c.total); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

func TestLargestRemainderProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := shares(t, rapid.IntRange(1, 30).Draw(t, "n"), "shares")
		total := rapid.IntRange(0, 1_000_000).Draw(t, "total")
		sum := 0
		for i, v := range stats.LargestRemainder(s, total) {
			sum += v
			if math.Abs(float64(v)-s[i]*float64(total)) >= 1+1e-6 {
				t.Fatalf("element %d of %v is %d of %d", i, s, v, total)
			}
		}
		if sum != total {
			t.Fatalf("sum %d instead of %d", sum, total)
		}
	})
}
