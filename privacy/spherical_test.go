package privacy

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"

	"maturitybench/privacy/internal/draw"
)

func mustSpherical(t testing.TB, sensitivity, epsilon int64, dimensions int) SphericalLaplace {
	t.Helper()
	m, err := NewSphericalLaplace(sensitivity, epsilon, dimensions)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestSphericalLaplaceParameters(t *testing.T) {
	m := mustSpherical(t, 300, 4e9, 8)
	if m.Sensitivity() != 300 || m.Epsilon() != 4e9 || m.Dimensions() != 8 {
		t.Errorf("parameters changed: %+v", m)
	}
	if got, want := m.Loss(), (Loss{PureEpsilon: 4e9}); got != want {
		t.Errorf("loss %+v, want %+v", got, want)
	}
	if got := m.Deviation(); got != 225 { // 300·√9/4
		t.Errorf("deviation %v, want 225", got)
	}
	if got, want := m.noise(), draw.NewSpherical(4e9, 300e9, 8); got != want {
		t.Errorf("noise %+v, want %+v", got, want)
	}
	for name, c := range map[string]struct {
		sensitivity, epsilon int64
		dimensions           int
	}{
		"no sensitivity":       {0, 1e9, 5},
		"sensitivity too high": {maxSensitivity + 1, 1e9, 5},
		"no epsilon":           {1, 0, 5},
		"negative epsilon":     {1, -1e9, 5},
		"epsilon too small":    {1, 999, 5},
		"no dimensions":        {1, 1e9, 0},
		"too many dimensions":  {1, 1e9, 65},
	} {
		if m, err := NewSphericalLaplace(c.sensitivity, c.epsilon, c.dimensions); err == nil {
			t.Errorf("%s: %+v", name, m)
		}
	}
	if extreme := mustSpherical(t, maxSensitivity, minPure, maxDimensions); extreme.Deviation() >= 1<<54 {
		t.Errorf("the largest deviation is %v", extreme.Deviation())
	}
}

// TestSphericalAgainstGaussian: at ε = 4 and δ = 1e-6 spherical noise is the
// smaller one up to 21 dimensions: √(d+1)/4 < 1/0.834407 for d < 21.98.
func TestSphericalAgainstGaussian(t *testing.T) {
	b, err := NewBudget(4, 1e-6, PublicRoster, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	for d, smaller := range map[int]bool{1: true, 6: true, 21: true, 22: false, 64: false} {
		if got := mustSpherical(t, 1000, 4e9, d).Deviation() < 1000/b.Main.Float(); got != smaller {
			t.Errorf("d = %d: smaller than Gaussian noise: %v", d, got)
		}
	}
}

// TestSphericalDeviation: on the integers the standard deviation is below the
// continuous one by a part of at most (ε/C)²/24, for C ≥ ε. The sums are exact
// up to the tails, of e⁻³⁰.
func TestSphericalDeviation(t *testing.T) {
	for _, d := range []int{1, 2, 3} {
		for _, rate := range []float64{1, 0.75, 0.5} {
			edge := int(36 / rate)
			var sum, second float64
			var walk func(left int, square float64)
			walk = func(left int, square float64) {
				if left == 0 {
					p := math.Exp(-rate * math.Sqrt(square))
					sum += p
					second += p * square / float64(d)
					return
				}
				for x := -edge; x <= edge; x++ {
					walk(left-1, square+float64(x*x))
				}
			}
			walk(d, 0)
			stated := math.Sqrt(float64(d+1)) / rate
			off := 1 - math.Sqrt(second/sum)/stated
			if off < -1e-10 || off > rate*rate/24 {
				t.Errorf("d = %d, ε/C = %v: the deviation is off by a part of %v", d, rate, off)
			}
		}
	}
}

// TestSphericalNoise holds secure noise of the largest sensitivity against the
// continuous limit, from which it differs by parts of 2⁻³⁰. For a radius that
// is Gamma(d, C/ε) and a direction that is uniform, the share of a coordinate
// in the squared norm is Beta(1/2, (d−1)/2), whatever the radius; in
// particular all coordinates are alike, which the order in which they are
// drawn is not. There are 2 + 4·d + d(d−1)/2 tests, each with a false-alarm
// probability of 2e-11, together below 1e-9.
func TestSphericalNoise(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	const (
		n     = 24_000
		d     = 5
		bins  = 30
		alarm = 2e-11
	)
	m := mustSpherical(t, maxSensitivity, 1e9, d)
	scale := float64(m.Sensitivity())
	var (
		radius   = distuv.Gamma{Alpha: d, Beta: 1 / scale}
		share    = distuv.Beta{Alpha: 0.5, Beta: (d - 1) / 2.}
		sum      float64
		radii    = make([]float64, bins)
		shares   [d][]float64
		positive [d]float64
		odd      [d]float64
		low      [d]float64
		sameSign [d][d]float64
	)
	for i := range shares {
		shares[i] = make([]float64, bins)
	}
	draws := NewDraws(draw.Source{})
	for range n {
		v := draws.SphericalLaplace(m, make([]int64, d))
		square := 0.0
		for _, x := range v {
			square += float64(x) * float64(x)
		}
		norm := math.Sqrt(square)
		sum += norm
		radii[min(int(bins*radius.CDF(norm)), bins-1)]++
		for i, x := range v {
			shares[i][min(int(bins*share.CDF(float64(x)*float64(x)/square)), bins-1)]++
			positive[i] += float64(1 - uint64(x)>>63)
			odd[i] += float64(x & 1)
			low[i] += float64(x >> 8 & 1)
			for j := range i {
				sameSign[i][j] += float64(1 - uint64(x^v[j])>>63)
			}
		}
	}
	far := -distuv.UnitNormal.Quantile(alarm / 2)
	chi := func(what string, counts []float64) {
		t.Helper()
		total := 0.0
		for _, count := range counts {
			total += (count - n/bins) * (count - n/bins) / (n / bins)
		}
		if total > (distuv.ChiSquared{K: bins - 1}).Quantile(1-alarm) {
			t.Errorf("%s: χ² = %v with %d degrees of freedom", what, total, bins-1)
		}
	}
	fair := func(what string, hits float64) {
		t.Helper()
		if math.Abs(hits-n/2) > far*math.Sqrt(n)/2 {
			t.Errorf("%s: %v of %d", what, hits, n)
		}
	}
	// E‖v‖ = d·C/ε with a standard deviation of √d·C/ε: 2 % off are 6.9
	// standard deviations of the mean.
	if off := (sum/n/scale - d) / math.Sqrt(float64(d)/n); math.Abs(off) > far {
		t.Errorf("the mean norm is %v·C/ε, %.1f standard deviations off", sum/n/scale, off)
	}
	chi("norm", radii)
	for i := range d {
		chi("share of a coordinate", shares[i])
		fair("sign", positive[i])
		fair("last bit", odd[i])
		fair("ninth bit", low[i])
		for j := range i {
			fair("signs of two coordinates", sameSign[i][j])
		}
	}
}

// TestSphericalNoiseIsAdded: the noise does not depend on the totals, and at
// the ends of the range sums stop instead of wrapping.
func TestSphericalNoiseIsAdded(t *testing.T) {
	m := mustSpherical(t, maxSensitivity, 1e9, 6)
	totals := []int64{0, 17, -17, 1 << 61, math.MaxInt64, math.MinInt64}
	given := slices.Clone(totals)
	up, down := false, false
	for seed := range uint64(20) {
		noisy := NewDraws(draw.Seeded(draw.Seed(seed))).SphericalLaplace(m, totals)
		noise := NewDraws(draw.Seeded(draw.Seed(seed))).SphericalLaplace(m, make([]int64, 6))
		for i, total := range totals {
			want := saturate(new(big.Int).Add(big.NewInt(total), big.NewInt(noise[i])))
			if noisy[i] != want || noise[i] == 0 {
				t.Errorf("total %d came back as %d with noise %d", total, noisy[i], noise[i])
			}
		}
		up, down = up || noise[4] > 0, down || noise[5] < 0
	}
	if !up || !down {
		t.Error("no sum left the range")
	}
	if !slices.Equal(totals, given) {
		t.Error("the raw totals were overwritten")
	}
}

func TestSaturate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Int64().Draw(t, "a"), rapid.Int64().Draw(t, "b")
		sum := new(big.Int).Add(big.NewInt(a), big.NewInt(b))
		want := a + b
		switch {
		case a > 0 && b > 0 && want < 0:
			want = math.MaxInt64
		case a < 0 && b < 0 && want >= 0:
			want = math.MinInt64
		}
		if got := saturate(sum); got != want {
			t.Fatalf("%d + %d = %d, want %d", a, b, got, want)
		}
	})
}

