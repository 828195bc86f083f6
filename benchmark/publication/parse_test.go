package publication_test

import (
	"testing"

	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/publication"
)

func BenchmarkParse(b *testing.B) {
	data := fixture.Release(b, "secret").Bytes()
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := publication.Parse(data); err != nil {
			b.Fatal(err)
		}
	}
}
