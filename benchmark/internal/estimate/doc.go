// Package estimate turns a noisy measurement into statistics with intervals.
// Everything here is post-processing of released numbers: it costs no privacy and
// never sees an answer.
//
// The measurement holds, for every block of the encoding, sums over companies
// plus Gaussian noise of known size. [Estimate] works through them in this order:
//
//  1. sizes of the cohorts, and rates of skipping and of clipping: how many
//     companies stand behind every sum (sizes.go, rates.go);
//  2. levels, each a Gaussian posterior of all cohorts together with a prior
//     whose spread is learnt (posterior.go): the overall mean, the domains'
//     offsets from it, the questions' contrasts from their domain (overall.go,
//     domains.go, questions.go). Where earlier waves told of the questions, what they
//     told is followed to this one and enters the contrasts (drift.go, carry.go);
//  3. shapes: how the answers to a question spread around its mean (shares.go),
//     in panels whose companies answer nearly alike less than the public model says (answerspread.go),
//     and how the companies' scores spread around theirs (warp.go, spread.go, cdf.go),
//     which what was measured may contradict (misfit.go, deviation.go),
//     from which percentiles are read (quantile.go, percentiles.go);
//  4. profiles: how many companies meet several minima at once, given how often
//     each of them is met (profiles.go);
//  5. consistency and intervals (interval.go);
//  6. the same means without any prior, for changes between waves
//     (unshrunken.go).
//
// What all of this believes beyond the measurement is in beliefs.go.
//
// Levels are numbered from 0, cohorts are all and then every value of every
// attribute, questions run through the domains.
//
// # Notation
//
//	symbol    meaning                                              unit        file
//	y, Y      a measured total of a row                            natural     posterior.go
//	W         Weights: cohorts in a row; y = W·diag(n)·θ·factor    none        posterior.go
//	n, N      companies of a cohort, of all                        companies   sizes.go
//	θ         mean of a coordinate in a cohort                     natural     posterior.go
//	factor    what a company's feature was multiplied by, on       share       posterior.go
//	          average: f, answered
//	a, b      multiples of a prior variance that are tried         none        posterior.go
//	A, S      cov.group, cov.sampling: how cohorts move together   1; 1/n      covariance.go
//	w         informed: share of the prior variance that the data  share       interval.go
//	          removed; Information of a Number
//	f         clipping factor of a tier; kept is its mean          share       rates.go
//	β         what clipping takes of a mean                        natural     rest.go
//	r, z      answered share of a question, empty of a domain      share       rates.go
//	φ_k       orthonormal polynomial of the level                  none        shares.go
//	F(t)      distribution function of a score at a threshold      share       cdf.go
//	sd        spread of the companies' levels (levelSpread)        levels      spreadpool.go
//	rest      spread of a company's answers around its level       levels      warp.go
//	p         probability of a percentile                          share       percentiles.go
//	Z         half-width of an interval                            sds         types.go
//	Unit      model.Shape.Unit, in which beliefs are stated        levels      beliefs.go
//
// And in words:
//
//   - Level is a company's latent position on the scale, before answers are rounded
//     and cut off; a score is what its answers average to.
//   - A spread is a standard deviation, of companies or of a belief; a reading is
//     what was measured, with its noise.
//   - plain variances make Error, wide ones the interval.
//   - A part is cohorts that share no company: all, or the values of an attribute.
//   - A bin is the ratios around one of spreadRatios; an interval part is a piece of
//     the way between two thresholds.
//   - A profile is a set of minimum levels that a company meets or not.
package estimate
