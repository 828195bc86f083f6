package report

import (
	"fmt"
	"slices"

	"maturitybench/benchmark/publication"
)

// extremes are the practices that are surely high or low.
func (b *builder) extremes() []block {
	places := b.ranking()
	if len(places) == 0 {
		return nil
	}
	t := table{ID: "table-ranking", Texts: 2, Header: []rich{b.rich("column.practice"), b.rich("column.end"), b.meanColumn(), b.rich("column.rank")}}
	c := chart{axis: b.answers(), legend: append([]legendItem{b.meanLegend()}, b.answerNames()...)}
	var remarks []rich
	for _, end := range []struct {
		key  string
		list ends
	}{{"extremes.highest", highest(places)}, {"extremes.lowest", lowest(places)}} {
		for i, p := range end.list.places {
			t.Rows = append(t.Rows, []rich{b.names.full(p.id), b.rich(end.key), b.level(p.mean), foreign(p.rank())})
			row := b.meanRow(b.practiceLabel(p.id), p.mean)
			if i == 0 {
				row.group = label{text: b.say(end.key)}
			}
			c.rows = append(c.rows, row)
		}
		switch {
		case len(end.list.places) == 0:
			remarks = append(remarks, b.rich(end.key+"-none"))
		case end.list.more > 0:
			remarks = append(remarks, b.rich(end.key+"-more", "more", end.list.more))
		}
	}
	var out []block
	if len(t.Rows) > 0 {
		out = append(out, paragraph{b.rich("extremes.lead", "total", len(places))},
			b.plate("ranking", "ranking", t, c.draw, "confidence", b.percentage(b.release.Confidence)))
	}
	if len(out) > 0 && len(remarks) > 0 {
		out = append(out, paragraph{join(remarks, " ")})
	}
	if radar, ok := b.practiceRadar(); ok {
		out = append(out, radar)
	}
	return out
}

// work are the practices with most to gain, under a heading of their own if any
// practice is shown. Those of several scales have no common order: the chapter of the highest
// and lowest practices has each scale's.
func (b *builder) work() []block {
	if b.several() {
		return nil
	}
	places := b.ranking()
	if !b.asks(askedQuestions) {
		return nil
	}
	if len(places) == 0 {
		return []block{paragraph{b.rich("work.none", "why", b.reference("hidden", "why"))}}
	}
	sure := lowest(b.wideRanking()).places
	slices.Reverse(places)
	listed := places[:min(len(places), longest)]
	t := table{ID: "table-work", Header: []rich{b.rich("column.practice"), b.meanColumn()}}
	if !b.binary() { // of two levels it would be the mean again
		t.Header = append(t.Header, b.reachedColumn())
	}
	c := chart{axis: b.answers(), legend: []legendItem{b.meanLegend()}}
	certain := 0
	for _, p := range listed {
		row := []rich{b.names.full(p.id), b.level(p.mean)}
		if !b.binary() {
			row = append(row, b.reached(p.id))
		}
		t.Rows = append(t.Rows, row)
		c.rows = append(c.rows, b.meanRow(b.practiceLabel(p.id), p.mean))
		if slices.ContainsFunc(sure, func(s place) bool { return s.id == p.id }) {
			certain++
		}
	}
	verdict := b.rich("work.some", "sure", certain, "listed", len(listed))
	switch certain {
	case 0:
		verdict = b.rich("work.unsure")
	case len(listed):
		verdict = b.rich("work.sure")
	}
	return []block{
		subheading{Text: b.rich("work")},
		b.plate("work", b.yes("work"), t.trimmed(), c.draw, "name", b.top().Name, "confidence", b.percentage(b.release.Confidence)),
		paragraph{verdict},
	}
}

// meanColumn heads the means of practices: of two levels they are the companies that answer
// the upper one.
func (b *builder) meanColumn() rich {
	if b.binary() {
		return b.rich("column.upper", "name", b.top().Name)
	}
	return b.rich("column.mean")
}

// reachedColumn heads the shares of the companies at the middle of the scale
// or above.
func (b *builder) reachedColumn() rich {
	scale := b.release.Instrument.Scale
	return b.rich("column.at-least", "level", fmt.Sprint(scale[len(scale)/2].Level))
}

// reached says how many companies are at the middle of the scale or above.
func (b *builder) reached(id string) rich {
	q, _ := b.all.Question(id)
	e := q.AtLeast[len(b.release.Instrument.Scale)/2-1]
	if e.Status != publication.Published {
		return b.status(e.Status)
	}
	return b.share(e)
}
