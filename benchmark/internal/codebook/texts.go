package codebook

import (
	"maps"
	"math"
	"slices"
	"strconv"

	"maturitybench/benchmark/internal/fold"
)

// NotCode is what a text that means nothing, or several things, has in place of
// a code.
const NotCode = 0xff

// Band is a code for the numbers from From up to To, or below Below.
type Band struct {
	From, To, Below float64 // -Inf, +Inf, +Inf: no bound
	Code            uint8
}

func (b Band) holds(x float64) bool { return x >= b.From && x <= b.To && x < b.Below }

// Overlaps reports whether a number is in both bands.
func (b Band) Overlaps(o Band) bool {
	from, to, below := max(b.From, o.From), min(b.To, o.To), min(b.Below, o.Below)
	return from <= to && from < below
}

// Texts are the texts that a column can hold, and their codes: 0 for no answer,
// or not stated; for the others 1 + the number of the level or value.
type Texts struct {
	exact   map[string]uint8  // as they are spelt, trimmed
	folded  map[string]uint8  // NotCode where a text means several things
	labels  map[string]uint8  // names of levels, folded, which may follow their number
	blanks  map[string]bool   // folded texts for no answer, without the signs of spreadsheets
	numbers map[float64]uint8 // levels by number
	bands   []Band
	other   uint8 // of any other text, or NotCode
	scale   [2]float64
	value   bool // an attribute: a separator may follow
	Numbers Numbers
}

func newTexts(noAnswer []string) *Texts {
	t := &Texts{
		exact: map[string]uint8{"": 0}, folded: map[string]uint8{"": 0}, labels: map[string]uint8{},
		blanks: map[string]bool{}, numbers: map[float64]uint8{}, other: NotCode,
	}
	for _, text := range noAnswer {
		t.Blank(text)
	}
	return t
}

// Answers are the texts of answers on the only scale: the levels by number and by name, the
// no_answer texts.
func (in *Instrument) Answers() *Texts { return in.answers(in.Levels) }

// AnswersOf are the texts of answers by scale: one, or those of several.
func (in *Instrument) AnswersOf() []*Texts {
	if in.Scales == nil {
		return []*Texts{in.Answers()}
	}
	var list []*Texts
	for _, levels := range in.Scales {
		list = append(list, in.answers(levels))
	}
	return list
}

func (in *Instrument) answers(levels []Level) *Texts {
	t := newTexts(in.NoAnswer)
	if len(levels) == 0 { // a draft of columns without any answer
		return t
	}
	for i, level := range levels {
		code := level.CodeAt(i)
		t.numbers[float64(level.Number)] = code
		t.explicit(strconv.Itoa(level.Number), code)
		unique(t.labels, fold.Label(level.Name), code)
	}
	t.scale = [2]float64{float64(levels[0].Number), float64(levels[len(levels)-1].Number)}
	for i, level := range levels {
		name, test := fold.Label(level.Name), fold.Label(level.Test)
		if test == "" {
			continue
		}
		for _, label := range []string{test, name + ": " + test, name + " - " + test, name + " (" + test + ")"} {
			unique(t.labels, label, level.CodeAt(i))
		}
	}
	for label, code := range t.labels {
		if code == 0 { // of several levels
			code = NotCode
			t.labels[label] = NotCode
		}
		t.implied(label, code)
	}
	return t
}

// Attribute are the texts of an attribute: its values by id and by title, the
// no_answer texts.
func (in *Instrument) Attribute(a int) *Texts {
	t := newTexts(in.NoAnswer)
	t.value = true
	titles := map[string]uint8{}
	for i, value := range in.Attributes[a].Values {
		t.explicit(value.ID, uint8(i+1))
		unique(titles, fold.Label(value.Title), uint8(i+1))
	}
	delete(titles, "")
	for title, code := range titles {
		if code == 0 {
			code = NotCode
		}
		t.implied(title, code)
	}
	return t
}

// Clone is a copy, for a mapping that adds to it.
func (t *Texts) Clone() *Texts {
	c := *t
	c.exact, c.folded, c.labels = maps.Clone(t.exact), maps.Clone(t.folded), maps.Clone(t.labels)
	c.blanks, c.numbers, c.bands = maps.Clone(t.blanks), maps.Clone(t.numbers), slices.Clone(t.bands)
	return &c
}

// explicit notes what the instrument says that a text means.
func (t *Texts) explicit(text string, code uint8) {
	t.exact[text] = code
	folded := fold.Label(text)
	if old, ok := t.folded[folded]; ok && old != code {
		code = NotCode
	}
	t.folded[folded] = code
}

// implied notes what a folded title means, if the text means nothing else.
func (t *Texts) implied(folded string, code uint8) {
	if _, taken := t.folded[folded]; !taken {
		t.folded[folded] = code
	}
}

// Blank notes a text for no answer.
func (t *Texts) Blank(text string) {
	t.explicit(text, 0)
	if bare := unsigned(fold.Label(text)); bare != "" {
		t.blanks[bare] = true
	}
	if x, percent, ok := t.Numbers.parse(fold.Label(text)); ok && !percent {
		t.numbers[x] = 0
	}
}

// Add notes what a mapping says that texts mean; it comes before what the
// instrument says. Numbers mean what they are, however spelt.
func (t *Texts) Add(texts map[string]uint8) {
	redefined := false
	for text, code := range texts {
		if x, ok := t.number(text); ok && t.numbers[x] != 0 && t.numbers[x] != code {
			redefined = true
		}
	}
	if redefined {
		t.forgetNumbers()
	}
	for text, code := range texts {
		t.exact[text] = code
		t.folded[fold.Label(text)] = code
		if x, ok := t.number(text); ok {
			t.numbers[x] = code
		}
	}
}

// number is the number that a text of a mapping spells.
func (t *Texts) number(text string) (float64, bool) {
	if t.value {
		return 0, false
	}
	x, percent, ok := Numbers{}.parse(fold.Label(text)) // a mapping has dots
	return x, ok && !percent
}

// forgetNumbers drops the numbers of the levels: those of the file mean
// something else.
func (t *Texts) forgetNumbers() {
	for x, code := range t.numbers {
		if code != 0 {
			delete(t.numbers, x)
			text := strconv.FormatFloat(x, 'f', -1, 64)
			delete(t.exact, text)
			delete(t.folded, text)
		}
	}
	t.scale = [2]float64{math.Inf(1), math.Inf(-1)}
}

// Bands notes what numbers mean. Those of levels mean themselves no longer.
func (t *Texts) Bands(bands []Band) {
	if len(bands) > 0 && !t.value {
		t.forgetNumbers()
	}
	t.bands = append(t.bands, bands...)
}

// Other notes what any other text means.
func (t *Texts) Other(code uint8) { t.other = code }
