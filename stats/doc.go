// Package stats holds the small statistics that a benchmark on an ordinal scale
// needs. It knows nothing of privacy, of surveys or of cohorts, and imports the
// standard library only.
//
//  1. [Quantile] and [CDFQuantile] read quantiles off data and off a
//     distribution function that is known on a grid.
//  2. [Mean], [AtLeast] and [EarthMover] describe shares of the levels
//     0, 1, …, len(shares)-1. [OrthonormalPolynomials] and [HelmertContrasts] are
//     bases of functions of a level and of differences between values.
//  3. [Normal] is the normal distribution, with [NormalCDF], [NormalTail],
//     [NormalDensity], [NormalQuantile] and [NormalCritical] for the standard one.
//     [RoundedNormal] is what of it an ordinal scale shows. [Bisect] inverts what
//     has no formula.
//  4. [Simplex], [SimplexWithMean] and [Isotonic] make noisy estimates
//     consistent: they are the nearest shares, the nearest shares with a given
//     mean and the nearest increasing sequence. A Euclidean projection on a
//     convex set that holds the truth never moves an estimate away from it.
//  5. [LargestRemainder] rounds shares to integers with a given sum.
//
// No function changes its arguments. Arguments that no caller can mean, such as
// slices of different lengths, panic; each function says when.
package stats
