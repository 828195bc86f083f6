package benchmark

import (
	"fmt"
	"math"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/estimate"
	"maturitybench/benchmark/internal/model"
	"maturitybench/benchmark/internal/specfile"
	"maturitybench/privacy"
)

// The pilot's part of the μ² that is left after the tests, of a usual instrument: as much as its
// noise is a share of the companies, within limits. pilotReach is the product of μ and the number of companies
// at which all of it would be spent, and mostPilot is spent at 3.2 times that, 120 companies at ε = 4. Intervals
// of question means are 1 % narrower than with a tenth always at 300 companies, and 4 % at 1,000; with 21 in its place they
// are 1 % wider at 100: go run ./examples/accuracy -panel usual -companies 1000 -epsilon 4 -cohorts=false -trials 100
const (
	pilotReach            = 32.0
	leastPilot, mostPilot = 0.01, 0.1
)

// pilotShare is that part where μ is for everything. A longer instrument has more use for the rest, while
// the pilot asks as much of every company.
func (p *Plan) pilotShare(mu privacy.Mu) float64 {
	reach := mu.Float() * float64(p.spec.ExpectedCompanies) / float64(p.spec.Roster.Steps()) / pilotReach
	return max(min(1/(reach*reach), mostPilot), leastPilot) / math.Sqrt(p.shape.Length())
}

// fullScheme measures everything: a pilot that finds out where the answers
// are, and one main vector that is built around the pilot's noisy answer.
type fullScheme struct {
	shape      model.Shape
	prior      model.Prior
	exactSizes bool
	pilot      *encode.Pilot
	pilotNoise privacy.Gaussian
	mainNoise  privacy.Gaussian
}

// calibrateFull splits the budget over tests, pilot and main vector.
func (p *Plan) calibrateFull(c *specfile.Checker) error {
	roster := p.spec.Roster
	budget, err := privacy.NewBudget(p.spec.Epsilon, p.spec.Delta, roster, 0, 0)
	if err != nil {
		return err
	}
	pilot := p.pilotShare(budget.Mu)
	var panel, segments float64
	delta := p.testDeltas(budget.DeltaSelect)
	if !roster.ExactSizes() {
		panel, segments = p.testShares(budget.Mu, delta)
	}
	if budget, err = privacy.NewBudget(p.spec.Epsilon, p.spec.Delta, roster, panel+segments, pilot); err != nil {
		return err
	}
	if !roster.ExactSizes() {
		if err := p.calibrateTests(budget.Select, delta, panel, segments); err != nil {
			return err
		}
	}
	p.charge = charge{loss: budget.Loss, mu: budget.Mu, deltaSelect: budget.DeltaSelect}
	f := &fullScheme{shape: p.shape, prior: p.prior, exactSizes: roster.ExactSizes()}
	f.pilot = encode.NewPilot(p.shape, f.exactSizes)
	if f.pilotNoise, err = privacy.NewGaussian(sensitivity(roster), budget.Pilot); err != nil {
		return err
	}
	if f.mainNoise, err = privacy.NewGaussian(sensitivity(roster), budget.Main); err != nil {
		return err
	}
	p.scheme = f
	return p.checkNumbers(c, f)
}

// checkNumbers refuses a plan whose release could have more noisy numbers than
// the charge for the sampler covers. Only plans that come near are compiled for
// it.
func (p *Plan) checkNumbers(c *specfile.Checker, f *fullScheme) error {
	questions, rows := 0, 1
	for _, n := range p.shape.Domains {
		questions += n
	}
	for _, values := range p.shape.Attributes {
		rows += values
	}
	scores := len(p.shape.Domains) + 1
	numbers := 2*rows*(questions*(p.shape.Levels+2)+scores*(4*p.shape.Levels+4)+len(p.shape.Profiles)+16) + f.pilot.Coordinates() + len(p.measured)
	if numbers <= privacy.MaxNumbers {
		return nil
	}
	m := &measurement{Pilot: make([]int64, f.pilot.Coordinates())}
	if f.exactSizes {
		m.Exact = []int64{int64(p.spec.ExpectedCompanies)}
	}
	encoding, err := f.encoding(m)
	if err != nil {
		return err
	}
	if numbers = encoding.MostCoordinates() + f.pilot.Coordinates() + len(p.measured); numbers > privacy.MaxNumbers {
		c.Expect("cohorts", "fewer values of attributes, for an instrument of %d questions: the release would have up to %d noisy numbers, and the loss for the noise sampler is computed for at most %d",
			questions, numbers, privacy.MaxNumbers)
		return c.Err()
	}
	return nil
}

// sensitivity is the largest L2 distance between the totals of neighbours.
//
// Privacy: the vector of a sheet is at most [encode.Sensitivity] long and that of a
// blank one is zero, so every sheet that is put in or left out moves the totals by
// that at most, and one in the place of another by twice that.
func sensitivity(roster privacy.Roster) int64 { return roster.Steps() * encode.Sensitivity }

// sheetMu is the main noise as one sheet sees it: the length of its vector at most
// over the standard deviation.
func (f *fullScheme) sheetMu() float64 {
	return f.mainNoise.Mu().Float() * (float64(encode.Sensitivity) / float64(f.mainNoise.Sensitivity()))
}

func (f *fullScheme) first() encode.Vector { return f.pilot }

// measure draws the noise of the pilot and of the main vector.
//
// Privacy: two Gaussian mechanisms of the L2 sensitivity that [sensitivity] says.
// The main encoding depends on the data through the pilot's noisy totals
// only, so that the losses add (adaptive composition; Dong, Roth & Su,
// Gaussian Differential Privacy, 2022, Corollary 3.3).
func (f *fullScheme) measure(noise mechanism, pilot []int64, second func(encode.Vector) ([]int64, error), m *measurement) error {
	m.Pilot = noise.Gaussian(f.pilotNoise, pilot)
	encoding, err := f.encoding(m)
	if err != nil {
		return err
	}
	totals, err := second(encoding)
	if err != nil {
		return err
	}
	m.Main = noise.Gaussian(f.mainNoise, totals)
	m.Encoding = encoding.Fingerprint(f.mainNoise.Sigma())
	return nil
}

// encoding is the main encoding, built around the pilot's noisy answer.
func (f *fullScheme) encoding(m *measurement) (*encode.Encoding, error) {
	if len(m.Pilot) != f.pilot.Coordinates() {
		return nil, fmt.Errorf("measurement: %d numbers of the pilot, expected %d", len(m.Pilot), f.pilot.Coordinates())
	}
	reading := f.pilot.Read(m.Pilot, f.pilotNoise.Sigma(), m.companies())
	center := model.Locate(f.shape, f.prior, reading)
	public := model.NewPublic(f.shape, center)
	design := encode.NewDesign(f.shape, public, center, f.sheetMu(), f.exactSizes)
	return encode.New(f.shape, design)
}

func (f *fullScheme) reader(m *measurement) (func(*measurement) (estimate.Input, error), error) {
	encoding, err := f.encoding(m)
	if err != nil {
		return nil, err
	}
	if m.Encoding != encoding.Fingerprint(f.mainNoise.Sigma()) {
		return nil, ErrEncoding
	}
	return func(m *measurement) (estimate.Input, error) {
		measured, err := encoding.Read(m.Main, f.mainNoise.Sigma())
		return estimate.Input{Design: encoding.Design(), Measured: measured}, err
	}, nil
}
