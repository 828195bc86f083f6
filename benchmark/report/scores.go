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
	if b.anyPercentiles(b.all) {
		p := b.spreadFigure("spread", "spread", []publication.Cohort{b.all}, nil)
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
	t := table{Header: append([]rich{b.rich("column.score"), b.rich("column.mean")}, b.percentileHeader()...)}
	c := chart{axis: b.levels(), legend: append([]legendItem{b.intervalLegend()}, b.levelNames()...)}
	for i, it := range b.items() {
		s := it.score(b.all)
		t.Rows = append(t.Rows, append([]rich{it.title(i == 0), b.estimate(s.Mean)}, b.percentileCells(s.Percentiles)...))
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
