package estimate

import (
	"math"
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/model"
)

// profiled is the shape of 44 questions with three profiles.
func profiled() model.Shape {
	shape := jsp
	shape.Profiles = []model.Profile{
		{{Question: 0, Level: 2}},
		{{Question: 1, Level: 1}, {Question: 12, Level: 1}, {Question: 40, Level: 2}},
		{{Question: 5, Level: 3}, {Question: 6, Level: 3}},
	}
	return shape
}

// met are the exact shares that meet every profile, cohort × profile.
func (p panel) met() [][]float64 {
	share := grid(p.shape.Cohorts(), len(p.shape.Profiles))
	sizes := p.sizes()
	for i := range p.companies() {
		answers := p.rows.Data[i*p.rows.Stride+p.rows.Answers:][:p.shape.Questions()]
		for g, in := range p.cohortOf(i) {
			for j, profile := range p.shape.Profiles {
				if in && profile.Met(answers) {
					share[g][j] += 1 / sizes[g]
				}
			}
		}
	}
	return share
}

// TestProfilesCover publishes panels of made-up companies: 90 % intervals of the
// shares cover the exact shares, and the estimates are informed. Seeds are fixed.
func TestProfilesCover(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	for _, companies := range []int{100, 300} {
		rng := rand.New(rand.NewPCG(uint64(companies), 6))
		var covered, flatCovered, total, informed, bias float64
		for range 12 {
			p := typical.draw(profiled(), companies, rng)
			p.lean = true
			_, cohorts := p.release(t, model.Prior{Companies: float64(companies)}, 0.25, 0.8, false, rng)
			truth := p.met()
			for g := range cohorts[:4] { // all, and the values of the first attribute
				for j, n := range cohorts[g].Profiles {
					total++
					informed += n.Information
					if n.Low <= truth[g][j] && truth[g][j] <= n.High {
						covered++
					}
					if u := cohorts[g].Unshrunken.Profiles[j]; u.Low <= truth[g][j] && truth[g][j] <= u.High {
						flatCovered++
					}
				}
			}
			for j, u := range cohorts[0].Unshrunken.Profiles {
				bias += (u.Value - truth[0][j]) / 36
			}
		}
		if covered/total < 0.86 || flatCovered/total < 0.84 {
			t.Errorf("%d companies: intervals of 90 %% cover %.2f of the shares, unshrunken ones %.2f", companies, covered/total, flatCovered/total)
		}
		if informed/total < 0.55 {
			t.Errorf("%d companies: mean information %.2f", companies, informed/total)
		}
		if math.Abs(bias) > 0.02 {
			t.Errorf("%d companies: unshrunken shares are off by %.3f on average", companies, bias)
		}
		t.Logf("%d companies: coverage %.2f, unshrunken %.2f, information %.2f, bias %.3f",
			companies, covered/total, flatCovered/total, informed/total, bias)
	}
}

// expected at a correlation of ρ → 0 is the product of the shares, and never
// above the smallest of them.
func TestExpectedMet(t *testing.T) {
	p := typical.draw(profiled(), 80, rand.New(rand.NewPCG(3, 4)))
	in, cohorts := p.release(t, model.Prior{Companies: 80}, 0.25, 0.8, false, rand.New(rand.NewPCG(5, 6)))
	s := newSetting(in)
	for q := range cohorts[0].Questions {
		for l := range cohorts[0].Questions[q].AtLeast {
			cohorts[0].Questions[q].AtLeast[l].Value = 0.5
		}
		s.rates.usable[q] = 1
	}
	one := model.Profile{{Question: 0, Level: 3}}
	two := model.Profile{{Question: 0, Level: 3}, {Question: 1, Level: 2}}
	if got := s.expectedMet(cohorts[0], one); math.Abs(got-0.5) > 1e-6 {
		t.Errorf("one minimum met by half: %v", got)
	}
	// Two standard normals of correlation ρ are both positive with probability
	// 1/4 + arcsin(ρ)/2π (Sheppard 1899).
	for _, rho := range []float64{0.1, 0.5, 0.8} {
		s.Design.Center.ScoreVariance = rho * square(s.Design.Public.AnswerSD)
		if got, want := s.expectedMet(cohorts[0], two), 0.25+math.Asin(rho)/(2*math.Pi); math.Abs(got-want) > 1e-6 {
			t.Errorf("two minima met by half each at correlation %v: %v, want %v", rho, got, want)
		}
	}
	if got := s.expectedMet(cohorts[0], model.Profile{{Question: 2, Level: 0}}); got < 0.99 {
		t.Errorf("the lowest level, answered by all: %v", got)
	}
}

// Whatever is expected of the values of an attribute, their shares average to that of all
// companies, all of which state it.
func TestProfilesOfValuesAverage(t *testing.T) {
	stated, rng := typical, rand.New(rand.NewPCG(7, 8))
	stated.notStated = 0
	shape := profiled()
	shape.Attributes = shape.Attributes[:1]
	in, cohorts := stated.draw(shape, 2000, rng).release(t, model.Prior{Companies: 2000}, 0.25, 0.8, false, rng)
	s := newSetting(in)
	for _, c := range cohorts[1:] {
		for _, q := range c.Questions {
			for l := range q.AtLeast {
				q.AtLeast[l].Value = math.Sqrt(q.AtLeast[l].Value) // much higher, in all of them
			}
		}
	}
	got := s.profiles(cohorts)
	for p := range shape.Profiles {
		average := 0.0
		for g := range cohorts[1:] {
			average += s.cov.share[1+g] * got.value[1+g][p]
		}
		if math.Abs(average-got.value[0][p]) > 0.002 {
			t.Errorf("profile %d: the values' shares average to %.4f, that of all is %.4f", p, average, got.value[0][p])
		}
	}
}

