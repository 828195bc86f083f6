package protection

import (
	"fmt"
	"math"
	"strings"

	"maturitybench/benchmark/cmd/internal/forecast"
)

// page is a document of short sections.
type page struct {
	Language          string // as a tag of BCP 47
	Skip, Title, Lead string
	Sections          []section
}

// section is a question and its answer: paragraphs, then a table, then a list.
type section struct {
	ID, Title  string
	Paragraphs []string
	Head       []string // of the table
	Rows       [][]string
	Items      []string
}

// page is the whole page, in the order in which a privacy officer asks.
func (f *facts) page() page {
	return page{
		Language: "en", Skip: "To the text",
		Title: "How the answers to “" + f.asked.Title + "” are protected",
		Lead: fmt.Sprintf("Wave %s of account %s, %s roster. Made before any answer was collected, from the plan and the account alone: the report of this wave will state the same numbers.",
			f.plan.Wave, f.plan.Account, f.plan.Roster),
		Sections: []section{
			f.members(), f.unit(), f.strength(), f.groups(), f.time(), f.measured(), f.shown(), f.custody(), f.risks(), f.assurance(), f.organiser(),
		},
	}
}

// unit says who is protected from what, and which data sets look alike.
func (f *facts) unit() section {
	protects, not := f.words().protects, f.words().not
	return section{
		ID: "unit", Title: "Who is protected from what? (unit of privacy, neighbours)",
		Paragraphs: []string{f.privacy.Statement.Unit, f.privacy.Statement.Neighbours},
		Head:       []string{"protected", "not protected"},
		Rows:       [][]string{{protects, not}},
	}
}

// strength says what ε and δ are, in words and numbers.
func (f *facts) strength() section {
	p := f.privacy
	s := section{
		ID: "strength", Title: "How much can be learned of one company? (ε and δ)",
		Paragraphs: []string{
			fmt.Sprintf("%s The report changes the odds of anything about it, whatever a reader believed before and whatever else the reader knows, at most by a factor of e^ε. That is %s.", f.words().about, grade(p.Epsilon)),
		},
		Head: []string{"What a reader may want to know", "ε", "odds change at most by a factor of", "an even chance becomes at most"},
		Rows: [][]string{odds(f.words().presence, p.Epsilon)},
	}
	if p.Between != p.Epsilon {
		s.Rows = append(s.Rows, odds("which of two answer sheets with the same attributes a company gave: two such steps", p.Between))
	}
	if !f.spendsDelta() {
		s.Paragraphs = append(s.Paragraphs, "No δ is spent: the factor holds always.")
	} else {
		s.Paragraphs = append(s.Paragraphs, fmt.Sprintf("δ = %s is about the chance that the factor does not hold, one in %s. For all of the %d companies that are expected together it is %s; the plan allows at most 0.1.",
			number(p.Delta), grouped(math.Floor(clean(1/p.Delta))), f.plan.ExpectedCompanies, number(p.Delta*float64(f.plan.ExpectedCompanies))))
	}
	s.Paragraphs = append(s.Paragraphs, p.Statement.Definition)
	return s
}

// spendsDelta says whether the promise has exceptions: Gaussian noise has, and a test of a secret roster.
func (f *facts) spendsDelta() bool { return f.privacy.Loss.Total().Delta > 0 }

// odds is a row of the table of odds.
func odds(what string, epsilon float64) []string {
	return []string{what, number(epsilon), whole(math.Exp(epsilon)), percent(1 / (1 + math.Exp(-epsilon)))}
}

// grade says in words what an ε is worth.
func grade(epsilon float64) string {
	switch {
	case epsilon <= 1:
		return "a strong promise"
	case epsilon <= 4:
		return "a moderate promise, not a strong one"
	}
	return "a weak promise against a reader who knows everything else; real readers know far less"
}

// groups says what is lost of several companies at once.
func (f *facts) groups() section {
	s := section{
		ID: "groups", Title: "And of several companies that a reader looks at together? (groups)",
		Paragraphs: []string{"What a report tells about several companies at once is more, also where nothing about each of them is told:"},
		Head:       []string{"companies together", "ε", "δ", "odds change at most by a factor of"},
	}
	if !f.spendsDelta() {
		s.Paragraphs[0] = "What a report tells about several companies at once is so many times as much:"
	}
	for _, g := range f.privacy.Groups {
		s.Rows = append(s.Rows, []string{fmt.Sprint(g.Companies), number(g.Epsilon), number(g.Delta), whole(math.Exp(g.Epsilon))})
	}
	return s
}

