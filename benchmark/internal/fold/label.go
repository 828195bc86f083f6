package fold

import "strings"

// signs are the characters that editors put in place of those on a keyboard.
var signs = strings.NewReplacer(
	"‘", "'", "’", "'", "‚", "'", "‛", "'", "´", "'", "`", "'", "′", "'",
	"“", `"`, "”", `"`, "„", `"`, "‟", `"`, "«", `"`, "»", `"`, "″", `"`,
	"‐", "-", "‑", "-", "‒", "-", "–", "-", "—", "-", "―", "-", "−", "-",
	"⁄", "/", "…", "...",
)

// Label is the one spelling of a label: that of [Name], with the quotation
// marks, dashes and apostrophes of a keyboard.
func Label(text string) string {
	if isPlain(text) {
		return text
	}
	text = signs.Replace(text)
	return signs.Replace(string(Name(make([]byte, 0, len(text)), []byte(text))))
}

// isPlain reports whether a text is its own label: the usual case.
func isPlain(text string) bool {
	last := byte(' ')
	for i := range len(text) {
		b := text[i]
		if b <= ' ' && (b != ' ' || last == ' ') || b >= 0x7f || b == '`' || 'A' <= b && b <= 'Z' {
			return false
		}
		last = b
	}
	return text == "" || last != ' '
}
