// Package outside looks at publications from outside, by what package benchmark
// exports: its tests publish thousands of small panels, exhaustively where they
// can, compare what is published with that of neighbours and with the rules, and ask for
// forecasts. What
// has to see a measurement on the way is tested in package benchmark.
package outside
