package privacy

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"sync"

	"maturitybench/privacy/internal/draw"
)

// Draws hands out the noise of one publication and keeps count of its loss. A
// ledger makes it, passes it to the function that computes the release, and
// closes it when that function returns: every later draw panics, so that no
// noise can be drawn that nobody pays for. The zero Draws is closed. It must
// not be copied. It may be used by several goroutines, but only draws in a
// fixed order are reproducible under a test ledger.
type Draws struct {
	lock     sync.Mutex
	source   draw.Source
	standing Standing
	spent    Loss // without the sampler's δ
	numbers  int  // with Gaussian noise
	open     bool
}

// NewDraws is for ledgers; the zero source is the secure one, and no package
// outside privacy can make another.
func NewDraws(source draw.Source) *Draws { return &Draws{source: source, open: true} }

// In tells the draws how the account stands, the publication included, and
// returns them. It is for ledgers.
func (d *Draws) In(standing Standing) *Draws {
	d.standing = standing
	return d
}

// Standing is how the account stands once this publication is charged: what a
// release may say of the loss so far. A ledger stores the release only if that
// is still so. It is the zero Standing where no ledger said.
func (d *Draws) Standing() Standing { return d.standing }

// Gaussian returns totals with fresh noise on every coordinate, in a new
// slice. The whole vector is charged μ² once; all Gaussian draws of the
// publication, a threshold's included, are charged δ for the sampler together,
// [SamplerDelta] or more.
//
// Privacy: totals are raw sums. The caller guarantees that they change by at
// most the sensitivity of g, in the L2 norm, between neighbours of the [Roster], and that fewer than 2³¹ companies are in them. The
// result is then μ-GDP. Nothing but the length of totals steers the control
// flow, and the length must be a public fact of the plan.
func (d *Draws) Gaussian(g Gaussian, totals []int64) []int64 {
	d.lock.Lock()
	defer d.lock.Unlock()
	d.chargeGaussian(g, Loss{MuSquared: g.mu.Squared()}, len(totals))
	noisy := make([]int64, len(totals))
	for i, total := range totals {
		noisy[i] = d.add(g, total)
	}
	return d.source.Record(draw.Call{
		Mechanism: draw.Gaussian, Sensitivity: g.sensitivity, LInf: g.lInf, Sigma: g.sigma, Mu: int64(g.mu),
		Totals: totals, Noisy: noisy,
	})
}

// Threshold decides which cohorts are kept, one answer for every count. Each
// count gets its own fresh noise, which is used for this decision alone, also
// where the count is below k and the decision is certain. The call is charged
// μ² and δ of the test once; for the sampler see [Draws.Gaussian].
//
// Privacy: counts are raw numbers of companies, one per public cohort, in an
// order that does not depend on the data. The caller guarantees that one
// company is counted in at most the memberships that t was calibrated for. See
// [Threshold] for the proof.
func (d *Draws) Threshold(t Threshold, counts []int64) []bool {
	d.lock.Lock()
	defer d.lock.Unlock()
	d.chargeGaussian(t.noise, t.Loss(), len(counts))
	totals, noisy := make([]int64, len(counts)), make([]int64, len(counts))
	for i, count := range counts {
		totals[i] = count * thresholdScale
		noisy[i] = d.add(t.noise, totals[i])
	}
	noisy = d.source.Record(draw.Call{
		Mechanism: draw.Threshold, Sensitivity: t.noise.sensitivity, LInf: t.noise.lInf, Sigma: t.noise.sigma, Mu: int64(t.noise.mu),
		K: int64(t.k), Tau: t.tau, Scale: thresholdScale, Totals: totals, Noisy: noisy,
	})
	kept := make([]bool, len(counts))
	for i, count := range counts {
		kept[i] = noisy[i] >= t.tau && count >= int64(t.k)
	}
	return kept
}

// SphericalLaplace returns totals with fresh noise, in a new slice. The whole
// draw is charged pure ε once, all vectors with the numbers beside them, and no δ. A sum that
// leaves the range of int64 becomes its nearest end, which is post-processing. It panics
// if totals has another length than m was calibrated for.
//
// Privacy: totals are raw sums. The caller guarantees that they change by at
// most the sensitivity of m between neighbours of the [Roster]: the L2 norms of the vectors of
// [SphericalLaplace.Dimensions] of them and the absolute values of the others, added
// up. See [SphericalLaplace] for the proof.
func (d *Draws) SphericalLaplace(m SphericalLaplace, totals []int64) []int64 {
	d.lock.Lock()
	defer d.lock.Unlock()
	d.charge(m.dimensions > 0, m.Loss())
	return d.source.Record(m.call(totals, d.spherical(m, totals)))
}

