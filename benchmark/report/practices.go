package report

import (
	"fmt"
	"image/color"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
)

// practices are the means, distributions and shares at or above a level of
// every question, by domain.
func (b *builder) practices() []block {
	out := []block{paragraph{b.rich("practices.lead")}}
	at := 0
	for _, d := range b.release.Instrument.Domains {
		questions := b.all.Questions[at:][:len(d.Questions)]
		at += len(d.Questions)
		out = append(out, subheading{foreign(d.Title)})
		p := practicesOf{b, d, questions}
		anyMean := p.any(func(q publication.CohortQuestion) publication.Estimate { return q.Mean })
		anyShare := p.any(func(q publication.CohortQuestion) publication.Estimate { return q.Shares[0] })
		means := p.means()
		means.Repeats = anyShare
		switch {
		case anyMean:
			out = append(out, means)
		case !anyShare:
			out = append(out, means.Figure.table)
		}
		if anyShare {
			out = append(out, p.distribution(), p.atLeast())
		} else {
			out = append(out, paragraph{b.rich("practices.withheld")})
		}
	}
	return out
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

// label is a practice in a figure.
func (b *builder) practiceLabel(id string) label {
	return label{clean(id + " " + b.names.practice(id)), id}
}

func (p practicesOf) means() plate {
	t := table{Header: []rich{p.rich("column.practice"), p.rich("column.mean")}}
	c := chart{axis: p.levels(), legend: append([]legendItem{p.intervalLegend()}, p.levelNames()...)}
	for _, q := range p.questions {
		t.Rows = append(t.Rows, []rich{p.names.full(q.ID), p.estimate(q.Mean)})
		c.rows = append(c.rows, p.meanRow(p.practiceLabel(q.ID), q.Mean))
	}
	return p.plate("practices-"+p.domain.ID, "practices", t, c.draw, "domain", p.domain.Title, "confidence", percentage(p.release.Confidence))
}

func (p practicesOf) distributionTable() table {
	t := table{Header: []rich{p.rich("column.practice"), p.rich("column.mean")}}
	for _, l := range p.release.Instrument.Scale {
		t.Header = append(t.Header, foreign(fmt.Sprint(l.Level)))
	}
	for _, q := range p.questions {
		row := []rich{p.names.full(q.ID), p.estimate(q.Mean)}
		if q.Shares[0].Status == publication.Published {
			for _, n := range percents(q) {
				row = append(row, rich{{Text: fmt.Sprintf("%d%%", n), Kind: numeric}})
			}
		} else {
			for range q.Shares {
				row = append(row, p.status(publication.Withheld))
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (p practicesOf) distribution() plate {
	c := chart{axis: percentAxis()}
	scale := p.release.Instrument.Scale
	for i, l := range scale {
		fill := levelColor(i, len(scale))
		c.legend = append(c.legend, legendItem{
			mark:  func(s *scene, x, y float64) { s.add(rect(x-7, y-6, 14, 12, fill, faint)) },
			label: p.levelLabel(l),
		})
	}
	blanks := false
	for _, q := range p.questions {
		row := chartRow{label: p.practiceLabel(q.ID), height: 18, mark: blank}
		if q.Shares[0].Status != publication.Published {
			blanks = true
		} else {
			row.mark = func(s *scene, x func(float64) float64, y float64) { stack(s, x, y, percents(q)) }
		}
		c.rows = append(c.rows, row)
	}
	if blanks {
		c.legend = append(c.legend, p.blankLegend())
	}
	return p.plate("distribution-"+p.domain.ID, "distribution", p.distributionTable(), c.draw, "domain", p.domain.Title)
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

// atLeast are the shares at or above every level but the lowest; the figure
// draws that of the middle of the scale.
func (p practicesOf) atLeast() plate {
	scale := p.release.Instrument.Scale
	t := table{Header: []rich{p.rich("column.practice")}}
	for _, l := range scale[1:] {
		t.Header = append(t.Header, p.rich("column.at-least", "level", l.Level))
	}
	shown := len(scale) / 2 // of the levels, at least 1
	c := chart{axis: percentAxis(), legend: []legendItem{p.intervalLegend()}}
	for _, q := range p.questions {
		cells := []rich{foreign(q.ID)}
		for _, e := range q.AtLeast {
			cells = append(cells, p.share(e))
		}
		t.Rows = append(t.Rows, cells)
		c.rows = append(c.rows, p.shareRow(p.practiceLabel(q.ID), q.AtLeast[shown-1]))
	}
	level := scale[shown]
	return p.plate("at-least-"+p.domain.ID, "at-least", t, c.draw,
		"domain", p.domain.Title, "level", level.Level, "name", level.Name, "confidence", percentage(p.release.Confidence))
}

// shareRow is a share on its interval.
func (b *builder) shareRow(l label, e publication.Estimate) chartRow {
	row := b.meanRow(l, e)
	row.value = b.share(e).String()
	return row
}
