package estimate

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/model"
	"maturitybench/stats"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"
)

// checkNumber returns what is wrong with a number on [low, high].
func checkNumber(n Number, low, high float64) error {
	for _, v := range []float64{n.Value, n.Low, n.High, n.Error, n.Information} {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Errorf("%+v is not finite", n)
		}
	}
	if !(low <= n.Low && n.Low <= n.Value && n.Value <= n.High && n.High <= high) {
		return fmt.Errorf("%+v is out of order on [%v, %v]", n, low, high)
	}
	if n.Error < 0 || n.Information < 0 || n.Information > 1 {
		return fmt.Errorf("error or information of %+v out of range", n)
	}
	return nil
}

// checkCohort returns the first broken promise of a cohort.
func checkCohort(shape model.Shape, c Cohort) error {
	top := float64(shape.Levels - 1)
	if err := checkNumber(c.Companies, 0, math.MaxFloat64); err != nil {
		return fmt.Errorf("companies: %w", err)
	}
	if len(c.Domains) != len(shape.Domains) || len(c.Questions) != shape.Questions() || len(c.Profiles) != len(shape.Profiles) {
		return fmt.Errorf("%d domains, %d questions, %d profiles", len(c.Domains), len(c.Questions), len(c.Profiles))
	}
	for i, share := range c.Profiles {
		if err := checkNumber(share, 0, 1); err != nil {
			return fmt.Errorf("profile %d: %w", i, err)
		}
	}
	u := c.Unshrunken
	if len(u.Domains) != len(c.Domains) || len(u.Questions) != len(c.Questions) || len(u.Profiles) != len(c.Profiles) {
		return fmt.Errorf("unshrunken: %d domains, %d questions, %d profiles", len(u.Domains), len(u.Questions), len(u.Profiles))
	}
	for _, n := range slices.Concat([]Number{u.Overall}, u.Domains, u.Questions, u.Profiles) {
		if err := checkNumber(n, -math.MaxFloat64, math.MaxFloat64); err != nil {
			return fmt.Errorf("unshrunken: %w", err)
		}
	}
	for i, s := range append([]Score{c.Overall}, c.Domains...) {
		if err := checkNumber(s.Mean, 0, top); err != nil {
			return fmt.Errorf("mean of score %d: %w", i, err)
		}
		for k, p := range s.Percentiles {
			if err := checkNumber(p, 0, top); err != nil {
				return fmt.Errorf("percentile %d of score %d: %w", k, i, err)
			}
			if k > 0 && s.Percentiles[k-1].Value > p.Value+1e-9 {
				return fmt.Errorf("percentiles of score %d: %+v descend", i, s.Percentiles)
			}
		}
	}
	for i, q := range c.Questions {
		if err := checkQuestion(shape, q); err != nil {
			return fmt.Errorf("question %d: %w", i, err)
		}
		if q.Answers.High > c.Companies.High {
			return fmt.Errorf("question %d: more answers than companies", i)
		}
	}
	return nil
}

func checkQuestion(shape model.Shape, q Question) error {
	if err := checkNumber(q.Mean, 0, float64(shape.Levels-1)); err != nil {
		return fmt.Errorf("mean: %w", err)
	}
	if err := checkNumber(q.Answers, 0, math.MaxFloat64); err != nil {
		return fmt.Errorf("answers: %w", err)
	}
	if len(q.Shares) != shape.Levels || len(q.AtLeast) != shape.Levels-1 {
		return fmt.Errorf("%d shares, %d tails", len(q.Shares), len(q.AtLeast))
	}
	var sum, mean, tail float64
	for l, s := range q.Shares {
		if err := checkNumber(s, 0, 1); err != nil {
			return fmt.Errorf("share: %w", err)
		}
		sum += s.Value
		mean += float64(l) * s.Value
	}
	if math.Abs(sum-1) > 1e-9 || math.Abs(mean-q.Mean.Value) > 1e-9 {
		return fmt.Errorf("shares sum to %v and have mean %v instead of %v", sum, mean, q.Mean.Value)
	}
	for l := len(q.AtLeast) - 1; l >= 0; l-- {
		if err := checkNumber(q.AtLeast[l], 0, 1); err != nil {
			return fmt.Errorf("tail: %w", err)
		}
		tail += q.Shares[l+1].Value
		if math.Abs(tail-q.AtLeast[l].Value) > 1e-9 {
			return fmt.Errorf("tail %d is %v, the shares say %v", l, q.AtLeast[l].Value, tail)
		}
	}
	return nil
}

