package stats_test

import (
	"math"
	"testing"

	"maturitybench/stats"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// On equally spaced points they are the Gram polynomials; on others orthogonal, up to
// the rounding of large ones.
func TestPolynomialsOn(t *testing.T) {
	for n := 1; n <= 11; n++ {
		points := make([]int64, n)
		for i := range points {
			points[i] = int64(3*i - 5)
		}
		if diff := cmp.Diff(stats.GramPolynomials(n), stats.PolynomialsOn(points, 1<<40)); diff != "" {
			t.Errorf("%d points: %s", n, diff)
		}
	}
	// On 0, 1, 2, 4: every two rows have the product 0, and no row a common divisor.
	if diff := cmp.Diff([][]int64{{1, 1, 1, 1}, {-7, -3, 1, 9}, {7, -4, -8, 5}, {-3, 8, -6, 1}}, stats.PolynomialsOn([]int64{0, 1, 2, 4}, 255)); diff != "" {
		t.Error(diff)
	}
	rapid.Check(t, func(t *rapid.T) {
		points := []int64{0}
		for range rapid.IntRange(1, 10).Draw(t, "more") {
			points = append(points, points[len(points)-1]+int64(rapid.IntRange(1, 20).Draw(t, "step")))
		}
		const most = 255
		rows := stats.PolynomialsOn(points, most)
		for k, row := range rows {
			sum, largest := int64(0), int64(0)
			for _, v := range row {
				sum += v
				largest = max(largest, v, -v)
			}
			if k > 0 && sum != 0 || largest > most || row[len(row)-1] < 0 {
				t.Fatalf("%v: P_%d is %v", points, k, row)
			}
			for j, other := range rows[:k] {
				if angle := cosine(row, other); math.Abs(angle) > 0.03 {
					t.Fatalf("%v: P_%d and P_%d have the cosine %v", points, j, k, angle)
				}
			}
		}
	})
}

func cosine(a, b []int64) float64 {
	var product, first, second float64
	for i := range a {
		product += float64(a[i] * b[i])
		first += float64(a[i] * a[i])
		second += float64(b[i] * b[i])
	}
	return product / math.Sqrt(first*second)
}
