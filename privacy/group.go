package privacy

import "math"

// GroupLoss is what a publication reveals about the presence of several
// companies together or, under [CountedRoster], about who several of them were.
type GroupLoss struct {
	Companies int     // how many, 1 to 1000
	Epsilon   float64 // rounded up at the fourth decimal
	Delta     float64 // rounded up at the third digit
}

// ForGroup is the loss of a publication for m companies at once, 1 to 1000,
// where loss and delta are those for one. Tests are the tests of its cohorts.
//
// With m companies the totals move m times as far as with one: pure ε is m times as large and the
// Gaussian part is m·μ-GDP, whose ε at the same part of δ is more than m times as
// large. The δ of the test and of the sampler are computed for m as well
// ([Test].GroupDelta), so that the statement holds at its own δ, which is
// larger than delta. For m companies of one loss μ, by Dong, Roth & Su, Gaussian
// Differential Privacy, 2022, Theorem 2.14, (ε, δ)-privacy for one gives less.
func ForGroup(loss Loss, delta float64, m int, tests ...Test) GroupLoss {
	g := GroupLoss{Companies: m, Epsilon: math.Inf(1), Delta: 1}
	if m < 1 || m > 1000 || !loss.Valid() {
		return g
	}
	n := int64(m)
	pure := times(loss.PureEpsilon, n)
	if loss.MuSquared == 0 && loss.Delta == 0 {
		g.Epsilon, g.Delta = ceil(fromEpsilon(pure)), 0
		return g
	}
	d, _ := units(delta, deltaDigits)
	square := times(loss.MuSquared, n*n)
	if loss.Delta >= d || square == math.MaxInt64 {
		return g
	}
	gaussian, ofTests, ofGroup := d-loss.Delta, int64(0), int64(0)
	for _, test := range tests {
		ofTests, ofGroup = plus(ofTests, test.part()), plus(ofGroup, test.groupDelta(m))
	}
	joint := plus(samplerMore(loss.MuSquared, n), plus(loss.Delta-ofTests, ofGroup))
	if square > 0 {
		joint = plus(gaussian, joint)
	}
	g.Epsilon = ceil(fromEpsilon(plus(pure, gaussianEpsilon(square, gaussian))))
	g.Delta = min(deltaOf(min(joint, 1e18)), 1)
	return g
}

// GroupDelta is the test's part of δ for m companies that are there or not
// together, at most 1. The proof is that of [Threshold], with more boundary
// cohorts: those of fewer than k companies without the group and at least k with
// it. One in which the group has j companies is shown with a probability of at
// most p(j), the chance that its noise is at least τ − (k−1+j). The companies are in
// memberships cohorts each, so the j add up to m·memberships, and each is at most
// m: the sum of p(j) is at most m·memberships times the largest p(j)/j.
func (t Threshold) GroupDelta(m int) float64 { return deltaOf(t.groupDelta(m)) }

func (t Threshold) groupDelta(m int) int64 {
	if t.memberships == 0 || m < 1 {
		return 0
	}
	most := t.delta // of one company
	for j := range int64(m) {
		// P[Z ≥ τ − (k+j)] for the rounded noise Z, see marginFor.
		twice := 2*(t.tau-(int64(t.k)+j)*thresholdScale) - 1
		shown := int64(1e18)
		if twice > 0 {
			x := whole(twice).scale(-1).quo(exactly(t.noise.sigma))
			tail, _ := up().Mul(upperTail(x).hi, up().SetInt64(1e18)).Int64()
			shown = tail + 1
		}
		most = max(most, min(times(shown/(j+1)+1, int64(m)*int64(t.memberships)), 1e18))
	}
	return most
}
