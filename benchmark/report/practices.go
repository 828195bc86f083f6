package report

import (
	"fmt"
	"image/color"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
)

// practices are those of one domain: how the companies are spread over the
// levels, and the means. There are none without a number of one practice.
func (b *builder) practices(domain int) []block {
	at := 0
	for _, d := range b.release.Instrument.Domains[:domain] {
		at += len(d.Questions)
	}
	d := b.release.Instrument.Domains[domain]
	p := practicesOf{b, d, b.all.Questions[at:][:len(d.Questions)]}
	means := p.any(func(q publication.CohortQuestion) publication.Estimate { return q.Mean })
	shares := p.any(func(q publication.CohortQuestion) publication.Estimate { return q.Shares[0] })
	if !means && !shares {
		return nil
	}
	var out []block
	if b.asks(askedScores) {
		out = append(out, paragraph{p.lead(b.all.Domains[domain])})
	}
	switch {
	case p.binary():
		return append(out, p.upper())
	case shares:
		figure := p.distribution()
		figure.More = []table{p.atLeast().trimmed()}
		return append(out, figure)
	}
	if !b.asks(askedShares) {
		return append(out, p.means())
	}
	return append(out, p.means(), paragraph{b.rich("practices.withheld", "why", b.reference("hidden", "why"))})
}

// practicesOf are the practices of one domain.
type practicesOf struct {
	*builder
	domain    instrument.Domain
	questions []publication.CohortQuestion
}

func (p practicesOf) any(of func(publication.CohortQuestion) publication.Estimate) bool {
	for _, q := range p.questions {
		if of(q).Status == publication.Published {
			return true
		}
	}
	return false
}

// lead says where the companies are in the domain.
func (p practicesOf) lead(d publication.CohortDomain) rich {
	if d.Mean.Status != publication.Published {
		return p.rich("practices.no-mean", "why", p.reference("hidden", "why"))
	}
	out := p.rich("practices.lead", "mean", p.level(d.Mean))
	if q := d.Percentiles.Quartiles(); q[0].Status == publication.Published {
		out = append(out, p.rich("practices.quartiles", "low", p.level(q[0]), "high", p.level(q[2]))...)
	}
	return out
}

// means are the means alone, where no share is shown.
func (p practicesOf) means() plate {
	c := chart{axis: p.answers(), legend: append([]legendItem{p.intervalLegend()}, p.answerNames()...)}
	for _, q := range p.questions {
		c.rows = append(c.rows, p.meanRow(p.practiceLabel(q.ID), q.Mean))
	}
	return p.plate("practices-"+p.domain.ID, "practices", p.table(), c.draw, "domain", p.domain.Title, "confidence", p.percentage(p.release.Confidence))
}

