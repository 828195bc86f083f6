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
//     domains.go, questions.go);
//  3. shapes: how the answers to a question spread around its mean (shares.go),
//     and how the companies' scores spread around theirs (spread.go, cdf.go),
//     from which quartiles are read (quantile.go, quartiles.go);
//  4. profiles: how many companies meet several minima at once, given how often
//     each of them is met (profiles.go);
//  5. consistency and intervals (interval.go);
//  6. the same means without any prior, for changes between waves
//     (unshrunken.go).
//
// Levels are numbered from 0, cohorts are all and then every value of every
// attribute, questions run through the domains.
package estimate
