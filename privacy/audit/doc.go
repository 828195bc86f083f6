// Package audit tests whether a publisher keeps its privacy promise. It works
// for every function that publishes through a [privacy.Ledger], inside
// go test, and knows nothing of surveys.
//
//  1. Say how to publish ([Publisher]) and to which account ([Setup]).
//  2. [Neighbours] publishes two neighbouring data sets with the same noisy
//     numbers, and compares everything else exactly: the draws, their
//     mechanisms, the distance of the totals before noise, the charge, errors,
//     and the published bytes. [Record] and [Replay] do the same
//     for many data sets. There is no chance in it: one run finds a bug or
//     shows that these data sets do not show one.
//  3. [Distinguish] measures, over many publications, how well a reader can
//     tell two data sets apart, as a lower limit of ε and μ. [OneRun] does with
//     one publication, in which many made-up companies are hidden.
//  4. The attacks are what a curious reader would try: [CohortDifferencing],
//     [WaveDifferencing], [Reconstruction], [Membership], [Averaging],
//     [Homogeneity], [ThresholdBoundary], [PlanLeak], [Canary],
//     [ImpossibleOutputs]. Each returns an [Outcome] with the success that was
//     measured and the most that the charged loss allows. [Eavesdrop] is what a
//     ledger of somebody else's making would try.
//
// # What the bounds are
//
// A release with loss (ε₀, μ², δ₀) lets no test of "with" against "without"
// one company reach more than [Power] at a given rate of false alarms. All
// other bounds follow from that one: the area under the curve, [AUC]; the
// chance to guess which of m answers a company gave, [Power] at 1/m, because
// the guesses on the data without the company add up to one and the curve is
// concave.
//
// # False alarms
//
// An outcome is a violation only if the Clopper-Pearson lower limit of the
// measured success, at a confidence of 1 − [Alarm], is above the bound. A
// correct publisher fails with that probability at most, so nothing needs to
// be repeated or voted on. An attack that does not succeed proves nothing
// unless it can: run it on a publisher that is broken on purpose as well.
//
// # Errors
//
// An attack that cannot be made is an error: without a trial, with fewer than two
// candidates, or once the publisher or the context fails, whose error is returned
// as it is. What an attack finds is in its outcome, and never an error.
//
// Privacy: audits see exact totals. They run in tests only, on made-up data,
// and panic elsewhere.
package audit
