// Package stats holds the small statistics that a benchmark on an ordinal scale
// needs. It knows nothing of privacy, of surveys or of cohorts, and imports the
// standard library only.
//
//  1. [Quantile] reads a quantile off data, [QuantileInterval] says between which
//     of the data that of the distribution behind them lies, and [CDFQuantile]
//     reads one off a distribution function that is known on a grid.
//  2. [Normal] is the normal distribution; [NormalCDF], [NormalTail],
//     [NormalDensity], [NormalQuantile] and [NormalCritical] are the standard
//     one's. [RoundedNormal] is what an ordinal scale shows of one. [Bisect]
//     inverts what has no formula.
//  3. [Mean], [AtLeast] and [EarthMover] describe shares of the levels
//     0, 1, …, len(shares)-1. [OrthonormalPolynomials] and [HelmertContrasts] are
//     bases of functions of a level and of differences between values.
//  4. [Simplex], [SimplexWithMean], [Isotonic] and [MonotoneCDF] make noisy
//     estimates consistent: they are the nearest shares, the nearest shares with a
//     given mean, the nearest increasing sequence and distribution function. A
//     Euclidean projection on a convex set that holds the truth never moves an
//     estimate away from it.
//  5. [LargestRemainder] rounds shares to integers with a given sum.
//
// The example of the package is the same walk.
//
// No function changes its arguments. Arguments that no caller can mean, such as
// slices of different lengths, panic; each function says when. Data are finite
// numbers: with NaN among them every function still ends, and what it returns
// means nothing.
package stats
