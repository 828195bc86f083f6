package encode

import (
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark/internal/model"

	"github.com/google/go-cmp/cmp"
)

// TestKeysSpellTheAnswers: keys that are read eight answers at a time are those of the answers one by one, whatever bytes
// are around them, at the end of the data too, and give the answers back.
func TestKeysSpellTheAnswers(t *testing.T) {
	rng := rand.New(rand.NewPCG(31, 32))
	for _, levels := range []int{2, 3, 4, 7, 8, 11} {
		for size := 1; ; size++ {
			k := newKeys(levels, size)
			if k.bits > mostKeyBits {
				break
			}
			data := make([]byte, 40)
			for i := range data {
				data[i] = byte(rng.IntN(levels + 1))
			}
			const first = 2
			var got [batchRows]uint32
			var at []int
			for i := range len(data) - first - size + 1 {
				at = append(at, i)
			}
			k.column(&got, data, at[max(0, len(at)-batchRows):], first)
			for i, at := range at[max(0, len(at)-batchRows):] {
				want := data[at+first:][:size]
				for q, answer := range want {
					if k.answerOf(got[i], q) != int(answer) {
						t.Fatalf("%d levels, answers %v: the key %b spells another answer %d", levels, want, got[i], q)
					}
				}
				if got[i]>>k.bits != 0 {
					t.Fatalf("%d levels, answers %v: the key %b has more than %d bits", levels, want, got[i], k.bits)
				}
			}
		}
	}
}

// TestSmallestDomainsHaveStates: those with the fewest different answers, as long as all of them together are few.
func TestSmallestDomainsHaveStates(t *testing.T) {
	for _, test := range []struct {
		shape model.Shape
		want  []bool
	}{
		{model.Shape{Levels: 6, Domains: []int{1, 3, 5, 5, 5}}, []bool{true, true, true, true, false}}, // 7, 343, three times 16,807
		{model.Shape{Levels: 6, Domains: []int{6, 10}}, []bool{false, false}},                          // 117,649: too many
		{model.Shape{Levels: 4, Domains: []int{6, 6, 6}}, []bool{true, true, false}},                   // three times 15,625
		{model.Shape{Levels: 2, Domains: []int{9, 10}}, []bool{true, false}},                           // 19,683; keys of 20 bits
		{model.Shape{Levels: 4, Domains: []int{6}, Places: [][]int{{0, 3}}}, []bool{true}},             // 729, and 15,625 with other places
		{model.Shape{Levels: 7, Domains: []int{6}, Places: [][]int{{0, 6}}}, []bool{false}},            // 729, but no numbers for 262,144
	} {
		var got []bool
		for _, s := range newStates[int, int](test.shape) {
			got = append(got, s != nil)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%d levels, domains %v (-want +got):\n%s", test.shape.Levels, test.shape.Domains, diff)
		}
	}
}
