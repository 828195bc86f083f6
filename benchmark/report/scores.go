package report

import (
	"math"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
)

// domains says how mature the companies are, overall and by domain.
func (b *builder) domains() []block {
	out := []block{
		paragraph{b.rich("domains.lead", "companies", b.estimate(b.all.Companies))},
		bullets{b.domainWords()},
		paragraph{b.rich("domains.respondents")},
		b.domainFigure(),
	}
	if b.anyQuartiles(b.all) {
		p := b.quartileFigure("quartiles", "quartiles", []publication.Cohort{b.all}, nil)
		p.Repeats = true
		out = append(out, p)
	}
	return out
}

// domainWords are a sentence for every domain.
func (b *builder) domainWords() []rich {
	var out []rich
	for i, d := range b.all.Domains {
		title := strong(foreign(b.release.Instrument.Domains[i].Title))
		if d.Mean.Status == publication.Published {
			out = append(out, b.rich("domains.in-words", "domain", title, "mean", b.estimate(d.Mean), "place", b.names.place(d.Mean.Value)))
		} else {
			out = append(out, b.rich("domains.withheld", "domain", title))
		}
	}
	return out
}

// item is the overall score or a domain, with its label.
type item struct {
	label label
	score func(publication.Cohort) publication.CohortScore
}

// items are the overall score and then the domains.
func (b *builder) items() []item {
	out := []item{{label{b.say("overall"), "overall"}, func(c publication.Cohort) publication.CohortScore { return c.Overall }}}
	for i, d := range b.release.Instrument.Domains {
		out = append(out, item{labelOf(d.Title, d.ID), func(c publication.Cohort) publication.CohortScore { return c.Domains[i].CohortScore }})
	}
	return out
}

// title is the name of an item in a table.
func (i item) title(first bool) rich {
	if first {
		return strong(foreign(i.label.text))
	}
	return foreign(i.label.text)
}

func (b *builder) domainFigure() plate {
	t := table{Header: []rich{b.rich("column.score"), b.rich("column.mean"), b.rich("column.q1"), b.rich("column.median"), b.rich("column.q3")}}
	c := chart{axis: b.levels(), legend: append([]legendItem{b.intervalLegend()}, b.levelNames()...)}
	for i, it := range b.items() {
		s := it.score(b.all)
		t.Rows = append(t.Rows, []rich{it.title(i == 0), b.estimate(s.Mean), b.estimate(s.Quartiles[0]), b.estimate(s.Quartiles[1]), b.estimate(s.Quartiles[2])})
		row := b.meanRow(it.label, s.Mean)
		row.bold = i == 0
		c.rows = append(c.rows, row)
	}
	return b.plate("domains", "domains", t, c.draw, "confidence", percentage(b.release.Confidence))
}

// meanRow is a mean on its interval.
func (b *builder) meanRow(l label, e publication.Estimate) chartRow {
	row := chartRow{label: l, value: e.String(), height: 12}
	if e.Status != publication.Published {
		row.value = b.status(e.Status).String()
		row.mark = blank
		return row
	}
	row.mark = func(s *scene, x func(float64) float64, y float64) {
		interval(s, x(e.Low), x(e.Value), x(e.High), y, accent)
	}
	return row
}

// blank is the mark of a number that is not there; the words beside it say so.
func blank(s *scene, x func(float64) float64, y float64) {
	from, to := x(math.Inf(-1)), x(math.Inf(1))
	s.hatch(from, y-4, to-from, 8)
}

func (b *builder) intervalLegend() legendItem {
	return legendItem{
		mark:  func(s *scene, x, y float64) { interval(s, x-8, x, x+8, y, accent) },
		label: label{text: b.say("legend.interval", "confidence", percentage(b.release.Confidence))},
	}
}

func (b *builder) blankLegend() legendItem {
	return legendItem{mark: func(s *scene, x, y float64) { s.hatch(x-8, y-4, 16, 8) }, label: label{text: b.say("legend.hidden")}}
}

// anyQuartiles reports whether a cohort shows quartiles of anything.
func (b *builder) anyQuartiles(c publication.Cohort) bool {
	if c.Status != publication.Published {
		return false
	}
	for _, it := range b.items() {
		if it.score(c).Quartiles[0].Status == publication.Published {
			return true
		}
	}
	return false
}

