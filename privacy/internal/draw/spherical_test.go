package draw

import (
	"fmt"
	"math"
	"math/big"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"
)

// TestLeafRate: a = rate/leaf is at most rate/(unit·√d), exactly, and no
// smaller leaf would do: unit²·d lies in ((leaf − 1)², leaf²].
func TestLeafRate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		unit := rapid.Uint64Range(1, 1_000_000_000<<30).Draw(t, "unit")
		d := rapid.IntRange(1, 64).Draw(t, "d")
		p := NewSpherical(1, unit, d)
		needed := squared(unit)
		needed.Mul(needed, big.NewInt(int64(d)))
		if squared(p.leaf).Cmp(needed) < 0 || squared(p.leaf-1).Cmp(needed) >= 0 {
			t.Fatalf("unit %d, d = %d: leaf %d", unit, d, p.leaf)
		}
	})
	for d, want := range map[int]uint64{1: 1e9, 4: 2e9, 2: 1_414_213_563, 9: 3e9} {
		if got := NewSpherical(1, 1e9, d).leaf; got != want {
			t.Errorf("d = %d: leaf %d, want %d", d, got, want)
		}
	}
}

// TestJoinExponent: γ of a join is never negative, also where both halves are
// parallel to (√k, √l), so that it is zero, and its roots are the weights.
func TestJoinExponent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := rapid.IntRange(2, 64).Draw(t, "d")
		m := rapid.IntRange(2, d).Draw(t, "m")
		p := NewSpherical(rapid.Uint64Range(1, 1e11).Draw(t, "rate"), rapid.Uint64Range(1, 1<<59).Draw(t, "unit"), d)
		k, l := m/2, m-m/2
		x := rapid.Uint64Range(0, 1<<60).Draw(t, "x")
		y := rapid.Uint64Range(0, 1<<60).Draw(t, "y")
		if rapid.Bool().Draw(t, "parallel") {
			c := rapid.Uint64Range(0, 1<<50).Draw(t, "c")
			x, y = c*uint64(k), c*uint64(l)
		}
		of := func(n uint64) *big.Int { return new(big.Int).SetUint64(n) }
		g := exponent{plus: p.weight(m, of(x+y)), minus: []root{p.weight(k, of(x)), p.weight(l, of(y))}}
		if _, hi := g.bracket(300); hi.Sign() < 0 {
			t.Fatalf("γ = %v/2³⁰⁰", hi)
		}
		rate := float64(p.rate) / float64(p.unit)
		for _, c := range []struct {
			m      int
			square uint64
		}{{m, x + y}, {k, x}, {l, y}} {
			w := p.weight(c.m, of(c.square))
			got, _ := new(big.Rat).SetFrac(w.num, w.den).Float64()
			want := rate * rate * float64(c.square) * float64(c.m) / float64(d)
			// leaf is rounded up by less than 1 of at least unit.
			if got > want*(1+1e-12) || got < want*(1-2/float64(p.unit)-1e-12) && p.unit > 10 {
				t.Fatalf("the weight of %d of %d coordinates is √%v, want √%v", c.m, d, got, want)
			}
		}
	})
}

// lattice is the exact distribution of vectors of d integers with P(v) ∝
// exp(−rate·‖v‖), summed over a box outside of which is less than e⁻³⁰.
type lattice struct {
	rate, sum      float64
	mean, variance float64 // of the norm
}

func newLattice(rate float64, d int) lattice {
	edge := int(math.Ceil(36 / rate))
	l := lattice{rate: rate}
	var first, second float64
	var walk func(d int, square float64)
	walk = func(d int, square float64) {
		if d == 0 {
			norm := math.Sqrt(square)
			p := math.Exp(-rate * norm)
			l.sum += p
			first += p * norm
			second += p * square
			return
		}
		for x := -edge; x <= edge; x++ {
			walk(d-1, square+float64(x*x))
		}
	}
	walk(d, 0)
	l.mean = first / l.sum
	l.variance = second/l.sum - l.mean*l.mean
	return l
}

// misfit says in which test a sample differs from the distribution: the mean
// of the norm, or the counts of single vectors, all that are expected at least
// 100 times, with one cell for the rest. Each has a false-alarm probability of
// about alarm.
func (l lattice) misfit(sample [][3]int64) string {
	n := float64(len(sample))
	counts := map[[3]int64]float64{}
	sum := 0.0
	for _, v := range sample {
		counts[v]++
		sum += math.Sqrt(float64(v[0]*v[0] + v[1]*v[1] + v[2]*v[2]))
	}
	if far := -distuv.UnitNormal.Quantile(alarm / 2); math.Abs(sum-n*l.mean) > far*math.Sqrt(n*l.variance) {
		return "norm"
	}
	cells, chi, rest, seen := 0.0, 0.0, n, n
	for v, count := range counts {
		expected := n / l.sum * math.Exp(-l.rate*math.Sqrt(float64(v[0]*v[0]+v[1]*v[1]+v[2]*v[2])))
		if expected < 100 {
			continue
		}
		cells++
		chi += (count - expected) * (count - expected) / expected
		rest -= expected
		seen -= count
	}
	chi += (seen - rest) * (seen - rest) / rest
	if chi > (distuv.ChiSquared{K: cells}).Quantile(1-alarm) {
		return "vectors"
	}
	return ""
}

