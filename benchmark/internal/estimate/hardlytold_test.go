package estimate

import (
	"math"
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// Readings of the questions' shapes tell as long as odd shapes make more of their variance than toldBeyond of its
// errors. A question that is a domain by itself has none.
func TestHardlyTold(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{8, 1, 4}}
	s := newSetting(arbitraryInput(shape, 5000, 1, 0, 0, true, rand.New(rand.NewPCG(87, 88))))
	const readings = 12 * 4
	limit := questionsOdd[0] * s.Design.Prior[model.QuestionShape].Level / math.Sqrt(2.0/readings) / toldBeyond
	sd := s.Measured[model.QuestionShape].SD[0]
	for variance, want := range map[float64]bool{0.99 * limit: false, 1.01 * limit: true, math.Inf(1): true} {
		for i := range sd {
			q := i / 4
			sd[i] = math.Sqrt(variance) * s.sizes.divisor(0) * s.rates.kept[model.TailTier] * s.rates.usable[q]
			if q == 8 {
				sd[i] *= 100
			}
		}
		if got := s.hardlyTold(); got != want {
			t.Errorf("a noise of √%v: %v, want %v", variance, got, want)
		}
	}
}

// What is hardly told is what was not measured: the shapes of the domains tell what the
// questions' are like, and intervals doubt them.
func TestHardlyToldShapesAreDoubted(t *testing.T) {
	prior := func(noise float64) (variance, doubt float64) {
		s := measuredSetting(t)
		s.scales = s.ownScales()
		orders, data, of := s.Shape.Levels-2, s.Measured[model.QuestionShape], s.Measured[model.DomainShape]
		expected := s.expectedShapes(grid(3, 12))
		for i := range of.Y[0] {
			away := 0.2 * float64(i/orders-1) // the domains lie apart
			of.Y[0][i] = (expected.domain[0][i/orders][i%orders] - s.scales[i/orders].center[i%orders] + away) * s.sizes.divisor(0)
		}
		for i := range data.SD[0] {
			data.SD[0][i] = noise * s.sizes.divisor(0)
		}
		domain, _ := s.domainShapes(expected, orders)
		b, _, doubt := s.questionShapes(expected, domain, orders)
		return b.prior[0], doubt
	}
	none, doubted := prior(math.Inf(1))
	hardly, too := prior(500)
	if !(doubted > 0) {
		t.Fatal("nothing is doubted where nothing was measured")
	}
	if math.Abs(hardly/none-1) > 1e-3 || too != doubted {
		t.Errorf("hardly told: a prior variance of %v and a doubt of %v; not measured: %v and %v", hardly, too, none, doubted)
	}
	if told, doubt := prior(0.01); !(told < 0.3*none) || doubt != 0 {
		t.Errorf("told: a prior variance of %v, %v where not, and a doubt of %v", told, none, doubt)
	}
}

// Questions that are a domain by themselves tell of the others as far as their shapes are further from the expected
// ones than chance explains; domains of several questions do not count.
func TestAloneApart(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{8, 1, 12, 1}}
	s := newSetting(arbitraryInput(shape, 5000, 1, 0, 0, true, rand.New(rand.NewPCG(89, 90))))
	s.scales = s.ownScales()
	orders, usual := 4, s.Design.Prior[model.DomainShape].Level+s.Design.Prior[model.QuestionShape].Level
	expected := expectedShapes{domain: [][][]float64{grid(4, orders)}}
	data := s.Measured[model.DomainShape]
	set := func(away, noise float64) {
		for i := range data.Y[0] {
			d, n := i/orders, s.sizes.divisor(0)*s.rates.kept[model.TailTier]*s.rates.present[i/orders]
			off := 7 * math.Sqrt(usual)
			if shape.Domains[d] == 1 {
				off = away * math.Sqrt(usual)
			}
			data.Y[0][i], data.SD[0][i] = (off-s.Design.Public.ShapeCenter[i%orders])*n, noise*math.Sqrt(usual)*n
		}
	}
	const error = 0.5 // √(2/8)
	for _, c := range []struct{ away, noise, want float64 }{
		{0, 0, 0}, {1, 0, 0}, {3, 0, 9 - 1 - error}, {3, 1, 9 - 1 - 1 - error - 2*error}, {3, 5, 0},
	} {
		set(c.away, c.noise)
		if got := s.aloneApart(expected, orders) / usual; math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%v spreads away, noise of %v: %v, want %v", c.away, c.noise, got, c.want)
		}
	}
	set(3, 0) // domains of several questions agree
	if beyond, _ := s.shapesApart(expected, orders); math.Abs(beyond/usual-9+1+error) > 1e-9 {
		t.Errorf("beyond what is usual: %v", beyond/usual)
	}
}

// Of the shapes of a domain of which nothing was read all that is possible is doubted, and of a single question
// where hardly anything was.
func TestUntoldShapes(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{3, 1}}
	s := newSetting(arbitraryInput(shape, 5000, 1, 0, 0, true, rand.New(rand.NewPCG(91, 92))))
	s.scales = s.ownScales()
	b := belief{variance: [][]float64{{4, 4, 4, 4, 3, 3, 1, 1}}, prior: []float64{4}}
	same(t, "a domain of three", s.untold(b, 0, 0, 4), 0)
	same(t, "half of it", s.untold(b, 0, 1, 4), math.Pow(0.5, unmeasuredFades))

	means := [][]float64{{2.5, 2.5, 2.5, 2.5}}
	bias := func(noise float64) []float64 {
		for _, block := range []model.Block{model.DomainShape, model.RestDomainShape} {
			for i := range s.Measured[block].SD[0] {
				s.Measured[block].SD[0][i] = noise
			}
		}
		return s.shapes(means).bias[0]
	}
	told, untold := bias(1e-3), bias(math.Inf(1))
	if got, want := untold[3]-told[3], possibleShapes(2.5, s.scales[1].basis.at)/4; !(got > 0.9*want) {
		t.Errorf("a doubt of %v, want %v", got, want)
	}
	if got, want := untold[0]-told[0], possibleShapes(2.5, s.scales[0].basis.at)/4; !(got > 0.9*want) {
		t.Errorf("a doubt of %v in a domain of three questions, want %v", got, want)
	}
	// Of several questions a little tells enough.
	hardly := bias(3 * math.Sqrt(s.Design.Prior[model.DomainShape].Level) * s.sizes.divisor(0))
	if several, single := hardly[0]-told[0], hardly[3]-told[3]; !(several < 1e-3 && single > 1e-3) {
		t.Errorf("hardly read: doubts of %v and %v", several, single)
	}
}