// TestNoiseBeside holds the noise beside a vector against the Laplace distribution: its absolute value is
// Exp(ε/C), its sign fair, and neither depends on the other numbers, whose signs and sizes, above the
// median or below, agree with its own in half of the draws. There are 13 tests, each with a false-alarm
// probability of 5e-11, together below 1e-9.
func TestNoiseBeside(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	const n, bins, alarm = 20_000, 30, 5e-11
	m, err := mustSpherical(t, maxSensitivity, 1e9, 2).Beside(2)
	if err != nil {
		t.Fatal(err)
	}
	if m.Dimensions() != 2 || m.Numbers() != 4 || math.Abs(m.DeviationBeside()-maxSensitivity*math.Sqrt2) > 1 {
		t.Errorf("%d dimensions, %d numbers, a deviation beside of %v", m.Dimensions(), m.Numbers(), m.DeviationBeside())
	}
	scale := float64(m.Sensitivity())
	absolute, joint := distuv.Exponential{Rate: 1 / scale}, distuv.Gamma{Alpha: 2, Beta: 1 / scale}
	sizes := [2][]float64{make([]float64, bins), make([]float64, bins)}
	var positive [2]float64
	agree := map[string]float64{}
	draws := NewDraws(draw.Source{})
	for range n {
		v := draws.SphericalLaplace(m, make([]int64, 4))
		large := func(x int64) bool { return math.Abs(float64(x)) > scale*math.Ln2 }
		both := func(what string, a, b bool) {
			if a == b {
				agree[what]++
			}
		}
		for i, x := range v[2:] {
			sizes[i][min(int(bins*absolute.CDF(math.Abs(float64(x)))), bins-1)]++
			positive[i] += float64(1 - uint64(x)>>63)
			both(fmt.Sprint("sign and the vector's ", i), x > 0, v[0] > 0)
			both(fmt.Sprint("size and sign ", i), x > 0, large(x))
			both(fmt.Sprint("size and the vector's ", i), large(x), math.Hypot(float64(v[0]), float64(v[1])) > joint.Quantile(0.5))
		}
		both("signs beside", v[2] > 0, v[3] > 0)
		both("sizes beside", large(v[2]), large(v[3]))
	}
	far := -distuv.UnitNormal.Quantile(alarm / 2)
	for i := range sizes {
		total := 0.0
		for _, count := range sizes[i] {
			total += (count - n/bins) * (count - n/bins) / (n / bins)
		}
		if total > (distuv.ChiSquared{K: bins - 1}).Quantile(1-alarm) {
			t.Errorf("number %d beside: χ² = %v with %d degrees of freedom", i, total, bins-1)
		}
		agree[fmt.Sprint("sign ", i)] = positive[i]
	}
	for what, hits := range agree {
		if math.Abs(hits-n/2) > far*math.Sqrt(n)/2 {
			t.Errorf("%s: %v of %d", what, hits, n)
		}
	}
}

