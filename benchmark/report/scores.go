package report

import (
	"math"
	"slices"

	"maturitybench/benchmark/publication"
)

// domains shows all domains at once: their means around a centre, and how the
// companies are spread.
func (b *builder) domains() []block {
	if b.several() {
		return b.domainsByScale()
	}
	lead := paragraph{b.rich("domains.lead")}
	if questions, domains := b.release.Instrument.Weights(); questions != nil || domains != nil {
		lead = paragraph{b.rich("domains.lead-weighted")}
	}
	radar, round := b.domainRadar()
	round = round && !b.radarFirst()
	functions := b.functions()
	if !b.anyPercentiles(b.all) {
		switch {
		case round:
			return append([]block{lead, radar}, functions...)
		case functions != nil:
			return append([]block{lead}, functions...)
		}
		return nil
	}
	spread := b.percentileFigure("spread", "spread", []publication.Cohort{b.all}, b.shownItems(), nil)
	spread.Figure.table = b.scoreTable()
	if round {
		return append([]block{lead, pair{radar, spread}}, functions...)
	}
	return append([]block{lead, spread}, functions...)
}

// domainsByScale is the same for several scales.
func (b *builder) domainsByScale() []block {
	out := b.byScale(func(v *builder) []block {
		var blocks []block
		if v.anyPercentiles(v.all) {
			spread := v.percentileFigure("spread", "spread", []publication.Cohort{v.all}, v.shownItems(), nil)
			spread.Figure.table = v.scoreTable()
			spread.Figure.table.ID = v.tagged(spread.Figure.table.ID)
			blocks = append(blocks, spread)
		}
		if radar, round := v.domainRadar(); round {
			blocks = append(blocks, radar)
		}
		return append(blocks, v.functions()...)
	})
	if len(out) == 0 {
		return nil
	}
	return append([]block{paragraph{b.rich("domains.lead-several")}}, out...)
}

// functions are the means of the tier above the domains, if any is shown and they do
// not stand on the first page.
func (b *builder) functions() []block {
	figure, shown := b.functionFigure()
	if !shown || b.functionsFirst() {
		return nil
	}
	return []block{subheading{Text: b.rich("functions")}, paragraph{b.rich("functions.lead")}, figure}
}

// functionsFirst reports whether functions take the place of domains on the first page,
// where only their means can be shown.
func (b *builder) functionsFirst() bool {
	_, shown := b.functionFigure()
	return shown && !b.anyDomain()
}

// functionFigure draws the means of the functions, and reports whether there are
// functions of which any is shown.
func (b *builder) functionFigure() (plate, bool) {
	t := table{ID: "table-functions", Header: []rich{b.rich("column.function"), b.rich("column.mean")}}
	c := chart{axis: b.levels(), legend: append([]legendItem{b.meanLegend()}, b.levelNames()...)}
	shown := false
	for i, f := range b.all.Functions {
		if !b.seesFunction(i) {
			continue
		}
		of := b.release.Instrument.Functions[i]
		t.Rows = append(t.Rows, []rich{foreign(of.Title), b.level(f.Mean)})
		c.rows = append(c.rows, b.meanRow(labelOf(of.Title, of.ID), f.Mean))
		shown = shown || f.Mean.Status == publication.Published
	}
	return b.plate("functions", "functions", t, c.draw, "confidence", b.percentage(b.release.Confidence)), shown
}

// shownItems are the overall score and, unless none of them shows a number, the
// domains.
func (b *builder) shownItems() []item {
	all := b.items()
	if b.anyDomain() {
		return all
	}
	return slices.DeleteFunc(all, func(it item) bool { return !it.above })
}

// anyDomain reports whether a mean or a percentile of a domain is shown for all
// companies.
func (b *builder) anyDomain() bool {
	return slices.ContainsFunc(b.seen(), func(d publication.CohortDomain) bool {
		return d.Mean.Status == publication.Published || anyShown(d.Percentiles)
	})
}

// scoreTable are the mean and the percentiles of every item.
func (b *builder) scoreTable() table {
	t := table{
		ID: "table-scores", Caption: b.said(b.rich("table.scores")),
		Header: append([]rich{b.rich("column.score"), b.rich("column.mean")}, b.percentileHeader()...),
	}
	for _, it := range b.shownItems() {
		s := it.score(b.all)
		t.Rows = append(t.Rows, append([]rich{it.title(), b.level(s.Mean)}, b.percentileCells(s.Percentiles)...))
	}
	return t.trimmed()
}

// domainFigure draws the means of all items; there are no rows if none is
// shown.
func (b *builder) domainFigure() plate {
	c := chart{axis: b.levels(), legend: append([]legendItem{b.meanLegend()}, b.levelNames()...)}
	shown := false
	for _, it := range b.shownItems() {
		s := it.score(b.all)
		row := b.meanRow(it.label, s.Mean)
		row.bold = it.above
		c.rows = append(c.rows, row)
		shown = shown || s.Mean.Status == publication.Published
	}
	t := b.scoreTable()
	if !shown {
		t.Rows = nil
	}
	return b.plate("domains", b.yes("domains"), t, c.draw, "name", b.top().Name, "confidence", b.percentage(b.release.Confidence))
}

// meanRow is a mean on its interval.
func (b *builder) meanRow(l label, e publication.Estimate) chartRow {
	row := chartRow{label: l, value: b.level(e).String(), height: 12}
	if e.Status != publication.Published {
		row.mark = blank
		return row
	}
	if b.binary() {
		row.height = 14
		row.mark = func(s *scene, x func(float64) float64, y float64) {
			bar(s, x, float64(b.release.Instrument.Scale[0].Level), y, e)
		}
		return row
	}
	row.mark = func(s *scene, x func(float64) float64, y float64) {
		interval(s, x(e.Low), x(e.Value), x(e.High), y, accent)
	}
	return row
}

// meanLegend explains the mark of a mean.
func (b *builder) meanLegend() legendItem {
	if b.binary() {
		return b.barLegend()
	}
	return b.intervalLegend()
}

// blank is the mark of a number that is not there; the words beside it say so.
func blank(s *scene, x func(float64) float64, y float64) {
	from, to := x(math.Inf(-1)), x(math.Inf(1))
	s.hatch(from, y-4, to-from, 8)
}

func (b *builder) intervalLegend() legendItem {
	return legendItem{
		mark:  func(s *scene, x, y float64) { interval(s, x-8, x, x+8, y, accent) },
		label: label{text: b.say("legend.interval", "confidence", b.percentage(b.release.Confidence))},
	}
}

func (b *builder) blankLegend() legendItem {
	return legendItem{mark: func(s *scene, x, y float64) { s.hatch(x-8, y-4, 16, 8) }, label: label{text: b.say("legend.hidden")}}
}