// TestSphericalDistribution compares with the exact probabilities of single
// vectors, with their signs and orders, at rates for which the grid is coarse.
// A sample of n vectors shows a rate that is 2 % off in the mean of its norms
// by about 0.02·√(n·d) standard deviations, of which the alarm takes 7.1.
func TestSphericalDistribution(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	for i, c := range []struct {
		d, n       int
		rate, unit uint64
	}{
		{1, 240_000, 1, 1},
		{2, 120_000, 3, 5},
		{3, 80_000, 7, 10},
	} {
		source, p := Seeded(Seed(uint64(10+i))), NewSpherical(c.rate, c.unit, c.d)
		sample := make([][3]int64, c.n)
		for j := range sample {
			for k, x := range source.Spherical(p) {
				sample[j][k] = x.Int64()
			}
		}
		rate := float64(c.rate) / float64(c.unit)
		if got := newLattice(rate, c.d).misfit(sample); got != "" {
			t.Errorf("d = %d, rate %v: wrong %s", c.d, rate, got)
		}
		for _, factor := range []float64{0.98, 1.02} {
			if got := newLattice(rate*factor, c.d).misfit(sample); got == "" {
				t.Errorf("d = %d: rate %v passes for %v", c.d, rate, rate*factor)
			}
		}
	}
}

// acceptance is the share of d discrete Laplace integers, with hardly any
// grid, that would be accepted at once: the integral of exp(−‖v‖₂) over that
// of exp(−‖v‖₁/√d), which is d!·π^{d/2}/Γ(d/2 + 1)/(2√d)ᵈ.
func acceptance(d int) float64 {
	x := float64(d)
	factorial, _ := math.Lgamma(x + 1)
	half, _ := math.Lgamma(x/2 + 1)
	return math.Exp(factorial - half + x*math.Log(math.Sqrt(math.Pi)/2/math.Sqrt(x)))
}

// TestAcceptance: the product of all joins is 0.353 at d = 5, where the unit
// ball has the volume 8π²/15, and 0.269 at d = 6, where it has π³/6. A join of
// k and l coordinates accepts A(k + l)/(A(k)·A(l)).
func TestAcceptance(t *testing.T) {
	for d, want := range map[int]float64{1: 1, 2: math.Pi / 4, 5: 0.3531, 6: 0.2691} {
		if got := acceptance(d); math.Abs(got/want-1) > 5e-4 {
			t.Errorf("A(%d) = %v, want %v", d, got, want)
		}
	}
	if testing.Short() {
		t.Skip("statistical tier")
	}
	const n = 3000
	r := Seeded(Seed(20)).random()
	for _, d := range []int{2, 3, 5, 6, 16} {
		p := NewSpherical(1, 1<<30, d)
		accepted := 0
		for range n {
			if _, ok := r.join(p, make([]*big.Int, d)); ok {
				accepted++
			}
		}
		checkShare(t, fmt.Sprint("joins of ", d), accepted, n, acceptance(d)/acceptance(d/2)/acceptance(d-d/2))
	}
}

// TestSphericalFollowsItsSeed, and gives every dimension fresh noise.
func TestSphericalFollowsItsSeed(t *testing.T) {
	p := NewSpherical(1, 1<<50, 64)
	one, two := Seeded(Seed(21)).Spherical(p), Seeded(Seed(21)).Spherical(p)
	different := map[string]bool{}
	for i := range one {
		if one[i].Cmp(two[i]) != 0 {
			t.Fatal("the same seed draws another vector")
		}
		different[one[i].String()] = true
	}
	if len(different) < 64 {
		t.Errorf("64 coordinates have %d values", len(different))
	}
}

func BenchmarkSpherical(b *testing.B) {
	for _, d := range []int{1, 6, 16, 64} {
		for _, sensitivity := range []uint64{1, 1 << 30} {
			b.Run(fmt.Sprintf("d=%d/sensitivity=%d", d, sensitivity), func(b *testing.B) {
				p := NewSpherical(4_000_000_000, sensitivity*1_000_000_000, d)
				for b.Loop() {
					(Source{}).Spherical(p)
				}
			})
		}
	}
}
