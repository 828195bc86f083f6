package benchmark

import (
	"fmt"
	"math"

	"maturitybench/privacy"

	"pgregory.net/rapid"
)

// drawRelease builds a release of any permitted shape from figures as wild as
// noise may make them: outside the scale, quartiles in disorder, shares that
// are negative or do not sum to 1, infinite bounds.
func drawRelease(t *rapid.T) *Release {
	in := drawInstrument(t)
	head := releaseHead{
		id: "00000000000000000000000000000000", account: "body", wave: "2026", revision: rapid.IntRange(1, 3).Draw(t, "revision"),
		confidence: float64(rapid.IntRange(500, 990).Draw(t, "confidence")) / 1000,
		instrument: in,
		prior:      priorKind(rapid.IntRange(0, 2).Draw(t, "prior")),
		privacy: privacyFacts{
			roster:  rapid.SampledFrom([]privacy.Roster{privacy.SecretRoster, privacy.PublicRoster}).Draw(t, "roster"),
			epsilon: 4, delta: rapid.SampledFrom([]float64{1e-5, 1e-6, 1e-10}).Draw(t, "delta"), between: 8.8905,
			minCompanies:   rapid.IntRange(3, 12).Draw(t, "k"),
			noise:          rapid.SampledFrom([]string{SecureNoise, TestNoise}).Draw(t, "noise"),
			pureEpsilon:    rapid.Int64Range(0, 4_000_000_000).Draw(t, "pure"),
			mu:             privacy.Mu(rapid.Int64Range(0, 20_000_000).Draw(t, "mu")),
			deltaSelection: rapid.Int64Range(0, 10_000_000).Draw(t, "selection"),
		},
	}
	for _, a := range rapid.Permutation(in.Attributes).Draw(t, "attributes") {
		if rapid.Bool().Draw(t, "planned") {
			head.cohorts = append(head.cohorts, a.ID)
		}
	}
	figures := drawSuppression(t, in, head.cohorts)
	for i := range figures {
		if !figures[i].suppressed {
			figures[i] = drawCohort(t, in)
		}
	}
	r, err := newRelease(head, figures)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func drawInstrument(t *rapid.T) InstrumentSpec {
	spec := InstrumentSpec{ID: "x", Version: "1", Title: rapid.SampledFrom(titles).Draw(t, "title")}
	first := rapid.IntRange(-2, 8).Draw(t, "first")
	for i := range rapid.IntRange(2, 11).Draw(t, "levels") {
		spec.Scale = append(spec.Scale, Level{Level: first + i, Name: fmt.Sprintf("level %d", i)})
	}
	for d := range rapid.IntRange(1, 4).Draw(t, "domains") {
		domain := Domain{ID: fmt.Sprintf("d%d", d), Title: rapid.SampledFrom(titles).Draw(t, "domain")}
		for q := range rapid.IntRange(1, 3).Draw(t, "questions") {
			domain.Questions = append(domain.Questions, Question{fmt.Sprintf("d%d-%d", d, q), rapid.SampledFrom(titles).Draw(t, "text")})
		}
		spec.Domains = append(spec.Domains, domain)
	}
	for a := range rapid.IntRange(0, 6).Draw(t, "attributes") {
		attribute := Attribute{ID: fmt.Sprintf("a%d", a)}
		for v := range rapid.IntRange(2, 4).Draw(t, "values") {
			attribute.Values = append(attribute.Values, Value{ID: fmt.Sprintf("v%d", v)})
		}
		spec.Attributes = append(spec.Attributes, attribute)
	}
	spec.Profiles = drawProfiles(t, spec)
	if rapid.Bool().Draw(t, "crosswalk") {
		spec.Crosswalk = &Crosswalk{InstrumentVersion{"x", "0"}, []CrosswalkQuestion{
			{[]string{"old-1"}, []string{"d0-0"}, SameQuestion}, {[]string{"old-2", "old-3"}, nil, RetiredQuestion},
		}}
	}
	return spec
}

func drawProfiles(t *rapid.T, spec InstrumentSpec) []Profile {
	var profiles []Profile
	for i := range rapid.IntRange(0, 3).Draw(t, "profiles") {
		p := Profile{ID: fmt.Sprintf("p%d", i), Title: rapid.SampledFrom(append(titles, "")).Draw(t, "profile"), Minimum: map[string]int{}}
		for _, d := range spec.Domains {
			q := rapid.SampledFrom(d.Questions).Draw(t, "question")
			p.Minimum[q.ID] = spec.Scale[rapid.IntRange(0, len(spec.Scale)-1).Draw(t, "minimum")].Level
		}
		profiles = append(profiles, p)
	}
	return profiles
}

// titles are harmless, foreign and hostile.
var titles = []string{
	"Organizational structure", "成熟度ベンチマーク", "نضج الأمن", "<script>alert(1)</script>",
	"a | b `c` *d* _e_ [f](javascript:g) # h", `"quoted", with \ and & and $x$`, "=1+2",
}

// drawSuppression draws which cohorts are suppressed, as the rules permit.
func drawSuppression(t *rapid.T, in InstrumentSpec, planned []string) []cohortFigures {
	figures := make([]cohortFigures, len(cohortIDs(in, planned)))
	if rapid.IntRange(0, 9).Draw(t, "all suppressed") == 0 {
		for i := range figures {
			figures[i].suppressed = true
		}
		return figures
	}
	at := 1
	for _, id := range planned {
		siblings := figures[at : at+len(cohortIDs(in, []string{id}))-1]
		n := 0
		for i := range siblings {
			siblings[i].suppressed = rapid.Bool().Draw(t, "suppressed")
			if siblings[i].suppressed {
				n++
			}
		}
		if n == 1 {
			for i := range siblings {
				siblings[i].suppressed = false
			}
		}
		at += len(siblings)
	}
	return figures
}

func drawCohort(t *rapid.T, in InstrumentSpec) cohortFigures {
	levels := len(in.Scale)
	top := float64(levels - 1)
	c := cohortFigures{companies: drawFigure(t, 200), overall: drawScore(t, top)}
	for _, d := range in.Domains {
		c.domains = append(c.domains, drawScore(t, top))
		for range d.Questions {
			q := questionFigures{mean: drawFigure(t, top)}
			shown := rapid.Bool().Draw(t, "shares")
			for range levels {
				share := drawFigure(t, 1)
				share.published = shown
				q.shares = append(q.shares, share)
			}
			shown = shown != (rapid.IntRange(0, 9).Draw(t, "one without the other") == 0)
			for range levels - 1 {
				tail := drawFigure(t, 1)
				tail.published = shown
				q.atLeast = append(q.atLeast, tail)
			}
			q.shares[0].value = max(q.shares[0].value, 1e-9)
			c.questions = append(c.questions, q)
		}
	}
	for range in.Profiles {
		c.profiles = append(c.profiles, drawFigure(t, 1))
	}
	if rapid.Bool().Draw(t, "unshrunken") {
		c.unshrunken = drawUnshrunken(t, c, top)
	}
	return c
}

// drawUnshrunken draws numbers for what is published.
func drawUnshrunken(t *rapid.T, c cohortFigures, top float64) *unshrunkenFigures {
	draw := func(estimate figure, top float64) figure {
		f := drawFigure(t, top)
		f.published = f.published && estimate.published
		return f
	}
	u := &unshrunkenFigures{overall: draw(c.overall.mean, top)}
	for _, d := range c.domains {
		u.domains = append(u.domains, draw(d.mean, top))
	}
	for _, q := range c.questions {
		u.questions = append(u.questions, draw(q.mean, top))
	}
	for _, p := range c.profiles {
		u.profiles = append(u.profiles, draw(p, 1))
	}
	return u
}

func drawScore(t *rapid.T, top float64) scoreFigures {
	return scoreFigures{drawFigure(t, top), [3]figure{drawFigure(t, top), drawFigure(t, top), drawFigure(t, top)}}
}

// drawFigure draws a figure around [0, top].
func drawFigure(t *rapid.T, top float64) figure {
	value := top * rapid.Float64Range(-0.2, 1.2).Draw(t, "value")
	width := rapid.SampledFrom([]float64{0, 1e-7, 0.01, 0.5, math.Inf(1)}).Draw(t, "width")
	return figure{value, value - width*0.9, value + width*1.1, rapid.IntRange(0, 9).Draw(t, "published") > 0}
}
