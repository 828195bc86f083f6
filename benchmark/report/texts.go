package report

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Texts returns every fixed text of a report by its key, in English, a fresh copy:
// what [Options.Texts] can replace. In a text, {name} is where a number or a name
// goes, {name?one|more} is one text or another by a number (see format.one),
// **two stars** make words stand out, and `backquotes` set off what is spelt as in
// a file. [TextsIn] has other languages.
func Texts() map[string]string {
	all := maps.Clone(pageTexts)
	maps.Copy(all, privacyTexts)
	maps.Copy(all, figureTexts)
	maps.Copy(all, standingTexts)
	maps.Copy(all, formTexts)
	return all
}

// texts are the fixed texts of one report.
type texts map[string]string

// placeholder is a place in a text: the name of a value, and the words for one
// and for more if these depend on it.
var placeholder = regexp.MustCompile(`\{([a-z]+)(?:\?([^{}|]*)\|([^{}|]*))?\}`)

// say is a text with values in place of the names in braces; pairs are names
// and values. Marks are left out.
func (t texts) say(key string, pairs ...any) string { return t.rich(key, pairs...).String() }

// rich is a text with values in place of the names in braces. A value of type
// rich keeps its marks; any other is a foreign text or a number.
func (t texts) rich(key string, pairs ...any) rich {
	s, ok := t[key]
	if !ok {
		panic("report: no text " + key)
	}
	values := map[string]rich{}
	for i := 0; i+1 < len(pairs); i += 2 {
		value, ok := pairs[i+1].(rich)
		if !ok {
			value = foreign(fmt.Sprint(pairs[i+1]))
		}
		values[pairs[i].(string)] = value
	}
	var out rich
	for i, part := range strings.Split(s, "**") {
		for j, piece := range strings.Split(part, "`") {
			out = append(out, t.fill(run{Text: piece, Kind: kind(j % 2), Strong: i%2 == 1}, values)...)
		}
	}
	return out
}

// fill puts values into a span, plain or code.
func (t texts) fill(s run, values map[string]rich) rich {
	var out rich
	add := func(text string) {
		if text != "" {
			out = append(out, run{Text: text, Kind: s.Kind, Strong: s.Strong})
		}
	}
	at := 0
	for _, m := range placeholder.FindAllStringSubmatchIndex(s.Text, -1) {
		value, ok := values[s.Text[m[2]:m[3]]]
		if !ok {
			continue
		}
		add(s.Text[at:m[0]])
		at = m[1]
		if m[4] >= 0 {
			if t.singular(value.String()) {
				add(s.Text[m[4]:m[5]])
			} else {
				add(s.Text[m[6]:m[7]])
			}
			continue
		}
		for _, v := range value {
			v.Strong = v.Strong || s.Strong
			if s.Kind == code {
				v.Kind = code
			}
			out = append(out, v)
		}
	}
	add(s.Text[at:])
	return out
}

// singular reports whether a number goes with the words for one.
func (t texts) singular(number string) bool {
	return slices.Contains(strings.Fields(t["format.one"]), number)
}
