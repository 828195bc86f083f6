package draw

import (
	"fmt"
	"testing"
)

func BenchmarkSpherical(b *testing.B) {
	for _, d := range []int{1, 5, 6, 16, 64} {
		for _, c := range []uint64{1, 1 << 30} {
			b.Run(fmt.Sprintf("d=%d/C=%d", d, c), func(b *testing.B) {
				p := NewSpherical(4_000_000_000, c*1_000_000_000, d)
				for b.Loop() {
					(Source{}).Spherical(p)
				}
			})
		}
	}
}
