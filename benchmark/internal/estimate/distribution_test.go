package estimate

import (
	"math"
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark/internal/model"

	"gonum.org/v1/gonum/mat"
)

// The distribution functions solved part by part are those of one dense system of
// all rows, thresholds and cohorts.
func TestDistributionIsDensePosterior(t *testing.T) {
	for _, unmeasured := range []float64{0, 0.4, 1} {
		rng := rand.New(rand.NewPCG(13, 14))
		shape := model.Shape{Levels: 4, Domains: []int{5, 3}, Attributes: []int{3, 2}}
		s := newSetting(arbitraryInput(shape, 300, 10, 0.1, unmeasured, true, rng))
		r := s.scoreReading(1, 2, 1e-4)
		sp := levelSpread{weight: 1, wide: 1, value: 0.5, variance: 0.01}
		n, j := shape.Cohorts(), len(r.at)
		mean, variance := make([]float64, n), make([]float64, n)
		for g := range mean {
			mean[g], variance[g] = 1+0.3*rng.Float64(), 0.02*(1+rng.Float64())
		}
		p := s.newProcess(r, sp, mean)
		got := p.distribution(sp, variance)

		p.variance = variance
		partOf := make([]int, n)
		for a, part := range s.parts {
			for _, g := range part.cohorts {
				partOf[g] = a
			}
		}
		prior := mat.NewSymDense(n*j, nil)
		start := make([]float64, n*j)
		for g := range n {
			for a := range j {
				start[g*j+a] = p.start[g][a] - r.ref[a]
				for h := range n {
					for b := range j {
						v := p.shared(sp, a, b) + (1-meanOwn)*math.Sqrt(variance[g]*variance[h])*p.density[a]*p.density[b]
						if partOf[g] == partOf[h] {
							v += p.own(partOf[g], g, h, a, b)
						}
						if g*j+a <= h*j+b {
							prior.SetSym(g*j+a, h*j+b, v)
						}
					}
				}
			}
		}
		// Whiten the noise of a row by its factor, so that it is independent.
		var rows []*mat.Dense
		var y, sd []float64
		for row := range r.sd {
			if !measured(r.sd[row]) {
				continue
			}
			noise := mat.NewSymDense(j, nil) // with what clipping may do to the row
			for a := range j {
				for b := a; b < j; b++ {
					noise.SetSym(a, b, square(r.sd[row])*r.noise.At(a, b)+r.weight[row]*r.lost.At(a, b))
				}
			}
			l := factor(noise)
			h := mat.NewDense(j, n*j, nil)
			e := mat.NewDense(j, 1, nil)
			for a := range j {
				for g := range n {
					h.Set(a, g*j+a, r.h.At(row, g))
				}
				e.Set(a, 0, r.y[row][a])
			}
			solveLower(l, h)
			solveLower(l, e)
			rows = append(rows, h)
			for a := range j {
				y, sd = append(y, e.At(a, 0)), append(sd, 1)
			}
		}
		h := mat.NewDense(max(len(rows), 1)*j, n*j, nil)
		for i, row := range rows {
			h.Slice(i*j, (i+1)*j, 0, n*j).(*mat.Dense).Copy(row)
		}
		want, v := condition(start, prior, h, y, sd)
		for g := range n {
			for a := range j {
				i := g*j + a
				if math.Abs(got.value[g][a]-want[i]-r.ref[a]) > 1e-6 || math.Abs(got.variance[g][a]-max(v[i], 1e-9)) > 1e-6 {
					t.Errorf("unmeasured %v: cohort %d, threshold %v: %v ± √%v instead of %v ± √%v",
						unmeasured, g, r.at[a], got.value[g][a], got.variance[g][a], want[i]+r.ref[a], v[i])
				}
			}
		}
	}
}

