// Package conformance holds vectors against which another implementation can be
// held: whole publications of small instruments, from the answer sheets to the
// release, with every number in between.
//
// A file of the folder vectors is one publication, as a JSON object ([Case]):
//
//	format       "maturitybench.conformance/1"
//	about        what the case is there for
//	estimator    the name of the estimator of the release
//	plan         the canonical plan, with the instrument
//	seed         of the noise of the tests that wrote the file
//	sheets       the answer sheets, one text a company
//	counts       how many companies each measured cohort has: all, then every value of every attribute
//	mechanisms   the draws of noise in their order, as in a certificate
//	first        the vector of the first walk: the pilot, or the one of small panels
//	main         the vector of the second walk, which is built around the pilot's noisy answer; none in small panels
//	vectors      what single sheets become: their number, from 0, and the integers
//	totals       the sums of the vectors of all sheets
//	measurement  the noisy numbers: totals and noise, and which cohorts are kept
//	release      the release.json that is made of them
//
// An implementation conforms if it derives mechanisms from plan; vectors and totals
// from sheets, first and main; kept from counts under a roster with exact sizes; and
// release from plan and measurement: statuses, texts and integers exactly, other
// numbers within 2e-6. Every integer but those of the release is exact. The tests of
// this package hold the library to all of it, and a second computation, made from this
// text, to the vectors, totals and counts. How first and main follow from the plan and
// from the pilot's noisy numbers is no part of it: any choice of these integers bounds
// what one company adds; the library's is in the file.
//
// A sheet has the values of the attributes, a character each in the order of the
// instrument, a colon, and the answers, domain by domain, with a space between
// domains. A value of an attribute is its number, from 1, and 0 if it is not stated; an
// answer is its level, from 0 for the lowest, or a point if there is none. From ten
// on both continue with a. Of several scales the level is the place among the places of all:
// a vector does not know which of them a question has.
//
// # Notation
//
// All arithmetic is in integers. ⌊x⌋ and ⌈x⌉ round down and up, and trunc(x) towards
// zero. The units are S = units.score, C = units.clip, P = units.shape, F = units.cdf,
// and the bound of every vector is R = units.bound. shape.values says what the levels
// count, in steps, of which num/den, in lowest terms, make (levels − 1)/(the last value):
// the length of a step in levels. A domain d has n questions, of which the sheet answers
// m. In what follows x is what an answer counts and w the weight of its question in
// shape.weights, 1 without these. Sums are over the answers; W is Σw, and N the sum of the
// weights of all questions of the domain. The score of the domain is
//
//	s_d = ⌊(2·S·num·Σwx + den·W) / (2·den·W)⌋, or 0 if m = 0,
//
// and s is the same for all questions together, each with its weight times that of its
// domain in shape.domain_weights, 1 without these. A sheet without any answer becomes
// the vector of zeros, which need not be said again below.
//
// The weight w(r, v) of the number v in the contrast of rank r is 1 for v < r, −r for
// v = r, and 0 for v > r.
//
// # The pilot
//
// With t = 2s − (levels−1)·S the coordinates are
//
//	count, score·t, square·trunc(t²/S), and one for every bin: histogram in the sheet's and else 0.
//
// There are one more bins than edges; the sheet's is the number of edges below
//
//	Σ_d g(m)·(m·Σx² − (Σx)²),  g(m) = ⌊(2·2¹⁶·(n−1)²·m + b) / 2b⌋ with b = n²·(m−1)²; 0 for m < 2.
//
// # The vector of small panels
//
// Let D be the number of domains, l how many of them have no answer, and d = s − center, of
// which, if mark is not 0, only trunc(d·(D − l)/D) counts. The coordinates are, if partial is not 0, for every
// domain offset·trunc(λ·o/S), where the domain's o is its score less center and d, or −d if the sheet has no
// answer in it; for every one of parts scale·d, or 0 if the sheet is not in it; count, if that is not 0; if partial
// is not 0, partial·lost; and, if mark is not 0, for every domain mark if the sheet has no answer in it, and else 0.
// A sheet is in a part without attribute, and in one with its value of the attribute: 0 is not stated.
//
// The offsets, or with a single domain the first number, are the vector, and the others stand beside it: see
// bound of mechanisms in a certificate. With ρ = R − count − l·mark − Σ scale·|d| over the parts of the sheet,
// N = offset·⌈√Σ o²⌉ and P = partial·S, λ is S if N is at most ρ, and otherwise
//
//	⌊(ρ − P)·S/(N − P)⌋,
//
// and lost is S − λ, if mark is not 0 or l is 0. If neither is so, P is taken from ρ and is then 0 in all of this,
// and lost is S.
//
// Where count is not 0, the panel is kept if both the total and the noisy number of that coordinate reach: the total
// count times the minimum of companies, the noisy number count times the tau of the mechanism. Of a panel that is not kept the measurement
// has no noisy numbers.
//
// # The main vector: features
//
// The features f of a sheet depend on four factors f_level, f_offsets, f_segments and f_tail,
// of at most C, and for blocks whose name begins with rest_ on r_level, r_offsets, r_segments
// and r_tail in their place. With κ = ⌊f_tail·N/W⌋, and 0 in a domain without answers, they are, by block
// and index:
//
//	companies            S
//	not_stated     j     S if attribute j is not stated, else 0
//	unusable       d     ⌊S·(n − m)/n⌋ if m > 0, else 0
//	empty          d     S if m = 0, else 0
//	skips          q     m if question q is left out, m − n if it is answered; 0 if m = 0
//	clipped_level        C − f_level, and clipped_offsets, clipped_segments, clipped_tail alike
//	overall              trunc(f_level·(s − center)/C)
//	segments             trunc(f_segments·(s − center)/C)
//	offsets        d     trunc(f_offsets·o_d/C), o_d = s_d − s, or center − s if m = 0
//	profiles       p     trunc(f_offsets·(S·[profile p is met] − profiles_p)/C)
//	squares        a     trunc(f_tail·Q_a/C), Q_a = ⌊(s_a − center)²/S⌋ − squares_a; 0 without the score
//	contrasts      q     κ·P·(W·x − Σwx) if question q counts x; κ·(W·level_center − P·Σwx) if it is left out; 0 if m = 0
//	question_shape q, k  the same with the polynomial p = shapes_k.values, of the level of an answer, and its center: κ·P·(W·p − Σwp) or κ·(W·center − P·Σwp)
//	domain_shape   d, k  κ·(P·Σwp − W·center)
//
// A feature with two numbers has the index q·K + k or d·K + k, with K polynomials. The
// scores a are those of the domains and s, the last one. A profile is met if all its
// questions are answered at their level or above.
//
// A row is a group and a rank. The first one is all sheets, group 0, in which every sheet
// has the weight 1. After it follow for every attribute j, in group j + 1, the ranks 1, 2 and so on,
// one fewer than it has values: in them a sheet with value number v has the weight
// w(rank, v − 1), and 0 if the value is not stated.
//
// The coordinates are, for every feature in the order of the file and every row in
// which its scale is not 0, scale·weight·feature. Then follow the score distributions,
// of score_cdf and after them of rest_score_cdf: for every group, every row of the group
// with its scale, and every line W of the whitening, scale·weight·Σ W_i·v_i. Here v has
// an entry for every score a and threshold t, in this order,
//
//	f_tail·(F·[t is not below the score's place] − centers_a,t), and 0 without the score,
//
// where thresholds are numbered from 0, and the place of a score is the number of those
// that are below num·Σwx/(den·W), exactly; the file has them in quarters of a level.
//
// # The main vector: factors
//
// The weight |f| of a feature is the largest squared norm that its scales give to one sheet:
//
//	|f| = Σ over the groups of max over the values v of Σ over its rows of (scale·weight of v)²
//
// with the one value v that all sheets have for group 0, and otherwise those that are stated. That of a feature
// that is not in the file is 0. The weights of contrasts and question_shape are the same for
// all questions of a domain, and so are those of skips.
//
// U(w, x) is ⌈w·x/2²⁰⌉ and U(w, g, x) is ⌈w·⌈x·g/2⁸⌉/2²⁰⌉. The norm of what is never clipped is
//
//	fixed = U(|companies| + Σ over the attributes that are not stated |not_stated|, S²) + Σ_d
//	        U(|empty|, S²) if m = 0, else U(|unusable|, ⌊S·(n−m)/n⌋²) + U(|skips|, n·m·(n−m))
//
// and those of the four tiers, K of the blocks themselves and V of their rests, are
//
//	level     U(|overall|, (s − center)²)
//	offsets   Σ_d U(|offsets|, o_d²) + Σ_p U(|profiles|, (S·[met] − profiles_p)²)
//	segments  U(|segments|, (s − center)²)
//	tail      Σ_a U(|squares|, Q_a²) + Σ over the groups of G·Σ over the lines (Σ W_i·u_i)² + Σ_d T_d
//
// where u is v without its factor f_tail, and G is the largest Σ (scale·weight of v)² over the values. With
//
//	g = ⌈2²⁸·N²/m⌉, g' = ⌈2²⁸·N²/W²⌉, and D(p, c) = (P·Σwp − W·c)²
//
// T_d is 0 if m = 0, and otherwise the sum of
//
//	U(|contrasts|, g, P²·(m·Σx² − (Σx)²)) + U(|contrasts|, g', (n−m)·D(x, level_center))
//	U(|question_shape|, g, P²·(m·Σp² − (Σp)²)) + U(|question_shape|, g', (n−m)·D(p, center)) + U(|domain_shape|, g', D(p, center))
//
// where the file has weights or domain_weights with
//
//	U(|…|, g', P²·(W²·Σp² − 2·W·Σwp·Σp + m·(Σwp)²))
//
// in place of the first of each, the second line for every polynomial. If fixed + Σ K ≤ B = R²/2²⁰, all f are C and all r are
// 0. Otherwise, with rooms Z = U(|clipped|, C²) for each tier,
//
//	N(f, r) = fixed + Σ ⌈K·f²/C²⌉ + ⌈Z·(C−f)²/C²⌉ + ⌈V·r²/C²⌉
//
// and for ρ = C, ⌊7ρ/8⌋, and so on down to 0 all f begin as C and all r as 0, and the tail, the segments,
// the offsets and the level are tried in this order. A tier with K = 0 is passed over. Setting a tier to f sets
// its r to ⌊(C−f)·ρ/C⌋, that of the level to C−f. It is set first to min(C−1, ⌊L·C/(K + L)⌋) with L = Z + ⌈V·ρ²/C²⌉
// with C in the place of ρ for the level, 0 if L is 0.
// If N > B it stays so and the next tier is tried. Otherwise, for every step C/2, C/4, …, 1, f grows by the
// step if the sum is less than C and N ≤ B still, and these are the factors. If none are found for any ρ,
// all of them are tried once more, with ρ for the level, too. If there are none then, the vector is zero.
package conformance

//go:generate go test -run TestVectors -update .
