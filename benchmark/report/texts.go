package report

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Texts returns every fixed text of a report by its key, a fresh copy: what
// [Options.Texts] can replace, also by another language. In a text, {name} is
// where a number or a name goes, **two stars** make words stand out, and
// `backquotes` set off what is spelt as in a file.
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

var placeholder = regexp.MustCompile(`\{[a-z]+\}`)

// newTexts puts the replacements in place of the defaults.
func newTexts(replaced map[string]string) (texts, error) {
	all := texts(Texts())
	for _, key := range slices.Sorted(maps.Keys(replaced)) {
		original, ok := all[key]
		if !ok {
			return nil, fmt.Errorf("report: no text has the key %q", key)
		}
		for _, name := range placeholder.FindAllString(replaced[key], -1) {
			if !strings.Contains(original, name) {
				return nil, fmt.Errorf("report: text %s: nothing is called %s there", key, name)
			}
		}
		all[key] = replaced[key]
	}
	return all, nil
}

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
		values["{"+pairs[i].(string)+"}"] = value
	}
	var out rich
	for i, part := range strings.Split(s, "**") {
		for j, piece := range strings.Split(part, "`") {
			out = append(out, fill(span{Text: piece, Kind: kind(j % 2), Strong: i%2 == 1}, values)...)
		}
	}
	return out
}

// fill puts values into a span, plain or code.
func fill(s span, values map[string]rich) rich {
	var out rich
	add := func(text string) {
		if text != "" {
			out = append(out, span{Text: text, Kind: s.Kind, Strong: s.Strong})
		}
	}
	at := 0
	for _, match := range placeholder.FindAllStringIndex(s.Text, -1) {
		value, ok := values[s.Text[match[0]:match[1]]]
		if !ok {
			continue
		}
		add(s.Text[at:match[0]])
		for _, v := range value {
			v.Strong = v.Strong || s.Strong
			if s.Kind == code {
				v.Kind = code
			}
			out = append(out, v)
		}
		at = match[1]
	}
	add(s.Text[at:])
	return out
}
