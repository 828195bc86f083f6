package benchmark

import (
	"bytes"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"maturitybench/privacy"
)

// The fixtures are releases made of invented numbers. Package report prints
// them too, from testdata/releases.
var fixtures = []struct {
	name string
	make func(testing.TB) *Release
}{
	{"secret", secretFixture},
	{"public", publicFixture},
	{"suppressed", suppressedFixture},
	{"withheld", withheldFixture},
	{"hostile", hostileFixture},
	{"profiles", profilesFixture},
}

func TestFixtures(t *testing.T) {
	schema := releaseValidator(t)
	for _, f := range fixtures {
		t.Run(f.name, func(t *testing.T) {
			data := f.make(t).Bytes()
			for _, problem := range contract(data) {
				t.Error(problem)
			}
			if err := validate(schema, data); err != nil {
				t.Error(err)
			}
			path := filepath.Join("testdata", "releases", f.name+".json")
			if *update {
				if err := os.WriteFile(path, data, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			stored, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(stored, data) {
				t.Errorf("%s is another release; -update rewrites it", path)
			}
		})
	}
}

// fixture makes one of the fixtures.
func fixture(t testing.TB, name string) *Release {
	t.Helper()
	for _, f := range fixtures {
		if f.name == name {
			return f.make(t)
		}
	}
	t.Fatalf("no fixture %s", name)
	return nil
}

func industry() InstrumentSpec {
	return InstrumentSpec{
		ID: "demo", Version: "1", Title: "Synthetic maturity survey",
		Scale: []Level{
			{0, "Not initiated", "Nobody does it"}, {1, "Initiated", "Some people do it"}, {2, "Managed", "Projects plan it"},
			{3, "Defined", "One process for all"}, {4, "Measured", "Measured against targets"}, {5, "Optimizing", ""},
		},
		Domains: []Domain{
			{"org", "Organizational structure", []Question{
				{"org-01", "A product security policy is in force"}, {"org-02", "One person is accountable for product security"},
				{"org-03", "Leadership is briefed on product security"}, {"org-04", "Product security has its own budget"},
			}},
			{"risk", "Risk management", []Question{
				{"risk-01", "Threats are modelled for every product"}, {"risk-02", "Components are listed and tracked"},
				{"risk-03", "Residual risk is told to customers"}, {"risk-04", "Suppliers are assessed for security"},
			}},
			{"design", "Design control", []Question{
				{"design-01", "Security requirements are design inputs"}, {"design-02", "Products are hardened by a written standard"},
				{"design-03", "Code is reviewed by secure coding rules"}, {"design-04", "Products are attacked before release"},
			}},
		},
		Attributes: []Attribute{
			{"size", "Annual revenue", []Value{{"small", "under $100M"}, {"medium", "$100M to $1B"}, {"large", "over $1B"}}},
			{"region", "Region", []Value{{"us", "United States"}, {"eu", "Europe"}, {"asia", "Asia"}}},
		},
		NoAnswer: []string{"NA"},
		Ignore:   []string{"email"},
	}
}

func fixtureHead(in InstrumentSpec, roster privacy.Roster) releaseHead {
	h := releaseHead{
		id: "000102030405060708090a0b0c0d0e0f", account: "body", wave: "2026", revision: 1, confidence: 0.9,
		instrument: in,
		losses:     accountLoss{Window: "3y", Epsilon: 8, Delta: 1e-5, Publications: 2, Lost: 5.5233, PublicationsEver: 2, LostEver: 5.5233, DeltaEver: 1e-5},
		privacy: privacyFacts{
			// The loss of ε = 4, δ = 1e-6 with and without the part for the
			// selection (design of the privacy package).
			roster: roster, epsilon: 4, delta: 1e-6, between: 8.8905, minCompanies: 5, noise: SecureNoise,
			mu: 834407, deltaSelection: 100_000_000_000,
		},
	}
	for _, a := range in.Attributes {
		h.cohorts = append(h.cohorts, a.ID)
	}
	if roster == privacy.PublicRoster {
		h.privacy.deltaSelection = 0
	}
	return h
}

func secretFixture(t testing.TB) *Release {
	in := industry()
	p := panel{in: in, random: rand.New(rand.NewPCG(1, 1)), error: 0.05}
	all := p.cohort(118, 4, 0)
	return makeRelease(t, fixtureHead(in, privacy.SecretRoster), []cohortFigures{
		all, p.cohort(43, 6, -0.3), p.cohort(41, 6, 0), p.cohort(30, 6, 0.5),
		p.cohort(61, 5, 0.1), {suppressed: true}, {suppressed: true},
	})
}

// secretCohort is the cohort of all companies of secretFixture.
func secretCohort() cohortFigures {
	p := panel{in: industry(), random: rand.New(rand.NewPCG(1, 1)), error: 0.05}
	return p.cohort(118, 4, 0)
}

func publicFixture(t testing.TB) *Release {
	in := industry()
	in.Title = "Maturity survey"
	for i := range in.Scale {
		in.Scale[i].Level++
	}
	in.Attributes = in.Attributes[:1]
	h := fixtureHead(in, privacy.PublicRoster)
	h.revision, h.prior, h.privacy.noise = 2, releasePrior, TestNoise
	p := panel{in: in, random: rand.New(rand.NewPCG(2, 2)), error: 0.12}
	figures := []cohortFigures{p.cohort(57, 0, 0), p.cohort(25, 0, 0), p.cohort(20, 0, 0), p.cohort(12, 0, 0)}
	for i := range figures[1:] {
		for q := range figures[i+1].questions {
			question := &figures[i+1].questions[q]
			question.mean.published = q%3 != i
			for s := range question.shares {
				question.shares[s].published = false
			}
		}
		figures[i+1].domains[0].quartiles[1].published = false
	}
	return makeRelease(t, h, figures)
}

func suppressedFixture(t testing.TB) *Release {
	in := industry()
	figures := make([]cohortFigures, 7)
	for i := range figures {
		figures[i].suppressed = true
	}
	return makeRelease(t, fixtureHead(in, privacy.SecretRoster), figures)
}

// withheldFixture publishes nothing but the number of companies, on the
// longest scale, which starts below zero.
func withheldFixture(t testing.TB) *Release {
	in := InstrumentSpec{ID: "long", Version: "1.0", Title: "Maturity", Domains: []Domain{{"d", "Domain", []Question{{"q-1", "Practice"}}}}}
	for level := -2; level <= 8; level++ {
		in.Scale = append(in.Scale, Level{Level: level, Name: "Level"})
	}
	nothing := cohortFigures{
		companies: figure{value: 9, low: 2.5, high: 14.2},
		domains:   make([]scoreFigures, 1),
		questions: []questionFigures{{shares: make([]figure, 11), atLeast: make([]figure, 10)}},
	}
	return makeRelease(t, fixtureHead(in, privacy.SecretRoster), []cohortFigures{nothing})
}

// hostileFixture has texts that would break a table, a page or a formula.
func hostileFixture(t testing.TB) *Release {
	in := InstrumentSpec{
		ID: "hostile", Version: "<b>1</b>", Title: "<script>alert('1')</script> | `title` [x](javascript:y) & *z*",
		Scale: []Level{{Level: 0, Name: "no | no"}, {Level: 1, Name: "`yes`", Test: "=HYPERLINK(\"https://example.org\")"}},
		Domains: []Domain{
			{"d-1", "# heading | \\| $100 to $200", []Question{{"q-1", "a|b\\|c <img src=x onerror=alert(1)> ~~d~~"}, {"q-2", "成熟度 <!-- -->"}}},
			{"d-2", "نضج الأمن", []Question{{"q-3", "www.example.org @someone &lt;i&gt;"}}},
		},
		Attributes: []Attribute{{"a", "**bold**", []Value{{"v", "</td>"}, {"w", ""}}}},
	}
	p := panel{in: in, random: rand.New(rand.NewPCG(3, 3)), error: 0.02}
	return makeRelease(t, fixtureHead(in, privacy.SecretRoster), []cohortFigures{p.cohort(300, 6, 0), p.cohort(150, 9, 0.1), p.cohort(140, 9, -0.1)})
}

func makeRelease(t testing.TB, head releaseHead, figures []cohortFigures) *Release {
	t.Helper()
	r, err := newRelease(head, figures)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// panel invents figures that agree with each other as those of an estimate do.
type panel struct {
	in     InstrumentSpec
	random *rand.Rand
	error  float64 // half-width of a question's interval, in levels
}

// cohort invents n companies, shifted in level; companies is the half-width
// of the interval of n.
func (p panel) cohort(n, companies, shift float64) cohortFigures {
	top := float64(len(p.in.Scale) - 1)
	width := p.error * math.Sqrt(118/n)
	c := cohortFigures{companies: figure{n + 0.3, n - companies, n + companies, true}}
	overall := 0.0
	for d, domain := range p.in.Domains {
		mean := 0.0
		for range domain.Questions {
			level := max(0.1, min(top-0.1, top*0.3+shift*top/5+0.6*(p.random.Float64()-0.5)*top/2-0.2*float64(d)))
			mean += level / float64(len(domain.Questions))
			c.questions = append(c.questions, p.question(level/top, width*top/5*2))
		}
		c.domains = append(c.domains, score(mean, width*top/5, top))
		overall += mean / float64(len(p.in.Domains))
	}
	c.overall = score(overall, width*top/10, top)
	return c
}

// question invents binomial shares with the given chance.
func (p panel) question(chance, width float64) questionFigures {
	top := len(p.in.Scale) - 1
	q := questionFigures{mean: around(chance*float64(top), width)}
	for i := 0; i <= top; i++ {
		ways := math.Exp(lgamma(top+1) - lgamma(i+1) - lgamma(top-i+1))
		q.shares = append(q.shares, around(ways*math.Pow(chance, float64(i))*math.Pow(1-chance, float64(top-i)), width/5))
	}
	tail := 1.0
	for i := 1; i <= top; i++ {
		tail -= q.shares[i-1].value
		q.atLeast = append(q.atLeast, around(tail, width/4))
	}
	return q
}

// lgamma is ln (n−1)!.
func lgamma(n int) float64 {
	l, _ := math.Lgamma(float64(n))
	return l
}

func score(mean, width, top float64) scoreFigures {
	return scoreFigures{around(mean, width), [3]figure{
		around(max(0, mean-0.14*top), 1.4*width), around(mean-0.01*top, 1.2*width), around(min(top, mean+0.13*top), 1.4*width),
	}}
}

func around(value, width float64) figure { return figure{value, value - width, value + width, true} }
