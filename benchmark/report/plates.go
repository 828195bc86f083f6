package report

import (
	"strconv"

	"maturitybench/benchmark/publication"
)

// plate makes a figure of the report. Its title and description are texts of
// the report with the key name and values.
func (b *builder) plate(name, key string, t table, draw func(width float64) *scene, pairs ...any) plate {
	f := Figure{
		Name: name, Title: b.say("figure."+key, pairs...), Description: b.say("figure."+key+".text", pairs...),
		title: b.rich("figure."+key, pairs...), text: b.rich("figure."+key+".text", pairs...),
		table: t, texts: b.texts, draw: draw, source: b.source(),
	}
	if len(t.Caption) == 0 {
		f.table.Caption = f.title
	}
	if t.ID == "" {
		f.table.ID = "table-" + name
	}
	return plate{Figure: f}
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

// levels is an axis over the whole scale; over one of two levels it is in
// percent.
func (b *builder) levels() axis {
	scale := b.release.Instrument.Scale
	a := axis{low: float64(scale[0].Level), high: float64(b.top().Level)}
	if b.binary() {
		for _, t := range b.percentAxis().ticks {
			a.ticks = append(a.ticks, tick{a.low + t.at, t.text})
		}
		return a
	}
	for _, l := range scale {
		a.ticks = append(a.ticks, tick{float64(l.Level), strconv.Itoa(l.Level)})
	}
	return a
}

// levelNames explain the axis of levels.
func (b *builder) levelNames() []legendItem {
	if b.binary() {
		return nil
	}
	var items []legendItem
	for i, l := range b.release.Instrument.Scale {
		items = append(items, legendItem{label: b.levelLabel(l), first: i == 0})
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
