package stats_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"maturitybench/stats"
)

// relative fails unless got is want up to a relative error.
func relative(t *testing.T, name string, at, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*math.Abs(want)) {
		t.Errorf("%s(%v) = %.17g, want %.17g", name, at, got, want)
	}
}

// The constants are ncdf and npdf of mpmath 1.3.0 with mp.dps = 60, the former as
// erfc(-z/sqrt(2))/2.
func TestNormal(t *testing.T) {
	for _, c := range []struct{ z, cdf, density float64 }{
		{-37, 5.7255712225245768e-300, 2.1200065515246056e-298},
		{-30, 4.9067139271481871e-198, 1.4736461348785475e-196},
		{-20, 2.7536241186062337e-89, 5.5209483621597632e-88},
		{-10, 7.6198530241605261e-24, 7.6945986267064193e-23},
		{-5, 2.8665157187919391e-7, 1.4867195147342977e-6},
		{-2.5, 0.0062096653257761352, 0.017528300493568537},
		{-1, 0.15865525393145705, 0.24197072451914335},
		{-0.1, 0.46017216272297102, 0.39695254747701177},
		{0, 0.5, 0.39894228040143268},
		{0.5, 0.6914624612740131, 0.35206532676429948},
		{3, 0.99865010196836991, 0.0044318484119380072},
		{8, 0.99999999999999938, 5.0522710835368923e-15},
	} {
		relative(t, "CDF", c.z, stats.NormalCDF(c.z), c.cdf, 1e-12)
		relative(t, "tail", -c.z, stats.NormalTail(-c.z), c.cdf, 1e-12)
		relative(t, "density", c.z, stats.NormalDensity(c.z), c.density, 1e-12)
		// With mean 3 and standard deviation ¼ every number of the table is exact.
		n := stats.Normal{Mean: 3, SD: 0.25}
		relative(t, "located CDF", c.z, n.CDF(3+c.z/4), stats.NormalCDF(c.z), 1e-12)
		relative(t, "located tail", c.z, n.Tail(3-c.z/4), stats.NormalCDF(c.z), 1e-12)
		relative(t, "located density", c.z, n.Density(3+c.z/4), 4*c.density, 1e-12)
	}
}

// The constants solve log(ncdf(z)) = log(p) by findroot of mpmath 1.3.0 with
// mp.dps = 60, p being the float64.
func TestNormalQuantile(t *testing.T) {
	for _, c := range []struct{ p, z float64 }{
		{5e-324, -37.5193793471445}, // as for 2⁻¹⁰²²
		{1e-300, -37.047096299361199},
		{1e-100, -21.273453560965324},
		{1e-20, -9.2623400897984076},
		{1.3887943864964021e-11, -6.6579046435011036}, // where the two rational functions of the tail meet
		{1e-9, -5.9978070150076869},
		{1e-4, -3.7190164854556806},
		{0.025, -1.9599639845400542},
		{0.075, -1.4395314709384559}, // where the middle begins
		{0.2, -0.84162123357291417},
		{0.75, 0.67448975019608174},
		{0.9, 1.2815515655446006},
		{0.975, 1.9599639845400539},
		{0.999999, 4.7534243088170878},
	} {
		relative(t, "quantile", c.p, stats.NormalQuantile(c.p), c.z, 1e-15)
	}
	if z := stats.NormalQuantile(0.5); z != 0 {
		t.Errorf("median %v", z)
	}
	for p, want := range map[float64]float64{0: math.Inf(-1), 1: math.Inf(1), -0.1: math.NaN(), 1.1: math.NaN()} {
		if got := stats.NormalQuantile(p); got != want && !(math.IsNaN(got) && math.IsNaN(want)) {
			t.Errorf("quantile of %v is %v, want %v", p, got, want)
		}
	}
	if !math.IsNaN(stats.NormalQuantile(math.NaN())) || !math.IsNaN(stats.NormalCDF(math.NaN())) {
		t.Error("NaN does not stay NaN")
	}
}

func TestNormalCritical(t *testing.T) {
	for confidence, want := range map[float64]float64{0: 0, 0.5: 0.67448975019608174, 0.95: 1.9599639845400542, 1: math.Inf(1)} {
		if got := stats.NormalCritical(confidence); math.Abs(got-want) > 1e-14 {
			t.Errorf("critical value of %v is %v, want %v", confidence, got, want)
		}
	}
	if got := stats.NormalCritical(1.1); !math.IsNaN(got) {
		t.Errorf("critical value of no probability is %v", got)
	}
}

// CDF and quantile are inverse to each other, the tails mirror each other and the
// density is the slope.
func TestNormalProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := stats.Normal{Mean: rapid.Float64Range(-10, 10).Draw(t, "mean"), SD: rapid.Float64Range(0.01, 10).Draw(t, "sd")}
		z := rapid.Float64Range(-36, 8).Draw(t, "z")
		p := stats.NormalCDF(z)
		if back := stats.NormalQuantile(p); z < 5 && math.Abs(back-z) > 1e-9 {
			t.Fatalf("%v has the probability %v, which has the quantile %v", z, p, back)
		}
		if tail := stats.NormalTail(-z); tail != p {
			t.Fatalf("tail %v beyond %v, probability %v below %v", tail, -z, p, z)
		}
		x := n.Mean + z*n.SD
		if q := n.Quantile(p); z < 5 && math.Abs(q-x) > 1e-8*n.SD {
			t.Fatalf("quantile %v, want %v", q, x)
		}
		const h = 1e-4
		slope := (n.CDF(x+h*n.SD) - n.CDF(x-h*n.SD)) / (2 * h * n.SD)
		if d := n.Density(x); math.Abs(slope-d)*n.SD > 1e-8 {
			t.Fatalf("density %v, slope %v", d, slope)
		}
	})
}
