package report

import (
	"fmt"
	"slices"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
)

// widest is how many cohorts of an attribute one table shows side by side.
const widest = 4

// cohorts compares the values of an attribute with all companies. There is
// nothing to compare if none is shown: the first page says so.
func (b *builder) cohorts(a instrument.Attribute) []block {
	siblings := b.siblings(a)
	shown := published(siblings)
	if len(shown) == 0 {
		return nil
	}
	var out []block
	if b.asks(askedScores) && !b.several() {
		out = b.relation(a, shown)
	}
	if len(shown) < len(siblings) {
		out = append(out, paragraph{b.unshown(a, siblings)})
	}
	return append(out, b.byScale(func(v *builder) []block { return v.compared(a, shown) })...)
}

// compared are the figures and tables of an attribute, of the cohorts that are shown.
func (b *builder) compared(a instrument.Attribute, shown []publication.Cohort) (out []block) {
	spread := b.percentiles(a, shown)
	for i, part := range slices.Collect(slices.Chunk(shown, widest)) {
		if !b.asks(askedScores) {
			out = append(out, b.withoutScores(a, append([]publication.Cohort{b.all}, part...), spread, i)...)
			continue
		}
		heat := b.heatMap(a, append([]publication.Cohort{b.all}, part...), i+1)
		switch {
		case i == 0 && len(spread) > 0:
			out = append(out, pair{heat, spread[0]})
		default:
			out = append(out, heat)
		}
	}
	return out
}

// withoutScores shows a part of the cohorts where no means of scores were asked for: the
// percentiles, once, and the means of the practices.
func (b *builder) withoutScores(a instrument.Attribute, columns []publication.Cohort, spread []plate, part int) []block {
	var out []block
	if part == 0 && len(spread) > 0 {
		out = append(out, spread[0])
	}
	if means := b.cohortPractices(a, columns, fmt.Sprintf("-%d", part+1)); len(means.Header) > 1 {
		out = append(out, means)
	}
	return out
}

// percentiles draws the percentiles of the overall score in every cohort, with the
// domains in its table, if any are shown.
func (b *builder) percentiles(a instrument.Attribute, shown []publication.Cohort) []plate {
	if !slices.ContainsFunc(shown, b.anyPercentiles) {
		return nil
	}
	cohorts := append([]publication.Cohort{b.all}, shown...)
	drawn := b.items()
	if !b.partial() {
		drawn = drawn[:1]
	}
	p := b.percentileFigure("spread-"+a.ID, "spread-by", cohorts, drawn, &a, "attribute", b.names.attribute(a))
	p.Figure.table = b.percentileFigure("spread-"+a.ID, "spread-by", cohorts, b.items(), &a, "attribute", b.names.attribute(a)).Figure.table
	return []plate{p}
}

// unshown names the values of an attribute that are not shown.
func (b *builder) unshown(a instrument.Attribute, siblings []publication.Cohort) rich {
	var names []rich
	for _, c := range siblings {
		if c.Status != publication.Published {
			names = append(names, b.names.column(a, c.ID))
		}
	}
	return b.rich("cohort.unshown", "names", join(names, ", "), "why", b.reference("hidden", "why"))
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
func (b *builder) cohortPractices(a instrument.Attribute, columns []publication.Cohort, part string) table {
	t := table{
		ID:      b.tagged("table-practices-by-" + a.ID + part),
		Caption: b.said(b.rich("table.practices-by", "attribute", b.names.attribute(a))),
		Header:  b.columnNames(b.rich("column.practice"), a, columns),
	}
	for i, q := range b.all.Questions {
		if b.partial() && !b.sees(b.release.Instrument.DomainOf(i)) {
			continue
		}
		row := []rich{b.names.full(q.ID)}
		for _, c := range columns {
			row = append(row, b.level(c.Questions[i].Mean))
		}
		t.Rows = append(t.Rows, row)
	}
	return t.trimmed()
}

// heatMap shows the means of every item in every cohort. part counts the
// figures of an attribute with many values.
func (b *builder) heatMap(a instrument.Attribute, columns []publication.Cohort, part int) plate {
	suffix := ""
	if part > 1 {
		suffix = fmt.Sprintf("-%d", part)
	}
	t := table{
		ID: "table-means-by-" + a.ID + suffix, Caption: b.said(b.rich("table.means-by", "attribute", b.names.attribute(a))),
		Header: b.columnNames(b.rich("column.score"), a, columns),
	}
	h := heat{texts: b.texts, show: b.level}
	companies := []rich{b.rich("column.companies")}
	for _, c := range columns {
		h.columns = append(h.columns, b.cohortLabel(a, c.ID))
		companies = append(companies, b.estimate(c.Companies))
	}
	t.Rows = append(t.Rows, companies)
	for _, it := range b.tiers() {
		row := heatRow{label: it.label, bold: it.above}
		cells := []rich{it.title()}
		for _, c := range columns {
			row.cells = append(row.cells, it.score(c).Mean)
			cells = append(cells, b.level(it.score(c).Mean))
		}
		h.rows = append(h.rows, row)
		t.Rows = append(t.Rows, cells)
	}
	p := b.plate("heatmap-"+a.ID+suffix, "heatmap", t, h.draw, "attribute", b.names.attribute(a))
	if more := b.cohortPractices(a, columns, suffix); len(more.Header) > 1 {
		p.More = []table{more}
	}
	return p
}

// relation says how the overall mean goes with an attribute.
func (b *builder) relation(a instrument.Attribute, shown []publication.Cohort) []block {
	var means []namedMean
	for _, c := range shown {
		if c.Overall.Mean.Status == publication.Published {
			means = append(means, namedMean{b.names.column(a, c.ID), c.Overall.Mean})
		}
	}
	return b.relationWords(means)
}

// relationWords compares the overall means of cohorts in their order.
func (b *builder) relationWords(means []namedMean) []block {
	if len(means) < 2 {
		return []block{paragraph{b.rich("relation.one")}}
	}
	cause := b.rich("relation.cause")
	with := func(text rich) []block { return []block{paragraph{join([]rich{text, cause}, " ")}} }
	if first, last := means[0], means[len(means)-1]; len(means) > 2 {
		pairs := []any{"first", first.name, "firstmean", b.level(first.mean), "last", last.name, "lastmean", b.level(last.mean)}
		if steady(means, func(a, b publication.Estimate) bool { return a.High < b.Low }) {
			return with(b.rich("relation.rising", pairs...))
		}
		if steady(means, func(a, b publication.Estimate) bool { return a.Low > b.High }) {
			return with(b.rich("relation.falling", pairs...))
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
			list.Items = append(list.Items, b.rich("relation.pair", "high", high.name, "highmean", b.level(high.mean), "low", low.name, "lowmean", b.level(low.mean)))
		}
	}
	switch len(list.Items) {
	case 0:
		return []block{paragraph{b.rich("relation.none")}}
	case pairs:
		return []block{paragraph{b.rich("relation.pairs")}, list, paragraph{cause}}
	}
	return append([]block{paragraph{b.rich("relation.pairs")}, list}, with(b.rich("relation.rest"))...)
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
