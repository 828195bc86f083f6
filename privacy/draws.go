package privacy

import "maturitybench/privacy/internal/draw"

// Draws hands out the noise of one publication and keeps count of its loss.
type Draws struct {
	source draw.Source
	spent  Loss
}

// NewDraws is for ledgers.
func NewDraws(source draw.Source) *Draws { return &Draws{source: source} }

// Gaussian returns totals with fresh noise on every coordinate.
func (d *Draws) Gaussian(g Gaussian, totals []int64) []int64 { panic("skeleton") }

// Threshold decides which cohorts are kept.
func (d *Draws) Threshold(t Threshold, counts []int64) []bool { panic("skeleton") }

// Spent is the loss of all draws so far.
func (d *Draws) Spent() Loss { return d.spent }

// Noise is "secure", or "test" for seeded noise.
func (d *Draws) Noise() string { panic("skeleton") }
