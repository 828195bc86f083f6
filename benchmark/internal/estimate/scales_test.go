package estimate

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// With next to no noise the shares of a domain are those of its own levels, whatever places
// the axis has besides, and means and percentiles are on its own scale.
func TestRecoveryOfScales(t *testing.T) {
	if testing.Short() {
		t.Skip("exhaustive tier")
	}
	complete := typical
	complete.missing, complete.notStated = 0, 0
	shape := model.Shape{
		Levels: 9, Domains: []int{4, 3, 5, 1}, Attributes: []int{2}, Values: []int{0, 2, 3, 4, 6, 8, 9, 10, 12},
		Places: [][]int{{0, 2, 4, 6, 8}, {0, 1, 3, 4, 5, 7, 8}, {0, 8}, {0, 4, 8}},
	}
	p := complete.draw(shape, 2000, rand.New(rand.NewPCG(7, 9)))
	p.onScales()
	domainOf := shape.DomainOf()
	for g, c := range p.exactly(t, true, rand.New(rand.NewPCG(8, 9))) {
		exact := p.scaleTruth(g)
		for q, of := range c.Questions {
			want := exact.shares[q]
			if len(of.Shares) != len(want) || len(of.AtLeast) != len(want)-1 {
				t.Fatalf("question %d: %d shares, its scale has %d levels", q, len(of.Shares), len(want))
			}
			mean := 0.0
			at, top := shape.PositionsIn(domainOf[q]), float64(shape.Levels-1)
			for l, share := range of.Shares {
				mean += want[l] * at[l] / top * float64(len(want)-1)
				if math.Abs(share.Value-want[l]) > 0.012 {
					t.Errorf("cohort %d, question %d, level %d: a share of %.4f instead of %.4f", g, q, l, share.Value, want[l])
				}
			}
			if math.Abs(of.Mean.Value-mean) > 0.012 {
				t.Errorf("cohort %d, question %d: mean %.4f instead of %.4f", g, q, of.Mean.Value, mean)
			}
		}
		for d, of := range c.Domains {
			if math.Abs(of.Mean.Value-exact.domains[d]) > 0.012 {
				t.Errorf("cohort %d, domain %d: mean %.4f instead of %.4f", g, d, of.Mean.Value, exact.domains[d])
			}
			for _, n := range of.Percentiles {
				if n.High > float64(len(shape.Places[d])-1)+1e-9 {
					t.Errorf("cohort %d, domain %d: a percentile up to %.3f", g, d, n.High)
				}
			}
		}
	}
}

// onScales moves every answer to the nearest place that its domain has.
func (p panel) onScales() {
	domainOf := p.shape.DomainOf()
	for at := 0; at < len(p.rows.Data); at += p.rows.Stride {
		for q, a := range p.rows.Data[at+p.rows.Answers : at+p.rows.Stride] {
			nearest := p.shape.Places[domainOf[q]][0]
			for _, place := range p.shape.Places[domainOf[q]] {
				if math.Abs(float64(place)-float64(a)+1) < math.Abs(float64(nearest)-float64(a)+1) {
					nearest = place
				}
			}
			p.rows.Data[at+p.rows.Answers+q] = byte(nearest + 1)
		}
	}
}

// scaleTruth are the shares of a cohort at the levels of every question, and the domains' means
// on their own scales, of companies that answered everything.
func (p panel) scaleTruth(cohort int) (out struct {
	shares  [][]float64
	domains []float64
}) {
	at, domainOf := p.shape.Positions(), p.shape.DomainOf()
	out.domains = make([]float64, len(p.shape.Domains))
	for q := range domainOf {
		out.shares = append(out.shares, make([]float64, len(p.shape.Places[domainOf[q]])))
	}
	n := p.sizes()[cohort]
	for i := range p.companies() {
		if !p.cohortOf(i)[cohort] {
			continue
		}
		for q, a := range p.rows.Data[i*p.rows.Stride+p.rows.Answers : (i+1)*p.rows.Stride] {
			d := domainOf[q]
			places := p.shape.Places[d]
			out.shares[q][slices.Index(places, int(a)-1)] += 1 / n
			out.domains[d] += at[a-1] / at[len(at)-1] * float64(len(places)-1) / float64(p.shape.Domains[d]) / n
		}
	}
	return out
}

// What is measured of a domain's shapes beyond its own is told by nothing and told of nothing.
func TestOwnShapes(t *testing.T) {
	shape := model.Shape{
		Levels: 5, Domains: []int{2, 2}, Values: []int{0, 1, 2, 3, 4}, Places: [][]int{{0, 2, 4}, {0, 1, 2, 3, 4}},
	}
	s := newSetting(arbitraryInput(shape, 500, 1, 0, 0, true, rand.New(rand.NewPCG(3, 4))))
	before, within := s.Measured[model.DomainShape], s.Design.Prior[model.DomainShape].Within
	s.scales = s.ownScales()
	s.readOwnShapes()
	after := s.Measured[model.DomainShape]
	_, combined := shape.OwnFunctions(0)
	want := 0.0
	for j, w := range combined[0] {
		want += w * before.Y[0][j]
	}
	if got := after.Y[0][0]; math.Abs(got-want) > 1e-9 {
		t.Errorf("the shape of three levels reads %v, want %v", got, want)
	}
	for i, sd := range after.SD[0] {
		if known := i == 0 || i >= 3; known != measured(sd) {
			t.Errorf("coordinate %d has the noise %v", i, sd)
		}
	}
	// Six numbers of two domains were measured, four of them can vary.
	if got := s.Design.Prior[model.DomainShape].Within; math.Abs(got-within*6/4) > 1e-12 {
		t.Errorf("companies vary by %v, want %v", got, within*6/4)
	}
}
