// Package stats holds the small statistics of an ordinal scale that a
// benchmark needs. It knows nothing of privacy or of surveys.
//
//  1. [Quantile] and [CDFQuantile] read quantiles off data and off a
//     distribution function that is known on a grid.
//  2. [Mean], [AtLeast] and [EarthMover] describe shares of the levels
//     0, 1, …, len(shares)-1.
//  3. [Simplex], [SimplexWithMean] and [Isotonic] make noisy estimates
//     consistent: they are the nearest shares, the nearest shares with a given
//     mean and the nearest increasing sequence. A Euclidean projection on a
//     convex set that holds the truth never moves an estimate away from it.
//  4. [LargestRemainder] rounds shares to integers with a given sum.
//
// No function changes its arguments. Arguments that no caller can mean, such as
// slices of different lengths, panic; each function says when.
package stats
