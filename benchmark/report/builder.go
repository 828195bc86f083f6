package report

import (
	"fmt"

	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
)

// builder writes the document of one release.
type builder struct {
	texts
	release  *publication.Release // in the language of the texts, as far as its instrument has it
	original *publication.Release // as it is stored
	options  Options
	names    names
	all      publication.Cohort
	changes  *compare.Changes // since the earlier releases; nil without any
	view     view             // of one of several scales; zero: of everything
}

// binary reports whether the scale has two levels, as yes and no: scores are
// then shown as percentages of the upper one.
func (b *builder) binary() bool { return len(b.release.Instrument.Scale) == 2 }

// level is the cell of a mean or quartile of scores.
func (b *builder) level(e publication.Estimate) rich {
	if b.binary() && e.Status == publication.Published {
		low := float64(b.release.Instrument.Scale[0].Level)
		e.Value, e.Low, e.High = e.Value-low, e.Low-low, e.High-low
		return b.round(e)
	}
	return b.estimate(e)
}

// yes is the key of a text, or that of its twin for scales of two levels.
func (b *builder) yes(key string) string {
	if b.binary() {
		return key + "-yes"
	}
	return key
}

// top is the highest level of the scale.
func (b *builder) top() instrument.Level {
	scale := b.release.Instrument.Scale
	if len(scale) == 0 { // of several there is no top
		return instrument.Level{}
	}
	return scale[len(scale)-1]
}

// date is the day of publication in words, if it is known.
func (b *builder) date() rich {
	d := b.options.Date
	if d.IsZero() {
		return nil
	}
	key := "date"
	if d.Day() == 1 {
		key = "date.first"
	}
	return b.rich(key, "day", d.Day(), "month", b.rich(fmt.Sprintf("month.%d", d.Month())), "year", d.Year())
}
