package stats_test

import (
	"fmt"
	"math"
	"testing"

	"maturitybench/stats"

	"github.com/google/go-cmp/cmp"
)

// Orthogonal polynomials for six points: Fisher and Yates, Statistical Tables
// for Biological, Agricultural and Medical Research, table XXIII.
func TestPolynomialsOfSixLevels(t *testing.T) {
	want := [][]int64{
		{1, 1, 1, 1, 1, 1},
		{-5, -3, -1, 1, 3, 5},
		{5, -1, -4, -4, -1, 5},
		{-5, 7, 4, -4, -7, 5},
		{1, -3, 2, 2, -3, 1},
		{-1, 5, -10, 10, -5, 1},
	}
	if diff := cmp.Diff(want, stats.GramPolynomials(6)); diff != "" {
		t.Errorf("GramPolynomials(6) (-want +got):\n%s", diff)
	}
}

func TestPolynomialsAreOrthogonalAndReduced(t *testing.T) {
	for n := 1; n <= 20; n++ {
		rows := stats.GramPolynomials(n)
		for k, p := range rows {
			if p[n-1] <= 0 {
				t.Errorf("%d levels: P_%d is %d at the top", n, k, p[n-1])
			}
			var divisor int64
			for _, v := range p {
				divisor = gcd(divisor, v)
			}
			if divisor != 1 {
				t.Errorf("%d levels: P_%d has the common divisor %d", n, k, divisor)
			}
			for j := range k {
				var product int64
				for x := range n {
					product += p[x] * rows[j][x]
				}
				if product != 0 {
					t.Errorf("%d levels: P_%d·P_%d = %d", n, k, j, product)
				}
			}
			if d := differences(p, k+1); !allZero(d) {
				t.Errorf("%d levels: differences of order %d of P_%d are %v, want 0", n, k+1, k, d)
			}
		}
	}
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return max(a, -a)
}

// differences are the forward differences of an order.
func differences(values []int64, order int) []int64 {
	d := append([]int64(nil), values...)
	for ; order > 0 && len(d) > 0; order-- {
		for i := range len(d) - 1 {
			d[i] = d[i+1] - d[i]
		}
		d = d[:len(d)-1]
	}
	return d
}

func allZero(values []int64) bool {
	for _, v := range values {
		if v != 0 {
			return false
		}
	}
	return true
}

func TestOrthonormalPolynomials(t *testing.T) {
	for n := 1; n <= 20; n++ {
		checkOrthonormal(t, fmt.Sprint(n, " levels"), stats.OrthonormalPolynomials(n))
	}
}

// checkOrthonormal fails unless every row has norm 1 and every two are at right
// angles.
func checkOrthonormal(t *testing.T, name string, rows [][]float64) {
	t.Helper()
	for i, a := range rows {
		for j, b := range rows[:i+1] {
			want, product := 0.0, 0.0
			if i == j {
				want = 1
			}
			for x, v := range a {
				product += v * b[x]
			}
			if math.Abs(product-want) > 1e-12 {
				t.Errorf("%s: rows %d and %d have product %v", name, i, j, product)
			}
		}
	}
}