// With many companies measured without noise the spread is theirs.
func TestSpreads(t *testing.T) {
	rng := rand.New(rand.NewPCG(15, 16))
	shape := model.Shape{Levels: 6, Domains: []int{10}}
	s := newSetting(arbitraryInput(shape, 5000, 1, 0, 0, true, rng))
	r := s.scoreReading(0, 2, 1e-4)
	r.square.sd = math.Inf(1)
	public := r.public
	for _, ratio := range []float64{0.5, 0.9, 1.25} {
		f := r.expected(2, ratio*public).f
		for i, v := range f {
			r.y[0][i] = 5000 * (v - r.ref[i])
		}
		var mean, total float64
		for _, sp := range s.spreads([]scoreReading{r})[0].spreads[0] {
			mean += sp.weight * sp.value
			total += sp.weight
		}
		if math.Abs(mean/total/public/ratio-1) > 0.1 {
			t.Errorf("spread %v instead of %v", mean/total, ratio*public)
		}
	}
}

// So it is when only the squared scores were measured.
func TestSpreadsOfSquares(t *testing.T) {
	rng := rand.New(rand.NewPCG(17, 18))
	shape := model.Shape{Levels: 6, Domains: []int{10}}
	s := newSetting(arbitraryInput(shape, 5000, 1, 0, 1, true, rng))
	r := s.scoreReading(0, 2, 1e-4)
	public := r.public
	for _, ratio := range []float64{0.5, 0.9, 1.25} {
		level := r.warp.level(2, ratio*public)
		r.square = squareReading{center: 1.7, value: r.warp.variance(level, ratio*public) + 0.09, sd: 0.01}
		var mean, variance float64
		for _, sp := range s.spreads([]scoreReading{r})[0].spreads[0] {
			mean += sp.weight * sp.value
			variance += sp.weight * (sp.variance + square(sp.value))
		}
		// A reading that is off by 0.01 is one of 0.5 % to 4 % of the spread.
		if sd := math.Sqrt(variance - mean*mean); math.Abs(mean/public/ratio-1) > 0.05 || sd > 0.1*ratio*public {
			t.Errorf("spread %v ± %v instead of %v", mean, sd, ratio*public)
		}
	}
}

func TestPlaces(t *testing.T) {
	// Two questions, scores 0, 0.5, 1, …: a company at 0.5 or below is one whose
	// normal score is below 0.75.
	if step := coarse(0.5, 0.25); step != 0.5 {
		t.Fatalf("step %v", step)
	}
	got := places([]float64{0.25, 0.5, 0.75, 1}, 0.5)
	for i, want := range []float64{0.25, 0.75, 0.75, 1.25} {
		if got[i] != want {
			t.Errorf("place of threshold %d: %v, want %v", i, got[i], want)
		}
	}
	if step := coarse(1.0/3, 0.25); step != 0 {
		t.Errorf("three questions are not coarse, step %v", step)
	}
}

// Of many companies nothing was read: what may be wrong of all's distribution
// functions is their shape, whatever the attributes, and of a half what it may
// differ from the whole as well, as one of two independent effects less their mean.
func TestUnreadShape(t *testing.T) {
	for _, attributes := range [][]int{nil, {2}, {2, 2}} {
		shape := model.Shape{Levels: 6, Domains: []int{10, 10}, Attributes: attributes}
		s := newSetting(arbitraryInput(shape, 5000, 1, 0, 1, true, rand.New(rand.NewPCG(25, 26))))
		for g := range s.sizes.count {
			s.sizes.count[g] = 1e9
			if g == 0 {
				s.sizes.count[g] = 2e9
			}
		}
		s.cov = newCovariance(s.parts, s.sizes.count)
		r := s.scoreReading(0, 2, 1e-4)
		n := shape.Cohorts()
		mean := make([]float64, n)
		for g := range mean {
			mean[g] = 2
		}
		sp := levelSpread{weight: 1, wide: 1, value: 0.8}
		d := s.newProcess(r, sp, mean).distribution(sp, make([]float64, n))
		for g, row := range d.variance {
			want := square(s.shape.smooth)
			if g > 0 {
				want += square(0.018) / 2
			}
			for i, v := range row {
				if math.Abs(v-want) > 1e-7 {
					t.Errorf("attributes %v, cohort %d, threshold %v: variance %v, want %v", attributes, g, r.at[i], v, want)
				}
			}
		}
	}
}
