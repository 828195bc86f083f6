package report

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
)

// made is a release of an instrument with invented numbers: a wave of means
// over the practices, binomial shares, and the given cohorts, of which those
// in hidden are suppressed.
func made(t testing.TB, in instrument.Spec, hidden ...string) *publication.Release {
	t.Helper()
	model := load(t, "secret")
	if in.Attributes == nil {
		in.Attributes = []instrument.Attribute{}
	}
	r := &publication.Release{
		ID: strings.Repeat("0123", 8), Account: "body", Wave: "2026", Revision: 1, Confidence: 0.9, Instrument: in, Privacy: model.Privacy,
		Cohorts: []publication.Cohort{madeCohort(in, "all", 0)},
	}
	for _, a := range in.Attributes {
		for i, v := range a.Values {
			id := a.ID + "=" + v.ID
			c := madeCohort(in, id, 0.3*float64(i))
			for _, h := range hidden {
				if h == id {
					c = publication.Cohort{ID: id, Status: publication.Suppressed}
				}
			}
			r.Cohorts = append(r.Cohorts, c)
		}
	}
	return r
}

func madeCohort(in instrument.Spec, id string, shift float64) publication.Cohort {
	low, top := float64(in.Scale[0].Level), float64(len(in.Scale)-1)
	at := func(value, width float64) publication.Estimate {
		cut := func(x float64) float64 { return math.Round(1e6*min(max(x, low), low+top)) / 1e6 }
		return publication.Estimate{Value: cut(value), Low: cut(value - width), High: cut(value + width), Status: publication.Published}
	}
	score := func(mean float64) publication.CohortScore {
		return publication.CohortScore{Mean: at(mean, 0.1), Percentiles: publication.Percentiles{
			at(mean-0.25*top, 0.25), at(mean-0.13*top, 0.2), at(mean, 0.15), at(mean+0.13*top, 0.2), at(mean+0.25*top, 0.25),
		}}
	}
	c := publication.Cohort{ID: id, Status: publication.Published, Companies: publication.Estimate{Value: 118, Low: 111, High: 125, Status: publication.Published}}
	n := 0
	for _, d := range in.Domains {
		for _, q := range d.Questions {
			chance := 0.4 + 0.25*math.Sin(float64(n)) + shift/10
			n++
			question := publication.CohortQuestion{ID: q.ID}
			left, mean := 1_000_000, 0
			for i := range len(in.Scale) {
				share := int(1e6 * math.Pow(chance, float64(i)) * math.Pow(1-chance, top-float64(i)) * choose(int(top), i))
				if i == len(in.Scale)-1 {
					share = left
				}
				left -= share
				mean += i * share
				question.Shares = append(question.Shares, shareOf(share))
				if i < len(in.Scale)-1 {
					question.AtLeast = append(question.AtLeast, shareOf(left))
				}
			}
			question.Mean = at(low+float64(mean)/1e6, 0.2)
			c.Questions = append(c.Questions, question)
		}
		c.Domains = append(c.Domains, publication.CohortDomain{ID: d.ID, CohortScore: score(low + top*(0.3+0.05*float64(len(c.Domains)%4)) + shift)})
	}
	c.Overall = score(low + 0.4*top + shift)
	return c
}

// shareOf is a share in millionths, give or take four percent.
func shareOf(share int) publication.Estimate {
	part := func(n int) float64 { return float64(min(max(n, 0), 1_000_000)) / 1e6 }
	return publication.Estimate{Value: part(share), Low: part(share - 40_000), High: part(share + 40_000), Status: publication.Published}
}

// choose is the number of ways to choose k of n.
func choose(n, k int) float64 {
	c := 1.0
	for i := range k {
		c = c * float64(n-i) / float64(i+1)
	}
	return c
}

// demo has as many questions as all domains together, spread evenly.
func demo(questions, domains int, text func(kind string, i int) string) instrument.Spec {
	in := instrument.Spec{ID: "made", Version: "1", Title: text("title", 0)}
	for level := range 6 {
		in.Scale = append(in.Scale, instrument.Level{Level: level, Name: text("level", level)})
	}
	for d := range domains {
		domain := instrument.Domain{ID: fmt.Sprintf("d%d", d), Title: text("domain", d)}
		for q := d; q < questions; q += domains {
			domain.Questions = append(domain.Questions, instrument.Question{ID: fmt.Sprintf("d%d-%02d", d, q), Text: text("question", q)})
		}
		in.Domains = append(in.Domains, domain)
	}
	return in
}

func plainText(kind string, i int) string { return fmt.Sprintf("A %s with number %d", kind, i) }

// long are labels of 40 characters and more, also without a space.
func long(kind string, i int) string {
	if i%2 == 1 {
		return strings.Repeat("Unbreakable", 3) + fmt.Sprintf("%07d", i)
	}
	return fmt.Sprintf("A very long label for a %-7s, number %02d", kind, i)
}

// scripts are texts in Arabic, Hebrew, Chinese, Japanese, Korean, Greek and
// Cyrillic.
func scripts(_ string, i int) string {
	return []string{"نضج أمن المنتجات في الشركة", "מדיניות אבטחה מאושרת", "产品安全成熟度调查问卷的中文标题", "脆弱性の対応手順", "공급망 보안", "Ωριμότητα ≥ ασφάλεια", "Зрелость"}[i%7]
}

// sized has an attribute with many values.
func sized(in instrument.Spec, values int, text func(string, int) string) instrument.Spec {
	a := instrument.Attribute{ID: "size", Title: text("attribute", 0)}
	for v := range values {
		a.Values = append(a.Values, instrument.Value{ID: fmt.Sprintf("v%d", v), Title: text("value", v)})
	}
	in.Attributes = []instrument.Attribute{a}
	return in
}

// below moves a scale below zero.
func below(in instrument.Spec) instrument.Spec {
	for i := range in.Scale {
		in.Scale[i].Level -= 3
	}
	return in
}

// waves are an earlier and a later release of the same survey.
func waves(t testing.TB) (earlier, later *publication.Release) {
	earlier, later = load(t, "profiles"), load(t, "profiles")
	earlier.Wave, earlier.ID = "2025", strings.Repeat("ab", 16)
	move := func(e *publication.Estimate, by float64) {
		if e.Status == publication.Published {
			e.Value, e.Low, e.High = math.Round(1e6*(e.Value+by))/1e6, math.Round(1e6*(e.Low+by))/1e6, math.Round(1e6*(e.High+by))/1e6
		}
	}
	all := &earlier.Cohorts[0]
	move(&all.Unshrunken.Overall, -0.3)
	move(&all.Unshrunken.Domains[0], 0.4)
	move(&all.Unshrunken.Questions[1], -1.5)
	move(&all.Unshrunken.Profiles[0], 0.05)
	return earlier, later
}

// own is a company's sheet of levels that go up and down; one is missing.
func own(in instrument.Spec) compare.Own {
	o := compare.Own{Scores: map[string]int{}, Attributes: map[string]string{}}
	n := 0
	for _, d := range in.Domains {
		for _, q := range d.Questions {
			if n++; n != 3 {
				o.Scores[q.ID] = in.Scale[n*7%len(in.Scale)].Level
			}
		}
	}
	for _, a := range in.Attributes {
		o.Attributes[a.ID] = a.Values[0].ID
	}
	return o
}
