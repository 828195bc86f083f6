// Package compare holds releases against something else: the answers of one
// company, or each other.
//
//  1. [Load] reads a company's own answer sheet in the open, as [Own];
//     [NewStanding] says where that company stands in a release, as a [Standing]
//     with a [Verdict] and a [Band] for every score.
//  2. [Trend] says what changed between the releases of several waves, as
//     [Changes], for what is the same in both instruments: means by an estimate from
//     all waves together, which also gives every mean as it is seen from the last
//     wave, as a [Series].
//
// Privacy: both are computed from releases, which are public, and cost nothing. A
// Standing holds the company's answers and belongs on the company's machine.
package compare
