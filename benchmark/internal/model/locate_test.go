package model

import (
	"math"
	"testing"

	"maturitybench/stats"

	"pgregory.net/rapid"
)

var fourDomains = Shape{Levels: 6, Domains: []int{14, 12, 10, 8}, Attributes: []int{3, 2, 4}}

// A pilot that is all noise leaves the prior.
func TestLocateWithoutInformation(t *testing.T) {
	const noise = 1e9
	for _, prior := range []Prior{
		{Companies: 100},
		{Known: true, Level: 1.5, Spread: 0.5, Companies: 30},
	} {
		reading := PilotReading{Companies: prior.Companies, CompaniesSD: noise, ScoreSD: noise, SquareSD: noise, HistogramSD: noise, Histogram: make([]float64, 14)}
		got, want := Locate(fourDomains, prior, reading), Expect(fourDomains, prior)
		compare(t, "Level", got.Level, want.Level, 1e-3)
		compare(t, "LevelVariance", got.LevelVariance, want.LevelVariance, 0.26*math.Pow(want.Level-2.5, 2)+1e-3) // the number of companies is unknown too
		compare(t, "Companies", got.Companies, want.Companies, 1e-3)
		compare(t, "CompaniesVariance", got.CompaniesVariance, want.CompaniesVariance, 1e-3*want.CompaniesVariance)
		compare(t, "ScoreVariance", got.ScoreVariance, want.ScoreVariance, 1e-3)
		compare(t, "LogNorm", got.LogNorm, want.LogNorm, 0.05) // the grid ends at −0.8 and 0.7
		compare(t, "LogNormSpread", got.LogNormSpread, want.LogNormSpread, 0.05)
	}
}

// Normal beliefs and readings of equal variance meet half way. With 100
// companies for certain and a level sd of 36·2.5/100 = 0.9, the prior's
// 1.8·0.5, the level is half way between 1.5 and the middle of the scale.
func TestLocateAveragesPriorAndReading(t *testing.T) {
	prior := Prior{Known: true, Level: 1.5, Spread: 0.5, Companies: 100}
	level := Locate(fourDomains, prior, PilotReading{Companies: 100, ScoreSD: 36, SquareSD: 1, HistogramSD: 1e9})
	compare(t, "Level", level.Level, 2, 1e-12)
	compare(t, "LevelVariance", level.LevelVariance, 0.81/2+0.01, 1e-12)

	// Prior 100 ± 50 and reading 140 ± 50.
	companies := Locate(fourDomains, prior, PilotReading{Companies: 140, CompaniesSD: 50, ScoreSD: 1, SquareSD: 1, HistogramSD: 1})
	compare(t, "Companies", companies.Companies, 120, 1e-12)
	compare(t, "CompaniesVariance", companies.CompaniesVariance, 1250, 1e-9)
}

// A planning figure that is wrong by a factor of ten or more does not pull the
// number of companies by more than the noise.
func TestLocateForgetsAWrongFigure(t *testing.T) {
	for _, companies := range []float64{10, 60, 3000, 1e6} {
		reading := PilotReading{Companies: companies, CompaniesSD: 10, ScoreSD: 1, SquareSD: 1, HistogramSD: 1}
		got := Locate(fourDomains, Prior{Companies: 600}, reading)
		compare(t, "Companies", got.Companies, companies, 2) // (600−60)·10²/(540²+10²) = 0.2; below the figure 300²: 1.8
	}
}

// A nearly exact pilot of very many companies gives their own moments back.
func TestLocateRecoversThePopulation(t *testing.T) {
	const n, level, variance, location, spread = 1e6, 1.8, 0.5, 0.15, 0.24
	mid := fourDomains.Mid()
	reading := PilotReading{
		Companies: n,
		Score:     n * (level - mid) / mid, ScoreSD: 1,
		Square: n * (variance + square(level-mid)) / square(mid), SquareSD: 1,
		HistogramSD: 1,
	}
	below := 0.0
	for _, edge := range append(fourDomains.PilotEdges(), math.Inf(1)) {
		upTo := stats.NormalCDF((edge - location) / spread)
		reading.Histogram = append(reading.Histogram, n*(upTo-below))
		below = upTo
	}
	got := Locate(fourDomains, Prior{Companies: 100}, reading)
	compare(t, "Level", got.Level, level, 1e-3)
	compare(t, "ScoreVariance", got.ScoreVariance, variance, 0.05) // the centre may be off by a tenth of a level
	compare(t, "LogNorm", got.LogNorm, location, 1e-6)
	compare(t, "LogNormSpread", got.LogNormSpread, spread, 1e-6)
}

// One question a domain: there is no contrast, and the histogram says nothing.
func TestLocateIgnoresNormsWithoutContrasts(t *testing.T) {
	shape := Shape{Levels: 6, Domains: []int{1, 1, 1}}
	reading := PilotReading{Companies: 100, ScoreSD: 1, SquareSD: 1, HistogramSD: 0.1, Histogram: make([]float64, 14)}
	reading.Histogram[0] = 100
	compare(t, "LogNorm", Locate(shape, Prior{}, reading).LogNorm, 0, 0.05)
}

// Whatever the noise draws, the centre is on the scale and its spreads are
// usable.
func TestLocateStaysInBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.Float64Range(-1e6, 1e6)
		noise := rapid.Float64Range(0.1, 1e4)
		shape := Shape{Levels: rapid.IntRange(2, 11).Draw(t, "levels"), Domains: []int{3, 4}}
		reading := PilotReading{
			Companies: number.Draw(t, "companies"), CompaniesSD: noise.Draw(t, "companies sd"),
			Score: number.Draw(t, "score"), ScoreSD: noise.Draw(t, "score sd"),
			Square: number.Draw(t, "square"), SquareSD: noise.Draw(t, "square sd"),
			Histogram: rapid.SliceOfN(number, 14, 14).Draw(t, "histogram"), HistogramSD: noise.Draw(t, "histogram sd"),
		}
		if rapid.Bool().Draw(t, "exact") {
			reading.CompaniesSD = 0
		}
		c := Locate(shape, Prior{Companies: 50}, reading)
		unit := square(shape.Unit())
		switch {
		case !(c.Level > 0 && c.Level < float64(shape.Levels-1)):
			t.Errorf("level %v outside the scale", c.Level)
		case !(c.LevelVariance > 0) || math.IsInf(c.LevelVariance, 1):
			t.Errorf("level variance %v", c.LevelVariance)
		case !(c.Companies >= 1) || !(c.CompaniesVariance >= 0):
			t.Errorf("companies %v, variance %v", c.Companies, c.CompaniesVariance)
		case !(c.ScoreVariance >= 0.1*unit && c.ScoreVariance <= square(shape.Mid())):
			t.Errorf("score variance %v", c.ScoreVariance)
		case !(math.Abs(c.LogNorm) < 0.81) || !(c.LogNormSpread > 0.079 && c.LogNormSpread < 0.451):
			t.Errorf("ln norm %v ± %v", c.LogNorm, c.LogNormSpread)
		}
	})
}

func compare(t *testing.T, name string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s = %v, want %v within %v", name, got, want, tolerance)
	}
}
