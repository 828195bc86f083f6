package estimate

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/model"
)

// exactly measures a panel with every block in every row, without clipping and
// with next to no noise: what is left is what the estimation does by itself.
func (p panel) exactly(t testing.TB, public bool, rng *rand.Rand) []Cohort {
	t.Helper()
	u := p.shape.Unit()
	center := model.Center{
		Level: 0.4 * float64(p.shape.Levels-1), LevelVariance: 0.1 * u * u,
		Companies: float64(p.companies()), CompaniesVariance: 100,
		ScoreVariance: 0.6 * u * u, LogNormSpread: 0.2,
	}
	design := encode.NewDesign(p.shape, model.NewPublic(p.shape, center), center, 1, public)
	design.Clipped, design.Level, design.Tail = [model.Tiers]float64{}, encode.LevelLoss{}, encode.TailLoss{}
	for b, sigma := range design.Sigma {
		for j := range sigma { // every sheet of the public model fits into the bound eight times over
			largest := 1.0
			if norms := design.Public.Norms[b]; norms != nil {
				largest = max(slices.Max(norms), 1)
			}
			design.Sigma[b][j] = 10 * math.Sqrt(largest*float64(p.shape.RowGroups()))
		}
	}
	_, out := p.measure(t, model.Prior{}, design, 5e-4*float64(encode.Sensitivity), rng)
	return out
}

// With complete answers and attributes the block sums determine every mean and
// share, up to the noise of 0.1 companies and the fixed-point units of the
// encoding. (Of companies that do not state an attribute no sum is known, so that
// they leave the means of its values uncertain.)
func TestRecovery(t *testing.T) {
	if testing.Short() {
		t.Skip("exhaustive tier")
	}
	complete := typical
	complete.missing, complete.notStated = 0, 0
	for _, shape := range []model.Shape{
		jsp,
		{Levels: 2, Domains: []int{3, 4}, Attributes: []int{2}},
		{Levels: 11, Domains: []int{2, 1, 5}, Attributes: []int{3}},
		{Levels: 5, Domains: []int{1, 1}, Attributes: []int{2, 2}},
		{Levels: 4, Domains: []int{6}},
	} {
		for _, public := range []bool{false, true} {
			rng := rand.New(rand.NewPCG(7, 9))
			p := complete.draw(shape, 2000, rng)
			exact := p.truth()
			// Noise 0.1 in a total is 0.001 in a mean of 100 companies; the smallest
			// cohorts have about that many.
			tolerance := map[string]float64{
				"companies": 0.5, "overall mean": 0.006, "domain means": 0.006, "question means": 0.012,
				"shares": 0.012, "at least": 0.012, "answers": 4,
				"quartiles": shape.Thresholds()[0] + 0.01, // between two thresholds nothing is known
			}
			if slices.Min(shape.Domains) == 1 {
				tolerance["quartiles"] = 1 // where F is a quarter between two answers, either may come out
			}
			tolerance["outer percentiles"] = tolerance["quartiles"]
			for g, c := range p.exactly(t, public, rng) {
				for family, list := range pairs(c, exact[g]) {
					for _, n := range list {
						if math.Abs(n.Value-n.exact) > tolerance[family] {
							t.Errorf("%+v, public roster %v, cohort %d of %v companies: %s %.4f instead of %.4f",
								shape, public, g, exact[g].companies, family, n.Value, n.exact)
						}
					}
				}
			}
		}
	}
}

// With four answers in ten missing at random, what a question mean misses is the
// level of those who answered: its variance is (1−r)/r·(between + within)/n.
func TestRecoveryWithMissingAnswers(t *testing.T) {
	if testing.Short() {
		t.Skip("exhaustive tier")
	}
	sparse := typical
	sparse.missing, sparse.notStated = 0.4, 0
	rng := rand.New(rand.NewPCG(9, 10))
	p := sparse.draw(jsp, 2000, rng)
	exact := p.truth()
	const (
		r       = 0.6
		between = 0.8*0.8 + 0.35*0.35 + 3*0.25*0.25 // variance of domain scores, less than this after rounding
		within  = 0.9*0.9 + 1./12
	)
	var squares, n float64
	for g, c := range p.exactly(t, true, rng) {
		sd := math.Sqrt((1 - r) / r * (between + within/r) / exact[g].companies)
		for _, x := range pairs(c, exact[g])["question means"] {
			z := (x.Value - x.exact) / sd
			squares += z * z
			n++
			if math.Abs(z) > 5 {
				t.Errorf("cohort %d: question mean %.3f instead of %.3f, %.1f standard deviations", g, x.Value, x.exact, z)
			}
		}
	}
	if rms := math.Sqrt(squares / n); rms < 0.2 || rms > 1 {
		t.Errorf("question means are off by %.2f of the level term", rms)
	}
}

