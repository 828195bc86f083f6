package estimate

import (
	"math/rand/v2"
	"slices"
	"testing"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/model"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"gonum.org/v1/gonum/mat"
)

var approximately = cmpopts.EquateApprox(1e-7, 1e-7)

// The order of the questions in a domain does not matter.
func TestOrderOfQuestions(t *testing.T) {
	shape := model.Shape{Levels: 5, Domains: []int{4, 3}, Attributes: []int{3}}
	in := arbitraryInput(shape, 200, 15, 0.2, 0.2, true, rand.New(rand.NewPCG(21, 22)))
	want := Estimate(in)
	order := []int{2, 0, 3, 1, 6, 4, 5} // the question that comes to each place
	in.Measured[model.Contrasts] = reordered(in.Measured[model.Contrasts], order, 1)
	in.Measured[model.Skips] = reordered(in.Measured[model.Skips], order, 1)
	in.Measured[model.QuestionShape] = reordered(in.Measured[model.QuestionShape], order, shape.Levels-2)
	got := Estimate(in)
	for g := range want {
		questions, unshrunken := make([]Question, len(order)), make([]Number, len(order))
		for to, from := range order {
			questions[to], unshrunken[to] = want[g].Questions[from], want[g].Unshrunken.Questions[from]
		}
		want[g].Questions, want[g].Unshrunken.Questions = questions, unshrunken
	}
	if diff := cmp.Diff(want, got, approximately); diff != "" {
		t.Error(diff)
	}
}

// reordered moves runs of width coordinates.
func reordered(m encode.Measured, order []int, width int) encode.Measured {
	out := encode.Measured{Weights: m.Weights}
	for r := range m.Y {
		var y, sd []float64
		for _, from := range order {
			y = append(y, m.Y[r][from*width:(from+1)*width]...)
			sd = append(sd, m.SD[r][from*width:(from+1)*width]...)
		}
		out.Y, out.SD = append(out.Y, y), append(out.SD, sd)
	}
	return out
}

// The order of an attribute's values does not matter, nor how the contrasts
// between them are written down.
func TestOrderOfValues(t *testing.T) {
	shape := model.Shape{Levels: 4, Domains: []int{3, 2}, Attributes: []int{2, 4}}
	// With these seeds, distribution functions fall below 10⁻²⁰⁰ and fit their readings badly.
	for seed, exact := range map[uint64]bool{0: true, 3: false} {
		in := arbitraryInput(shape, 200, 15, 0.2, 0.2, exact, rand.New(rand.NewPCG(23, seed)))
		want := Estimate(in)
		order := []int{0, 1, 2, 5, 3, 6, 4} // the cohort that comes to each place
		for b, m := range in.Measured {
			if m.Weights == nil {
				continue
			}
			rows, columns := m.Weights.Dims()
			weights := mat.NewDense(rows, columns, nil)
			for r := range rows {
				for to, from := range order {
					weights.Set(r, to, m.Weights.At(r, from))
				}
			}
			in.Measured[b].Weights = weights
		}
		if exact {
			sizes := slices.Clone(in.Exact)
			for to, from := range order {
				in.Exact[to] = sizes[from]
			}
		}
		moved := make([]Cohort, len(want))
		for to, from := range order {
			moved[to] = want[from]
		}
		if diff := cmp.Diff(moved, Estimate(in), approximately); diff != "" {
			t.Errorf("exact sizes %v: %s", exact, diff)
		}
	}
}

// A wider confidence changes the intervals only, and they only grow.
func TestConfidence(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{4, 3}, Attributes: []int{3}}
	in := arbitraryInput(shape, 200, 15, 0.1, 0.1, false, rand.New(rand.NewPCG(25, 26)))
	narrow := Estimate(in)
	in.Z *= 1.5
	wide := Estimate(in)
	values := cmp.Transformer("value", func(n Number) [3]float64 { return [3]float64{n.Value, n.Error, n.Information} })
	// A quartile of a coarse lattice may move into its interval.
	if diff := cmp.Diff(narrow, wide, values); diff != "" {
		t.Error(diff)
	}
	for g := range narrow {
		a, b := pairs(narrow[g], someTruth(shape)), pairs(wide[g], someTruth(shape))
		for family := range a {
			for i, n := range a[family] {
				if w := b[family][i]; n.Low < w.Low || n.High > w.High {
					t.Errorf("%s: the interval %v to %v shrinks to %v to %v", family, n.Low, n.High, w.Low, w.High)
				}
			}
		}
	}
}

// someTruth is a truth of the right shape.
func someTruth(shape model.Shape) truth {
	rng := rand.New(rand.NewPCG(1, 1))
	return typical.draw(shape, 50, rng).truth()[0]
}