// arbitraryShape draws a shape of any kind that an instrument can have.
func arbitraryShape(t *rapid.T) model.Shape {
	shape := model.Shape{
		Levels:     rapid.IntRange(2, 11).Draw(t, "levels"),
		Domains:    rapid.SliceOfN(rapid.IntRange(1, 6), 1, 4).Draw(t, "domains"),
		Attributes: rapid.SliceOfN(rapid.IntRange(1, 5), 0, 3).Draw(t, "attributes"),
	}
	for range rapid.IntRange(0, 2).Draw(t, "profiles") {
		var profile model.Profile
		for q := range rapid.IntRange(1, shape.Questions()).Draw(t, "minima") {
			profile = append(profile, model.Minimum{Question: q, Level: rapid.IntRange(0, shape.Levels-1).Draw(t, "minimum")})
		}
		shape.Profiles = append(shape.Profiles, profile)
	}
	return shape
}

// arbitraryInput makes a measurement that no panel need have led to: any noise,
// blocks that were not measured, sums of any size.
func arbitraryInput(shape model.Shape, companies, noise, wild, unmeasured float64, exact bool, rng *rand.Rand) Input {
	u, top := shape.Unit(), float64(shape.Levels-1)
	public := arbitraryPublic(shape, rng)
	in := Input{
		Percentiles: asked,
		Shape:       shape,
		Z:           1.645,
		Design: encode.Design{
			Public: public,
			Center: model.Center{
				Level: clamp(public.Center+0.2*u*rng.NormFloat64(), 0, top), LevelVariance: square(0.3 * u * (0.1 + rng.Float64())),
				Companies: companies, CompaniesVariance: square(0.3 * companies * rng.Float64()),
				ScoreVariance: square(u) * (0.1 + rng.Float64()),
			},
			Clipped:     [model.Tiers]float64{0.1 * rng.Float64(), 0.1 * rng.Float64(), 0.3 * rng.Float64()},
			Level:       arbitraryLoss(u, rng),
			LevelCenter: float64(shape.Levels-1) * rng.Float64(),
			Tail:        arbitraryTail(shape, rng),
		},
	}
	for b := range model.Blocks {
		in.Design.Prior[b] = encode.Variances{
			Level: square(0.5 * u * rng.Float64()), Group: square(0.2 * u * rng.Float64()), Within: square(u * (0.1 + rng.Float64())),
		}
		in.Measured[b] = arbitraryBlock(shape, b, companies, noise, wild, unmeasured, rng)
	}
	if exact {
		in.Measured[model.Companies], in.Measured[model.NotStated] = encode.Measured{}, encode.Measured{}
		in.Design.Center.CompaniesVariance = 0
		in.Exact = []float64{math.Round(companies)}
		for _, k := range shape.Attributes {
			left := math.Round(companies)
			for range k {
				n := math.Floor(left * rng.Float64())
				left -= n
				in.Exact = append(in.Exact, n)
			}
		}
	}
	return in
}

// arbitraryLoss is a loss of the overall score at three levels.
func arbitraryLoss(u float64, rng *rand.Rand) encode.LevelLoss {
	overall, companies := make([]float64, 3), make([]float64, 3)
	for i := range overall {
		overall[i], companies[i] = 0.1*u*rng.NormFloat64(), 0.2*rng.Float64()
	}
	return encode.NewLevelLoss([]float64{-u, 0, u}, func(i int) (float64, float64) { return overall[i], companies[i] })
}

