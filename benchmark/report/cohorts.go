package report

import (
	"slices"
	"strings"

	"maturitybench/benchmark"
)

// widest is how many cohorts of an attribute one table shows side by side.
const widest = 4

// cohorts compares the values of every attribute with all companies.
func (m *markdown) cohorts() {
	for _, a := range m.release.Instrument.Attributes {
		var siblings []benchmark.Cohort
		for _, c := range m.release.Cohorts {
			if strings.HasPrefix(c.ID, a.ID+"=") {
				siblings = append(siblings, c)
			}
		}
		if len(siblings) == 0 {
			continue
		}
		m.heading(2, "By "+m.names.attribute(a))
		m.paragraph("Companies that did not state it are in the column of all companies only.")
		for part := range slices.Chunk(siblings, widest) {
			columns := append([]benchmark.Cohort{m.all}, part...)
			m.cohortScores(a, columns)
			m.cohortPractices(a, columns)
		}
	}
}

// columnNames head a table of cohorts.
func (m *markdown) columnNames(first string, a benchmark.Attribute, columns []benchmark.Cohort) []string {
	header := []string{first}
	for _, c := range columns {
		if _, value, ok := strings.Cut(c.ID, "="); ok {
			header = append(header, m.names.value(a, value))
		} else {
			header = append(header, "All companies")
		}
	}
	return header
}

func (m *markdown) cohortScores(a benchmark.Attribute, columns []benchmark.Cohort) {
	var rows [][]string
	add := func(title string, of func(benchmark.Cohort) benchmark.Estimate) {
		rows = append(rows, cohortRow(title, columns, of))
	}
	add("Companies", func(c benchmark.Cohort) benchmark.Estimate { return c.Companies })
	score := func(title, bold string, of func(benchmark.Cohort) benchmark.CohortScore) {
		add(bold+title+bold+", mean", func(c benchmark.Cohort) benchmark.Estimate { return of(c).Mean })
		for i, name := range []string{"lower quartile", "median", "upper quartile"} {
			add(title+", "+name, func(c benchmark.Cohort) benchmark.Estimate { return of(c).Quartiles[i] })
		}
	}
	score("Overall", "**", func(c benchmark.Cohort) benchmark.CohortScore { return c.Overall })
	for i, d := range m.release.Instrument.Domains {
		score(text(d.Title), "", func(c benchmark.Cohort) benchmark.CohortScore { return c.Domains[i].CohortScore })
	}
	m.table(m.columnNames("Score", a, columns), rows)
}

// cohortPractices are the means of every question.
func (m *markdown) cohortPractices(a benchmark.Attribute, columns []benchmark.Cohort) {
	var rows [][]string
	for i, q := range m.all.Questions {
		title := text(q.ID) + " " + m.names.question(q.ID)
		rows = append(rows, cohortRow(title, columns, func(c benchmark.Cohort) benchmark.Estimate { return c.Questions[i].Mean }))
	}
	m.paragraph("Mean level of every practice; the distributions of these cohorts are in tables.csv.")
	m.table(m.columnNames("Practice", a, columns), rows)
}

// cohortRow is one statistic of several cohorts.
func cohortRow(title string, columns []benchmark.Cohort, of func(benchmark.Cohort) benchmark.Estimate) []string {
	cells := []string{title}
	for _, c := range columns {
		if c.Status == benchmark.Suppressed {
			cells = append(cells, c.Status.String())
			continue
		}
		cells = append(cells, of(c).String())
	}
	return cells
}

// hidden says what is suppressed and withheld, and what that means.
func (m *markdown) hidden() {
	m.heading(2, "What is not shown")
	var suppressed []string
	shown, withheld := 0, 0
	for cell := range m.release.Cells() {
		switch cell.Status {
		case benchmark.Suppressed:
			suppressed = append(suppressed, m.names.cohort(cell.Cohort))
		case benchmark.Withheld:
			withheld++
		default:
			shown++
		}
	}
	m.paragraph("Numbers published: %d. Numbers withheld: %d.", shown, withheld)
	if len(suppressed) > 0 {
		m.paragraph("Suppressed cohorts:")
		m.bullets(suppressed)
	} else {
		m.paragraph("No cohort is suppressed.")
	}
	m.paragraph("What the words mean:")
	m.bullets([]string{
		"*suppressed* is a whole cohort of which nothing is said. It may have too few companies, it may have failed a noisy test of its size, or it may protect a sibling: " +
			"which of these is not said, because that would itself tell something.",
		"*withheld* is a single number that would be too inaccurate to be of use, or to which too few companies may have answered. " +
			"Again, which of these is not said. It does not mean zero.",
	})
}