// quartileFigure draws the quartiles of every item in every cohort. a is the
// attribute of the cohorts, nil for all companies alone.
func (b *builder) quartileFigure(name, key string, cohorts []publication.Cohort, a *instrument.Attribute, pairs ...any) plate {
	t := table{Header: []rich{b.rich("column.score")}}
	if a != nil {
		t.Header, t.Texts = append(t.Header, b.rich("column.cohort")), 2
	}
	t.Header = append(t.Header, b.rich("column.q1"), b.rich("column.median"), b.rich("column.q3"))
	c := chart{axis: b.levels(), legend: append(b.quartileLegend(), b.levelNames()...)}
	for i, it := range b.items() {
		for g, cohort := range cohorts {
			l := it.label
			cells := []rich{it.title(i == 0)}
			if a != nil {
				l = b.cohortLabel(*a, cohort.ID)
				cells = append(cells, b.names.column(*a, cohort.ID))
			}
			row, numbers := b.quartileRow(l, cohort, it)
			row.bold = a == nil && i == 0
			if a != nil && g == 0 {
				row.group = it.label
			}
			c.rows = append(c.rows, row)
			t.Rows = append(t.Rows, append(cells, numbers...))
		}
	}
	return b.plate(name, key, t, c.draw, pairs...)
}

// quartileRow is a row of the figure and the cells of its table.
func (b *builder) quartileRow(l label, c publication.Cohort, it item) (chartRow, []rich) {
	if c.Status == publication.Suppressed {
		word := b.status(c.Status)
		return chartRow{label: l, value: word.String(), height: 12, mark: blank}, []rich{word, word, word}
	}
	q := it.score(c).Quartiles
	numbers := []rich{b.estimate(q[0]), b.estimate(q[1]), b.estimate(q[2])}
	row := chartRow{label: l, value: b.estimate(q[1]).String(), height: 14, mark: blank}
	if q[0].Status == publication.Published {
		row.mark = func(s *scene, x func(float64) float64, y float64) { box(s, x, y, q) }
	}
	return row, numbers
}

// box draws three quartiles: a bar from the lower to the upper one, a darker
// part for the interval of the median, the median, and thin lines as far as
// the outer quartiles may lie.
func box(s *scene, x func(float64) float64, y float64, q [3]publication.Estimate) {
	s.stroke(x(q[0].Low), y, x(q[2].High), y, 1.5, muted)
	s.stroke(x(q[0].Low), y-3, x(q[0].Low), y+3, 1.5, muted)
	s.stroke(x(q[2].High), y-3, x(q[2].High), y+3, 1.5, muted)
	s.add(rect(x(q[0].Value), y-6, x(q[2].Value)-x(q[0].Value), 12, ramp[1], accent))
	s.add(rect(x(q[1].Low), y-6, x(q[1].High)-x(q[1].Low), 12, ramp[3], nil))
	s.stroke(x(q[1].Value), y-7, x(q[1].Value), y+7, 2.5, ink)
}

func (b *builder) quartileLegend() []legendItem {
	return []legendItem{
		{mark: func(s *scene, x, y float64) { s.add(rect(x-8, y-5, 16, 10, ramp[1], accent)) }, label: label{text: b.say("legend.box")}},
		{mark: func(s *scene, x, y float64) {
			s.add(rect(x-6, y-5, 12, 10, ramp[3], nil))
			s.stroke(x, y-6, x, y+6, 2.5, ink)
		}, label: label{text: b.say("legend.median")}},
		{mark: func(s *scene, x, y float64) { s.stroke(x-8, y, x+8, y, 1.5, muted) }, label: label{text: b.say("legend.whisker")}},
	}
}

// cohortLabel is the name of a cohort in a figure about its attribute.
func (b *builder) cohortLabel(a instrument.Attribute, id string) label {
	l := label{text: b.names.column(a, id).String(), id: id}
	for _, v := range a.Values {
		if id == a.ID+"="+v.ID {
			l.id = v.ID
		}
	}
	return l
}
