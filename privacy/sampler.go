package privacy

// SamplerDelta is the δ part that every release pays for the approximation
// of the sampler: 2⁻³⁸, rounded up, in units of 1e-18.
//
// It is enough for ε up to 8 and a release of up to 100,000 noisy numbers, those
// of pilot, test and main vector together; the built-in instrument with two
// attributes has some 3000. The argument is about what version 3.0.0 of Google's
// module draws (its own, in Secure Noise Generation, 2020, goes through the
// binomial distribution). Rejection leaves integers m with probabilities in
// proportion to exp(−2m²/n), a factor that does not depend on m aside, for |m| ≤
// √n·√(ln(√n)/2), where 2⁵⁶ < √n ≤ 2⁵⁷. They are scaled by a power of two to the
// standard deviation σ exactly, and rounded to integers. Against a normal number
// rounded to integers, for which the theorem holds, there are three differences;
// Real and Ideal are the two distributions of d numbers without the company, and
// S is an event that tells the company. Sums of exp(−2m²/n) in place of integrals
// differ by less than 2⁻⁵⁰ of their value, and count with the first.
//
//   - Arithmetic. A float64 has u = 2⁻⁵³. The exponent takes five roundings, the
//     exponential is taken to be right to one unit in the last place, and the rest,
//     with the uniform number that it is compared with, costs seven u. So
//     probabilities are off by a factor within 1 ± (5z²/2 + 7)·u at z standard
//     deviations, 1 ± 2.3e-14 at the ends, and another 1e-15 for their sum. Over d
//     numbers that moves ε by 2·d·2.4e-14, and hence δ by at most as much times
//     the probability of S, which is below Φ(μ/2 − ε/μ): 3e-14 for d = 100,000 at
//     ε = 4.
//   - Zero. Halves are rounded away from zero, so zero gets one point of the grid
//     less than any other integer, a part of 2σ/√n. On S the company makes an
//     outcome e^ε times as likely, so what is lost there is paid in its
//     probability with the company, at most 1/(σ√(2π)) a number:
//     d·√(2/π)·2⁻⁵⁶ = d·1.1e-17 = 1.1e-12.
//   - The ends. Nothing is drawn beyond √(2·ln √n) ≥ 8.81σ. A number that the
//     company moves by μᵢ standard deviations, Σ μᵢ² ≤ μ², gets there with
//     probability p = 2Φ(μᵢ − 8.81) at most, and without the company it ought to
//     with 2Φ(−8.81) = 1.2e-18, so it costs the smaller of p and e^ε·1.2e-18. At
//     most a hundred numbers have μᵢ > μ/10. At ε = 8 and δ = 1e-6, where μ =
//     1.53, that is 4e-13 for those and 5e-18 for each of the others.
//
// Together that is 1.4e-12 at ε = 4 and 2.0e-12 at ε = 8, below 2⁻³⁸ = 3.6e-12. A
// plan that overrides the limit of ε = 8 has no such proof: a company that one
// number is all about then adds up to e^ε·1.2e-18 to δ, 6e-10 at ε = 20. Nor has
// a release of more numbers, of which each adds 2e-17 to δ.
//
// Assumed is that crypto/rand gives independent fair bits, that float64 is
// IEEE 754, and that [math.Exp] is right to one unit in the last place.
const SamplerDelta int64 = 3_637_979
