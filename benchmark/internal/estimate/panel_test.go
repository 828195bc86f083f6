package estimate

import (
	"math"
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/model"
)

// panel are made-up answer sheets: a value number an attribute, then an answer
// a question, 0 for none.
type panel struct {
	shape model.Shape
	rows  encode.Rows
	lean  bool // no percentiles are asked for, which take half of an estimate's time
}

// population says how a panel is drawn: the answer of a company is the level
// plus normal effects of the company, its domains, the question and the rest,
// rounded to the scale, with spreads in units of a six-level scale.
type population struct {
	level                           float64 // share of the scale
	company, domain, question, rest float64
	segment                         float64 // effect of an attribute value
	missing                         float64 // share of answers left out
	notStated                       float64 // share of attributes left out
}

var typical = population{
	level: 0.32, company: 0.8, domain: 0.35, question: 0.4, rest: 0.9, segment: 0.25, missing: 0.05, notStated: 0.03,
}

// jsp is the shape of an instrument of 44 questions with three attributes.
var jsp = model.Shape{Levels: 6, Domains: []int{10, 11, 13, 10}, Attributes: []int{3, 2, 4}}

func (p population) draw(shape model.Shape, companies int, rng *rand.Rand) panel {
	unit, top := shape.Unit(), float64(shape.Levels-1)
	attributes, questions := len(shape.Attributes), shape.Questions()
	out := panel{shape: shape, rows: encode.Rows{Stride: attributes + questions, Answers: attributes}}
	difficulty := make([]float64, questions)
	for q := range difficulty {
		difficulty[q] = p.question * unit * rng.NormFloat64()
	}
	effects := make([][]float64, attributes)
	for j, k := range shape.Attributes {
		out.rows.Attributes = append(out.rows.Attributes, j)
		for range k {
			effects[j] = append(effects[j], p.segment*unit*rng.NormFloat64())
		}
	}
	domainOf := shape.DomainOf()
	for range companies {
		level := p.level*top + p.company*unit*rng.NormFloat64()
		row := make([]byte, out.rows.Stride)
		for j, k := range shape.Attributes {
			if rng.Float64() < p.notStated {
				continue
			}
			// Value v is half as frequent as value v-1 or the same.
			v := min(int(rng.ExpFloat64()*float64(k)/2), k-1)
			row[j] = byte(v + 1)
			level += effects[j][v]
		}
		domains := make([]float64, len(shape.Domains))
		for d := range domains {
			domains[d] = level + p.domain*unit*rng.NormFloat64()
		}
		answers := row[attributes:]
		for q := range answers {
			x := domains[domainOf[q]] + difficulty[q] + p.rest*unit*rng.NormFloat64()
			if rng.Float64() >= p.missing {
				answers[q] = 1 + byte(clamp(math.Round(x), 0, top))
			}
		}
		if countAnswers(answers) == 0 {
			answers[rng.IntN(questions)] = 1
		}
		out.rows.Data = append(out.rows.Data, row...)
	}
	return out
}

func countAnswers(answers []byte) int {
	n := 0
	for _, a := range answers {
		if a > 0 {
			n++
		}
	}
	return n
}

func (p panel) companies() int { return len(p.rows.Data) / p.rows.Stride }

// cohortOf says whether company i belongs to each cohort.
func (p panel) cohortOf(i int) []bool {
	row := p.rows.Data[i*p.rows.Stride:]
	in := make([]bool, 0, p.shape.Cohorts())
	in = append(in, true)
	for j, k := range p.shape.Attributes {
		for v := range k {
			in = append(in, int(row[j]) == v+1)
		}
	}
	return in
}

// sizes are the exact cohort sizes.
func (p panel) sizes() []float64 {
	n := make([]float64, p.shape.Cohorts())
	for i := range p.companies() {
		for g, in := range p.cohortOf(i) {
			if in {
				n[g]++
			}
		}
	}
	return n
}

// release measures a panel with Gaussian noise from a seeded source and
// estimates. muPilot and mu are budgets of Gaussian differential privacy.
func (p panel) release(t testing.TB, prior model.Prior, muPilot, mu float64, public bool, rng *rand.Rand) (Input, []Cohort) {
	t.Helper()
	pilot := encode.NewPilot(p.shape, public)
	exact := 0
	if public {
		exact = p.companies()
	}
	sigma := float64(encode.Sensitivity) / muPilot
	center := model.Locate(p.shape, prior, pilot.Read(addNoise(pilot.Totals(p.rows), sigma, rng), sigma, exact))
	design := encode.NewDesign(p.shape, model.NewPublic(p.shape, center), center, mu, public)
	return p.measure(t, prior, design, float64(encode.Sensitivity)/mu, rng)
}

// measure encodes a panel by a design and estimates from it with the noise.
func (p panel) measure(t testing.TB, prior model.Prior, design encode.Design, sigma float64, rng *rand.Rand) (Input, []Cohort) {
	t.Helper()
	encoding, err := encode.New(p.shape, design)
	if err != nil {
		t.Fatal(err)
	}
	tally := encoding.NewTally()
	tally.Add(p.rows)
	measured, err := encoding.Read(addNoise(tally.Totals(), sigma, rng), sigma)
	if err != nil {
		t.Fatal(err)
	}
	in := Input{Shape: p.shape, Design: encoding.Design(), Prior: prior, Measured: measured, Z: 1.6448536269514722, Percentiles: asked}
	if p.lean {
		in.Percentiles = nil
	}
	if design.ExactSizes {
		in.Exact = p.sizes()
	}
	return in, Estimate(in)
}

func addNoise(totals []int64, sigma float64, rng *rand.Rand) []int64 {
	noisy := make([]int64, len(totals))
	for i, v := range totals {
		noisy[i] = v + int64(math.Round(sigma*rng.NormFloat64()))
	}
	return noisy
}
