package translate

import (
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/codebook"
)

// Codebook is what sheets of an instrument can hold.
func Codebook(spec instrument.Spec) *codebook.Instrument {
	c := &codebook.Instrument{NoAnswer: spec.NoAnswer, Ignore: spec.Ignore}
	places, _, _ := spec.Axis()
	levels := func(scale []instrument.Level, places []int) (list []codebook.Level) {
		for i, level := range scale {
			list = append(list, codebook.Level{Number: level.Level, Name: level.Name, Test: level.Test, Code: uint8(places[i] + 1)})
		}
		return list
	}
	number := map[string]int{}
	for i, scale := range spec.Scales {
		number[scale.ID] = i
		c.Scales = append(c.Scales, nil)
	}
	for d, domain := range spec.Domains {
		if scale := number[domain.Scale]; spec.Several() {
			c.Scales[scale] = levels(spec.Scales[scale].Levels, places[d])
		} else {
			c.Levels = levels(spec.Scale, places[d])
		}
		for _, question := range domain.Questions {
			c.Questions = append(c.Questions, codebook.Question{ID: question.ID, Text: question.Text, Scale: number[domain.Scale]})
		}
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
