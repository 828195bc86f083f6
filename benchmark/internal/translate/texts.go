package translate

import (
	"maps"
	"math"
	"slices"
	"strconv"

	"maturitybench/benchmark/internal/codebook"
	"maturitybench/benchmark/internal/fold"
	"maturitybench/benchmark/mapping"
)

func itoa(n int) string { return strconv.Itoa(n) }

// texts compiles what the cells mean.
func (c *compiler) texts() {
	prepare := func(t *codebook.Texts) *codebook.Texts {
		t.Numbers.Comma = c.m.Decimal == ","
		for _, text := range c.m.NoAnswer {
			t.Blank(text)
		}
		return t
	}
	common, scales := c.in.AnswersOf(), c.scales()
	for i, levels := range scales {
		c.match("answers", prepare(common[i]), c.onScale(c.m.Answers, i), finder(levels), levelNames(levels))
	}
	for i, q := range c.in.Questions {
		texts, levels := common[q.Scale], c.in.LevelsOf(i)
		if own := c.m.Questions[q.ID]; len(own.Answers) > 0 {
			texts = texts.Clone()
			c.match("questions."+q.ID+".answers", texts, own.Answers, finder(levels), levelNames(levels))
		}
		c.answers = append(c.answers, texts)
	}
	for i, a := range c.in.Attributes {
		texts := prepare(c.in.Attribute(i))
		own := c.m.Attributes[a.ID]
		ids := make([]string, len(a.Values))
		for v, value := range a.Values {
			ids[v] = value.ID
		}
		find := func(key string) (uint8, bool) { return findIn(key, ids) }
		c.match("attributes."+a.ID+".values", texts, own.Values, find, ids)
		switch code, ok := find(own.Other); {
		case own.Other == "":
		case fold.Label(own.Other) == mapping.NotStated:
			texts.Other(0)
		case ok:
			texts.Other(code)
		default:
			c.expect("attributes."+a.ID+".other", "not stated, or a value of the attribute"+c.didYouMean(own.Other, ids))
		}
		c.attributes = append(c.attributes, texts)
	}
	c.known()
}

// known checks that the mapping names attributes and questions of the
// instrument.
func (c *compiler) known() {
	var attributes, questions []string
	for _, a := range c.in.Attributes {
		attributes = append(attributes, a.ID)
	}
	for _, q := range c.in.Questions {
		questions = append(questions, q.ID)
	}
	for _, id := range slices.Sorted(maps.Keys(c.m.Attributes)) {
		if !slices.Contains(attributes, id) {
			c.expect("attributes."+id, "an attribute of the instrument"+c.didYouMean(id, attributes))
		}
	}
	for _, id := range slices.Sorted(maps.Keys(c.m.Questions)) {
		if !slices.Contains(questions, id) {
			c.expect("questions."+id, "a question of the instrument"+c.didYouMean(id, questions))
		}
	}
}

// scales are the levels of all scales.
func (c *compiler) scales() [][]codebook.Level {
	if c.in.Scales == nil {
		return [][]codebook.Level{c.in.Levels}
	}
	return c.in.Scales
}

// onScale is what a mapping says of the levels of one of several scales: a number or name
// is that of a level on every scale that has it. What is on none is left to the first one.
func (c *compiler) onScale(matches map[string]mapping.Match, scale int) map[string]mapping.Match {
	if c.in.Scales == nil {
		return matches
	}
	own := map[string]mapping.Match{}
	for key, m := range matches {
		at := slices.IndexFunc(c.in.Scales, func(levels []codebook.Level) bool { _, ok := finder(levels)(key); return ok })
		if _, ok := finder(c.in.Scales[scale])(key); ok || at < 0 && scale == 0 {
			own[key] = m
		}
	}
	return own
}

// finder finds the code of a level by its number or name.
func finder(levels []codebook.Level) func(key string) (uint8, bool) {
	return func(key string) (uint8, bool) {
		label := fold.Label(key)
		for i, level := range levels {
			if key == itoa(level.Number) || label == fold.Label(level.Name) {
				return level.CodeAt(i), true
			}
		}
		return 0, false
	}
}

func levelNames(levels []codebook.Level) []string {
	var names []string
	for _, level := range levels {
		names = append(names, itoa(level.Number))
	}
	for _, level := range levels {
		names = append(names, level.Name)
	}
	return names
}

func findIn(key string, ids []string) (uint8, bool) {
	i := slices.Index(ids, key)
	return uint8(i + 1), i >= 0
}

// match adds what means the levels, or the values of an attribute.
func (c *compiler) match(path string, texts *codebook.Texts, matches map[string]mapping.Match, find func(string) (uint8, bool), names []string) {
	all, folded := map[string]uint8{}, map[string]uint8{}
	var bands []codebook.Band
	for _, key := range slices.Sorted(maps.Keys(matches)) {
		at, m := path+"."+key, matches[key]
		code, ok := find(key)
		if !ok {
			c.expect(at, "one of those that the instrument has"+c.didYouMean(key, names))
			continue
		}
		for _, text := range m.Texts {
			label := fold.Label(text)
			if label == "" {
				c.expect(at, "texts that are not empty: an empty cell is no answer")
			}
			if other, taken := folded[label]; taken && other != code {
				c.expect(at, "texts that mean one thing")
			}
			all[text], folded[label] = code, code
		}
		if !m.Band() {
			continue
		}
		band, ok := bandOf(m, code)
		if !ok {
			c.expect(at, "numbers from one up to another: to, or below, is not less than from")
		}
		for _, other := range bands {
			if band.Overlaps(other) {
				c.expect(at, "bands that do not overlap")
			}
		}
		bands = append(bands, band)
	}
	texts.Bands(bands)
	texts.Add(all)
}

// bandOf is the band of a match, and whether it holds a number.
func bandOf(m mapping.Match, code uint8) (codebook.Band, bool) {
	b := codebook.Band{From: math.Inf(-1), To: math.Inf(1), Below: math.Inf(1), Code: code}
	if m.From != nil {
		b.From = *m.From
	}
	if m.To != nil {
		b.To = *m.To
	}
	if m.Below != nil {
		b.Below = *m.Below
	}
	return b, b.From <= b.To && b.From < b.Below && !(m.To != nil && m.Below != nil)
}
