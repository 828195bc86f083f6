// Package benchmark publishes how an industry stands, from the maturity
// scores of its companies, without giving any company away.
//
// Every company scores itself on the questions of an instrument. The release
// has, for all companies and for cohorts of them, the distribution of the
// answers to every question, means and percentiles of the scores by domain and
// overall, each with an interval, under a k-anonymity threshold and
// differential privacy. It is made for small panels, from a few dozen companies
// on. These are the steps from questionnaire to release:
//
//  1. An [instrument.Instrument] is the public questionnaire: [instrument.JSP] is
//     built in, [instrument.Load] reads one from YAML. It may name profiles, sets
//     of minimum levels such as a badge asks for.
//  2. A [Plan] says what one wave may tell and at what price ([PlanSpec],
//     [LoadPlan]). It is public and compiled before any data are seen;
//     [Plan.Forecast] tells what it will be able to publish about a panel of
//     a given size.
//  3. A [responses.Dataset] holds the responses, sealed. They come from files
//     ([responses.Load]), from a database ([responses.ReadRows]), from a program
//     ([responses.New]), or through a mapping, which package exports drafts. A file
//     larger than memory is a [responses.Source].
//  4. A ledger (package privacy, or privacy/ledger/sqlite for keeps) holds
//     the account: the privacy budget of the industry, opened by the organiser.
//  5. [Publish] measures, charges and stores in one step, and returns the
//     [publication.Release]. The same plan and data again return the same
//     bytes, and nothing else is ever published for the same wave and revision.
//  6. A Release is public: package report renders it, [publication.Release.Cells] walks
//     its numbers, [publication.Load] reads it back. Package compare holds a
//     company's own answers against it, and waves against each other; [Reestimate]
//     reads an old measurement with a newer estimator.
//
// # How many companies it takes
//
// At ε = 4 and δ = 10⁻⁶ some thirty companies get the overall mean and the means of
// the domains, ninety the means of forty questions and their distributions;
// at ε = 1 it takes 200 and 300. A cohort needs about as many companies of its
// own. With fewer than forty companies a plan measures the means only, with
// smaller noise; seventeen are too few for single questions by any method. [Plan.Forecast]
// gives these figures for a plan of your own, before any data.
//
// # How a response becomes part of a release
//
// The answers of one company become one vector of integers of bounded length
// (internal/encode), the vectors are added up, and noise, calibrated to that
// bound, is added to the sum (package privacy). The data are walked once for a
// pilot, and once more for the vector that is built around its noisy answer
// (internal/stage). Everything in the release is computed from the noisy sum
// (internal/estimate). Privacy can be lost in the bound, in the noise, and in the
// two other steps that look at raw data: the threshold, and the digest by which the
// ledger recognises data. PERFORMANCE.md says what it all costs.
package benchmark