// time says what adds up.
func (f *facts) time() section {
	a := f.account
	s := section{ID: "time", Title: "What adds up over the years? (composition, window, lifetime)"}
	s.Paragraphs = append(s.Paragraphs, fmt.Sprintf("All publications of account %s within any %s, waves and revisions alike, may lose at most ε = %s at δ = %s together. A ledger keeps the count and refuses what would exceed it.",
		a.ID, a.Window, number(a.Epsilon), number(a.Delta)))
	switch {
	case f.within == 0:
		s.Paragraphs = append(s.Paragraphs, "This plan does not fit: it loses more than the account allows, and would be refused.")
	default:
		s.Paragraphs = append(s.Paragraphs, fmt.Sprintf("Waves like this one fit %s within such a time; together they lose ε = %s.", times(f.within), number(f.lostWithin)))
	}
	if a.Lifetime == 0 {
		s.Paragraphs = append(s.Paragraphs, "The account has no lifetime: after every window the loss may go on growing. Every report states what was lost since the account was opened, and nothing bounds it.")
	} else {
		s.Paragraphs = append(s.Paragraphs, fmt.Sprintf("Over its lifetime the account may lose ε = %s: waves like this one fit %s, and lose ε = %s together. After that it publishes nothing more.",
			number(a.Lifetime), times(f.ever), number(f.lostEver)))
	}
	return s
}

// measured says how a company's influence is bounded and hidden.
func (f *facts) measured() section {
	s := section{
		ID: "measured", Title: "How is it done? (bounds, noise)",
		Paragraphs: []string{f.privacy.Statement.Bounds, f.privacy.Statement.Randomness},
		Head:       []string{"what gets noise", "noise", "its standard deviation"},
	}
	for _, d := range f.draws {
		noise := "Gaussian"
		if d.spherical {
			noise = "spherical Laplace"
		}
		if d.threshold {
			of := "the test of the number of all companies, which passes from %s noisy companies on"
			if d.name != "threshold" {
				of = "the test of the size of a group, which passes from %s noisy companies on"
			}
			s.Rows = append(s.Rows, []string{fmt.Sprintf(of, rounded(d.mark)), noise, rounded(d.relative) + " companies"})
			continue
		}
		what := map[string]string{"pilot": "the totals of a first, coarse look", "main": "the totals from which nearly all numbers are computed", "small": "the totals from which all numbers are computed"}[d.name]
		if d.spherical {
			if len(f.asked.Domains) > 1 {
				s.Rows = append(s.Rows, []string{"how far the domains lie from the overall score", noise, rounded(d.relative) + " times the most that one company can change"})
				what = "every other total: the overall score, and what is left out"
			}
			noise, d.relative = "Laplace", math.Sqrt2/d.epsilon
			if d.mark > 0 {
				what += fmt.Sprintf("; the number of companies, by which nothing is shown below %s noisy companies", rounded(d.mark))
			}
		}
		s.Rows = append(s.Rows, []string{what, noise, rounded(d.relative) + " times the most that one company can change"})
	}
	return s
}

// shown says what is published, and how good it is.
func (f *facts) shown() section {
	s := section{ID: "shown", Title: "What will be shown, and is it worth it? (utility, bias)"}
	groups := "of all companies"
	if len(f.plan.Cohorts) > 0 {
		var titles []string
		for _, id := range f.plan.Cohorts {
			for _, a := range f.asked.Attributes {
				if a.ID == id {
					titles = append(titles, a.Title)
				}
			}
		}
		groups += " and of groups by " + strings.Join(titles, ", ")
	}
	s.Paragraphs = []string{
		"Levels, means, percentiles and shares " + groups + ", each with an interval. " + f.privacy.Statement.Groups,
		"Expected before any data: " + strings.Join(forecast.Verdict(f.asked, f.forecast), " "),
		f.privacy.Statement.Bias,
	}
	return s
}

// assurance says what was tested.
func (f *facts) assurance() section {
	return section{
		ID: "assurance", Title: "How do we know that it works?",
		Paragraphs: []string{
			f.privacy.Statement.Assurance,
			"The headings of this page follow the questions of NIST SP 800-226, Guidelines for Evaluating Differential Privacy Guarantees (2025).",
		},
	}
}
