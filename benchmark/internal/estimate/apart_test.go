package estimate

import (
	"math"
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/model"
)

// routed is a panel of which the last of three domains is asked of some companies only, who
// are two levels better there than elsewhere, and the exact mean of that domain.
func routed(asked int, rng *rand.Rand) (p panel, exact float64) {
	shape := model.Shape{Levels: 6, Domains: []int{8, 8, 8}, Attributes: []int{2}}
	p = typical.draw(shape, 220, rng)
	sum, companies := 0.0, 0.0
	for i := range p.companies() {
		answers := p.rows.Data[i*p.rows.Stride:][:p.rows.Stride][p.rows.Answers+16:]
		score, m := 0.0, 0.0
		for q, a := range answers {
			if i >= asked {
				answers[q] = 0
			} else if a > 0 {
				answers[q] = min(a+2, 6)
				score += float64(answers[q] - 1)
				m++
			}
		}
		if m > 0 {
			sum += score / m
			companies++
		}
	}
	return p, sum / companies
}

// measured is what a design reads of a panel, without the noise that it says it has.
func (p panel) measured(t *testing.T, design encode.Design) (*encode.Encoding, [model.Blocks]encode.Measured) {
	t.Helper()
	encoding, err := encode.New(p.shape, design)
	if err != nil {
		t.Fatal(err)
	}
	tally := encoding.NewTally()
	tally.Add(p.rows)
	measured, err := encoding.Read(tally.Totals(), float64(encode.Sensitivity)/design.Mu)
	if err != nil {
		t.Fatal(err)
	}
	return encoding, measured
}

// unshaken is what a panel's release measures at a budget, without the noise that it says it has.
func (p panel) unshaken(t *testing.T, mu float64) Input {
	center := model.Locate(p.shape, model.Prior{Companies: 200, Level: 2, Spread: 1}, encode.NewPilot(p.shape, false).Read(
		encode.NewPilot(p.shape, false).Totals(p.rows), 1, 0))
	design := encode.NewDesign(p.shape, model.NewPublic(p.shape, center), center, mu, false)
	encoding, measured := p.measured(t, design)
	return Input{Shape: p.shape, Design: encoding.Design(), Prior: model.Prior{Companies: 200}, Measured: measured, Z: 1.645, Percentiles: asked}
}

// Clipping takes more of companies with a domain far from the others than of the public
// model's; where the measurement of that is noisy, it is expected from where the domain is.
func TestRoutedDomainIsNotPulled(t *testing.T) {
	for _, asked := range []int{110, 190} {
		rng := rand.New(rand.NewPCG(7, uint64(asked)))
		var off float64
		const panels = 3
		for range panels {
			p, exact := routed(asked, rng)
			in := p.unshaken(t, 0.26)
			s := newSetting(in)
			domain := s.domains(s.overall())
			off += (domain.value[0][2] - exact) / math.Sqrt(domain.variance[0][2]) / panels
		}
		if off < -0.8 || off > 0.8 {
			t.Errorf("a domain asked of %d companies is off by %.2f of its errors without any noise", asked, off)
		}
	}
}

// Where all domains are at the overall mean and all companies answer, nothing is expected
// but what the public model expects. Companies that are asked of a domain that lies above the
// others lose more of their offsets there, and the domain's mean with them.
func TestOffsetsApart(t *testing.T) {
	p, _ := routed(110, rand.New(rand.NewPCG(7, 1)))
	s := newSetting(p.unshaken(t, 0.26))
	copy(s.rates.present, []float64{1, 1, 1})
	together := s.offsetsApart([]float64{0, 0, 0}, 0.5)
	if none := s.Design.Offsets.At(0); math.Abs(together.companies-none) > 1e-12 {
		t.Errorf("of domains that lie together %v are expected to be clipped, want %v", together.companies, none)
	}
	for d, shift := range together.shift {
		if math.Abs(shift) > 1e-12 {
			t.Errorf("domain %d of domains that lie together shifts by %v", d, shift)
		}
	}
	apart := s.offsetsApart([]float64{-0.6, -0.6, 1.2}, 0)
	s.rates.present[2] = 0.5
	some := s.offsetsApart([]float64{-0.3, -0.3, 1.8}, 0)
	if !(apart.companies > 2*together.companies) || !(some.companies > 2*together.companies) || !(some.shift[2] > apart.shift[2]) || !(apart.shift[2] > 0) || !(some.shift[0] < 0) {
		t.Errorf("together %v, apart %v, asked of half %v", together, apart, some)
	}
}

// As few companies may have answered as noise permits, but where hardly any are missing.
func TestFewest(t *testing.T) {
	s := measuredSetting(t)
	for _, c := range []struct{ empty, sd, want float64 }{
		{0, 0, 1}, {0, 0.05, 1}, {0.5, 0.1, 0.5}, {0.4, 0.02, 1 - 3*0.02*0.4/0.42/0.6}, {0.02, 0.02, 1 - 3*0.02/2/0.98},
	} {
		s.rates.empty[0], s.rates.present[0] = rate{value: c.empty, sd: c.sd}, 1-c.empty
		same(t, "fewest", s.fewest(0), c.want)
		same(t, "variance", s.fewer(0), 1/square(c.want))
	}
}
