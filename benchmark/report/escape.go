package report

import (
	"fmt"
	"strings"
	"unicode"
)

// hostile are the characters that mean something in Markdown or HTML, with
// what shows them.
var hostile = strings.NewReplacer(
	"&", "&amp;", "<", "&lt;", ">", "&gt;",
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`,
	"|", `\|`, "~", `\~`, "$", `\$`, "#", `\#`, "://", `:\//`, "@", `\@`, "www.", `www\.`,
)

// text shows any text literally in one line of Markdown or one cell of a
// table. White space becomes single spaces; control characters, and
// characters that would turn the direction of the text around them, are left
// out.
func text(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	s = strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || '\u202a' <= c && c <= '\u202e' || '\u2066' <= c && c <= '\u2069' {
			return -1
		}
		return c
	}, s)
	return hostile.Replace(s)
}

// cssString spells any text as a string of CSS.
func cssString(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == ' ' {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, `\%x `, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
