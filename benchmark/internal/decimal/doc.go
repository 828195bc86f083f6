// Package decimal is the arithmetic of printed numbers: whole millionths, so that
// sums and comparisons of what a release prints are exact.
//
//  1. [Micros] rounds a number down, up or to the nearest millionth, within limits;
//     [ToMicros] reads a printed one back.
//  2. [Apportion] rounds shares that sum to one exactly; [Tails] and [MeanLevel]
//     are what follows from them.
//  3. [Spell] writes a number in full, and [CanonicalJSON] a document whose bytes
//     depend on its content alone.
package decimal
