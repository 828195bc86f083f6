// Package encode turns a response into an integer vector of bounded norm.
//
//  1. [NewPilot] compiles the first, small measurement from the shape alone;
//     its noisy totals tell where the answers are (model.Locate).
//  2. [NewDesign] decides from that, and from public facts, how precisely
//     each block of features is measured: reverse water-filling over blocks
//     and row groups, and a clip level. What it believes is in beliefs.go.
//  3. [New] compiles the design to integers: e(r) = A·c(r). What that is for
//     one response stands in definition.go, in plain words.
//  4. A [Tally] sums c(r) over the responses, by a kernel that is held to the
//     definition; [Tally.Totals] applies A.
//  5. Noise is added by package privacy; [Encoding.Read] turns the noisy
//     totals back into natural units for package estimate.
//
// Two properties carry the privacy of everything that is published, for
// every response that the instrument permits, in the pilot and in the main
// encoding: ‖e(r)‖₂ ≤ [Sensitivity], and e(blank sheet) = 0.
//
// # Notation
//
//	symbol   meaning                                               unit             file
//	r        a response: attributes and answers of a company       bytes, see Rows  sheet.go
//	m        answers of r in a domain; size: questions there       count            sheet.go
//	x        a level, from 0                                       levels           sheet.go
//	s, s_d   overall score Σx/M, score of domain d                 1/scoreUnit      sheet.go
//	c(r)     features of r, in the order of layout                 see layout       definition.go, layout.go
//	h        clipping factor of the head                           1/scoreUnit      clip.go
//	λ        clipping factor of the tail                           1/clipUnit       clip.go
//	κ        ⌊λ·(size−1)/(m−1)⌋: scale of a contrast               1/(clipUnit·size) definition.go
//	τ        ⌊λ·size/m⌋: scale of an answer in its domain          1/(clipUnit·size) definition.go
//	F0       public distribution function of a score               1/cdfUnit        scores.go
//	W        whitening of the scores' distribution functions       integers         scores.go
//	Γ        Gram matrix of W and the rows' weights                integers         scores.go
//	A        rows ⊗ features: what turns c(r) into coordinates     integers         coordinate.go, helmert.go, scores.go
//	e(r)     A·c(r), a vector of Coordinates() integers            integers         definition.go
//	R        Sensitivity, the bound of ‖e(r)‖₂                     2³⁰              fixed.go
//	H, T     squared norm of head and tail before clipping         2²⁰              clip.go, weights.go
//	W (clip) weight of the coordinate 1−λ in the squared norm      2²⁰              clip.go
//	σ        noise of a coordinate; Sigma: of a block              integers; natural read.go; design.go
//	μ        budget of Gaussian differential privacy               none             design.go
//	Unit     length in which beliefs are stated                    levels           model.Shape.Unit
//
// And in words:
//
//   - A feature is an integer combination of c(r), before the cohorts matter; a
//     block (model.Block) is the features that share one noise.
//   - A tier (model.Tier) is what clipping scales by one factor: last the overall score
//     of all companies, before it the offsets, the overall score by the values of
//     attributes, and first the tail, which describes the answers around that.
//   - A row is a combination of cohorts that is measured: all, or one Helmert
//     contrast of an attribute's values. A row group is all, or one attribute.
//     A coordinate is a feature in a row.
//   - A stratum is the responses with the same value of every attribute: what a
//     tally sums apart. A cohort is all, or one value of one attribute.
//   - A place (or bin) of a score is the number of thresholds strictly below it.
//   - A profile is a set of minimum levels that a company meets or not, nothing
//     else.
package encode
