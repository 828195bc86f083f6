package model

import (
	"math"
	"math/bits"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The factor of Subset makes contrasts unbiased under random omission: the
// mean over all subsets of m answers that hold a question is the contrast to
// the mean of the whole domain.
func TestSubsetIsUnbiased(t *testing.T) {
	levels := []float64{0, 5, 1, 4, 4, 2}
	n := len(levels)
	whole := average(levels)
	for m := 2; m <= n; m++ {
		sum, count := make([]float64, n), 0.0
		for set := range 1 << n {
			if bits.OnesCount(uint(set)) != m {
				continue
			}
			count++
			mean := 0.0
			for q := range n {
				if set>>q&1 == 1 {
					mean += levels[q] / float64(m)
				}
			}
			for q := range n {
				if set>>q&1 == 1 {
					sum[q] += Subset(m, n) * (levels[q] - mean)
				}
			}
		}
		for q := range n {
			answered := count * float64(m) / float64(n)
			compare(t, "mean contrast", sum[q]/answered, levels[q]-whole, 1e-12)
		}
	}
	if Subset(1, 5) != 0 || Subset(0, 5) != 0 || Subset(1, 1) != 0 {
		t.Error("a domain with fewer than two answers has contrasts")
	}
}

func TestSheets(t *testing.T) {
	shapes := []Shape{fourDomains, {Levels: 2, Domains: []int{1}}, {Levels: 11, Domains: []int{2, 1}}}
	for _, shape := range shapes {
		center := Expect(shape, Prior{Companies: 100})
		sheets := Sheets(shape, center, 500, Unanswered, 7)
		if len(sheets) != 500 {
			t.Fatalf("%d sheets, want 500", len(sheets))
		}
		for _, row := range sheets {
			if len(row) != shape.Questions() || slices.Max(row) > byte(shape.Levels) || slices.Max(row) == 0 {
				t.Fatalf("%v: not a sheet with an answer: %v", shape, row)
			}
		}
		if !cmp.Equal(sheets, Sheets(shape, center, 500, Unanswered, 7)) {
			t.Errorf("%v: the same seed drew other sheets", shape)
		}
		if cmp.Equal(sheets, Sheets(shape, center, 500, Unanswered, 8)) {
			t.Errorf("%v: another seed drew the same sheets", shape)
		}
	}
}

// Of 2,000 sheets of 44 questions 40 % are skipped with a standard deviation of 0.17
// percentage points.
func TestSheetsSkip(t *testing.T) {
	missing := 0.0
	for _, row := range Sheets(fourDomains, Expect(fourDomains, Prior{Companies: 100}), 2000, 0.4, 3) {
		for _, v := range row {
			if v == 0 {
				missing++
			}
		}
	}
	compare(t, "share without answer", missing/2000/44, 0.4, 0.012)
}

// 2,000 sheets of 44 questions: 5 % unanswered with a standard deviation of
// 0.07 percentage points; a mean score at the centre with one of 0.02 levels. The
// spread of the scores is the centre's in the middle of the scale, and the end of
// the scale takes a part of it.
func TestSheetsFollowTheModel(t *testing.T) {
	center := Expect(fourDomains, Prior{Known: true, Level: 1.5, Spread: 0.5, Companies: 100})
	spread := make(map[float64]float64)
	for _, level := range []float64{0.6, 1.5, 2.5} {
		center.Level = level
		var missing, answers, sum, scores, squares float64
		sheets := Sheets(fourDomains, center, 2000, Unanswered, 3)
		for _, row := range sheets {
			var own, total float64
			for _, v := range row {
				if v == 0 {
					missing++
				} else {
					own++
					total += float64(v) - 1
				}
			}
			answers, sum = answers+own, sum+total
			scores, squares = scores+total/own, squares+square(total/own)
		}
		compare(t, "share without answer", missing/(missing+answers), Unanswered, 0.005)
		compare(t, "mean answer", sum/answers, level, 0.06)
		n := float64(len(sheets))
		spread[level] = math.Sqrt(squares/n - square(scores/n))
	}
	compare(t, "spread of scores in the middle", spread[2.5], scoreSpread, 0.06)
	if !(spread[0.6] < 0.8*spread[2.5]) {
		t.Errorf("the end of the scale leaves %v of a spread of %v", spread[0.6], spread[2.5])
	}
}
