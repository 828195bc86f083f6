// Package draw is the seam between the mechanisms and their random source.
package draw

// Source is a source of Gaussian noise on integers. The zero Source is the
// secure one.
type Source struct {
	seeded func(lInf int64, sigma float64) int64
}
