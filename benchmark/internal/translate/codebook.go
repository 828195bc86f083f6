package translate

import (
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/codebook"
)

// Codebook is what sheets of an instrument can hold.
func Codebook(spec instrument.Spec) *codebook.Instrument {
	c := &codebook.Instrument{NoAnswer: spec.NoAnswer, Ignore: spec.Ignore}
	for _, level := range spec.Scale {
		c.Levels = append(c.Levels, codebook.Level{Number: level.Level, Name: level.Name, Test: level.Test})
	}
	for _, question := range spec.Questions() {
		c.Questions = append(c.Questions, codebook.Question{ID: question.ID, Text: question.Text})
	}
	for _, attribute := range spec.Attributes {
		a := codebook.Attribute{ID: attribute.ID, Title: attribute.Title}
		for _, value := range attribute.Values {
			a.Values = append(a.Values, codebook.Value{ID: value.ID, Title: value.Title})
		}
		c.Attributes = append(c.Attributes, a)
	}
	return c
}
