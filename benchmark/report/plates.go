package report

import (
	"math"

	fixed "maturitybench/benchmark/internal/decimal"
	"maturitybench/benchmark/publication"
)

// plate makes a figure of the report. Its title and description are texts of
// the report with the key name and values.
func (b *builder) plate(name, key string, t table, draw func(width float64) *scene, pairs ...any) plate {
	key = b.unmixed(key)
	f := Figure{
		Name: b.tagged(name), Description: b.say("figure."+key+".text", pairs...),
		title: b.figureTitle(key, pairs...), text: b.rich("figure."+key+".text", pairs...),
		table: t, texts: b.texts, draw: draw, source: b.source(),
	}
	f.Title = f.title.String()
	if len(t.Caption) == 0 {
		f.table.Caption = f.title
	}
	if t.ID == "" {
		f.table.ID = "table-" + name
	}
	f.table.ID = b.tagged(f.table.ID)
	return plate{Figure: f}
}

// figureTitle is the title of a figure; of one of several scales it names it.
func (b *builder) figureTitle(key string, pairs ...any) rich {
	return b.said(b.rich("figure."+key, pairs...))
}

// unmixed is the key of the texts of a figure, or of their twins where there is no overall
// score.
func (b *builder) unmixed(key string) string {
	if _, ok := b.texts["figure."+key+"-several"]; ok && b.view.whole != nil {
		return key + "-several"
	}
	return key
}

// source is the line below a figure that stands alone: whose numbers these are,
// and of when.
func (b *builder) source() string {
	r, o := b.release, b.options
	s := b.say("figure.source", "title", r.Instrument.Title, "wave", r.Wave)
	if o.Publisher != "" {
		s = clean(o.Publisher) + ": " + s
	}
	if date := b.date(); len(date) > 0 {
		s += " " + b.say("figure.dated", "date", date)
	}
	s += " " + b.say("figure.confidence", "confidence", b.percentage(r.Confidence))
	if r.Privacy.Noise == publication.TestNoise {
		s += " " + b.say("figure.test-noise")
	}
	if isSynthetic(r) {
		s += " " + b.say("figure.synthetic")
	}
	return s
}

// highest is the highest score.
func (b *builder) highest() string {
	_, high := b.release.Instrument.ScoreEnds()
	return b.number(high)
}

// mostTicks is the largest number of whole units of a scale of scores that each get a
// tick.
const mostTicks = 10

// levels is an axis over the whole scale of scores; over one of two levels it is in
// percent.
func (b *builder) levels() axis {
	if b.release.Instrument.Scores == nil {
		return b.answers()
	}
	var a axis
	a.low, a.high = b.release.Instrument.ScoreEnds()
	parts := 4
	if units := a.high - a.low; units == math.Trunc(units) && units <= mostTicks {
		parts = int(units)
	}
	for i := range parts + 1 {
		at := fixed.ToMicros(a.low + float64(i)*(a.high-a.low)/float64(parts))
		a.ticks = append(a.ticks, tick{at.Float(), b.spelt(at.Trimmed())})
	}
	return a
}

// answers is an axis over what the levels count, on which the means of practices are; over
// two levels it is in percent.
func (b *builder) answers() axis {
	in := b.release.Instrument
	var a axis
	a.low, a.high = in.Ends()
	if b.binary() {
		for _, t := range b.percentAxis().ticks {
			a.ticks = append(a.ticks, tick{a.low + t.at, t.text})
		}
		return a
	}
	for i := range in.Scale {
		a.ticks = append(a.ticks, tick{in.LevelValue(i), b.number(in.LevelValue(i))})
	}
	return a
}

// levelNames explain the axis of scores, where it has the levels.
func (b *builder) levelNames() []legendItem {
	if b.release.Instrument.Scores != nil {
		return nil
	}
	return b.answerNames()
}

// answerNames explain the axis of answers: what every level counts, and its name.
func (b *builder) answerNames() []legendItem {
	if b.binary() {
		return nil
	}
	var items []legendItem
	for i, l := range b.release.Instrument.Scale {
		of := b.levelLabel(l)
		if l.Value != "" {
			of = label{clean(b.spelt(string(l.Value)) + " " + l.Name), string(l.Value)}
		}
		items = append(items, legendItem{label: of, first: i == 0})
	}
	return items
}

// reference is a text of the report that leads to another place in it.
func (t texts) reference(to, key string) rich {
	out := t.rich(key)
	for i := range out {
		out[i].To = to
	}
	return out
}
