package model

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// severalShape has five levels, seven and two at nine places.
var severalShape = Shape{
	Levels: 9, Domains: []int{4, 3, 2, 1}, Values: []int{0, 2, 3, 4, 6, 8, 9, 10, 12},
	Places: [][]int{{0, 2, 4, 6, 8}, {0, 1, 3, 4, 5, 7, 8}, {0, 8}, {0, 8}},
}

// Made-up sheets have answers at the places of their domains alone, and at all of these.
func TestSheetsOfPlaces(t *testing.T) {
	center := Expect(severalShape, Prior{Companies: 400})
	center.Level = 3
	sum, n := 0.0, 0.0
	seen := map[[2]int]bool{}
	at, domainOf := severalShape.Positions(), severalShape.DomainOf()
	for _, sheet := range Sheets(severalShape, center, 400, 0.1, 3) {
		score, answers := 0.0, 0.0
		for q, a := range sheet {
			if a == 0 {
				continue
			}
			seen[[2]int{domainOf[q], int(a) - 1}] = true
			if !slices.Contains(severalShape.Places[domainOf[q]], int(a)-1) {
				t.Fatalf("question %d has an answer at place %d", q, a-1)
			}
			score, answers = score+at[a-1], answers+1
		}
		sum, n = sum+score/answers, n+1
	}
	for d, places := range severalShape.Places[:3] {
		for _, place := range places {
			if !seen[[2]int{d, place}] {
				t.Errorf("domain %d: nobody is at place %d", d, place)
			}
		}
	}
	// Scores spread by at most the whole range of 8: a standard error below 0.2.
	if mean := sum / n; math.Abs(mean-3) > 1.2 {
		t.Errorf("the mean of the sheets is %.2f, expected about 3", mean)
	}
}

// Combinations of what is measured have the shapes of a domain's own levels: orthonormal,
// without a part that a constant or a line has, and as many as there are.
func TestOwnFunctions(t *testing.T) {
	axis := severalShape.Functions()
	for d, places := range severalShape.Places {
		functions, combined := severalShape.OwnFunctions(d)
		if len(functions) != len(places) || len(combined) != len(places)-2 {
			t.Fatalf("domain %d: %d functions, %d combinations", d, len(functions), len(combined))
		}
		for k, row := range combined {
			for j, other := range combined {
				want := 0.0
				if j == k {
					want = 1
				}
				if got := product(row, other); math.Abs(got-want) > 0.005 {
					t.Errorf("domain %d: combinations %d and %d have the product %.4f", d, k, j, got)
				}
			}
			for l, level := range places {
				measured := 0.0
				for j, w := range row {
					measured += w * axis[j+2][level]
				}
				if math.Abs(measured-functions[k+2][l]) > 1e-12 {
					t.Errorf("domain %d: combination %d is %v at place %d, the function %v", d, k, measured, level, functions[k+2][l])
				}
			}
			for line := range 2 {
				if got := product(functions[line], functions[k+2]); math.Abs(got) > 0.005 {
					t.Errorf("domain %d: function %d has the product %.4f with order %d", d, k, got, line)
				}
			}
		}
	}
	whole := severalShape
	whole.Places = nil
	if functions, combined := whole.OwnFunctions(0); combined != nil || len(functions) != 9 {
		t.Errorf("a shape without places has %d functions, %d combinations", len(functions), len(combined))
	}
}

func product(a, b []float64) float64 {
	var sum float64
	for i, v := range a {
		sum += v * b[i]
	}
	return sum
}

// Steps are in levels of the axis, 8/12 of one: quarters of the range are three of them.
func TestStepIn(t *testing.T) {
	for d, want := range []float64{2, 8. / 6, 8, 8} {
		if num, den := severalShape.StepIn(d); math.Abs(float64(num)/float64(den)-want) > 1e-12 {
			t.Errorf("domain %d: %d/%d, want %v", d, num, den, want)
		}
	}
}

// A level of the domain is the nearest of its own, and what lies beyond is at the end.
func TestRoundedIn(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for d := range severalShape.Domains {
		r, at, cuts := severalShape.RoundedIn(d, 0), severalShape.PositionsIn(d), severalShape.cuts(d)
		for range 200 {
			x := 12*rng.Float64() - 2
			want := 0
			for l := range at {
				if math.Abs(at[l]-x) < math.Abs(at[want]-x) {
					want = l
				}
			}
			if got := nearest(cuts, x); got != want || r.Shares(x)[want] != 1 {
				t.Errorf("domain %d: %v is at level %d, shares %v, want %d", d, x, got, r.Shares(x), want)
			}
		}
	}
}
