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
//	symbol   meaning                                               unit              file
//	r        a response: attributes and answers of a company       bytes, see Rows   sheet.go
//	m        answers of r in a domain; size: questions there       count             sheet.go
//	w, W     weight of an answer, and their sum in a domain        count             sheet.go
//	x        what a level counts, from 0                           steps, see values sheet.go
//	s, s_d   overall score Σw·x/Σw, score of domain d              1/scoreUnit       sheet.go
//	o_d      offset of domain d: s_d − s, or centre − s without it 1/scoreUnit       definition.go
//	c(r)     features of r, in the order of layout                 see layout        definition.go, layout.go
//	f        factor of what is kept, one a tier                    1/clipUnit        clip.go
//	r_t, g   factor of the rest of a tier, g·(1 − f)               1/clipUnit        clip.go, shares.go
//	κ        ⌊f·size/W⌋, f of the tail: scale of an answer         1/(clipUnit·size) definition.go
//	λ        the only factor of a small panel: of the offsets      1/scoreUnit       small.go
//	F0       public distribution function of a score               1/cdfUnit         scores.go
//	W        (of scores) whitening of their distribution functions integers          scores.go
//	Γ        Gram matrix of that whitening and the rows' weights   integers          scores.go
//	A        rows ⊗ features: what turns c(r) into coordinates     integers          coordinate.go, helmert.go, scores.go
//	e(r)     A·c(r), a vector of Coordinates() integers            integers          definition.go
//	R        Sensitivity, the bound of ‖e(r)‖₂                     2³⁰               fixed.go
//	C        squared norm of what is never clipped                 2²⁰               clip.go, weights.go
//	K, P     squared norm of a tier and of its rest, factors 1     2²⁰               clip.go, weights.go
//	V        weight of the coordinate 1 − f in the squared norm    2²⁰               clip.go
//	σ        noise of a coordinate; Sigma: of a block              integers; natural read.go; design.go
//	μ        budget of Gaussian differential privacy               none              design.go
//	Unit     length in which beliefs are stated                    levels            model.Shape.Unit
//
// And in words:
//
//   - A feature is an integer combination of c(r), before the cohorts matter; a
//     block (model.Block) is the features that share one noise.
//   - A tier (model.Tier) is what clipping scales by one factor: last the overall score
//     of all companies, before it the offsets, the overall score by the values of
//     attributes, and first the tail, which describes the answers around that. Its rest
//     is what clipping takes of it, measured apart. The counts of companies and of answers
//     belong to no tier.
//   - A row is a combination of cohorts that is measured: all, or one Helmert
//     contrast of an attribute's values. A row group is all, or one attribute.
//     A coordinate is a feature in a row.
//   - A stratum is the responses with the same value of every attribute: what a
//     tally sums apart. A cohort is all, or one value of one attribute.
//   - A place (or bin) of a score is the number of thresholds strictly below it.
//   - A profile is a set of minimum levels that a company meets or not, nothing
//     else.
package encode
