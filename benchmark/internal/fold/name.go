package fold

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Name appends the one spelling of a company's name, or of any other text, to
// dst. Of text that is not UTF-8 the invalid bytes become U+FFFD.
//
// Privacy: two spellings of one company must not count as two companies, since
// one company's loss would then be that of two. Names that fold to the same
// text are one company. Folding is idempotent.
func Name(dst, text []byte) []byte {
	start, done := len(dst), folded(text)
	dst = append(dst, text[:done]...)
	for _, b := range text[done:] {
		switch {
		case b >= utf8.RuneSelf:
			return unicodeName(dst[:start], text)
		case b == ' ' || '\t' <= b && b <= '\r':
			if len(dst) > start && dst[len(dst)-1] != ' ' {
				dst = append(dst, ' ')
			}
		case b < ' ' || b == 0x7f: // control characters are not seen
		case 'A' <= b && b <= 'Z':
			dst = append(dst, b+('a'-'A'))
		default:
			dst = append(dst, b)
		}
	}
	if len(dst) > start && dst[len(dst)-1] == ' ' {
		dst = dst[:len(dst)-1]
	}
	return dst
}

// folded is the length of the part that folds to itself, as far as that is
// seen at a glance: most names are all of it.
func folded(text []byte) int {
	for i, b := range text {
		if b <= ' ' || b >= 0x7f || 'A' <= b && b <= 'Z' {
			return i
		}
	}
	return len(text)
}

// unicodeName is Name for text beyond ASCII. Definition R5 of the Unicode
// Standard, section 3.13: NFKC(toCasefold(NFKC(toCasefold(NFD(X))))), without
// the characters that are not seen.
func unicodeName(dst, text []byte) []byte {
	fold := cases.Fold()
	text = norm.NFD.Bytes(visible(text))
	text = norm.NFKC.Bytes(fold.Bytes(text))
	text = norm.NFKC.Bytes(fold.Bytes(text))
	return append(dst, bytes.TrimSpace(visible(text))...)
}

// visible leaves out the characters that nobody sees and makes white space one
// space.
func visible(text []byte) []byte {
	out := make([]byte, 0, len(text))
	for _, r := range string(text) {
		switch {
		case isSpace(r):
			if len(out) == 0 || out[len(out)-1] != ' ' {
				out = append(out, ' ')
			}
		case !invisible(r):
			out = utf8.AppendRune(out, r)
		}
	}
	return out
}

// isSpace reports whether a character separates words without being seen.
func isSpace(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Z, r)
}

// invisible reports whether a character is not seen: controls, format
// characters (Cf) and the other default ignorable code points.
func invisible(r rune) bool {
	switch {
	case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r):
		return true
	case unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r), unicode.Is(unicode.Variation_Selector, r):
		return true
	}
	return false
}
