// Package privacy accounts for privacy loss, draws the noise, decides which
// cohorts may be shown, and keeps the ledger that makes every publication
// happen once. It knows nothing of surveys: it works on integer vectors, whose
// L2 norm the caller bounds, and on counts of companies.
//
// A publication takes these steps; Example runs them.
//
//  1. The organiser opens an [Account] in a [Ledger]: who is protected (the
//     [Roster]) and how much may be lost over a window of publications.
//  2. A plan states ε and δ. [NewBudget] turns them into a [Budget], the
//     parameters μ of the mechanisms, exactly and rounded to the safe side;
//     [NewPureBudget] into a [PureBudget], for a short vector at pure ε.
//  3. The mechanisms are calibrated before any data are seen: [NewGaussian]
//     for a vector of bounded norm, [NewSphericalLaplace] for a short one,
//     [NewThreshold] for the test which cohorts are large enough.
//  4. [Ledger].Publish checks the [Entry] against the account, and lends
//     [Draws] to the function that computes the release. Draws are the only
//     way from raw numbers to noisy ones.
//  5. The ledger charges the [Loss] and stores the [Record] in one step. Asked
//     again, it returns the stored bytes and charges nothing.
//
// # Loss
//
// Loss is counted in Gaussian differential privacy (Dong, Roth & Su, 2022): a
// vector with L2 sensitivity R and noise of standard deviation R/μ is μ-GDP,
// and releases compose to √(Σ μ²), also when a later one is planned in the
// light of an earlier one. That is exact, so nothing is given away in the
// conversion to (ε, δ), which happens once, for the total. A [Loss] has three
// integer parts that simply add: pure ε, μ², and the δ of mechanisms that have
// one of their own. Comparisons with a budget are made in interval arithmetic
// and need no tolerance: what fits is proved to fit.
//
// # Who is trusted
//
// The process that holds the raw data is trusted; the readers of a release are
// not. Functions that touch raw numbers say so in a paragraph that begins with
// "Privacy:". The noise comes from crypto/rand: Gaussian noise by way of
// Google's sampler, whose approximation is paid for ([SamplerDelta]), spherical
// Laplace noise by an exact sampler. Seeded noise exists for tests, in package
// privacytest, and says "test" where the real one says "secure".
package privacy
