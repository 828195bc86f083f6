package model

// Prior is what is public before any answer is looked at.
type Prior struct {
	Known     bool    // whether a level was published
	Level     float64 // published overall mean, on 0..Levels-1
	Spread    float64 // its spread, > 0
	Companies float64 // expected number of companies
}

// PilotReading holds the noisy totals of the pilot in natural units and the
// standard deviation of their noise. With t = (score − mid)/mid, mid the
// middle of the scale:
type PilotReading struct {
	Companies, CompaniesSD float64   // Σ 1; a CompaniesSD of 0 says that the count is exact
	Score, ScoreSD         float64   // Σ t
	Square, SquareSD       float64   // Σ t²
	Histogram              []float64 // Σ one-hot bin of ln(contrast norm / ContrastUnit)
	HistogramSD            float64
}

// Center is the posterior of the pilot: everything that the main encoding
// may know about the data.
type Center struct {
	Level, LevelVariance         float64 // overall mean
	Companies, CompaniesVariance float64
	ScoreVariance                float64 // variance of company scores
	LogNorm, LogNormSpread       float64 // ln(contrast norm / ContrastUnit) ~ N(LogNorm, LogNormSpread²)
}
