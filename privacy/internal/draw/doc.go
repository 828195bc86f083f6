// Package draw is the seam between the mechanisms and their random source.
//
// It is internal, so only the packages below privacy can choose a source, and
// Source is a struct with unexported fields, so nobody else can satisfy it: an
// interface with methods of built-in types could be implemented anywhere.
//
// The Gaussian sampler is Google's, see [Source.Gaussian]. The spherical
// Laplace sampler is here, and exact: [Spherical] joins discrete Laplace
// integers with Bernoulli variables of probability exp(−γ), both after Canonne,
// Kamath & Steinke (The Discrete Gaussian for Differential Privacy, 2020).
// Nothing in it is rounded: γ is irrational, and is compared with random bits
// in brackets of integers that are refined until the comparison is decided.
package draw
