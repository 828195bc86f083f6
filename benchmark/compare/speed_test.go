package compare

import (
	"fmt"
	"testing"

	"maturitybench/benchmark/internal/draft"
	"maturitybench/benchmark/publication"
)

// BenchmarkTrend follows 62 questions of all companies.
func BenchmarkTrend(b *testing.B) {
	for _, waves := range []int{2, 4, 10} {
		b.Run(fmt.Sprint(waves, " waves"), func(b *testing.B) {
			var releases []*publication.Release
			for w := range waves {
				noise := noiseOf(uint64(w))
				releases = append(releases, madeWave(b, sixLevels(30), w, func(id string) float64 { return 2 + noise(id) }, func(*draft.Cohort) {}))
			}
			for b.Loop() {
				if _, err := Trend(releases...); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