// Shares of a ladder descend; those that do stay as they are, and the others meet where
// their precision says.
func TestDescend(t *testing.T) {
	shares := []Number{{Value: 0.5, Low: 0.4, High: 0.6, Error: 0.1}, {Value: 0.2, Low: 0.15, High: 0.21, Error: 0.05}, {Value: 0.3, Low: 0.29, High: 0.4, Error: 0.1}, {Value: 0.9, Low: 0.8, High: 1, Error: 0.1}}
	descend(shares, []int{0, 1, 2})
	want := []Number{{Value: 0.5, Low: 0.4, High: 0.6, Error: 0.1}, {Value: 0.22, Low: 0.15, High: 0.22, Error: 0.05}, {Value: 0.22, Low: 0.22, High: 0.4, Error: 0.1}, {Value: 0.9, Low: 0.8, High: 1, Error: 0.1}}
	for i, n := range shares { // 0.2 weighs four times what 0.3 does
		for _, d := range []float64{n.Value - want[i].Value, n.Low - want[i].Low, n.High - want[i].High, n.Error - want[i].Error} {
			if math.Abs(d) > 1e-12 {
				t.Errorf("%d: %+v, expected %+v", i, n, want[i])
			}
		}
	}
}

// A company meets a profile or not, however few the public model says do; and what clipping takes of one may be
// more than what is read of it.
func TestClippedProfilesAreDoubted(t *testing.T) {
	rng := rand.New(rand.NewPCG(93, 94))
	p := typical.draw(profiled(), 300, rng)
	in, cohorts := p.release(t, model.Prior{Companies: 300}, 0.25, 0.8, false, rng)
	s := newSetting(in)
	same(t, "how far", s.restDoubt(model.Profiles), 1)
	same(t, "median", restSpread(model.Profiles).center, 0)

	s.rates.clipped[model.OffsetsTier], s.rates.kept[model.OffsetsTier] = rate{value: 0.2, sd: 0.03}, 0.8
	read := s.Measured[model.ClippedOffsets]
	s.Measured[model.ClippedOffsets] = encode.Measured{} // only the rate tells
	for taken, want := range map[float64]float64{0: 0.2, 0.05: 0.15, -0.05: 0.15, 0.3: 0} {
		same(t, "in part", s.cutShort(taken, 1), (square(want)+square(0.03))/2)
	}
	// An interval of unevenReach standard deviations reaches as far as all that are clipped and 90 % of what else there is.
	otherwise := square(0.04)
	half := unevenReach * math.Sqrt(otherwise+s.cutShort(0.05, otherwise))
	same(t, "all of them", half, 0.15+oneSided*0.05)
	s.Measured[model.ClippedOffsets] = read
	read.Y[0][0], read.SD[0][0] = 0.3*s.sizes.divisor(0), 0.05*s.sizes.divisor(0)
	odd := s.oddlyClipped(model.OffsetsTier)
	if usual := s.clippedRate(model.OffsetsTier, 0); !(odd.value > usual.value && odd.value < 0.3) {
		t.Errorf("a share of %v is doubted where %v is believed, of 0.3 read", odd.value, usual.value)
	}
	half = unevenReach * math.Sqrt(otherwise+s.cutShort(0.05, otherwise))
	same(t, "all of them, as read", half, odd.value-0.05+oneSided*math.Hypot(odd.sd, 0.04))
	s.Measured[model.ClippedOffsets] = encode.Measured{}
	s.Design.Clipped[model.OffsetsTier] = 0.05
	s.cov.share[1], s.cov.share[2] = 0.5, 0.2
	for g, want := range []float64{0, square(0.15), square(0.15) * 4 * 4 / square(unevenReach)} {
		same(t, "of one value", s.ofOneValue(g), want)
	}
	s.Design.Clipped[model.OffsetsTier] = 0.3
	same(t, "fewer than expected", s.ofOneValue(2), 0)
	segment := s.profiles(cohorts).variance[2][0]
	s.Design.Clipped[model.OffsetsTier] = 0
	same(t, "in a segment", s.profiles(cohorts).variance[2][0]-segment, s.ofOneValue(2))

	n := s.sizes.divisor(0)
	for i := range s.Measured[model.Profiles].Y[0] {
		s.Measured[model.Profiles].Y[0][i], s.Measured[model.Profiles].SD[0][i] = 0, 1e-3*n
		s.Measured[model.RestProfiles].Y[0][i], s.Measured[model.RestProfiles].SD[0][i] = 0.05*n, 1e-3*n
	}
	for i, v := range s.profiles(cohorts).variance[0] {
		if !(v > square(0.15)/2) {
			t.Errorf("profile %d: a variance of %v, and what clipping takes is doubted by %v", i, v, square(0.15)/2)
		}
	}
}
