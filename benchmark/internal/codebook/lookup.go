package codebook

import (
	"bytes"
	"maps"
	"strings"
	"unicode"

	"maturitybench/benchmark/internal/fold"
)

// Miss says why a text has no code, as far as that may be said: it never tells
// two answers of the same kind apart.
type Miss uint8

// The reasons.
const (
	Known   Miss = iota // it has one
	Unlike              // nothing is known about the text
	Between             // a number between two levels
	Outside             // a number that no scale of single levels reaches
	Several             // several values in one cell
	Date                // a date, as spreadsheets make of bands
)

// Code is the code of a text; white space around it does not count.
func (t *Texts) Code(text []byte) (uint8, Miss) {
	if code, ok := t.exact[string(bytes.TrimSpace(text))]; ok {
		return code, Known
	}
	return t.find(string(text))
}

// maxLevels is how far a scale goes at most.
const maxLevels = 10

// find is the code of a text that is not spelt as expected.
func (t *Texts) find(text string) (uint8, Miss) {
	label := fold.Label(text)
	if label == "" && strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && !unicode.IsSpace(r) }) {
		return NotCode, Unlike // not seen, and yet no text
	}
	if code, ok := t.folded[label]; ok {
		return known(code)
	}
	if t.blanks[unsigned(label)] {
		return 0, Known
	}
	if code, miss := t.numeric(label); miss != Unlike {
		return code, miss
	}
	if code, ok := t.numbered(label); ok {
		return known(code)
	}
	miss := Unlike
	if t.value {
		var code uint8
		if code, miss = t.separated(label); miss == Known {
			return code, Known
		}
	}
	if t.other != NotCode && miss != Several {
		return t.other, Known
	}
	return NotCode, miss
}

func known(code uint8) (uint8, Miss) {
	if code == NotCode {
		return NotCode, Unlike
	}
	return code, Known
}

// unsigned is a folded text without the signs in which spreadsheets wrap their
// errors: #N/A, #NULL!.
func unsigned(label string) string { return strings.TrimRight(strings.TrimLeft(label, "#"), "!?") }

// numeric is the code of a number: that of its band, or of its level.
func (t *Texts) numeric(label string) (uint8, Miss) {
	if len(t.bands) == 0 && t.value {
		return NotCode, Unlike
	}
	x, percent, ok := t.Numbers.parse(label)
	if !ok {
		return NotCode, Unlike
	}
	for _, band := range t.bands {
		if band.holds(x) {
			return band.Code, Known
		}
	}
	if code, ok := t.numbers[x]; ok && !percent {
		return code, Known
	}
	switch {
	case t.value:
		return NotCode, Unlike
	case x > t.scale[0] && x < t.scale[1]:
		return NotCode, Between
	case x > t.scale[0]+maxLevels:
		return NotCode, Outside
	}
	return NotCode, Unlike
}

// numbered is the code of a level that a text names by number and name: "3 -
// Defined", "3: Defined", "(3) Defined", "Defined (3)".
func (t *Texts) numbered(label string) (uint8, bool) {
	if t.value {
		return 0, false
	}
	number, name, ok := cutNumber(label)
	if !ok {
		return 0, false
	}
	x, percent, ok := t.Numbers.parse(number)
	code, isLevel := t.numbers[x]
	if !ok || percent || !isLevel || code == 0 || t.labels[name] != code {
		return 0, false
	}
	return code, true
}

// cutNumber cuts a label into the number that is before or behind it and the
// rest.
func cutNumber(label string) (number, name string, ok bool) {
	const marks = " -:.=)]|/"
	if open := strings.LastIndexAny(label, "(["); open > 0 && strings.HasSuffix(label, map[byte]string{'(': ")", '[': "]"}[label[open]]) {
		if inside := label[open+1 : len(label)-1]; isDigits(strings.TrimLeft(inside, "+-")) {
			return inside, strings.TrimSpace(label[:open]), true
		}
	}
	start := strings.TrimLeft(label, "([")
	end := 0
	for end < len(start) && (start[end] >= '0' && start[end] <= '9' || end == 0 && (start[end] == '-' || start[end] == '+')) {
		end++
	}
	rest := strings.TrimLeft(start[end:], marks)
	if end == 0 || len(rest) == len(start)-end {
		return "", "", false
	}
	return start[:end], rest, true
}

// separated is the code of a value behind which a form put its separator. It
// recognises cells with several values, and dates.
func (t *Texts) separated(label string) (uint8, Miss) {
	found := 0
	code := uint8(NotCode)
	for part := range strings.FieldsFuncSeq(label, func(r rune) bool { return r == ';' || r == '|' || r == ',' }) {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		c, ok := t.folded[part]
		if !ok || c == NotCode {
			code = NotCode
			found = 0
			break
		}
		code = c
		found++
	}
	switch {
	case found == 1:
		return code, Known
	case found > 1:
		return NotCode, Several
	case isDate(label):
		return NotCode, Date
	}
	return NotCode, Unlike
}

var months = [...]string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mai", "mär", "okt", "dez"}

// isDate recognises what spreadsheets make of bands such as 2-50 and 1-10:
// "feb-50", "10-jan", "1/10/2026", "2026-01-10".
func isDate(label string) bool {
	parts := strings.FieldsFunc(label, func(r rune) bool { return r == '-' || r == '/' || r == '.' || r == ' ' })
	if len(parts) < 2 || len(parts) > 4 {
		return false
	}
	named := false
	for _, month := range months {
		named = named || strings.HasPrefix(parts[0], month) && len(parts[0]) <= len("september") || strings.HasPrefix(parts[1], month) && len(parts[1]) <= len("september")
	}
	digits := 0
	for _, part := range parts {
		if part != "" && isDigits(part) && len(part) <= 4 {
			digits++
		}
	}
	return named && digits >= 1 || digits >= 3
}

// Reader looks texts up, and remembers those that took long. It is for one
// goroutine.
type Reader struct {
	texts *Texts
	digit [256]uint8       // codes of texts of one byte
	known map[string]uint8 // those of the texts, and what is remembered
	room  int              // for how many texts
	first [128]struct {    // the first text of every place, see place
		text string
		code uint8
	}
}

// place is where a text may be found without a hash.
func place(text []byte) int {
	return (len(text)<<4 ^ int(text[0])<<1 ^ int(text[len(text)-1])) & 127
}

// remembered is how many texts a Reader remembers, of at most 64 bytes each.
const remembered = 1000

// Reader returns a new reader.
func (t *Texts) Reader() *Reader {
	r := &Reader{texts: t, known: maps.Clone(t.exact), room: remembered}
	for i := range r.digit {
		r.digit[i] = NotCode
		if code, ok := t.exact[string([]byte{byte(i)})]; ok {
			r.digit[i] = code
		}
	}
	return r
}

// Digit is the code of a text of one byte, or NotCode.
func (r *Reader) Digit(b byte) uint8 { return r.digit[b] }

// Code is [Texts.Code].
func (r *Reader) Code(text []byte) (uint8, Miss) {
	if len(text) == 1 && r.digit[text[0]] != NotCode {
		return r.digit[text[0]], Known
	}
	if len(text) == 0 {
		return 0, Known
	}
	slot := &r.first[place(text)]
	if slot.text == string(text) {
		return slot.code, Known
	}
	if code, ok := r.known[string(text)]; ok {
		if slot.text == "" {
			slot.text, slot.code = string(text), code
		}
		return code, Known
	}
	code, miss := r.texts.Code(text)
	if miss == Known && len(text) <= 64 && r.room > 0 {
		r.known[string(text)] = code
		r.room--
	}
	return code, miss
}
