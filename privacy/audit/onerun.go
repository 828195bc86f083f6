package audit

import (
	"cmp"
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/mathext"

	"maturitybench/privacy"
	"maturitybench/stats"
)

// Canaries are made-up companies for an audit with one publication: each is
// in the data with a probability of one half, independently of the others, and
// whoever reads the publication guesses which are.
type Canaries[D any] struct {
	// Count is the number m of canaries.
	Count int

	// Data is the data set with those canaries for which included is true. All
	// else in it must be the same for every choice. Under a public roster a
	// canary that is not included hands in a blank sheet, as the list of
	// companies is common knowledge, and under a counted one another company
	// with the same attributes hands in a sheet.
	Data func(included []bool) D

	// Scores reads an artefact and returns a number for every canary: the
	// higher, the more it looks as if that one were included. It may know the
	// canaries and all other data, but not which canaries were included.
	Scores func(artefact []byte) []float64

	// Guesses is the number r of canaries that are guessed, an even number from
	// 2 to Count: the r/2 with the highest scores are said to be in, the r/2
	// with the lowest to be out, and about the others the audit abstains. It must
	// be fixed before the publication. Fewer guesses are better ones, but to
	// show a large ε takes about 21·e^ε of them, all right.
	Guesses int

	// Delta is the δ at which ε is measured, above the δ parts of the claim. 0
	// means these parts and Alarm/(2·Count), so little that the rest of the
	// claim is as good as pure. With m canaries nothing can be shown at a δ
	// of much more than Alarm/m.
	Delta float64
}

// Exposure is what one publication gave away about its canaries.
type Exposure struct {
	Canaries, Guesses, Right int // how many there were, were guessed, and were guessed right

	Delta   float64 // the δ of both ε
	Epsilon float64 // lower limit of the publisher's ε at a confidence of 1 − Alarm, 0 if it shows none
	Claimed float64 // the ε of the claim; +Inf if its δ parts are above Delta

	// Probability is an upper bound of the chance of so many right guesses if
	// the claim holds, see [OneRunProbability].
	Probability float64
	Claim       privacy.Loss
}

// Violation reports whether more was guessed than the claim allows.
func (e Exposure) Violation() bool { return e.Probability < Alarm }

var errCanaries = errors.New("audit: canaries need a count, an even number of guesses from 2 to the count, and a score each")

// OneRun audits a publisher with a single publication, after Steinke, Nasr &
// Jagielski, Privacy Auditing with One (1) Training Run (2023, arXiv
// 2305.08846), Algorithm 1. It takes the place of the many publications of
// [Distinguish] where one is expensive, or where the publisher can be run only
// once. A correct publisher is found in violation with a probability of at most
// [Alarm].
//
// What it can find is limited by the number of canaries and by how far they can
// be told apart: they should differ in what is published, as each one is noise to
// the others. Noise that is ten times too small is found at ε = 1 with a few
// hundred canaries; a bug that doubles ε = 4 is one for [Neighbours], which needs
// no luck.
func OneRun[D any](ctx context.Context, s Setup[D], c Canaries[D]) (Exposure, error) {
	if c.Count < 2 || c.Guesses < 2 || c.Guesses > c.Count || c.Guesses%2 > 0 {
		return Exposure{}, errCanaries
	}
	included := make([]bool, c.Count)
	for i := range included {
		included[i] = rand.IntN(2) == 1
	}
	artefacts, charged, err := s.publish(ctx, c.Data(slices.Clone(included)))
	if err != nil {
		return Exposure{}, err
	}
	scores := c.Scores(artefacts[0])
	if len(scores) != c.Count {
		return Exposure{}, errCanaries
	}
	e := Exposure{Canaries: c.Count, Guesses: c.Guesses, Right: rightGuesses(scores, included, c.Guesses), Claim: s.claim(charged), Delta: c.Delta}
	if e.Delta == 0 {
		_, _, parts := parts(e.Claim)
		e.Delta = parts + Alarm/float64(2*c.Count)
	}
	e.Claimed = e.Claim.Epsilon(e.Delta)
	e.Probability = OneRunProbability(c.Count, c.Guesses, e.Right, e.Claimed, e.Delta)
	e.Epsilon = OneRunEpsilon(c.Count, c.Guesses, e.Right, e.Delta, Alarm)
	return e, nil
}

// rightGuesses counts the right guesses of the r canaries with the most extreme
// scores. Ties are in the order of the canaries, which tells nothing.
func rightGuesses(scores []float64, included []bool, r int) (right int) {
	order := make([]int, len(scores))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(scores[a], scores[b]) })
	for i := range r / 2 {
		if !included[order[i]] {
			right++
		}
		if included[order[len(order)-1-i]] {
			right++
		}
	}
	return right
}

// OneRunProbability is an upper bound of the probability that of guesses about
// canaries, each included with a probability of one half, right or more are
// right, if the publisher is (epsilon, delta)-differentially private: Theorem
// 5.2 of Steinke, Nasr & Jagielski (2023),
//
//	β + α·m·δ,  β = P[W ≥ v],  α = max over i from 1 to m of 2/i·P[v > W ≥ v − i],
//
// for v right guesses of r, m canaries, and W binomial with r trials of
// probability e^ε/(e^ε + 1). The numbers r and m must not depend on the
// publication. It is accurate to about 1e-10 of its value, and 1 for
// epsilon = +Inf.
func OneRunProbability(canaries, guesses, right int, epsilon, delta float64) float64 {
	if right <= 0 || math.IsInf(epsilon, 1) {
		return 1
	}
	q := 1 / (1 + math.Exp(-epsilon))
	r, v := float64(guesses), float64(right)
	beta := mathext.RegIncBeta(v, r-v+1, q)
	alpha, below := 0.0, 0.0
	for i := 1; i <= right; i++ { // from i = right on the probability stays as it is
		below += binomial(guesses, right-i, q)
		alpha = max(alpha, 2/float64(i)*below)
	}
	return min(beta+alpha*float64(canaries)*delta, 1)
}

// binomial is P[W = k] for n trials of probability q, 0 < q < 1.
func binomial(n, k int, q float64) float64 {
	logGamma := func(x int) float64 { y, _ := math.Lgamma(float64(x)); return y }
	return math.Exp(logGamma(n+1) - logGamma(k+1) - logGamma(n-k+1) +
		float64(k)*math.Log(q) + float64(n-k)*math.Log1p(-q))
}

// OneRunEpsilon is the lower limit of ε that right guesses, of that many
// guesses about canaries, show at delta: a publisher whose ε is no larger makes
// as many right with a probability below alarm. It is 0 if they show nothing.
func OneRunEpsilon(canaries, guesses, right int, delta, alarm float64) float64 {
	shown := func(epsilon float64) bool {
		return OneRunProbability(canaries, guesses, right, epsilon, delta) < alarm
	}
	// Where the bound passes alarm for the first time it rises: W still lies
	// below v, and moves towards it.
	const step = 1.0 / 16
	low := 0.0
	if !shown(low) {
		return 0
	}
	for shown(low + step) {
		low += step
	}
	low, _ = stats.Bisect(low, low+step, 40, func(epsilon float64) bool { return !shown(epsilon) })
	return low
}
