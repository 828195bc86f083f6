package estimate

import (
	"math"
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// Levels and spreads are found again from the mean and the standard deviation of
// the scores, in the middle of the scale and near its ends.
func TestWarp(t *testing.T) {
	w := warp{shape: model.Shape{Levels: 6}, rest: 1, room: 3}
	for _, level := range []float64{-0.5, 0.4, 2.5, 4.9} {
		for _, sd := range []float64{0.2, 0.7, 1.3} {
			mean := w.mean(level, sd)
			if got := w.level(mean, sd); math.Abs(got-level) > 1e-6 {
				t.Errorf("level %v of mean %v, want %v", got, mean, level)
			}
			if got := w.levelSpread(mean, math.Sqrt(w.variance(level, sd))); math.Abs(got-sd) > 1e-4 {
				t.Errorf("spread %v at level %v, want %v", got, level, sd)
			}
			if got := (w.mean(level+1e-4, sd) - w.mean(level-1e-4, sd)) / 2e-4; math.Abs(got-w.slope(level, sd)) > 1e-6 {
				t.Errorf("slope %v at level %v, the difference quotient is %v", w.slope(level, sd), level, got)
			}
		}
	}
}

// The moments are those of simulated companies that answer many questions.
func TestWarpIsTheMeanOfRoundedAnswers(t *testing.T) {
	w := warp{shape: model.Shape{Levels: 6}, rest: 1.1, room: 3}
	rng := rand.New(rand.NewPCG(43, 44))
	const companies, questions, level, sd = 4000, 200, 0.9, 0.7
	var first, second float64
	for range companies {
		x, sum := level+sd*rng.NormFloat64(), 0.0
		for range questions {
			sum += clamp(math.Round(x+w.rest*rng.NormFloat64()), 0, 5)
		}
		first += sum / questions / companies
		second += square(sum/questions) / companies
	}
	// The mean's error is 0.6/√4000 = 0.009, that of a standard deviation about
	// 0.007; 200 questions add 0.9²/200 = 0.004 to the variance.
	if got := w.mean(level, sd); math.Abs(got-first) > 0.04 {
		t.Errorf("mean %v, simulated %v", got, first)
	}
	if got, want := math.Sqrt(w.variance(level, sd)), math.Sqrt(second-first*first); math.Abs(got-want) > 0.035 {
		t.Errorf("standard deviation %v, simulated %v", got, want)
	}
}
