package report

import (
	"encoding/csv"
	"image/color"
	"io"
	"math"
	"slices"

	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/publication"
)

// smoothedHeader are the columns of [SmoothedCSV].
var smoothedHeader = []string{"cohort", "item", "wave", "published", "published_low", "published_high", "smoothed", "smoothed_low", "smoothed_high", "seen_from"}

// SmoothedCSV writes the means of all waves as they were published and as they are seen from the last wave, a
// row for every wave of [compare.Changes.Series]: columns cohort, item (of the last wave), wave, the published
// value and its interval, the smoothed value and its interval, and seen_from, the wave from which it is
// seen. Smoothed values replace nothing that was published and are others when a wave is added. It
// is spelt as [ChangesCSV]. The error is the writer's.
func SmoothedCSV(w io.Writer, c *compare.Changes) error {
	table := csv.NewWriter(w)
	if err := table.Write(smoothedHeader); err != nil {
		return err
	}
	cells := func(e publication.Estimate) []string {
		if e.Status != publication.Published {
			return make([]string, 3)
		}
		return []string{number(e.Value), number(e.Low), number(e.High)}
	}
	for _, s := range c.Series {
		for i, p := range s.Points {
			row := slices.Concat([]string{s.Cohort, s.Item, c.Waves[i].Wave}, cells(p.Published), cells(p.Smoothed), []string{c.Waves[len(c.Waves)-1].Wave})
			if err := table.Write(row); err != nil {
				return err
			}
		}
	}
	table.Flush()
	return table.Error()
}

// smoothed are the tables of the series, cohort by cohort.
func (n names) smoothed(c *compare.Changes) []block {
	last := c.Waves[len(c.Waves)-1].Wave
	out := []block{paragraph{n.texts.rich("changes.seen-lead", "wave", last)}}
	header := []rich{n.texts.rich("column.item")}
	for _, w := range c.Waves {
		header = append(header, foreign(w.Wave))
	}
	for first := 0; first < len(c.Series); {
		cohort := c.Series[first].Cohort
		t := table{Header: header}
		for ; first < len(c.Series) && c.Series[first].Cohort == cohort; first++ {
			row := []rich{n.item(c.Series[first].Item)}
			for _, p := range c.Series[first].Points {
				row = append(row, n.texts.estimate(p.Smoothed))
			}
			t.Rows = append(t.Rows, row)
		}
		out = append(out, subheading{Text: n.cohort(cohort)}, t)
	}
	return out
}

// leastSeen is in how many waves a mean must be smoothed to be drawn: between two there is
// nothing but their change.
const leastSeen = 3

// smoothed is the mean of an item of all companies in all waves as it is seen from the last one; nil where it is in
// too few.
func (b *builder) smoothed(item string) []publication.Estimate {
	for _, series := range b.changes.Series {
		if series.Cohort != publication.AllCohort || series.Item != item {
			continue
		}
		var list []publication.Estimate
		shown := 0
		for _, p := range series.Points {
			if list = append(list, p.Smoothed); p.Smoothed.Status == publication.Published {
				shown++
			}
		}
		if shown >= leastSeen {
			return list
		}
	}
	return nil
}

// smoothedRow is the row of a table beside that of the published means.
func (b *builder) smoothedRow(item rich, seen []publication.Estimate) []rich {
	row := []rich{b.rich("column.seen", "item", item, "to", b.release.Wave)}
	for _, e := range seen {
		row = append(row, b.level(e))
	}
	return row
}

// smoothedLegend tells the published means from the smoothed ones.
func (b *builder) smoothedLegend() []legendItem {
	return []legendItem{
		{label: label{text: b.say("legend.shown")}, mark: func(sc *scene, x, y float64) {
			sc.stroke(x-9, y, x+9, y, 1.2, muted)
			sc.add(dot{point{x, y}, 3, muted, nil})
		}},
		{label: label{text: b.say("legend.seen", "to", b.release.Wave)}, mark: func(sc *scene, x, y float64) {
			dashes(sc, point{x - 9, y}, point{x + 9, y}, muted)
			hollow(sc, point{x, y}, muted)
		}},
	}
}

// dashes is a thin broken line.
func dashes(s *scene, from, to point, tone color.Color) {
	const dash, gap = 3.0, 3.0
	long := math.Hypot(to.x-from.x, to.y-from.y)
	at := func(d float64) point {
		return point{from.x + (to.x-from.x)*d/long, from.y + (to.y-from.y)*d/long}
	}
	for d := 0.0; d < long; d += dash + gap {
		s.add(line{points: []point{at(d), at(min(d+dash, long))}, color: tone, width: 1})
	}
}

// hollow is a ring.
func hollow(s *scene, at point, tone color.Color) { s.add(dot{at, 3, card, tone}) }
