// Package encode turns a response into an integer vector of bounded norm.
//
//  1. [NewPilot] compiles the first, small measurement from the shape alone;
//     its noisy totals tell where the answers are (model.Locate).
//  2. [NewDesign] decides from that, and from public facts, how precisely
//     each block of features is measured: reverse water-filling over blocks
//     and row groups, and a clip level.
//  3. [New] compiles the design to integers: e(r) = A·c(r).
//  4. A [Tally] sums c(r) over the responses; [Tally.Totals] applies A.
//  5. Noise is added by package privacy; [Encoding.Read] turns the noisy
//     totals back into natural units for package estimate.
//
// Two properties carry the privacy of everything that is published, for
// every response that the instrument permits, in the pilot and in the main
// encoding: ‖e(r)‖₂ ≤ [Sensitivity], and e(blank sheet) = 0.
package encode
