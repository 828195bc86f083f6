// Package rehearsal has noise from a public seed, with the distributions that a
// ledger draws from, for publications of synthetic companies: forecasts and tests.
package rehearsal
