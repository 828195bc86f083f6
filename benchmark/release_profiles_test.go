package benchmark

import (
	"math/rand/v2"
	"testing"

	"maturitybench/privacy"
)

// profilesFixture has profiles, a crosswalk and unshrunken numbers.
func profilesFixture(t testing.TB) *Release {
	in := industry()
	in.Version = "2"
	in.Domains, in.Attributes = in.Domains[:2], in.Attributes[:1]
	in.Profiles = []Profile{
		{"buyer", "What hospitals ask for", map[string]int{"org-01": 2, "risk-04": 3}},
		{"badge", "", map[string]int{"org-02": 1}},
	}
	in.Crosswalk = &Crosswalk{InstrumentVersion{"demo", "1"}, []CrosswalkQuestion{
		{[]string{"org-1"}, []string{"org-01"}, SameQuestion},
		{[]string{"org-2"}, []string{"org-02"}, RewordedQuestion},
		{[]string{"org-3"}, []string{"org-03", "org-04"}, SplitQuestion},
		{nil, []string{"risk-01"}, NewQuestion},
		{[]string{"risk-9"}, nil, RetiredQuestion},
	}}
	p := panel{in: in, random: rand.New(rand.NewPCG(5, 5)), error: 0.05}
	figures := []cohortFigures{
		noShares(p.cohort(118, 4, 0)), noShares(p.cohort(43, 6, -0.3)), {suppressed: true}, {suppressed: true},
	}
	figures[0].profiles = []figure{around(0.31, 0.06), {0.66, 0.61, 0.71, true}}
	figures[1].profiles = []figure{around(0.02, 0.09), {}}
	for i := range figures[:2] {
		f := &figures[i]
		f.unshrunken = &unshrunkenFigures{overall: around(f.overall.mean.value+0.01, 0.1), profiles: f.profiles}
		for _, d := range f.domains {
			f.unshrunken.domains = append(f.unshrunken.domains, around(d.mean.value-0.02, 0.1))
		}
		for q, question := range f.questions {
			f.unshrunken.questions = append(f.unshrunken.questions, around(question.mean.value+0.4*float64(q%3-1), 0.4))
		}
	}
	figures[1].unshrunken.questions[3] = figure{} // too inaccurate
	return makeRelease(t, fixtureHead(in, privacy.SecretRoster), figures)
}

// noShares withholds the distributions, which keeps the fixture short.
func noShares(c cohortFigures) cohortFigures {
	for _, q := range c.questions {
		for i := range q.shares {
			q.shares[i].published = false
		}
	}
	return c
}
