// Package exact computes the statistics of synthetic answer sheets without noise, as a
// forecast compares its estimates with them.
package exact