// Tested returns totals with the noise that t was calibrated for, as [Draws.SphericalLaplace] does, or
// nil if there are too few companies. What the draw and the test are charged is [MeasuredThreshold.Loss], once.
//
// Privacy: totals are raw sums as in [Draws.SphericalLaplace], and the one that is tested is the number of companies times
// what each adds to it. The noise is drawn whatever the outcome. See [MeasuredThreshold] for the proof, which
// needs that nothing of a panel that is not shown depends on its answers.
func (d *Draws) Tested(t MeasuredThreshold, totals []int64) []int64 {
	d.lock.Lock()
	defer d.lock.Unlock()
	d.charge(t.unit > 0, t.Loss())
	call, at := t.noise.call(totals, d.spherical(t.noise, totals)), t.noise.InVectors()+t.at
	call.K, call.Tau, call.Scale, call.Tested = int64(t.k), t.tau, t.unit, at
	noisy := d.source.Record(call)
	if noisy[at] >= t.tau && totals[at] >= int64(t.k)*t.unit {
		return noisy
	}
	return nil
}

// call is the draw for a recorder.
func (m SphericalLaplace) call(totals, noisy []int64) draw.Call {
	return draw.Call{
		Mechanism: draw.SphericalLaplace, Sensitivity: m.sensitivity, PureEpsilon: m.epsilon, Dimensions: m.dimensions, Beside: m.beside,
		Totals: totals, Noisy: noisy,
	}
}

// spherical is totals with fresh noise.
func (d *Draws) spherical(m SphericalLaplace, totals []int64) []int64 {
	if len(totals) != m.Numbers() {
		panic(fmt.Sprintf("privacy: a vector of %d dimensions for noise of %d", len(totals), m.Numbers()))
	}
	var all []*big.Int
	for range 1 + m.more {
		all = append(all, d.source.Spherical(m.noise())...)
	}
	for range m.beside {
		all = append(all, d.source.Spherical(m.noiseBeside())...)
	}
	noisy := make([]int64, len(totals))
	for i, noise := range all {
		noisy[i] = saturate(noise.Add(noise, big.NewInt(totals[i])))
	}
	return noisy
}

// saturate is x, or the end of the range of int64 that is nearest to it.
func saturate(x *big.Int) int64 {
	switch {
	case x.IsInt64():
		return x.Int64()
	case x.Sign() > 0:
		return math.MaxInt64
	}
	return math.MinInt64
}

// chargeGaussian books a loss before any noise of g is drawn.
func (d *Draws) chargeGaussian(g Gaussian, loss Loss, numbers int) {
	d.charge(g.sigma > 0, loss)
	d.numbers += numbers
}

// charge books a loss before any noise of it is drawn.
func (d *Draws) charge(calibrated bool, loss Loss) {
	if !d.open {
		panic("privacy: noise drawn outside of a publication")
	}
	if !calibrated {
		panic("privacy: noise drawn from a mechanism that is not calibrated")
	}
	d.spent = d.spent.Plus(loss)
}

// add is one total with its noise.
func (d *Draws) add(g Gaussian, total int64) int64 {
	noisy, err := d.source.Gaussian(total, g.lInf, g.sigma)
	if err != nil { // the sampler refuses no argument of a calibrated mechanism
		panic(fmt.Sprintf("privacy: sampler: %v", err))
	}
	return noisy
}

// Spent is the loss of all draws so far.
func (d *Draws) Spent() Loss {
	d.lock.Lock()
	defer d.lock.Unlock()
	spent := d.spent
	spent.Delta = plus(spent.Delta, SamplerCharge(spent.MuSquared, d.numbers))
	return spent
}

// Noise is "secure", or "test" for the seeded noise of package privacytest,
// which is not private. A ledger that keeps its records refuses "test".
func (d *Draws) Noise() string {
	if d.source.Secure() {
		return "secure"
	}
	return "test"
}

// Close ends the draws: any later one panics. It may be called again.
func (d *Draws) Close() {
	d.lock.Lock()
	defer d.lock.Unlock()
	d.open = false
}

// ErrUndeclared says that a publication drew more noise than its entry
// declared; it must not be committed.
var ErrUndeclared = errors.New("privacy: the publication spent more than it declared")

// Settle closes the draws and compares their loss with the declared one, part
// by part; an error wraps [ErrUndeclared]. A ledger settles after the release
// is computed and before it commits.
//
// A publication that spent less, even one that drew nothing, is charged what it
// declared. Without a draw its record is either the same for all data, or raw
// data without noise, and no ledger can tell which, any more than it could if a
// draw were made and not used. Package audit can: for it a publication without a
// draw is a finding.
func (d *Draws) Settle(declared Loss) error {
	d.Close()
	if d.numbers > MaxNumbers {
		return fmt.Errorf("%w: %d noisy numbers instead of at most %d", ErrUndeclared, d.numbers, MaxNumbers)
	}
	if spent := d.Spent(); !declared.Covers(spent) {
		return fmt.Errorf("%w: spent %+v, declared %+v", ErrUndeclared, spent, declared)
	}
	return nil
}
