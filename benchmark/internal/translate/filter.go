package translate

import (
	"bytes"
	"strings"

	"maturitybench/benchmark/internal/fold"
	"maturitybench/benchmark/mapping"
)

// filter keeps or drops rows by what a column holds.
type filter struct {
	texts map[string]bool // folded
	keep  bool            // rows with one of the texts are kept, the others dropped; else the other way round
}

func (c *compiler) filter(key, column string, texts mapping.Texts, keep bool) {
	f := filter{texts: map[string]bool{}, keep: keep}
	for _, text := range texts {
		f.texts[filterLabel(text)] = true
	}
	if len(texts) == 0 {
		c.expect(key+"."+column, "at least one text")
	}
	c.target(target{use: filterUse, index: len(c.filters), name: key + "." + column}, key+"."+column, mapping.Texts{column})
	c.filters = append(c.filters, f)
}

// filterLabel is a folded text; of a whole number without a fraction that is
// zero.
func filterLabel(text string) string {
	label := fold.Label(text)
	if whole, fraction, ok := strings.Cut(label, "."); ok && whole != "" && fraction != "" && strings.Trim(fraction, "0") == "" && strings.Trim(whole, "0123456789") == "" {
		return whole
	}
	return label
}

// passes reports whether a row with a text is kept.
func (f *filter) passes(text []byte) bool {
	return f.texts[filterLabel(string(text))] == f.keep
}

// ticked reports whether an option is chosen: something stands in its cell that
// does not say no.
func ticked(text []byte) bool {
	text = bytes.TrimSpace(text)
	if len(text) == 0 {
		return false
	}
	switch filterLabel(string(text)) {
	case "", "0", "no", "n", "false", "off", "-", "unchecked", "not selected", "nein", "non", "faux", "falsch":
		return false
	}
	return true
}