func TestBesideWantsANumber(t *testing.T) {
	m := mustSpherical(t, 1000, 1e9, 3)
	for _, numbers := range []int{-1, maxDimensions + 1} {
		if _, err := m.Beside(numbers); err == nil {
			t.Errorf("%d numbers beside a vector are no error", numbers)
		}
	}
	same, err := m.Beside(0)
	if err != nil || same != m {
		t.Errorf("nothing beside %+v is %+v, %v", m, same, err)
	}
}

// TestSphericalNoiseBesideIsAdded: every number beside the vector has noise, which depends on no total and is not
// that of another number.
func TestSphericalNoiseBesideIsAdded(t *testing.T) {
	m, err := mustSpherical(t, maxSensitivity, 1e9, 2).Beside(3)
	if err != nil {
		t.Fatal(err)
	}
	totals := []int64{0, 17, -17, 1 << 40, 5}
	noisy := NewDraws(draw.Seeded(draw.Seed(3))).SphericalLaplace(m, totals)
	noise := NewDraws(draw.Seeded(draw.Seed(3))).SphericalLaplace(m, make([]int64, 5))
	seen := map[int64]bool{0: true}
	for i, total := range totals {
		if noisy[i] != total+noise[i] || seen[noise[i]] || seen[-noise[i]] {
			t.Errorf("total %d came back as %d with noise %d", total, noisy[i], noise[i])
		}
		seen[noise[i]] = true
	}
}

// Further vectors have noise of their own, each of the same distribution as the first: the same draws as one vector
// after the other.
func TestSphericalVectors(t *testing.T) {
	one := mustSpherical(t, maxSensitivity, 1e9, 3)
	m, err := one.Vectors(2)
	if err != nil {
		t.Fatal(err)
	}
	if m, err = m.Beside(1); err != nil || m.InVectors() != 6 || m.Numbers() != 7 || m.Dimensions() != 3 || m.Deviation() != one.Deviation() {
		t.Fatalf("%d numbers, %d of them in vectors of %d, ± %v: %v", m.Numbers(), m.InVectors(), m.Dimensions(), m.Deviation(), err)
	}
	totals := []int64{5, 6, 7, -5, -6, -7, 9}
	noisy := NewDraws(draw.Seeded(draw.Seed(4))).SphericalLaplace(m, totals)
	apart := NewDraws(draw.Seeded(draw.Seed(4)))
	want := append(apart.SphericalLaplace(one, totals[:3]), apart.SphericalLaplace(one, totals[3:6])...)
	if !slices.Equal(noisy[:6], want) {
		t.Errorf("two vectors get %v, one after the other %v", noisy[:6], want)
	}
	if noisy[0]-5 == noisy[3]+5 || noisy[6] == 9 {
		t.Errorf("the noise is the same again, or missing: %v", noisy)
	}
	for _, vectors := range []int{-1, 0, maxVectors + 1} {
		if _, err := one.Vectors(vectors); err == nil {
			t.Errorf("%d vectors are no error", vectors)
		}
	}
}
