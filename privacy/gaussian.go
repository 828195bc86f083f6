package privacy

// Gaussian is the calibrated Gaussian mechanism of one integer vector.
type Gaussian struct {
	sensitivity int64
	mu          Mu
	lInf        int64
	sigma       float64
}

// NewGaussian calibrates.
func NewGaussian(sensitivity int64, mu Mu) (Gaussian, error) { panic("skeleton") }

// Sigma is the standard deviation of the noise on every coordinate.
func (g Gaussian) Sigma() float64 { return g.sigma }
