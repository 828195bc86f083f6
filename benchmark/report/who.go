package report

import (
	"math"
	"strconv"

	"maturitybench/benchmark/publication"
)

// who draws how many companies answered, by the cohorts that are shown: as bars, and
// as a ring where every value of an attribute is shown. There are no rows without one.
func (b *builder) who() plate {
	t := table{ID: "table-who", Header: []rich{b.rich("column.cohort"), b.rich("column.companies")}}
	w := who{chart: chart{beside: true, legend: []legendItem{b.barLegend()}}}
	most := b.all.Companies.High
	add := func(l, group label, title rich, cohort publication.Cohort, bars bool) {
		size := b.estimate(cohort.Companies)
		t.Rows = append(t.Rows, []rich{title, size})
		if !bars {
			return
		}
		most = max(most, cohort.Companies.High)
		w.chart.rows = append(w.chart.rows, chartRow{
			label: l, group: group, value: size.String(), height: 12,
			mark: func(s *scene, x func(float64) float64, y float64) { bar(s, x, 0, y, cohort.Companies) },
		})
	}
	add(label{text: b.say("all")}, label{}, strong(b.rich("all")), b.all, true)
	w.chart.rows[0].bold = true
	for _, a := range b.release.Instrument.Attributes {
		siblings := b.siblings(a)
		shown := published(siblings)
		complete := len(shown) == len(siblings) && len(shown) > 1
		r := ring{title: labelOf(a.Title, a.ID)}
		for i, cohort := range shown {
			group := label{}
			if i == 0 {
				group = r.title
			}
			l := b.cohortLabel(a, cohort.ID)
			r.parts = append(r.parts, ringPart{l, cohort.Companies.Value, b.estimate(cohort.Companies).String()})
			add(l, group, b.names.cohort(cohort.ID), cohort, !complete)
		}
		if complete {
			w.rings = append(w.rings, r)
		}
	}
	if len(t.Rows) == 1 {
		t.Rows = nil
	}
	w.chart.axis = counts(most)
	return b.plate("who", "who", t, w.draw, "confidence", b.percentage(b.release.Confidence))
}

// who are bars of all companies and of the groups of attributes of which not all values
// are shown, and rings of the others. Without such groups all companies are a line.
type who struct {
	chart chart
	rings []ring
}

func (w who) draw(width float64) *scene {
	s := &scene{width: width}
	y := 0.0
	if all := w.chart.rows[0]; len(w.chart.rows) > 1 || len(w.rings) == 0 {
		s = w.chart.draw(width)
		y = s.height
	} else {
		s.add(words{at: point{width, 12}, text: all.value, anchor: finish, size: textSize, bold: true, color: ink})
		y = paragraphOf(s, all.label, textSize, true, 0, 0, width-textWidth(all.value, textSize, true)*wider-8, lineHeight)
	}
	for _, r := range w.rings {
		y = r.draw(s, y)
	}
	s.height = y
	return s
}

// counts is an axis from zero to a round number.
func counts(most float64) axis {
	step := math.Pow(10, math.Floor(math.Log10(max(most, 1))))
	for most/step < 2.5 {
		step /= 2
	}
	step = max(1, math.Round(step))
	a := axis{high: math.Ceil(most/step) * step}
	for v := 0.0; v <= a.high; v += step {
		a.ticks = append(a.ticks, tick{v, strconv.Itoa(int(v))})
	}
	return a
}

// bar draws an estimate as a bar from the lowest value on, with its interval.
func bar(s *scene, x func(float64) float64, lowest, y float64, e publication.Estimate) {
	s.add(rect(x(lowest), y-5, x(e.Value)-x(lowest), 10, bandColor, nil))
	if e.Low < e.High {
		s.stroke(x(e.Low), y, x(e.High), y, 1.5, accent)
		s.stroke(x(e.Low), y-4, x(e.Low), y+4, 1.5, accent)
		s.stroke(x(e.High), y-4, x(e.High), y+4, 1.5, accent)
	}
}

func (b *builder) barLegend() legendItem {
	return legendItem{
		mark: func(s *scene, x, y float64) {
			bar(s, func(v float64) float64 { return x - 8 + 16*v }, 0, y, publication.Estimate{Value: 0.7, Low: 0.4, High: 1})
		},
		label: label{text: b.say("legend.bar", "confidence", b.percentage(b.release.Confidence))},
	}
}
