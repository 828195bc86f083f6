package encode

import (
	"math"
	"slices"
)

// weightedTail tabulates what [domainWeights.weighted] is for m answers. With the weight c of a
// feature of a question, d of the feature of the domain, and the public mean p, it is, over κ²,
//
//	c·(W²·ΣP² − 2·W·S·T + m·S²) + (c·(size − m) + d)·(S − W·p)²,
//
// in which S² has the factor c·size + d, and c·ΣP² over all functions is linear in m and the T.
func (k *mKernel) weightedTail(w *domainWeights, t *domainTable, m int64) {
	const one = shapeUnit * shapeUnit
	n, left := float64(m), float64(t.size-m)
	linear := make([]float64, len(t.values)) // by level
	add := func(p []int64, center int64, question, domain uint64) {
		bias := biasOf(p)
		for level, v := range p {
			linear[level] += one * unit(question) * float64((v+bias)*(v+bias))
		}
		c, d, at := unit(question), unit(domain), float64(center+shapeUnit*bias)/shapeUnit
		around := c*left + d
		k.weighted = append(k.weighted, weightedNorm{
			square: one * (c*float64(t.size) + d), product: one * c, linear: one * around * at, constant: one * around * at * at,
		})
		k.norm += 2*c + d + 6
	}
	add(t.values, t.levelCenter, w.contrast, 0)
	for o, p := range t.polynomials {
		add(p, t.centers[o], w.questionShape[o], w.domainShape[o])
	}
	for o, weight := range combination(linear, t) {
		if o == 0 {
			k.weighted[0].constant += weight * n
			continue
		}
		p := append([][]int64{t.values}, t.polynomials...)[o-1]
		k.weighted[o-1].plain = weight
		k.weighted[0].constant += weight * n * float64(min(slices.Min(p), 0))
	}
	for _, o := range k.weighted[1:] {
		k.weighted[0].constant += o.constant
	}
	k.norm += rounding * k.largestWeighted(t, n)
}

// largestWeighted is the largest sum of what weightedNorm adds up, whatever its signs: κ·W is at most
// clipUnit times the weight of the domain's questions, and S at most W times the largest P.
func (k *mKernel) largestWeighted(t *domainTable, n float64) float64 {
	largest := math.Abs(k.weighted[0].constant)
	for o, p := range append([][]int64{t.values}, t.polynomials...) {
		f, most := k.weighted[o], float64(slices.Max(p)-min(slices.Min(p), 0))
		largest += n*most*math.Abs(f.plain) + most*(most*f.square+2*(f.product*n*most+math.Abs(f.linear)))
	}
	size := clipUnit * float64(len(t.domainFactor)-1)
	return k.norm + 2*size*size*largest // twice, since κ² is rounded up
}
