package encode

import (
	"math/rand/v2"
	"slices"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// batchShapes have domains with states and without, of odd and even sizes, with one word of sums and with
// several, and a profile.
func batchShapes() []model.Shape {
	profiles := []model.Profile{{{Question: 0, Level: 1}, {Question: 3, Level: 1}}}
	weights := []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1, 2, 3, 4, 5}
	return []model.Shape{
		{Levels: 3, Domains: []int{2, 11, 1}, Attributes: []int{2}, Profiles: profiles},
		{Levels: 6, Domains: []int{3, 8}, Attributes: []int{2}},
		{Levels: 2, Domains: []int{4, 11}, Weights: weights},
		{Levels: 5, Domains: []int{2, 13}, Values: []int{0, 10, 33, 60, 100}, Weights: weights, DomainWeights: []int{3, 1}},
		{Levels: 8, Domains: []int{5, 3}, Values: []int{0, 1, 2, 4, 5, 8, 12, 20}, Weights: []int{1, 10, 2, 9, 3, 8, 4, 7}},
		{Levels: 11, Domains: []int{10, 1}, Attributes: []int{2}, DomainWeights: []int{2, 7}},
		{Levels: 11, Domains: []int{9, 6}, Values: []int{0, 1, 3, 10, 11, 30, 40, 41, 90, 95, 100}, Weights: weights},
	}
}

// TestBatchesEqualDefinition adds panels as long as a batch and a block, and a little shorter and longer: the totals are the sum of
// the vectors of the definition, to the last bit, and some responses are clipped and some not.
func TestBatchesEqualDefinition(t *testing.T) {
	if testing.Short() {
		t.Skip("exhaustive tier")
	}
	words := map[int]bool{}
	for _, shape := range batchShapes() {
		e := plain(t, shape)
		if e.kernel.wide != nil {
			words[e.kernel.wide.n] = true
		}
		rng, attributes, questions := rand.New(rand.NewPCG(33, 34)), len(shape.Attributes), shape.Questions()
		rows := Rows{Stride: attributes + questions, Answers: attributes}
		for j := range attributes {
			rows.Attributes = append(rows.Attributes, j)
		}
		sum, whole, clipped, checked := make([]int64, e.Coordinates()), 0, 0, 0
		for _, n := range []int{1, batchRows - 1, batchRows, batchRows + 1, tallyBlock, tallyBlock + 1} {
			for rows.Len() < n {
				row := make([]byte, rows.Stride)
				for j, values := range shape.Attributes {
					row[j] = byte(rng.IntN(values + 1))
				}
				missing, low := 0.3*rng.Float64(), rng.IntN(shape.Levels)
				for q := range questions {
					if rng.Float64() >= missing {
						row[attributes+q] = byte(1 + low + rng.IntN(min(shape.Levels-low, 3)))
					}
				}
				if rng.IntN(40) == 0 {
					clear(row[attributes:])
				}
				rows.Data = append(rows.Data, row...)
			}
			for ; checked < n; checked++ {
				row := rows.Data[checked*rows.Stride:][:rows.Stride]
				if slices.Max(e.Features(row[:attributes], row[attributes:])[e.layout.clipped:][:model.Tiers]) > 0 {
					clipped++
				} else {
					whole++
				}
				for i, v := range e.Encode(row[:attributes], row[attributes:]) {
					sum[i] += v
				}
			}
			tally := e.NewTally()
			tally.Add(rows)
			for look := range 2 {
				if !slices.Equal(tally.Totals(), sum) {
					t.Fatalf("domains %v, %d levels: the totals of %d responses, look %d, are not those of the definition", shape.Domains, shape.Levels, n, 1+look)
				}
			}
		}
		if whole < 100 || clipped < 100 {
			t.Errorf("domains %v, %d levels: %d responses are not clipped and %d are: both ways must be tested", shape.Domains, shape.Levels, whole, clipped)
		}
	}
	for _, n := range []int{1, 2, 3, 2 * wideWords} {
		if !words[n] {
			t.Errorf("no shape has sums of %d words", n)
		}
	}
}
