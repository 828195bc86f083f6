package decimal

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestMicros(t *testing.T) {
	const m = 5 * Unity
	for _, c := range []struct {
		x    float64
		to   direction
		want Micro
	}{
		{1.7100004, Nearest, 1_710_000},
		{1.7100005, Nearest, 1_710_001},
		{1.7100009, Down, 1_710_000},
		{1.7100001, Up, 1_710_001},
		{1.71, Down, 1_710_000}, // a decimal is not moved by its binary form
		{1.71, Up, 1_710_000},
		{-0.3, Down, 0},
		{5.2, Up, m},
		{math.Inf(1), Up, m},
		{math.Inf(-1), Down, 0},
		{1e300, Nearest, m},
	} {
		if got := Micros(c.x, 0, m, c.to); got != c.want {
			t.Errorf("micros(%v, %v) = %d, want %d", c.x, c.to, got, c.want)
		}
	}
}

// Every decimal with at most six digits keeps its bounds: rounding down and
// up what was printed changes nothing.
func TestRoundingAPrintedNumberChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := Micro(rapid.Int64Range(0, 11_000_000).Draw(t, "micros"))
		x := m.Float()
		for _, to := range []direction{Down, Nearest, Up} {
			if got := Micros(x, 0, 11*Unity, to); got != m {
				t.Errorf("micros(%v, %v) = %d, want %d", x, to, got, m)
			}
		}
		if !IsPrinted(x) || ToMicros(x) != m {
			t.Errorf("%v is not recognised", x)
		}
	})
}

func TestMicroRound(t *testing.T) {
	for _, c := range []struct {
		m        Micro
		decimals int
		to       direction
		want     string
	}{
		{1_750_000, 1, Nearest, "1.8"},
		{1_749_999, 1, Nearest, "1.7"},
		{-1_750_000, 1, Nearest, "-1.8"},
		{1_799_999, 1, Down, "1.7"},
		{1_700_001, 1, Up, "1.8"},
		{-1_700_001, 1, Down, "-1.8"},
		{-1_799_999, 1, Up, "-1.7"},
		{-49_999, 1, Nearest, "0.0"},
		{-1, 1, Down, "-0.1"},
		{40_000, 2, Nearest, "0.04"},
		{500_000, 0, Nearest, "1"},
		{-2_000_000, 0, Down, "-2"},
		{123_456, 6, Up, "0.123456"},
	} {
		if got := c.m.Round(c.decimals, c.to); got != c.want {
			t.Errorf("%d.round(%d, %v) = %s, want %s", c.m, c.decimals, c.to, got, c.want)
		}
	}
}

func TestApportion(t *testing.T) {
	for _, c := range []struct {
		shares []float64
		want   []Micro
	}{
		{[]float64{1. / 3, 1. / 3, 1. / 3}, []Micro{333_334, 333_333, 333_333}},    // ties go to the lower level
		{[]float64{0.5, 0.3000002, 0.1999998}, []Micro{500_000, 300_000, 200_000}}, // remainders 0, 0.2 and 0.8
		{[]float64{0.2, 0.2}, []Micro{500_000, 500_000}},
		{[]float64{-0.1, 0, 3}, []Micro{0, 0, 1_000_000}},
		{[]float64{0.0000004, 0.9999996}, []Micro{0, 1_000_000}},
	} {
		got := Apportion(c.shares)
		if !slices.Equal(got, c.want) {
			t.Errorf("apportion(%v) = %v, want %v", c.shares, got, c.want)
		}
	}
}

func TestApportionSumsToOneAndStaysNear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shares := rapid.SliceOfN(rapid.Float64Range(0, 1), 2, 11).Draw(t, "shares")
		shares[0] += 1e-6
		total := 0.0
		for _, s := range shares {
			total += s
		}
		rounded := Apportion(shares)
		sum := Micro(0)
		for i, r := range rounded {
			sum += r
			if exact := shares[i] / total * 1e6; r < 0 || math.Abs(float64(r)-exact) > 1.000001 {
				t.Errorf("share %v became %d", exact, r)
			}
		}
		if sum != Unity {
			t.Errorf("sum %d", sum)
		}
		if mean := MeanLevel(rounded); mean != slicesSum(Tails(rounded)) {
			t.Errorf("mean %d is not the sum of the tails %v", mean, Tails(rounded)) // E X = Σ P(X ≥ i)
		}
	})
}

func slicesSum(list []Micro) Micro {
	sum := Micro(0)
	for _, m := range list {
		sum += m
	}
	return sum
}
