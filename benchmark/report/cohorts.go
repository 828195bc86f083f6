package report

import (
	"fmt"
	"slices"
	"strings"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
)

// widest is how many cohorts of an attribute one table shows side by side.
const widest = 4

// cohorts compares the values of an attribute with all companies.
func (b *builder) cohorts(a instrument.Attribute) []block {
	var siblings []publication.Cohort
	for _, c := range b.release.Cohorts {
		if strings.HasPrefix(c.ID, a.ID+"=") {
			siblings = append(siblings, c)
		}
	}
	if len(siblings) == 0 {
		return nil
	}
	out := []block{paragraph{b.rich("cohort.lead")}}
	shown := slices.DeleteFunc(slices.Clone(siblings), func(c publication.Cohort) bool { return c.Status != publication.Published })
	for i, part := range slices.Collect(slices.Chunk(siblings, widest)) {
		out = append(out, b.heatMap(a, append([]publication.Cohort{b.all}, part...), i+1))
	}
	if len(shown) == 0 {
		return append(out, paragraph{b.rich("cohort.nothing")})
	}
	out = append(out, subheading{b.rich("cohort.relation")})
	out = append(out, b.relation(a, siblings)...)
	if slices.ContainsFunc(siblings, b.anyPercentiles) {
		name := b.names.attribute(a)
		out = append(out, subheading{b.rich("cohort.spread")},
			b.spreadFigure("spread-"+a.ID, "spread-by", append([]publication.Cohort{b.all}, siblings...), &a, "attribute", name))
	} else {
		out = append(out, paragraph{b.rich("cohort.no-spread")})
	}
	out = append(out, subheading{b.rich("cohort.practices")}, paragraph{b.rich("cohort.practices-lead")})
	for part := range slices.Chunk(siblings, widest) {
		out = append(out, b.cohortPractices(a, append([]publication.Cohort{b.all}, part...)))
	}
	return out
}

// columnNames head a table of cohorts.
func (b *builder) columnNames(first rich, a instrument.Attribute, columns []publication.Cohort) []rich {
	header := []rich{first}
	for _, c := range columns {
		header = append(header, b.names.column(a, c.ID))
	}
	return header
}

// cohortPractices are the means of every question.
func (b *builder) cohortPractices(a instrument.Attribute, columns []publication.Cohort) table {
	t := table{
		Caption: b.rich("cohort.practices-of", "attribute", b.names.attribute(a)),
		Header:  b.columnNames(b.rich("column.practice"), a, columns),
	}
	for i, q := range b.all.Questions {
		t.Rows = append(t.Rows, b.cohortRow(b.names.full(q.ID), columns, func(c publication.Cohort) publication.Estimate { return c.Questions[i].Mean }))
	}
	return t
}

// cohortRow is one statistic of several cohorts.
func (b *builder) cohortRow(title rich, columns []publication.Cohort, of func(publication.Cohort) publication.Estimate) []rich {
	cells := []rich{title}
	for _, c := range columns {
		if c.Status == publication.Suppressed {
			cells = append(cells, b.status(c.Status))
			continue
		}
		cells = append(cells, b.estimate(of(c)))
	}
	return cells
}

// heatMap shows the means of every item in every cohort. part counts the
// figures of an attribute with many values.
func (b *builder) heatMap(a instrument.Attribute, columns []publication.Cohort, part int) plate {
	t := table{Header: b.columnNames(b.rich("column.score"), a, columns)}
	h := heat{texts: b.texts}
	for _, c := range columns {
		h.columns = append(h.columns, b.cohortLabel(a, c.ID))
	}
	t.Rows = append(t.Rows, b.cohortRow(b.rich("column.companies"), columns, func(c publication.Cohort) publication.Estimate { return c.Companies }))
	for i, it := range b.items() {
		t.Rows = append(t.Rows, b.cohortRow(it.title(i == 0), columns, func(c publication.Cohort) publication.Estimate { return it.score(c).Mean }))
		row := heatRow{label: it.label, bold: i == 0}
		for _, c := range columns {
			cell := heatCell{status: c.Status}
			if c.Status == publication.Published {
				cell = heatCell{it.score(c).Mean, it.score(c).Mean.Status}
			}
			row.cells = append(row.cells, cell)
		}
		h.rows = append(h.rows, row)
	}
	name := "heatmap-" + a.ID
	if part > 1 {
		name = fmt.Sprintf("%s-%d", name, part)
	}
	return b.plate(name, "heatmap", t, h.draw, "attribute", b.names.attribute(a))
}

