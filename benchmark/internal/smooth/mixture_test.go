package smooth

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"maturitybench/stats"
)

func TestQuantile(t *testing.T) {
	one := Mixture{{1, 2, 0.25}}
	if got, want := one.Quantile(0.95), 2+0.5*stats.NormalQuantile(0.95); math.Abs(got-want) > 1e-9 {
		t.Errorf("of a normal distribution it is %v, want %v", got, want)
	}
	two := Mixture{{0.5, -1, 0.01}, {0.5, 1, 0.01}}
	if got := two.Quantile(0.5); math.Abs(got) > 0.5 {
		t.Errorf("the median between two parts is %v", got)
	}
	if got, want := two.Quantile(0.25), -1.0; math.Abs(got-want) > 1e-6 {
		t.Errorf("the middle of the lower part is %v", got)
	}
	if got := (Mixture{{1, 3, 0}}).Quantile(0.1); got != 3 {
		t.Errorf("of a number it is %v", got)
	}
}

// Merging parts keeps the mean and the variance, and independent sums add them.
func TestMixtureKeepsMoments(t *testing.T) {
	draw := rapid.Custom(func(t *rapid.T) Mixture {
		var m Mixture
		for range rapid.IntRange(1, 20).Draw(t, "parts") {
			m = append(m, Normal{rapid.Float64Range(0.01, 1).Draw(t, "weight"), rapid.Float64Range(-3, 3).Draw(t, "mean"), rapid.Float64Range(0, 2).Draw(t, "variance")})
		}
		return m
	})
	rapid.Check(t, func(t *rapid.T) {
		m, total := draw.Draw(t, "m"), 0.0
		for _, n := range m {
			total += n.Weight
		}
		for i := range m {
			m[i].Weight /= total
		}
		c, o := m.compact(), draw.Draw(t, "o").compact()
		if len(c) > mostParts || math.Abs(c.Mean()-m.Mean()) > 1e-9 || math.Abs(c.Variance()-m.Variance()) > 1e-9 {
			t.Errorf("%v became %v", m, c)
		}
		if sum := c.Plus(o); math.Abs(sum.Mean()-c.Mean()-o.Mean()) > 1e-9 || math.Abs(sum.Variance()-c.Variance()-o.Variance()) > 1e-9 {
			t.Errorf("%v and %v have the sum %v", c, o, sum)
		}
	})
}
