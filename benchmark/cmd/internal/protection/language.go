package protection

import (
	_ "embed"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// languageText has every sentence of the page in English and in the other languages.
// {n…} is a number there, {t…} words that are translated too, {l…} a list of such words,
// and {v…} what stays as it is.
//
//go:embed language.json
var languageText []byte

// phrase is a text of the page in all languages.
type phrase struct {
	en     *regexp.Regexp
	places []string
	in     map[string]string // by language
}

var place = regexp.MustCompile(`\{([ntlv])[a-z0-9]*\}`)

// phrases are all texts: those without places by themselves, then the others in the
// order of the file.
var phrases = sync.OnceValues(func() (map[string]phrase, []phrase) {
	var file []map[string]string
	if err := json.Unmarshal(languageText, &file); err != nil {
		panic("protection: language.json: " + err.Error()) // it is embedded
	}
	fixed, others := map[string]phrase{}, []phrase(nil)
	for _, in := range file {
		p := phrase{places: place.FindAllString(in["en"], -1), in: in}
		if len(p.places) == 0 {
			fixed[in["en"]] = p
			continue
		}
		p.en = pattern(in["en"])
		others = append(others, p)
	}
	return fixed, others
})

// pattern fits what an English text becomes with its values.
func pattern(english string) *regexp.Regexp {
	b, at := "^", 0
	for _, p := range place.FindAllStringIndex(english, -1) {
		b += regexp.QuoteMeta(english[at:p[0]])
		if at = p[1]; english[p[0]+1] == 'n' {
			b += `(<?[0-9][0-9.\x{202f}]*%?)` // with the narrow space between thousands
		} else {
			b += `(.+?)`
		}
	}
	return regexp.MustCompile(b + regexp.QuoteMeta(english[at:]) + "$")
}

// language is what the page is written in: en, or one of language.json. left is told what
// has no translation and stays English.
type language struct {
	tag  string
	left func(english string)
}

// first is the first part of the tag: de of de-AT.
func (l language) first() string {
	first, _, _ := strings.Cut(strings.ToLower(l.tag), "-")
	return first
}

// page is the page in the language. In English it is as it is.
func (l language) page(p page) page {
	if l.first() == "en" {
		p.Language = l.tag
		return p
	}
	out := page{Language: l.tag, Skip: l.text(p.Skip), Title: l.text(p.Title), Lead: l.text(p.Lead)}
	for _, s := range p.Sections {
		t := section{ID: s.ID, Title: l.text(s.Title), Paragraphs: l.each(s.Paragraphs), Head: l.each(s.Head), Items: l.each(s.Items)}
		for _, row := range s.Rows {
			t.Rows = append(t.Rows, l.each(row))
		}
		out.Sections = append(out.Sections, t)
	}
	return out
}

func (l language) each(texts []string) []string {
	out := slices.Clone(texts)
	for i, text := range out {
		out[i] = l.text(text)
	}
	return out
}

// text translates sentence by sentence. A full stop within a sentence, in a title that
// it quotes, ends none: from each place on, the shortest text that is known counts.
func (l language) text(text string) string {
	ends := sentences(text)
	var out []string
	from := 0
	for from < len(text) {
		next, said := len(text), text[from:]
		for _, end := range ends {
			if end <= from {
				continue
			}
			sentence := strings.TrimSuffix(text[from:end], " ")
			if translated, ok := l.phrase(sentence); ok {
				next, said = end, translated
				break
			}
			if end == len(text) { // none: the first sentence stays
				next = ends[slices.IndexFunc(ends, func(e int) bool { return e > from })]
				said = strings.TrimSuffix(text[from:next], " ")
				l.left(said)
			}
		}
		out, from = append(out, said), next
	}
	return strings.Join(out, " ")
}

// sentences are where sentences may end: after the space that follows on a full stop.
func sentences(text string) (ends []int) {
	for i := 0; i+2 < len(text); i++ {
		if next, _ := utf8.DecodeRuneInString(text[i+2:]); text[i:i+2] == ". " && (unicode.IsUpper(next) || next == 'ε' || next == 'δ') {
			ends = append(ends, i+2)
		}
	}
	return append(ends, len(text))
}

// phrase translates what is in language.json.
func (l language) phrase(text string) (string, bool) {
	fixed, others := phrases()
	if p, ok := fixed[text]; ok {
		return p.in[l.first()], true
	}
	for _, p := range others {
		found := p.en.FindStringSubmatch(text)
		if found == nil {
			continue
		}
		var pairs []string
		for i, place := range p.places {
			pairs = append(pairs, place, l.value(place[1], found[i+1]))
		}
		return strings.NewReplacer(pairs...).Replace(p.in[l.first()]), true
	}
	return "", false
}

// value is what stands in a place, in the language.
func (l language) value(kind byte, text string) string {
	switch kind {
	case 'n':
		return strings.ReplaceAll(strings.ReplaceAll(text, ".", ","), "%", "\u00a0%")
	case 'l':
		var items []string
		for item := range strings.SplitSeq(strings.ReplaceAll(text, " and ", ", "), ", ") {
			items = append(items, l.value('t', item))
		}
		return strings.Join(items, "; ")
	case 't':
		translated, ok := l.phrase(text)
		if !ok {
			l.left(text)
			return text
		}
		return translated
	}
	return text
}
