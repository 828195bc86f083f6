package model

import (
	"fmt"
	"math"
	"testing"
)

// The simulated sheets show the moments that were asked for, wherever these
// are within reach.
func TestCalibration(t *testing.T) {
	if testing.Short() {
		t.Skip("exhaustive tier")
	}
	small := Shape{Levels: 6, Domains: []int{4, 3}}
	tests := []struct {
		shape                   Shape
		level, scoreSD, logNorm float64 // in Units, Units and ln
	}{
		{fourDomains, 2.5, 0.85, 0},
		{fourDomains, 1.5, 0.6, 0},
		{fourDomains, 1.5, 1, 0.15},
		{fourDomains, 3.5, 0.85, 0.15},
		{small, 2, 0.85, 0},
		{Shape{Levels: 11, Domains: []int{6, 5, 7}}, 2, 0.7, 0},
		{Shape{Levels: 4, Domains: []int{5, 5}}, 2, 0.7, 0},
		{Shape{Levels: 2, Domains: []int{6, 5}}, 1.5, 0.9, 0.15},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprintf("%d levels, %v", tt.shape.Levels, tt.level), func(t *testing.T) {
			u := tt.shape.Unit()
			want := snap(tt.shape, Center{Level: tt.level * u, ScoreVariance: square(tt.scoreSD * u), LogNorm: tt.logNorm})
			_, sheets := calibrate(tt.shape, want)
			mean, sd := sheets.scoreMoments(len(tt.shape.Domains))
			compare(t, "mean score", mean, want.center(tt.shape), 0.03*u)
			compare(t, "standard deviation of scores", sd/want.scoreSD(tt.shape), 1, 0.03)
			compare(t, "mean ln(contrast norm)", average(sheets.logNorms()), want.logNorm(), 0.03)
		})
	}
}

// The grid is a quarter Unit and 0.15 in the logarithms.
func TestSnap(t *testing.T) {
	for _, shape := range []Shape{fourDomains, {Levels: 11, Domains: []int{3}}, {Levels: 2, Domains: []int{3}}} {
		u := shape.Unit()
		for _, level := range []float64{0, 0.3, 1.37, 2.5} {
			c := Center{Level: level * u, ScoreVariance: square(0.77 * u), LogNorm: -0.21}
			got := snap(shape, c)
			compare(t, "level", got.center(shape), c.Level, u/8+1e-12)
			compare(t, "ln sd", math.Log(got.scoreSD(shape)), math.Log(0.77*u), 0.075+1e-12)
			compare(t, "ln norm", got.logNorm(), c.LogNorm, 0.075+1e-12)
		}
	}
}
