package report

import (
	"fmt"
	"slices"

	"maturitybench/benchmark/publication"
)

// extremes are the practices that are surely high or low.
func (b *builder) extremes() []block {
	places := ranking(b.all)
	if len(places) == 0 {
		return []block{paragraph{b.rich("extremes.none")}}
	}
	out := []block{paragraph{b.rich("extremes.lead", "total", len(places))}}
	t := table{Texts: 2, Header: []rich{b.rich("column.practice"), b.rich("column.end"), b.rich("column.mean"), b.rich("column.rank")}}
	c := chart{axis: b.levels(), legend: append([]legendItem{b.intervalLegend()}, b.levelNames()...)}
	var remarks []block
	for _, end := range []struct {
		key  string
		list ends
	}{{"extremes.highest", highest(places)}, {"extremes.lowest", lowest(places)}} {
		for i, p := range end.list.places {
			t.Rows = append(t.Rows, []rich{b.names.full(p.id), b.rich(end.key), b.estimate(p.mean), foreign(p.rank())})
			row := b.meanRow(b.practiceLabel(p.id), p.mean)
			if i == 0 {
				row.group = label{text: b.say(end.key)}
			}
			c.rows = append(c.rows, row)
		}
		switch {
		case len(end.list.places) == 0:
			remarks = append(remarks, paragraph{b.rich(end.key + "-none")})
		case end.list.more > 0:
			remarks = append(remarks, paragraph{b.rich(end.key+"-more", "more", end.list.more)})
		}
	}
	if len(t.Rows) > 0 {
		out = append(out, b.plate("ranking", "ranking", t, c.draw, "confidence", percentage(b.release.Confidence)))
	}
	return append(out, remarks...)
}

// work are the practices with most to gain.
func (b *builder) work() []block {
	places := ranking(b.all)
	if len(places) == 0 {
		return []block{paragraph{b.rich("work.none")}}
	}
	sure := lowest(places).places
	slices.Reverse(places)
	listed := places[:min(len(places), longest)]
	list := steps{}
	certain := 0
	for _, p := range listed {
		list.Items = append(list.Items, b.rich("work.item", "practice", strong(b.names.full(p.id)), "mean", b.estimate(p.mean), "atleast", b.reached(p.id)))
		if slices.ContainsFunc(sure, func(s place) bool { return s.id == p.id }) {
			certain++
		}
	}
	verdict := b.rich("work.some", "sure", certain)
	switch certain {
	case 0:
		verdict = b.rich("work.unsure")
	case len(listed):
		verdict = b.rich("work.sure")
	}
	return []block{paragraph{b.rich("work.lead")}, list, paragraph{verdict}}
}

// reached says how many companies are at the middle of the scale or above.
func (b *builder) reached(id string) rich {
	q, _ := b.all.Question(id)
	scale := b.release.Instrument.Scale
	level := scale[len(scale)/2]
	e := q.AtLeast[len(scale)/2-1]
	if e.Status != publication.Published {
		return rich{}
	}
	return b.rich("work.at-least", "share", b.share(e), "level", fmt.Sprint(level.Level), "name", level.Name)
}