// relation says how maturity goes with an attribute.
func (b *builder) relation(a instrument.Attribute, siblings []publication.Cohort) []block {
	t := table{Header: []rich{b.rich("column.cohort"), b.rich("column.companies"), b.rich("column.mean")}}
	c := chart{axis: b.levels(), legend: append([]legendItem{b.intervalLegend()}, b.levelNames()...)}
	var means []namedMean
	for _, cohort := range siblings {
		name := b.names.column(a, cohort.ID)
		l := b.cohortLabel(a, cohort.ID)
		if cohort.Status == publication.Suppressed {
			word := b.status(cohort.Status)
			t.Rows = append(t.Rows, []rich{name, word, word})
			c.rows = append(c.rows, chartRow{label: l, value: word.String(), height: 12, mark: blank})
			continue
		}
		mean := cohort.Overall.Mean
		t.Rows = append(t.Rows, []rich{name, b.estimate(cohort.Companies), b.estimate(mean)})
		c.rows = append(c.rows, b.meanRow(l, mean))
		if mean.Status == publication.Published {
			means = append(means, namedMean{name, mean})
		}
	}
	out := b.relationWords(means)
	out = append(out, paragraph{b.rich("relation.cause")})
	p := b.plate("relation-"+a.ID, "relation", t, c.draw, "attribute", b.names.attribute(a), "confidence", percentage(b.release.Confidence))
	p.Repeats = true
	return append(out, p)
}

// relationWords compares the overall means of cohorts in their order.
func (b *builder) relationWords(means []namedMean) []block {
	if len(means) < 2 {
		return []block{paragraph{b.rich("relation.one")}}
	}
	if first, last := means[0], means[len(means)-1]; len(means) > 2 {
		pairs := []any{"first", first.name, "firstmean", b.estimate(first.mean), "last", last.name, "lastmean", b.estimate(last.mean)}
		if steady(means, func(a, b publication.Estimate) bool { return a.High < b.Low }) {
			return []block{paragraph{b.rich("relation.rising", pairs...)}}
		}
		if steady(means, func(a, b publication.Estimate) bool { return a.Low > b.High }) {
			return []block{paragraph{b.rich("relation.falling", pairs...)}}
		}
	}
	var list bullets
	pairs := 0
	for i, x := range means {
		for _, y := range means[i+1:] {
			pairs++
			if overlap(x.mean, y.mean) {
				continue
			}
			high, low := x, y
			if y.mean.Value > x.mean.Value {
				high, low = y, x
			}
			list.Items = append(list.Items, b.rich("relation.pair", "high", high.name, "highmean", b.estimate(high.mean), "low", low.name, "lowmean", b.estimate(low.mean)))
		}
	}
	switch len(list.Items) {
	case 0:
		return []block{paragraph{b.rich("relation.none")}}
	case pairs:
		return []block{paragraph{b.rich("relation.pairs")}, list}
	}
	return []block{paragraph{b.rich("relation.pairs")}, list, paragraph{b.rich("relation.rest")}}
}

// steady reports whether every step is in the same direction.
func steady(means []namedMean, step func(a, b publication.Estimate) bool) bool {
	for i := range means[1:] {
		if !step(means[i].mean, means[i+1].mean) {
			return false
		}
	}
	return true
}