// TestRecoveryWithUnequalRates: a question's contrast is taken with the questions
// that are answered beside it. With rates of 0.4 and 0.95 in turn in a domain of
// six, R = 4.05, a company's contrast is on average 5/6·4.05/3.65 = 0.92 and
// 5/6·4.05/3.1 = 1.09 of the question's own value; the estimate must be all of it.
// The level of those who answered leaves a standard deviation of 0.01 or so in a
// mean of 20,000 companies, and 0.01 in the slope.
func TestRecoveryWithUnequalRates(t *testing.T) {
	varied := typical
	varied.missing, varied.notStated, varied.question = 0, 0, 0.8
	rng := rand.New(rand.NewPCG(11, 12))
	p := varied.draw(model.Shape{Levels: 6, Domains: []int{6, 6}}, 20000, rng)
	for i := range p.companies() {
		answers := p.rows.Data[i*p.rows.Stride:][:12]
		for q := range answers {
			if skipped := []float64{0.6, 0.05}[q%2]; rng.Float64() < skipped {
				answers[q] = 0
			}
		}
	}
	truth := p.truth()[0]
	all := p.exactly(t, true, rng)[0]
	for rare := range 2 {
		var product, square float64
		for q := rare; q < 12; q += 2 {
			contrast := truth.questions[q].mean - truth.domains[q/6].mean
			product += contrast * (all.Questions[q].Mean.Value - truth.questions[q].mean)
			square += contrast * contrast
		}
		if slope := product / square; !(math.Abs(slope) < 0.04) {
			t.Errorf("questions %d, %d, …: the contrasts are off by %.3f of themselves", rare, rare+2, slope)
		}
	}
}

// TestUnlikeSkippers: four in ten of the companies below the middle leave out the
// first domain. Its mean is that of those who answered, who are above the others, and it
// is measured like any other.
func TestUnlikeSkippers(t *testing.T) {
	complete := typical
	complete.missing, complete.notStated = 0, 0
	rng := rand.New(rand.NewPCG(13, 14))
	p := complete.draw(jsp, 3000, rng)
	for i := range p.companies() {
		answers := p.rows.Data[i*p.rows.Stride+p.rows.Answers:][:jsp.Questions()]
		level := 0.0
		for _, a := range answers {
			level += (float64(a) - 1) / float64(len(answers))
		}
		if level < typical.level*5 && rng.Float64() < 0.4 {
			clear(answers[:jsp.Domains[0]])
		}
	}
	truth := p.truth()[0]
	for d, score := range p.exactly(t, true, rng)[0].Domains {
		half, off := score.Mean.High-score.Mean.Value, math.Abs(score.Mean.Value-truth.domains[d].mean)
		if off > half || off > 0.01 || half > 0.1 {
			t.Errorf("domain %d is off by %.3f, half of its interval is %.3f", d, off, half)
		}
	}
	if apart := truth.domains[0].mean - truth.overall.mean; apart < 0.1 {
		t.Errorf("the first domain is %.3f above the overall mean: the panel does not try anything", apart)
	}
}

// TestLevelsLeftOut: the lowest level is left out half of the time, in every question.
// The means and shares are those of the answers that are there.
func TestLevelsLeftOut(t *testing.T) {
	complete := typical
	complete.missing, complete.notStated = 0, 0
	rng := rand.New(rand.NewPCG(15, 16))
	p := complete.draw(jsp, 3000, rng)
	for i := range p.companies() {
		answers := p.rows.Data[i*p.rows.Stride+p.rows.Answers:][:jsp.Questions()]
		for q, a := range answers {
			if a == 1 && rng.Float64() < 0.5 {
				answers[q] = 0
			}
		}
		if countAnswers(answers) == 0 {
			answers[0] = 1
		}
	}
	for family, list := range pairs(p.exactly(t, true, rng)[0], p.truth()[0]) {
		for _, n := range list {
			if off := math.Abs(n.Value - n.exact); off > 0.02 && (family == "question means" || family == "domain means" || family == "shares") {
				t.Errorf("%s %.3f instead of %.3f", family, n.Value, n.exact)
			}
		}
	}
}