// arbitraryTail is a loss of the tail's scores.
func arbitraryTail(shape model.Shape, rng *rand.Rand) encode.TailLoss {
	var l encode.TailLoss
	for range shape.Scores() {
		l.Squares = append(l.Squares, 0.1*square(shape.Unit())*rng.NormFloat64())
		cdf := make([]float64, len(shape.Thresholds()))
		for j := range cdf {
			cdf[j] = 0.02 * rng.NormFloat64()
		}
		l.CDF = append(l.CDF, cdf)
	}
	return l
}

func arbitraryBlock(shape model.Shape, b model.Block, companies, noise, wild, unmeasured float64, rng *rand.Rand) encode.Measured {
	m := encode.Measured{Weights: mat.NewDense(shape.Rows(), shape.Cohorts(), nil)}
	m.Weights.Set(0, 0, 1)
	row, cohort := 1, 1
	for _, k := range shape.Attributes {
		for i, contrast := range stats.HelmertContrasts(k) {
			for v, w := range contrast {
				m.Weights.Set(row+i, cohort+v, w)
			}
		}
		row, cohort = row+k-1, cohort+k
	}
	for r := range shape.Rows() {
		sd := noise * math.Exp(rng.NormFloat64())
		if rng.Float64() < unmeasured || r > 0 && b.AllOnly() {
			sd = math.Inf(1)
		}
		y, sds := make([]float64, shape.Coordinates(b)), make([]float64, shape.Coordinates(b))
		for i := range y {
			sds[i] = sd
			if measured(sd) {
				y[i] = wild*companies*rng.NormFloat64() + sd*rng.NormFloat64()
			}
		}
		m.Y, m.SD = append(m.Y, y), append(m.SD, sds)
	}
	return m
}

func arbitraryPublic(shape model.Shape, rng *rand.Rand) *model.Public {
	u, top := shape.Unit(), float64(shape.Levels-1)
	p := &model.Public{Center: top * rng.Float64(), AnswerSD: u * (0.3 + rng.Float64())}
	for range shape.Levels - 2 {
		p.ShapeCenter = append(p.ShapeCenter, 0.1*rng.NormFloat64())
	}
	thresholds := shape.Thresholds()
	for range shape.Scores() {
		sd := u * (0.3 + rng.Float64())
		p.ScoreSD = append(p.ScoreSD, sd)
		p.ScoreSquare = append(p.ScoreSquare, sd*sd)
		var cdf []float64
		for _, t := range thresholds {
			cdf = append(cdf, stats.Normal{Mean: p.Center, SD: sd}.CDF(t))
		}
		p.CDF = append(p.CDF, cdf)
		root := mat.NewDense(len(thresholds), len(thresholds), nil)
		for i := range thresholds {
			for j := range thresholds {
				root.Set(i, j, 0.3*rng.NormFloat64())
			}
			root.Set(i, i, 1)
		}
		noise := mat.NewSymDense(len(thresholds), nil)
		noise.SymOuterK(1, root)
		p.ScoreNoise = append(p.ScoreNoise, noise)
	}
	return p
}

// Whatever was measured, the statistics are finite and agree with each other, and
// the input stays as it was.
func TestConsistency(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shape := arbitraryShape(t)
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		in := arbitraryInput(shape,
			math.Round(math.Pow(10, rapid.Float64Range(0.5, 6).Draw(t, "log companies"))),
			math.Pow(10, rapid.Float64Range(-3, 5).Draw(t, "log noise")),
			rapid.SampledFrom([]float64{0, 0.1, 1, 10}).Draw(t, "wild"),
			rapid.SampledFrom([]float64{0, 0.3, 1}).Draw(t, "unmeasured"),
			rapid.Bool().Draw(t, "exact"), rng)
		in.Exact = slices.Clone(in.Exact)
		before := in.Measured[model.Contrasts].Y[0][0]
		out := Estimate(in)
		if len(out) != shape.Cohorts() {
			t.Fatalf("%d cohorts", len(out))
		}
		for g, c := range out {
			if err := checkCohort(shape, c); err != nil {
				t.Fatalf("cohort %d: %v", g, err)
			}
			if in.Exact != nil && c.Companies.Value != in.Exact[g] {
				t.Fatalf("cohort %d: %v companies instead of %v", g, c.Companies.Value, in.Exact[g])
			}
		}
		if in.Measured[model.Contrasts].Y[0][0] != before {
			t.Fatal("the input changed")
		}
	})
}

