// Package garbage is what tests that publish and estimate much run with.
package garbage

import (
	"runtime/debug"
	"testing"
)

// percent is how much a heap grows before it is collected, in hundredths of what is in use.
// Tests use a megabyte or two, which by itself is collected at every four: that takes a sixth of the
// time that it takes with this (GOGC=100 and GOGC=400 go test ./benchmark/synthetic/accuracy, user time).
const percent = 400

// Main is the TestMain of a package: it runs the tests, which leave their garbage for longer.
func Main(m *testing.M) {
	debug.SetGCPercent(percent)
	m.Run()
}
