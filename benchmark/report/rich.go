package report

import (
	"strings"
	"unicode"

	"maturitybench/benchmark/publication"
)

// rich is a line of text in spans of several kinds.
type rich []run

type run struct {
	Text   string
	Kind   kind
	Strong bool   // stands out
	To     string // id of the place in the report that it leads to; "": none
	Lang   string // language, where it is not that of the report
	Page   string // address of another page that it leads to; "": none
}

// kind says how a span is set.
type kind uint8

const (
	plain   kind = iota // words of the report
	code                // spelt as in a file
	alien               // text of the instrument or the caller, in any script
	numeric             // the value of an estimate
	bounds              // its interval, not to be broken over lines
	mark                // withheld or suppressed
)

// String is the text without marks.
func (r rich) String() string {
	var b strings.Builder
	for _, s := range r {
		b.WriteString(s.Text)
	}
	return b.String()
}

// foreign is text that others wrote, cleaned, or a number.
func foreign(s string) rich { return rich{{Text: clean(s), Kind: alien}} }

// join puts texts side by side, with a text between them.
func join(parts []rich, between string) rich {
	var out rich
	for i, part := range parts {
		if i > 0 {
			out = append(out, run{Text: between})
		}
		out = append(out, part...)
	}
	return out
}

// strong makes a text stand out.
func strong(r rich) rich {
	out := make(rich, len(r))
	for i, s := range r {
		s.Strong = true
		out[i] = s
	}
	return out
}

// clean makes one line of any text: white space becomes single spaces;
// control characters, and characters that would turn the direction of the
// text around them, are left out.
func clean(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	return strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || '\u202a' <= c && c <= '\u202e' || '\u2066' <= c && c <= '\u2069' {
			return -1
		}
		return c
	}, s)
}

// status says that there is no number.
func (t texts) status(s publication.Status) rich {
	return rich{{Text: t.say("status." + s.String()), Kind: mark, To: "hidden"}}
}
