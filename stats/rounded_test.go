package stats_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"maturitybench/stats"
)

// The constants are differences and sums of erfc(-z/sqrt(2))/2 and npdf of mpmath
// 1.3.0 with mp.dps = 50; locations and spreads are exact in binary.
func TestRoundedNormal(t *testing.T) {
	for _, c := range []struct {
		r              stats.RoundedNormal
		location       float64
		shares         []float64
		mean, slope    float64
		relativeShares float64
	}{
		{stats.RoundedNormal{Levels: 6, SD: 1.25}, 1.75,
			[]float64{0.15865525393145705, 0.26208503662943993, 0.30500659168902944, 0.19349645851630253, 0.066853211720272436, 0.013903447513498611},
			1.7895176800049892, 0.92115206389470012, 1e-13},
		{stats.RoundedNormal{Levels: 2, SD: 0.5}, 0.125,
			[]float64{0.7733726476231318, 0.2266273523768682}, 0.2266273523768682, 0.60227486430960881, 1e-13},
		{stats.RoundedNormal{Levels: 4, SD: 0.375}, 3.25,
			[]float64{1.1224881271355479e-13, 1.5306266242822538e-6, 0.022748601321442676, 0.97724986805182079},
			2.977248337424972, 0.143995766826391, 1e-9},
	} {
		for l, share := range c.r.Shares(c.location) {
			relative(t, "share", float64(l), share, c.shares[l], c.relativeShares)
		}
		relative(t, "mean", c.location, c.r.Mean(c.location), c.mean, 1e-14)
		relative(t, "slope", c.location, c.r.Slope(c.location), c.slope, 1e-13)
		if got := c.r.Inverse(c.mean, 3); math.Abs(got-c.location) > 1e-10 {
			t.Errorf("%+v: location %v of the mean %v, want %v", c.r, got, c.mean, c.location)
		}
	}
}

// Without a spread the location itself is rounded and cut to the scale.
func TestRoundedNormalWithoutSpread(t *testing.T) {
	r := stats.RoundedNormal{Levels: 4}
	for location, want := range map[float64]int{-7: 0, 0.49: 0, 0.5: 1, 1.4: 1, 2.5: 3, 9: 3} {
		if got := r.Mean(location); got != float64(want) {
			t.Errorf("mean %v at %v, want %v", got, location, want)
		}
		for l, share := range r.Shares(location) {
			if (share == 1) != (l == want) || (share == 0) != (l != want) {
				t.Errorf("share %v of level %d at %v, want all on level %d", share, l, location, want)
			}
		}
	}
}

func TestRoundedNormalInverseBeyondTheScale(t *testing.T) {
	r := stats.RoundedNormal{Levels: 6, SD: 0.5}
	for mean, want := range map[float64]float64{-1: -2, 0: -2, 5: 7, 6: 7} {
		if got := r.Inverse(mean, 2); math.Abs(got-want) > 1e-11 {
			t.Errorf("location %v of the mean %v, want the end of the range, %v", got, mean, want)
		}
	}
}

// The inverse is what forty halvings find, to the last bit, also for means near
// the ends and beyond.
func TestRoundedNormalInverseIsByHalving(t *testing.T) {
	rng := rand.New(rand.NewPCG(45, 46))
	for range 3000 {
		top, room := 1+rng.IntN(10), 3*rng.Float64()
		r := stats.RoundedNormal{Levels: top + 1, SD: math.Hypot(0.06+2*rng.Float64(), 2*rng.Float64())}
		mean := float64(top) * (1.2*rng.Float64() - 0.1)
		switch rng.IntN(4) {
		case 0:
			mean = math.Pow(10, -12*rng.Float64())
		case 1:
			mean = float64(top) - math.Pow(10, -12*rng.Float64())
		}
		low, high := -room, float64(top)+room
		for range 40 {
			if mid := (low + high) / 2; r.Mean(mid) < mean {
				low = mid
			} else {
				high = mid
			}
		}
		if got, want := r.Inverse(mean, room), (low+high)/2; got != want {
			t.Fatalf("%+v: location of the mean %v is %v, want %v", r, mean, got, want)
		}
	}
}

// Shares are shares with the mean, the mean rises by the slope, and the inverse
// finds the location again.
func TestRoundedNormalProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := stats.RoundedNormal{
			Levels: rapid.IntRange(2, 11).Draw(t, "levels"),
			SD:     rapid.Float64Range(0.2, 4).Draw(t, "sd"),
		}
		location := rapid.Float64Range(-1, float64(r.Levels)).Draw(t, "location")
		var sum float64
		shares := r.Shares(location)
		for _, s := range shares {
			if s < 0 {
				t.Fatalf("negative share in %v", shares)
			}
			sum += s
		}
		mean := r.Mean(location)
		if math.Abs(sum-1) > 1e-12 || math.Abs(stats.Mean(shares)-mean) > 1e-12 {
			t.Fatalf("%v sum to %v with the mean %v, want 1 and %v", shares, sum, stats.Mean(shares), mean)
		}
		const h = 1e-4
		slope := r.Slope(location)
		if difference := (r.Mean(location+h) - r.Mean(location-h)) / (2 * h); math.Abs(difference-slope) > 1e-6 {
			t.Fatalf("slope %v, difference quotient %v", slope, difference)
		}
		// Where the mean hardly moves, its last bit decides.
		if back := r.Inverse(mean, 2); math.Abs(back-location)*slope > 1e-9 {
			t.Fatalf("location %v of the mean %v, want %v", back, mean, location)
		}
	})
}
