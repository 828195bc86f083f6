package report

import (
	"slices"
	"strings"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/statistic"
	"maturitybench/benchmark/publication"
)

// percentileHeader are the columns of the percentiles.
func (b *builder) percentileHeader() []rich {
	var header []rich
	for _, p := range statistic.Percentiles() {
		header = append(header, b.rich("percentile."+p.ID))
	}
	return header
}

// percentileCells are the cells of the percentiles.
func (b *builder) percentileCells(p publication.Percentiles) []rich {
	var cells []rich
	for _, e := range p {
		cells = append(cells, b.level(e))
	}
	return cells
}

// anyPercentiles reports whether a cohort shows percentiles of anything.
func (b *builder) anyPercentiles(c publication.Cohort) bool {
	return c.Status == publication.Published && slices.ContainsFunc(b.items(), func(it item) bool { return anyShown(it.score(c).Percentiles) })
}

// anyShown reports whether any of some percentiles is published.
func anyShown(p []publication.Estimate) bool {
	return slices.ContainsFunc(p, func(e publication.Estimate) bool { return e.Status == publication.Published })
}

// percentileFigure draws the percentiles of items in cohorts. a is the attribute of
// the cohorts, nil for all companies alone.
func (b *builder) percentileFigure(name, key string, cohorts []publication.Cohort, items []item, a *instrument.Attribute, pairs ...any) plate {
	t := table{ID: "table-" + name, Header: []rich{b.rich("column.score")}}
	if a != nil {
		t.Header, t.Texts = append(t.Header, b.rich("column.cohort")), 2
		t.Caption = b.said(b.rich("table.spread", "attribute", b.names.attribute(*a)))
	}
	t.Header = append(t.Header, b.percentileHeader()...)
	c := chart{axis: b.levels(), legend: append(b.percentileLegend(cohorts), b.levelNames()...)}
	for _, it := range items {
		for g, cohort := range cohorts {
			l := it.label
			cells := []rich{it.title()}
			if a != nil {
				l = b.cohortLabel(*a, cohort.ID)
				cells = append(cells, b.names.column(*a, cohort.ID))
			}
			p := it.score(cohort).Percentiles
			row := chartRow{label: l, value: b.level(p.Of("median")).String(), height: 14, mark: blank, bold: a == nil && it.above}
			if anyShown(p) {
				row.mark = func(s *scene, x func(float64) float64, y float64) { percentileMarks(s, x, y, p) }
			}
			if a != nil && g == 0 && len(items) > 1 {
				row.group = it.label
			}
			c.rows = append(c.rows, row)
			t.Rows = append(t.Rows, append(cells, b.percentileCells(p)...))
		}
	}
	return b.plate(name, key, t.trimmed(), c.draw, pairs...)
}

// percentileMarks draws the families of percentiles that are published.
func percentileMarks(s *scene, x func(float64) float64, y float64, p []publication.Estimate) {
	for _, family := range statistic.PercentileFamilies {
		members := statistic.Members(family, p)
		switch {
		case members[0].Status != publication.Published:
		case family.Mark == statistic.Box:
			box(s, x, y, members)
		case family.Mark == statistic.Dots:
			for _, e := range members {
				s.add(dot{point{x(e.Value), y}, 3.5, ink, nil})
			}
		}
	}
}

// box draws quartiles: a bar from the lower to the upper one, a darker
// part for the interval of the one between, this one, and thin lines as far as
// the outer ones may lie.
func box(s *scene, x func(float64) float64, y float64, q []publication.Estimate) {
	last := q[len(q)-1]
	s.stroke(x(q[0].Low), y, x(last.High), y, 1.5, muted)
	s.stroke(x(q[0].Low), y-3, x(q[0].Low), y+3, 1.5, muted)
	s.stroke(x(last.High), y-3, x(last.High), y+3, 1.5, muted)
	s.add(rect(x(q[0].Value), y-6, x(last.Value)-x(q[0].Value), 12, ramp[1], accent))
	for _, e := range q[1 : len(q)-1] {
		s.add(rect(x(e.Low), y-6, x(e.High)-x(e.Low), 12, ramp[3], nil))
		s.stroke(x(e.Value), y-7, x(e.Value), y+7, 2.5, ink)
	}
}

// percentileLegend explains the marks; those of single percentiles only where one is
// shown.
func (b *builder) percentileLegend(cohorts []publication.Cohort) []legendItem {
	var dots []string
	for i, p := range statistic.Percentiles() {
		shown := func(c publication.Cohort) bool {
			return slices.ContainsFunc(b.items(), func(it item) bool { return it.score(c).Percentiles[i].Status == publication.Published })
		}
		if p.Family.Mark == statistic.Dots && slices.ContainsFunc(cohorts, shown) {
			dots = append(dots, b.say("percentile."+p.ID))
		}
	}
	legend := []legendItem{
		{mark: func(s *scene, x, y float64) { s.add(rect(x-8, y-5, 16, 10, ramp[1], accent)) }, label: label{text: b.say("legend.box")}},
		{mark: func(s *scene, x, y float64) {
			s.add(rect(x-6, y-5, 12, 10, ramp[3], nil))
			s.stroke(x, y-6, x, y+6, 2.5, ink)
		}, label: label{text: b.say("legend.median")}},
		{mark: func(s *scene, x, y float64) { s.stroke(x-8, y, x+8, y, 1.5, muted) }, label: label{text: b.say("legend.whisker")}},
	}
	if len(dots) > 0 {
		legend = append(legend, legendItem{mark: func(s *scene, x, y float64) { s.add(dot{point{x, y}, 3.5, ink, nil}) }, label: label{text: strings.Join(dots, ", ")}})
	}
	return legend
}
