// Package derived holds what follows from a plan, and from the noisy numbers that
// were measured for it, without data and without a ledger: package benchmark
// derives it, and benchmark/certificate compares it with what is claimed.
package derived

import "maturitybench/benchmark/internal/encode"

// Mechanism is one draw of noise for a vector of integers, or for the test of
// the sizes of cohorts.
type Mechanism struct {
	Name    string  `json:"name"`    // threshold, threshold_segments, pilot, main or small
	Noise   string  `json:"noise"`   // gaussian, or spherical_laplace
	Bound   int     `json:"bound"`   // L2 norms of what one company adds to the vectors, with the absolute values of the numbers beside; of a threshold 0: it counts companies
	Sigma   float64 `json:"sigma"`   // standard deviation of a coordinate, in the units of the vector; of a threshold in companies
	Mu      float64 `json:"mu"`      // loss of Gaussian noise
	Epsilon float64 `json:"epsilon"` // loss of spherical Laplace noise
	Vectors int     `json:"vectors"` // with spherical Laplace noise of their own, one after the other: the others are one vector
	Beside  int     `json:"beside"`  // numbers with spherical Laplace noise of one dimension, each of its own: the last ones
	Tau     float64 `json:"tau"`     // noisy number of companies from which on a cohort is kept: of the threshold, or of a vector that is tested by its own number; 0 without a test
}

// Facts are what follows.
type Facts struct {
	Mechanisms []Mechanism
	Cohorts    []string        // ids, in the order of the release
	Measured   int             // of these, the first ones, which are measured
	Vectors    []encode.Vector // what one company adds: of the first walk, and of the second one if there is one and a measurement
	Head       []byte          // the document without cohorts, as JSON
	Release    []byte          // the document; nil without a measurement
}
