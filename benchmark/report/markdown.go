package report

import (
	"fmt"
	"io"
	"slices"

	"maturitybench/benchmark"
)

// Markdown writes the release as a report in GitHub Flavored Markdown: a
// summary, the scale, overall and domain scores, every practice, the profiles,
// the highest and lowest practices, the cohorts, what is not shown, and how to read and
// trust the numbers. Texts of the instrument are shown literally, whatever
// they hold. The error is the writer's.
func Markdown(w io.Writer, r *benchmark.Release) error {
	m := markdown{release: r, names: names{r.Instrument, text}}
	m.all, _ = r.Cohort("all")
	m.title()
	m.summary()
	m.scale()
	if m.all.Status == benchmark.Published {
		m.scores()
		m.practices()
		m.profiles()
		m.extremes()
		m.cohorts()
	}
	m.hidden()
	m.reading()
	m.methodology()
	_, err := io.WriteString(w, m.page.out.String())
	return err
}

// markdown writes one report.
type markdown struct {
	page
	release *benchmark.Release
	names   names
	all     benchmark.Cohort
}

func (m *markdown) title() {
	r := m.release
	m.heading(1, fmt.Sprintf("%s: benchmark %s", text(r.Instrument.Title), text(r.Wave)))
	if r.Privacy.Noise == benchmark.TestNoise {
		m.warning("Test noise: nothing is protected.",
			"This report was made with random numbers that anybody can repeat. It must not be made of real answers, and not be published as if it were.")
	}
	if isSynthetic(r) {
		m.warning("Synthetic.", "The answers were made up by a program. No company stands behind these numbers.")
	}
	revision := ""
	if r.Revision > 1 {
		revision = fmt.Sprintf(", revision %d", r.Revision)
	}
	m.paragraph("Instrument %s, version %s. Wave %s%s. Release `%s`, account %s.",
		text(r.Instrument.ID), text(r.Instrument.Version), text(r.Wave), revision, r.ID, text(r.Account))
}

func (m *markdown) summary() {
	m.heading(2, "Summary")
	s := summary(m.release, m.names)
	m.paragraph("%s %s %s", s[0], s[1], s[2])
	m.paragraph("Numbers stand with the interval that the added noise leaves: “1.7 [1.5, 1.9]” is an estimate of 1.7 that lies between 1.5 and 1.9 with %s%% confidence. "+
		"They describe the companies that answered, not their industry.", percentage(m.release.Confidence))
}

func (m *markdown) scale() {
	m.heading(2, "Scale")
	withTest := slices.ContainsFunc(m.release.Instrument.Scale, func(l benchmark.Level) bool { return l.Test != "" })
	var rows [][]string
	for _, l := range m.release.Instrument.Scale {
		cells := []string{fmt.Sprintf("%d %s", l.Level, text(l.Name))}
		if withTest {
			cells = append(cells, text(l.Test))
		}
		rows = append(rows, cells)
	}
	header := []string{"Level", "Test"}
	if !withTest {
		header = header[:1]
	}
	m.textTable(header, rows)
}

// scores are the overall and domain scores of all companies.
func (m *markdown) scores() {
	m.heading(2, "Overall and by domain")
	m.paragraph("All companies: %s. A company's domain score is the mean of its answers there, its overall score the mean of all its answers; "+
		"the table gives the mean and the quartiles of these scores.", m.all.Companies)
	rows := [][]string{scoreRow("**Overall**", m.all.Overall)}
	for i, d := range m.all.Domains {
		rows = append(rows, scoreRow(text(m.release.Instrument.Domains[i].Title), d.CohortScore))
	}
	m.table([]string{"Score", "Mean", "Lower quartile", "Median", "Upper quartile"}, rows)
}

func scoreRow(title string, s benchmark.CohortScore) []string {
	return []string{title, s.Mean.String(), s.Quartiles[0].String(), s.Quartiles[1].String(), s.Quartiles[2].String()}
}

// practices are the means, distributions and shares at or above a level of
// every question.
func (m *markdown) practices() {
	m.heading(2, "Practices")
	m.paragraph("Of all companies that answered the question: the mean level, and how many percent are at each level. " +
		"The second table of each domain gives the percentage at or above a level. Intervals of the percentages at each level are in tables.csv.")
	scale := m.release.Instrument.Scale
	levels := []string{"Practice", "Mean"}
	for _, l := range scale {
		levels = append(levels, fmt.Sprintf("%d", l.Level))
	}
	atLeast := []string{"Practice"}
	for _, l := range scale[1:] {
		atLeast = append(atLeast, fmt.Sprintf("≥ %d", l.Level))
	}
	at := 0
	for _, d := range m.release.Instrument.Domains {
		m.heading(3, text(d.Title))
		var distribution, tails [][]string
		for _, asked := range d.Questions {
			q := m.all.Questions[at]
			at++
			name := fmt.Sprintf("%s %s", text(asked.ID), text(asked.Text))
			distribution = append(distribution, append([]string{name, q.Mean.String()}, shares(q)...))
			cells := []string{text(asked.ID)}
			for _, e := range q.AtLeast {
				cells = append(cells, e.Percent())
			}
			tails = append(tails, cells)
		}
		m.table(levels, distribution)
		m.table(atLeast, tails)
	}
}

// shares are the cells of a distribution.
func shares(q benchmark.CohortQuestion) []string {
	var cells []string
	for _, s := range q.Shares {
		cells = append(cells, s.Status.String())
	}
	if q.Shares[0].Status == benchmark.Published {
		for i, n := range percents(q) {
			cells[i] = fmt.Sprintf("%d%%", n)
		}
	}
	return cells
}

// extremes are the practices that are surely high or low.
func (m *markdown) extremes() {
	m.heading(2, "Highest and lowest practices")
	places := ranking(m.all)
	if len(places) == 0 {
		m.paragraph("The means of all practices are withheld.")
		return
	}
	m.paragraph("A practice is listed only if its interval lies wholly above (or below) the intervals of at least half of the %d practices with a published mean. "+
		"The rank counts from the highest mean; a range of ranks is a tie: the noise does not tell these ranks apart.", len(places))
	m.extreme("Highest", highest(places))
	m.extreme("Lowest", lowest(places))
}

func (m *markdown) extreme(title string, l list) {
	m.heading(3, title)
	if len(l.places) == 0 {
		m.paragraph("No practice stands out: the intervals overlap too much.")
		return
	}
	var rows [][]string
	for _, p := range l.places {
		rows = append(rows, []string{text(p.id) + " " + m.names.question(p.id), p.mean.String(), p.rank()})
	}
	m.table([]string{"Practice", "Mean", "Rank"}, rows)
	if l.more > 0 {
		m.paragraph("Practices that cannot be told apart from the last one listed: %d more.", l.more)
	}
}
