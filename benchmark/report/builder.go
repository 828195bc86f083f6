package report

import (
	"cmp"
	"strconv"

	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
)

// builder writes the document of one release.
type builder struct {
	texts
	release *publication.Release
	options Options
	names   names
	all     publication.Cohort
	changes *compare.Changes // since the earlier releases; nil without any
}

// plate makes a figure of the report. Its title and description are texts of
// the report with the key name and values.
func (b *builder) plate(name, key string, t table, draw func(width float64) *scene, pairs ...any) plate {
	f := Figure{
		Name: name, Title: b.say("figure."+key, pairs...), Description: b.say("figure."+key+".text", pairs...),
		text: b.rich("figure."+key+".text", pairs...), table: t, texts: b.texts, draw: draw, source: b.source(),
	}
	f.table.Caption = b.rich("figure."+key, pairs...)
	return plate{Figure: f}
}

// source is the line below a figure that stands alone.
func (b *builder) source() string {
	r := b.release
	s := b.say("figure.source", "title", r.Instrument.Title, "wave", r.Wave, "id", r.ID, "confidence", percentage(r.Confidence))
	if r.Privacy.Noise == publication.TestNoise {
		s += " " + b.say("figure.test-noise")
	}
	if isSynthetic(r) {
		s += " " + b.say("figure.synthetic")
	}
	return s
}

// levels is an axis over the whole scale.
func (b *builder) levels() axis {
	scale := b.release.Instrument.Scale
	a := axis{low: float64(scale[0].Level), high: float64(scale[len(scale)-1].Level)}
	for _, l := range scale {
		a.ticks = append(a.ticks, tick{float64(l.Level), strconv.Itoa(l.Level)})
	}
	return a
}

// levelNames explain the axis of levels.
func (b *builder) levelNames() []legendItem {
	var items []legendItem
	for i, l := range b.release.Instrument.Scale {
		items = append(items, legendItem{label: b.levelLabel(l), first: i == 0})
	}
	return items
}

func (b *builder) levelLabel(l instrument.Level) label {
	id := strconv.Itoa(l.Level)
	return label{clean(id + " " + l.Name), id}
}

// title of an attribute's or domain's label in a figure.
func labelOf(title, id string) label { return label{clean(cmp.Or(title, id)), id} }