// table are the mean and the percentages at each level.
func (p practicesOf) table() table {
	t := table{
		ID: "table-practices-" + p.domain.ID, Caption: p.rich("table.practices", "domain", p.domain.Title),
		Header: []rich{p.rich("column.practice"), p.rich("column.mean")},
	}
	for _, l := range p.release.Instrument.Scale {
		t.Header = append(t.Header, foreign(fmt.Sprint(l.Level)))
	}
	for _, q := range p.questions {
		row := []rich{p.names.full(q.ID), p.level(q.Mean)}
		for i := range q.Shares {
			cell := p.status(publication.Withheld)
			if q.Shares[0].Status == publication.Published {
				cell = rich{{Text: p.whole(percents(q)[i]), Kind: numeric}}
			}
			row = append(row, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t.trimmed()
}

// distribution draws the percentages at each level beside the means.
func (p practicesOf) distribution() plate {
	d := panels{left: p.percentAxis(), right: p.answers()}
	scale := p.release.Instrument.Scale
	for i, l := range scale {
		fill := levelColor(i, len(scale))
		d.legend = append(d.legend, legendItem{
			mark:  func(s *scene, x, y float64) { s.add(rect(x-7, y-6, 14, 12, fill, faint)) },
			label: p.levelLabel(l),
		})
	}
	d.legend = append(d.legend, p.intervalLegend())
	blanks := false
	for _, q := range p.questions {
		row := panelRow{label: p.practiceLabel(q.ID), value: p.level(q.Mean).String(), left: blank, right: p.meanRow(label{}, q.Mean).mark}
		if q.Shares[0].Status == publication.Published {
			row.left = func(s *scene, x func(float64) float64, y float64) { stack(s, x, y, percents(q)) }
		}
		blanks = blanks || q.Shares[0].Status != publication.Published || q.Mean.Status != publication.Published
		d.rows = append(d.rows, row)
	}
	if blanks {
		d.legend = append(d.legend, p.blankLegend())
	}
	return p.plate("practices-"+p.domain.ID, "distribution", p.table(), d.draw, "domain", p.domain.Title, "confidence", p.percentage(p.release.Confidence))
}

// levelColor is the colour of the i-th of n levels.
func levelColor(i, n int) color.NRGBA { return shade(float64(i) / float64(n-1)) }

// stack draws percentages side by side, with the numbers that fit.
func stack(s *scene, x func(float64) float64, y float64, whole []int) {
	at := 0
	for i, n := range whole {
		fill := levelColor(i, len(whole))
		from, to := x(float64(at)/100), x(float64(at+n)/100)
		at += n
		if n <= 0 {
			continue
		}
		s.add(rect(from, y-9, to-from, 18, fill, faint))
		text := fmt.Sprint(n)
		if textWidth(text, smallSize, false)+5 <= to-from {
			s.add(words{at: point{(from + to) / 2, y + 4}, text: text, anchor: middle, size: smallSize, color: onto(fill)})
		}
	}
}

// atLeast are the shares at or above every level but the lowest.
func (p practicesOf) atLeast() table {
	t := table{
		ID: "table-at-least-" + p.domain.ID, Caption: p.rich("table.at-least", "domain", p.domain.Title),
		Header: []rich{p.rich("column.practice")},
	}
	for _, l := range p.release.Instrument.Scale[1:] {
		t.Header = append(t.Header, p.rich("column.at-least", "level", l.Level))
	}
	for _, q := range p.questions {
		cells := []rich{p.names.full(q.ID)}
		for _, e := range q.AtLeast {
			cells = append(cells, p.share(e))
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// upper draws, on a scale of two levels, the share of companies at the upper
// one. Where it is not shown by itself it is the mean less the lower level.
func (p practicesOf) upper() plate {
	name := p.top().Name
	t := table{
		ID: "table-practices-" + p.domain.ID, Caption: p.rich("table.upper", "domain", p.domain.Title, "name", name),
		Header: []rich{p.rich("column.practice"), p.rich("column.upper", "name", name)},
	}
	c := chart{axis: p.percentAxis(), legend: []legendItem{p.barLegend()}}
	low := float64(p.release.Instrument.Scale[0].Level)
	for _, q := range p.questions {
		e := q.AtLeast[0]
		if e.Status != publication.Published {
			e = q.Mean
			e.Value, e.Low, e.High = e.Value-low, e.Low-low, e.High-low
		}
		row := chartRow{label: p.practiceLabel(q.ID), value: p.round(e).String(), height: 14, mark: blank}
		if e.Status == publication.Published {
			row.mark = func(s *scene, x func(float64) float64, y float64) { bar(s, x, 0, y, e) }
		}
		c.rows = append(c.rows, row)
		t.Rows = append(t.Rows, []rich{p.names.full(q.ID), p.round(e)})
	}
	return p.plate("practices-"+p.domain.ID, "upper", t, c.draw, "domain", p.domain.Title, "name", name, "confidence", p.percentage(p.release.Confidence))
}

// shareRow is a share on its interval.
func (b *builder) shareRow(l label, e publication.Estimate) chartRow {
	row := chartRow{label: l, value: b.share(e).String(), height: 12, mark: blank}
	if e.Status == publication.Published {
		row.mark = func(s *scene, x func(float64) float64, y float64) {
			interval(s, x(e.Low), x(e.Value), x(e.High), y, accent)
		}
	}
	return row
}
