package codebook

import (
	"fmt"
	"strings"
)

// Answers and values that a sheet is expected to hold, for problems. None of
// these texts says what was found instead.

// ExpectAnswer says what is expected of an answer to a question where a text has no code.
func (in *Instrument) ExpectAnswer(question int, miss Miss) string {
	levels := in.LevelsOf(question)
	first, last := levels[0].Number, levels[len(levels)-1].Number
	expected := fmt.Sprintf("a level from %d to %d, or no answer", first, last)
	switch miss {
	case Between:
		expected += "; a number between levels is none"
	case Outside:
		expected += "; a longer scale, such as percent, needs bands (answers: in a mapping)"
	}
	return expected
}

// ExpectValue says what is expected of an attribute where a text has no code.
func (in *Instrument) ExpectValue(a int, miss Miss) string {
	expected := "a value of this attribute, or nothing"
	if list := in.values(a); list != "" {
		expected = "a value of this attribute (" + list + "), or nothing"
	}
	switch miss {
	case Several:
		expected = "one value of this attribute, not several"
	case Date:
		expected += "; has a spreadsheet turned a band into a date? (values: in a mapping)"
	}
	return expected
}

// values lists the ids of an attribute's values, if they are few.
func (in *Instrument) values(a int) string {
	const few = 80
	var ids []string
	for _, value := range in.Attributes[a].Values {
		ids = append(ids, value.ID)
	}
	if list := strings.Join(ids, ", "); len(list) <= few {
		return list
	}
	return ""
}
