package synthetic

import (
	"math"
	"testing"

	"maturitybench/benchmark/instrument"
)

// contrasts are the exact distances of the questions from their domains.
func contrasts(s *Sample) []float64 {
	all, q, list := s.Cohorts()[0], 0, []float64(nil)
	for _, d := range s.spec.Domains {
		mean := 0.0
		for i := range d.Questions {
			mean += all.Questions[q+i].Mean / float64(len(d.Questions))
		}
		for range d.Questions {
			list = append(list, all.Questions[q].Mean-mean)
			q++
		}
	}
	return list
}

func apart(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += (a[i] - b[i]) * (a[i] - b[i])
	}
	return math.Sqrt(sum / float64(len(a)))
}

// The first wave is a panel like the industry's; a year moves the questions of 5,000
// companies by the drift, which rounding to the scale makes a little less of, and nothing
// else moves without it. A seed draws the same industry again.
func TestIndustry(t *testing.T) {
	in, panel := instrument.JSP(), NewPanel(5000, 7)
	one, err := NewIndustry(in, panel)
	if err != nil {
		t.Fatal(err)
	}
	again, _ := NewIndustry(in, panel)
	usual, err := NewSample(in, panel)
	if err != nil {
		t.Fatal(err)
	}
	first := one.Sample()
	if got, want := first.Cohorts()[0], usual.Cohorts()[0]; math.Abs(got.Overall.Mean-want.Overall.Mean) > 0.1 || math.Abs(got.Overall.Percentile("q3")-want.Overall.Percentile("q3")) > 0.15 {
		t.Errorf("overall %+v, of a panel %+v", got.Overall, want.Overall)
	}
	if d := apart(contrasts(first), contrasts(again.Sample())); d != 0 {
		t.Errorf("the same seed draws another industry, %v away", d)
	}
	still := Drift{Replaced: 1.0 / 3, Answers: 0.8}
	one.Next(still)
	if d := apart(contrasts(first), contrasts(one.Sample())); d > 0.04 {
		t.Errorf("without a drift the questions move by %.3f", d)
	}
	one.Next(UsualDrift())
	if d := apart(contrasts(first), contrasts(one.Sample())); d < 0.06 || d > 0.13 {
		t.Errorf("with a drift of 0.1 the questions move by %.3f", d)
	}
}

// Companies that stay keep most of their answers, and those that are replaced do not. What
// is moved is moved, and nothing else.
func TestIndustryMoves(t *testing.T) {
	in := instrument.JSP()
	i, err := NewIndustry(in, NewPanel(2000, 9))
	if err != nil {
		t.Fatal(err)
	}
	same := func(a, b *Sample) float64 {
		n, all := 0.0, 0.0
		for c := range a.Levels {
			for q := range a.Levels[c] {
				if a.Levels[c][q] >= 0 && b.Levels[c][q] >= 0 {
					all++
					if a.Levels[c][q] == b.Levels[c][q] {
						n++
					}
				}
			}
		}
		return n / all
	}
	first := i.Sample()
	i.Next(Drift{Answers: 1})
	kept := same(first, i.Sample())
	i.Next(Drift{Answers: 0.8})
	aged := same(first, i.Sample())
	i.Next(Drift{Replaced: 1})
	replaced := same(first, i.Sample())
	if kept != 1 || aged > 0.7 || aged < 0.4 || replaced > 0.35 {
		t.Errorf("%.2f, %.2f and %.2f of the answers are the same", kept, aged, replaced)
	}
	before := i.Sample().Cohorts()[0]
	i.Move(1, 0)
	i.MoveDomain(1, 1)
	after := i.Sample().Cohorts()[0]
	first0, last0 := len(in.Spec().Domains[0].Questions), len(in.Spec().Domains[0].Questions)+len(in.Spec().Domains[1].Questions)
	for q := range before.Questions {
		moved := after.Questions[q].Mean - before.Questions[q].Mean
		if should := q == 0 || q >= first0 && q < last0; should != (moved > 0.6) || !should && math.Abs(moved) > 0.05 {
			t.Errorf("question %d moves by %.3f", q, moved)
		}
	}
}
