package earlier

import (
	"slices"

	"maturitybench/benchmark/internal/specfile"
)

// Check expects ids of waves before a wave, or [All], at prior.waves, and reports whether
// the prior has that key; others says that it has other keys.
func Check(c *specfile.Checker, waves []string, wave string, others bool) bool {
	if len(waves) == 0 && !c.Given("prior.waves") {
		return false
	}
	if len(waves) == 0 {
		c.Expect("prior.waves", "all, or the ids of earlier waves")
	}
	if others || c.Given("prior.release") || c.Given("prior.level") || c.Given("prior.spread") {
		c.Expect("prior", "either release, or waves, or level and spread")
	}
	for i, id := range waves {
		switch at := specfile.Element("prior.waves", i); {
		case !c.ID(at, id):
		case id == wave:
			c.Expect(at, "a wave before this one")
		case id == All && len(waves) > 1:
			c.Expect(at, "all by itself, or ids of waves")
		case slices.Contains(waves[:i], id):
			c.Expect(at, "each wave once")
		}
	}
	return true
}
