package estimate

import (
	"math"
	"testing"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/model"

	"gonum.org/v1/gonum/mat"
)

// skippedDomains are two domains of two questions: of the first a tenth of the companies have no
// answer, of the second four tenths, who of the others leave out a fifth of its questions.
func skippedDomains() *setting {
	s := &setting{Input: Input{Shape: model.Shape{Levels: 6, Domains: []int{2, 2}}}, unit: 1, sizes: sizes{count: []float64{50}}}
	s.Design.Center.ScoreVariance, s.Design.Public = 0.5, &model.Public{}
	s.Design.Public.Variance[model.Offsets] = 0.3
	s.rates.empty, s.rates.present = []rate{{value: 0.1}, {value: 0.4}}, []float64{0.9, 0.6}
	s.rates.unusable = []rate{{}, {value: 0.2}}
	return s
}

// The weighted sum of the offsets is 0, up to what skipping does to it: what noise explains of the sum
// found is subtracted.
func TestOffsetsAreCentered(t *testing.T) {
	s := skippedDomains()
	mean, variance, deviation := []float64{0.5, -0.1}, []float64{0.04, 0.09}, 0.7
	w := []float64{1.8 / 2.6, 0.8 / 2.6} // of the answers
	sum := w[0]*(0.9*0.5-0.1*0.7) + w[1]*(0.6*-0.1-0.4*0.7)
	scale := w[0]*0.9 + w[1]*0.6
	noise := square(w[0]*0.9)*0.04 + square(w[1]*0.6)*0.09
	doubt := square(w[0]*0.1+w[1]*0.4)*0.5 + square(w[1]*0.2/0.4)*0.3
	due := noise / (noise + doubt) * sum / scale
	s.centerOffsets(mean, variance, deviation)
	same(t, "first offset", mean[0], 0.5-due)
	same(t, "second offset", mean[1], -0.1-due)
}

// A prior that is wider by the effect of skipping follows the reading more closely: with the prior
// mean 0, a reading of 1 and half of it believed. All cohorts move along.
func TestSkippingWidensThePriorOfADomain(t *testing.T) {
	s := skippedDomains()
	factor := []float64{0.9, 0.6}
	const variance = 0.2
	total, noise := make([]float64, 2), make([]float64, 2)
	for i, f := range factor {
		total[i], noise[i] = 50*f, 50*f*math.Sqrt(variance)
	}
	half := func() []float64 { return []float64{0.5, 0.5} }
	b := belief{mean: [][]float64{half(), {0.3, 0.3}}, variance: [][]float64{{variance / 2, variance / 2}, {variance, variance}}}
	s.unlike(b, total, noise, factor)
	for i := range factor {
		prior := variance + s.skipEffect(i)
		gain := prior / (prior + variance)
		same(t, "mean", b.mean[0][i], gain)
		same(t, "variance", b.variance[0][i], gain*variance)
		same(t, "mean of a segment", b.mean[1][i], 0.3+gain-0.5)
		same(t, "variance of a segment", b.variance[1][i], variance+gain*variance-variance/2)
	}
	if s.skipEffect(1) < 0.1 {
		t.Error("skipping has no effect: the test says nothing")
	}
}

// The sum of the offsets of a small plan comes back to the domains with its doubt: across the weights
// the noise is less, and both together are what was measured.
func TestSumOfOffsetsIsDoubted(t *testing.T) {
	variance := func(noise float64) (sum float64) {
		s := offsetsMeasured(noise, 0.3, 0.3, 0.3)
		s.SpreadUnknown, s.cov = true, newCovariance(partition(s.Shape), []float64{25})
		s.parts = partition(s.Shape)
		s.Design.Public = &model.Public{Center: 2.5}
		s.Design.Prior[model.Offsets] = encode.Variances{Level: 1, Within: 1e-6}
		s.rates.empty, s.rates.present = make([]rate, 3), []float64{1, 1, 1}
		for tier := range s.rates.kept {
			s.rates.kept[tier] = 1
		}
		b, _ := s.offsets(levels{value: [][]float64{{2.5}}})
		_, along := s.splitOffsets()
		s.Measured[model.Offsets] = encode.Measured{SD: s.Measured[model.Offsets].SD, Y: grid(1, 3), Weights: mat.NewDense(1, 1, []float64{1})}
		for i := range along {
			sum += b.variance[0][i] - square(along[i].sd)
			if b.variance[0][i] < square(along[i].sd) {
				t.Errorf("domain %d: a variance of %v, of which the sum has %v", i, b.variance[0][i], square(along[i].sd))
			}
		}
		return sum
	}
	// Three coordinates less the direction of the weights: noise of two, with a prior that is wide.
	if part := variance(0.05) / (2 * square(0.05)); !(part > 0.9 && part < 1.01) {
		t.Errorf("across the weights there are %v of the noise of two coordinates", part)
	}
}

// Clipped companies are no further from the others than where the block alone spends the whole norm:
// all its rows count.
func TestRestDoubtEndsWithTheNorm(t *testing.T) {
	s := &setting{Input: Input{Shape: model.Shape{Levels: 6, Domains: []int{2, 2}, Attributes: []int{3}}}}
	s.Design.Mu, s.Design.Prior[model.Offsets].Within = 0.5, 100
	s.Design.Sigma[model.Offsets] = []float64{2, 4}
	weight := s.Shape.RowShare(0)/4 + s.Shape.RowShare(1)/16
	same(t, "doubt", s.restDoubt(model.Offsets), restDoubtOffsets*0.5/math.Sqrt(2*weight))
	s.Design.Prior[model.Offsets].Within = 1e-6
	same(t, "doubt of what hardly spreads", s.restDoubt(model.Offsets), restDoubtOffsets*math.Sqrt(restSpreadHead*1e-6))
}
