package privacy

// Threshold is the calibrated test of the secret roster.
type Threshold struct {
	k     int
	noise Gaussian
	tau   int64
}

// NewThreshold calibrates. memberships is the largest number of cohorts that
// one company is in, delta is in units of 1e-18.
func NewThreshold(k, memberships int, mu Mu, delta int64) (Threshold, error) { panic("skeleton") }

// PassProbability is the chance that a cohort of n companies is kept.
func (t Threshold) PassProbability(n int) float64 { panic("skeleton") }
