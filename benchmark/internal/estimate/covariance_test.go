package estimate

import "testing"

// Values of an attribute sample independently but for what makes them up all: a value of no
// company counts as one, so that the covariance of its part does not grow beyond the others'.
func TestWholeOfSmallValues(t *testing.T) {
	parts := []part{{cohorts: []int{0}}, {cohorts: []int{1, 2}}}
	for _, c := range []struct {
		all, first, second float64
		whole              float64
	}{{100, 60, 40, 1.0 / 100}, {100, 60, 20, 1.0 / 100}, {2, 2, 0.1, 1.0 / 3}, {1, 5, 7, 1.0 / 12}} {
		cov := newCovariance(parts, []float64{c.all, c.first, c.second})
		same(t, "whole", cov.whole[1], c.whole)
		same(t, "covariance of two values", cov.ownSampling(1, 1, 2), -c.whole)
		same(t, "variance of a value", cov.ownSampling(1, 1, 1), 1/c.first-c.whole)
	}
}
