package smooth

import (
	"math"
	"math/rand/v2"
	"testing"
)

// noisy are series of three waves that move by a step of the given spread; the last step of some is
// another one.
func noisy(rng *rand.Rand, count int, drift, noise float64, last func(i int) float64) (truth [][]float64, list []Series) {
	for i := range count {
		s, exact, at := Series{}, []float64{}, 3*rng.NormFloat64()
		for w := range 3 {
			if w > 0 {
				at += drift * rng.NormFloat64()
			}
			if w == 2 {
				at += last(i)
			}
			exact = append(exact, at)
			s.Reading, s.Variance = append(s.Reading, at+noise*rng.NormFloat64()), append(s.Variance, noise*noise)
		}
		truth, list = append(truth, exact), append(list, s)
	}
	return truth, list
}

// What one series does alone is believed if it stands out from the noise, what all do
// together is believed of each, and what is noise is drawn to nothing.
func TestSmoothBelievesChange(t *testing.T) {
	const noise = 0.1
	for name, tt := range map[string]struct {
		last func(i int) float64
		off  float64 // root mean square error of the last step that is expected at most
	}{
		"nothing":     {func(int) float64 { return 0 }, 0.5 * noise},
		"one":         {func(i int) float64 { return map[int]float64{3: 0.7}[i] }, 0.6 * noise},
		"all, apart":  {func(i int) float64 { return 0.7 * math.Sin(float64(i*i)) }, 1.3 * noise},
		"all as much": {func(int) float64 { return 1 }, 1.4 * noise},
	} {
		truth, list := noisy(rand.New(rand.NewPCG(1, 2)), 40, 0.02, noise, tt.last)
		sum := 0.0
		for i, b := range Smooth(list, Distances, 1) {
			miss := b.Change(1, 2).Mean() - (truth[i][2] - truth[i][1])
			sum += miss * miss
			if name == "one" && i == 3 && math.Abs(miss) > 3*noise {
				t.Errorf("a jump by 0.7 is off by %.3f", miss)
			}
		}
		if rmse := math.Sqrt(sum / 40); rmse > tt.off {
			t.Errorf("%s: the error of the last step is %.3f, more than %.3f", name, rmse, tt.off)
		}
	}
}

// Levels are known up to where they begin: readings that are moved by a constant move them by as
// much, and no change.
func TestSmoothMovesAlong(t *testing.T) {
	_, list := noisy(rand.New(rand.NewPCG(3, 4)), 12, 0.1, 0.15, func(int) float64 { return 0 })
	before := Smooth(list, Distances, 0.9)
	for i := range list {
		for w := range list[i].Reading {
			list[i].Reading[w] += 7
		}
	}
	for i, b := range Smooth(list, Distances, 0.9) {
		if got, want := b.Level(0).Mean(), before[i].Level(0).Mean()+7; math.Abs(got-want) > 1e-9 {
			t.Errorf("a level moved to %v, want %v", got, want)
		}
		if got, want := b.Change(0, 2).Quantile(0.05), before[i].Change(0, 2).Quantile(0.05); math.Abs(got-want) > 1e-9 {
			t.Errorf("the end of an interval of a change is %v, was %v", got, want)
		}
	}
}

// Series that move as is believed are in their intervals as often as these say. Of 40·200 changes,
// those of 200 draws at most as dependent as 1000 alone, 83 % or fewer hold with a probability below
// 1e-9 if 90 % do: their standard deviation is 0.95 %, and more hold in truth.
func TestSmoothCovers(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	rng, covered, total := rand.New(rand.NewPCG(5, 6)), 0.0, 0.0
	for range 200 {
		drift := math.Sqrt(Distances.drift) * math.Exp(Distances.spread/2*rng.NormFloat64())
		truth, list := noisy(rng, 40, drift, 0.15, func(int) float64 {
			if rng.Float64() < rare {
				return rng.NormFloat64() * math.Sqrt(jump)
			}
			return 0
		})
		for i, b := range Smooth(list, Distances, 1) {
			m, change := b.Change(1, 2), truth[i][2]-truth[i][1]
			total++
			if m.Quantile(0.05) <= change && change <= m.Quantile(0.95) {
				covered++
			}
		}
	}
	t.Logf("%.3f of the intervals of 90 %% hold", covered/total)
	if covered/total < 0.83 {
		t.Errorf("%.3f of the intervals of 90 %% hold", covered/total)
	}
}
