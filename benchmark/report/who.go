package report

import (
	"math"
	"strconv"

	"maturitybench/benchmark/publication"
)

// who draws how many companies answered, by the cohorts that are shown. There
// are no rows without one.
func (b *builder) who() plate {
	t := table{ID: "table-who", Header: []rich{b.rich("column.cohort"), b.rich("column.companies")}}
	c := chart{beside: true, legend: []legendItem{b.barLegend()}}
	most := b.all.Companies.High
	add := func(l, group label, title rich, cohort publication.Cohort) {
		size := b.estimate(cohort.Companies)
		t.Rows = append(t.Rows, []rich{title, size})
		most = max(most, cohort.Companies.High)
		c.rows = append(c.rows, chartRow{
			label: l, group: group, value: size.String(), height: 12,
			mark: func(s *scene, x func(float64) float64, y float64) { bar(s, x, 0, y, cohort.Companies) },
		})
	}
	add(label{text: b.say("all")}, label{}, strong(b.rich("all")), b.all)
	c.rows[0].bold = true
	shown := false
	for _, a := range b.release.Instrument.Attributes {
		siblings := b.siblings(a)
		if len(published(siblings)) == 0 {
			continue
		}
		shown = true
		for i, cohort := range published(siblings) {
			group := label{}
			if i == 0 {
				group = labelOf(a.Title, a.ID)
			}
			add(b.cohortLabel(a, cohort.ID), group, b.names.cohort(cohort.ID), cohort)
		}
	}
	if !shown {
		t.Rows, c.rows = nil, nil
	}
	c.axis = counts(most)
	return b.plate("who", "who", t, c.draw, "confidence", b.percentage(b.release.Confidence))
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
