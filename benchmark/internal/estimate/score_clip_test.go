package estimate

import (
	"math"
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/model"
)

// Companies that answer alike in everything spread far and are low on the scale:
// those at the floor have next to no contrasts and are hardly clipped, those at
// the top are. What is read of their distribution functions, without noise, is what
// they are, but for the part of the loss that is beyond the public model's. Without
// the correction for clipping it is wrong by up to 0.05; with one that takes the floor
// for clipped, by as much the other way.
func TestClippedDistributionFunctions(t *testing.T) {
	agreeing := population{level: 0.3, company: 1.05, domain: 0.35, question: 0.4, rest: 0.59, missing: 0.05}
	rng := rand.New(rand.NewPCG(21, 22))
	const companies, mu = 4000, 0.4
	p := agreeing.draw(jsp, companies, rng)
	prior := model.Prior{Known: true, Level: 1.5, Spread: 0.5, Companies: companies}
	pilot := encode.NewPilot(jsp, false)
	center := model.Locate(jsp, prior, pilot.Read(pilot.Totals(p.rows), float64(encode.Sensitivity)/0.2, 0))
	design := encode.NewDesign(jsp, model.NewPublic(jsp, center), center, mu, false)
	encoding, measured := p.measured(t, design)
	s := newSetting(Input{Shape: jsp, Design: encoding.Design(), Prior: prior, Measured: measured, Z: 1.6448536269514722})
	if s.rates.clipped[model.TailTier].value < 0.02 {
		t.Fatalf("only %v of the tail are clipped", s.rates.clipped[model.TailTier].value)
	}
	scores, last := p.overallScores(), len(jsp.Domains)
	r := s.scoreReading(last, 2, 1e-4)
	for i, at := range r.at {
		below := 0.0
		for _, v := range scores {
			if v <= at {
				below += 1.0 / companies
			}
		}
		if read := r.y[0][i]/companies + r.ref[i]; math.Abs(read-below) > 0.014 {
			t.Errorf("share at %v or below read as %.4f, is %.4f", at, read, below)
		}
	}
}

func (p panel) overallScores() []float64 {
	var scores []float64
	for i := range p.companies() {
		var sum float64
		answers := p.rows.Data[i*p.rows.Stride+p.rows.Answers:][:p.shape.Questions()]
		for _, a := range answers {
			sum += max(float64(a)-1, 0)
		}
		scores = append(scores, sum/float64(countAnswers(answers)))
	}
	return scores
}
