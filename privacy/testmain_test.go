package privacy

import (
	"runtime/debug"
	"testing"
)

// TestMain leaves garbage for longer: exact arithmetic makes much of it, in a heap that is so small
// that collecting it at every four megabytes takes a tenth of the time.
func TestMain(m *testing.M) {
	debug.SetGCPercent(400)
	m.Run()
}
