package estimate

import (
	"math"
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// The lower limits of answers are counts less 3.0902 times their noise, whatever is
// believed: of 200 companies, 80 in the first half, 30 leave out the second domain and
// 20 more its second question. Where a count was not measured, the limit is 0.
func TestAnswersOfFewAreFew(t *testing.T) {
	shape := model.Shape{Levels: 4, Domains: []int{2, 3}, Attributes: []int{2}}
	in := arbitraryInput(shape, 200, 1, 0, 0, false, rand.New(rand.NewPCG(61, 62)))
	put := func(b model.Block, row, i int, y, sd float64) {
		in.Measured[b].Y[row][i], in.Measured[b].SD[row][i] = y, sd
	}
	put(model.Companies, 0, 0, 200, 3)
	put(model.Companies, 1, 0, (120-80)*in.Measured[model.Companies].Weights.At(1, 2), 2)
	put(model.NotStated, 0, 0, 0, 1)
	put(model.Empty, 0, 1, 30, 4)
	put(model.Unusable, 0, 1, 30, 5) // of 170 companies with an answer there
	put(model.Skips, 0, 3, -10, 6)   // 20 leave out the question
	half := math.Sqrt(9./4 + 1./4 + 4./2)
	check := func(name string, got, count, missing float64, noise ...float64) {
		t.Helper()
		sum := 0.0
		for _, sd := range noise {
			sum += sd * sd
		}
		if want := max(count-missing-3.0902*math.Sqrt(sum), 0); math.Abs(got-want) > 1e-9 {
			t.Errorf("%s: at least %v, want %v", name, got, want)
		}
	}
	out := Estimate(in)
	check("the domain", out[0].Domains[1].Answers.Low, 200, 30, 3, 4)
	check("the question", out[0].Questions[3].Answers.Low, 200, 50, 3, 4, 5, 6)
	check("the domain in the first half", out[1].Domains[1].Answers.Low, 80, 30, half, 4)
	check("the question in the first half", out[1].Questions[3].Answers.Low, 80, 50, half, 4, 5, 6)
	put(model.Empty, 0, 1, -7, 4)
	check("a domain that fewer than nobody leave out", Estimate(in)[0].Domains[1].Answers.Low, 200, -7, 3, 4)
	put(model.Skips, 0, 3, -10, math.Inf(1))
	check("a question that was not counted", Estimate(in)[0].Questions[3].Answers.Low, 0, 0)
}

// With a public roster the companies are known; in a single domain nobody is missing.
func TestAnswersOfASingleDomain(t *testing.T) {
	shape := model.Shape{Levels: 4, Domains: []int{1}}
	out := Estimate(arbitraryInput(shape, 200, 1, 0, 0, true, rand.New(rand.NewPCG(63, 64))))
	if d, q := out[0].Domains[0].Answers, out[0].Questions[0].Answers; d.Low != 200 || q.Low != 200 {
		t.Errorf("at least %v companies in the domain, %v of the question, want 200", d.Low, q.Low)
	}
}

// A coordinate of spherical Laplace noise is the radius, which has a gamma distribution,
// times one of a random direction. Its standard deviation in n dimensions is √(n+1), and its
// tail beyond the limits is integrated over the radius r: a direction has a coordinate above
// cos a with the probability of an angle below a, of which the density grows with sin^(n−2).
func TestSurelyIsOneInThousand(t *testing.T) {
	tail := func(n int, beyond float64) float64 {
		angles := func(to float64) float64 {
			const steps = 200
			sum := 0.0
			for i := range steps {
				sum += math.Pow(math.Sin((float64(i)+0.5)/steps*to), float64(n-2)) * to / steps
			}
			return sum
		}
		const steps, most = 4000, 60
		all, gamma, sum := angles(math.Pi), math.Gamma(float64(n)), 0.0
		for i := range steps {
			r := beyond + (float64(i)+0.5)/steps*most
			sum += math.Pow(r, float64(n-1)) * math.Exp(-r) / gamma * angles(math.Acos(beyond/r)) / all * most / steps
		}
		return sum
	}
	s := setting{}
	same(t, "normal noise", s.surely(), 3.0902)
	s.Design.Spherical = 1
	same(t, "in one dimension", math.Exp(-s.surely()*math.Sqrt2)/2*1000, math.Exp(-4.395*math.Sqrt2)/2*1000)
	for n := 2; n <= 12; n++ {
		if testing.Short() && n%5 != 2 {
			continue
		}
		s.Design.Spherical = n
		at := s.surely() * math.Sqrt(float64(n+1))
		if p := tail(n, at); p > 1e-3 || n <= 10 && p < 0.99e-3 {
			t.Errorf("%d dimensions: beyond the limit with the probability %v, want 1 in 1,000", n, p)
		}
	}
}
