// Package privacy accounts for privacy loss, draws the noise, decides which
// cohorts may be shown, and keeps the ledger that makes every publication
// happen once. It knows nothing of surveys: it works on integer vectors, whose
// L2 norm the caller bounds, and on counts of companies.
//
// A publication takes these steps; Example runs them.
//
//  1. The organiser opens an [Account] in a [Ledger]: who is protected (the
//     [Roster]) and how much may be lost within any span of time as long as its
//     window, and, if it has one, over its lifetime.
//  2. A plan states ε and δ. [NewBudget] turns them into a [Budget], the
//     parameters μ of the mechanisms, exactly and rounded to the safe side;
//     [NewPureBudget] into a [PureBudget], for a short vector at pure ε.
//  3. The mechanisms are calibrated before any data are seen: [NewGaussian]
//     for a vector of bounded norm, [NewSphericalLaplace] for a short one,
//     [NewThreshold] for the test which cohorts are large enough, or
//     [NewMeasuredThreshold] for a short vector that is shown as a whole or not at all.
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
// # The promise
//
// Take two data sets that differ in one company: under [SecretRoster] the
// company is there with all its answers and attributes, or it is not; under
// [PublicRoster] its answers are there, or left out everywhere; under
// [CountedRoster] another company with the same attributes is there in its place,
// with other answers or none, so that the sizes are the same. Whatever a
// reader knows beside, and whatever is computed from a release later, the
// probability of any event under the one is at most e^ε times that under the
// other, plus δ. For the releases of an account within any span of time as long
// as its [Account.Window], all of them together and whatever they are called, ε
// and δ are the account's; for all its releases ever they are the account's
// lifetime and δ if it has a lifetime, and else what a [Standing] says of them,
// which no limit bounds. For one release they are those that it states. Two answer sheets of a company with
// the same attributes are two steps apart, and one under [CountedRoster]; for what that costs, and for sheets
// whose attributes differ too, see [EpsilonBetweenTwoAnswers].
//
// # Window, lifetime and group
//
// The words of the promise, as a contract would define them:
//
//   - Window: a length of time on the calendar, set when the account is opened and
//     never changed. A publication counts from the second at which the ledger charges it until the
//     same date and time of day, in UTC, one window later, and no longer. At every moment,
//     and so for every span of time of that length wherever it begins, the publications that count lose at
//     most the account's ε together, at the account's δ. Waves, revisions, renamed
//     waves, parts of the answers and publications that were withdrawn count alike; what was refused,
//     and a stored release that is returned again, does not.
//   - Lifetime: the limit on the loss of all publications since the account was
//     opened. Nothing of it ever returns: once it is used up, nothing more is
//     published on the account. An account without a lifetime has no such limit: in
//     every further window as much may be lost again, and what was lost in several
//     windows adds up to more than the account's ε. Every release states how much.
//   - Group: so many companies looked at together, such as several that belong to one owner and
//     handed in one answer sheet each. The account's ε and δ are about one company. What a release
//     tells about m of them together is more, and can be more than m times as much where the noise is
//     Gaussian; [ForGroup] computes it, every release states it for 2, 3 and 5, and no
//     ledger limits it. A group that wants to be protected as one hands in one sheet.
//
// # Threats
//
// The promise holds against readers of all those releases who join their forces; who know everything about all companies but one; who run that
// company's competitors, or a part of the panel (with m of them, k is k − m);
// who choose the plan, as long as they do not see the data; who ask for the
// same publication any number of times; who know this program.
//
// It does not hold against whoever holds the raw answers, the process, its
// memory, the ledger's key or a debugger: the process that holds the raw data is
// trusted. Functions that touch raw numbers say so in a paragraph that begins
// with "Privacy:". Out of scope are, further, the time that a publication takes
// and other side channels of the machine; whether data are recognised
// ([ErrChanged], [ErrForeignData]) and errors of intake, which are for the holder
// of the raw file alone; a company that hands in under two names; the sizes of
// cohorts where they are common knowledge, and under [CountedRoster] that a company
// took part whose attributes fit no other; facts about the industry that follow from
// any correct report; an organiser who opens a second account for changed data, who
// confirms a wrong date to the ledger's [Clock], or who publishes the same answers under
// another name with a reason, which is charged like any publication; and losses over longer times than the
// window, which are stated, and bounded only by a lifetime.
//
// # Why it holds
//
// The encoding. A response r becomes a vector e(r) of integers with ‖e(r)‖₂ ≤ R
// and e(blank) = 0, by a function of this response and of public facts. The
// totals of two neighbours differ by one e(r), so their L2 distance is at most
// R, and at most 2R where one sheet takes the place of another ([Roster.Steps]),
// whatever the length of the vector, and whichever statistics are computed
// from it. The bound is on exact integers, with every rounding inside. It is
// the caller's to keep: package encode below benchmark proves it for surveys.
//
// The noise. Totals with distance R and independent normal noise of σ ≥ R/μ are
// μ-GDP (Dong, Roth & Su, Gaussian Differential Privacy, 2022, Theorem 2.7).
// The noise is drawn as integers, so that no low bit tells what was added to
// what (Mironov, On Significance of the Least Significant Bits for Differential
// Privacy, 2012), by Google's sampler (Google Differential Privacy Team, Secure
// Noise Generation, 2020), whose distance from the rounded normal distribution
// is paid for as [SamplerDelta]. See [Gaussian] for the ways in which it must not
// be called. Spherical Laplace noise is exact; see [SphericalLaplace].
//
// The threshold. Suppressing cohorts by a noisy test beside one joint vector
// costs δ once, without a factor e^ε, because the test has noise of its own: see
// [Threshold] for the proof. Where there is a single cohort, the noisy number of companies that is
// measured with it is test enough: what is not shown is then the same whatever the data, see [MeasuredThreshold].
//
// The ledger. Releases compose to √(Σ μ²), also when a later plan is made in the
// light of an earlier release (Dong, Roth & Su, Corollary 3.3); pure ε and δ
// parts add. The ledger calls the function that draws only after the charge was
// found to fit, compares what was drawn with what was declared, and makes
// charge and release durable in one commit, before a number leaves the process.
// Asked again it returns the stored bytes, so that noise cannot be averaged
// away. A charge fits if an upper bound of the exact δ does
// ([Loss.Fits]; Balle & Wang, Improving the Gaussian Mechanism, 2018, Theorem 8).
//
// Everything after the noise is post-processing and costs nothing.
//
// # Evidence
//
// Package audit holds the tests that any publisher can be put to, and its
// MUTANTS.md lists the privacy bugs that were planted and the tests that found
// them. testdata/accounting.json compares the accounting with Google's
// dp_accounting. With MATURITYBENCH_DEEP=1 in the environment, go test runs
// the audits at their full size, for up to half an hour. What no test here
// sees: events with a probability below about a thousandth, for which the
// proofs stand alone.
//
// The noise comes from crypto/rand. Seeded noise exists for tests, in package
// privacytest, and says "test" where the real one says "secure".
//
// # Reporting a hole
//
// Whoever can make a release tell more than it promises should tell the
// maintainers in private first, with a plan, made-up data and the seed or the
// number of runs that show it, best as a test with package audit; never with
// real answers. A hole that is confirmed is named in the release notes with the
// versions that have it, and the bug is added to the planted ones.
package privacy