// Panels at the edges of what can be handed in.
func TestConsistencyOfPanels(t *testing.T) {
	if testing.Short() {
		t.Skip("exhaustive tier")
	}
	silent := typical
	silent.missing = 0.6
	for _, c := range []struct {
		name       string
		shape      model.Shape
		companies  int
		population population
		edit       func(panel)
	}{
		{"three companies", jsp, 3, typical, nil},
		{"six in ten answers missing", jsp, 60, silent, nil},
		{"a question that nobody answers", jsp, 80, typical, func(p panel) { p.omit(17, 18) }},
		{"a domain that nobody answers", jsp, 80, typical, func(p panel) { p.omit(10, 21) }},
		{"only one question is answered", jsp, 80, typical, func(p panel) { p.omit(1, 44) }},
		{"everybody at the top", jsp, 100, population{level: 3, question: 0.1}, nil},
		{"everybody at the bottom", jsp, 100, population{level: -3, question: 0.1}, nil},
		{"nobody states an attribute", jsp, 100, population{level: 0.5, company: 0.8, rest: 1, notStated: 1}, nil},
		{"two levels, one question", model.Shape{Levels: 2, Domains: []int{1}}, 40, typical, nil},
		{"eleven levels, single questions", model.Shape{Levels: 11, Domains: []int{1, 1, 1}, Attributes: []int{1, 6}}, 200, typical, nil},
	} {
		for _, public := range []bool{false, true} {
			rng := rand.New(rand.NewPCG(3, 4))
			p := c.population.draw(c.shape, c.companies, rng)
			if c.edit != nil {
				c.edit(p)
			}
			_, out := p.release(t, model.Prior{Companies: 100}, 0.25, 0.8, public, rng)
			for g, cohort := range out {
				if err := checkCohort(c.shape, cohort); err != nil {
					t.Errorf("%s, public roster %v: cohort %d: %v", c.name, public, g, err)
				}
			}
		}
	}
}

// omit takes back the answers to questions from..to-1, but leaves every company
// one answer.
func (p panel) omit(from, to int) {
	for i := range p.companies() {
		answers := p.rows.Data[i*p.rows.Stride+p.rows.Answers:][:p.shape.Questions()]
		for q := from; q < to; q++ {
			answers[q] = 0
		}
		if countAnswers(answers) == 0 {
			answers[0] = 1
		}
	}
}

// A question that nobody answered must not look answered: the low end of its
// number of answers is what keeps it from being published.
func TestQuestionWithoutAnswers(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	p := typical.draw(jsp, 300, rng)
	p.omit(17, 18)
	_, out := p.release(t, model.Prior{Companies: 300}, 0.25, 0.8, false, rng)
	if low := out[0].Questions[17].Answers.Low; low > 30 {
		t.Errorf("at least %.0f answers claimed where there are none", low)
	}
	if low := out[0].Questions[16].Answers.Low; low < 200 {
		t.Errorf("at least %.0f answers claimed where there are some 285", low)
	}
}

// Levels are those of Estimate, with what decides about their publication.
func TestLevelsAreThoseOfEstimate(t *testing.T) {
	if testing.Short() {
		t.Skip("exhaustive tier")
	}
	shape := model.Shape{Levels: 5, Domains: []int{3, 1, 2}, Attributes: []int{2}}
	for seed := range uint64(20) {
		in := arbitraryInput(shape, 150, 5, 0.2, 0.3, seed%2 == 0, rand.New(rand.NewPCG(seed, 51)))
		all := Estimate(in)
		for g, c := range Levels(in) {
			want := Cohort{Companies: all[g].Companies, Overall: Score{Mean: all[g].Overall.Mean}}
			for _, d := range all[g].Domains {
				want.Domains = append(want.Domains, Score{Mean: d.Mean, Answers: d.Answers})
			}
			if diff := cmp.Diff(want, c); diff != "" {
				t.Errorf("seed %d, cohort %d (-Estimate +Levels):\n%s", seed, g, diff)
			}
		}
	}
}
