package report

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestText(t *testing.T) {
	for in, want := range map[string]string{
		"plain text, with (brackets) - and 50%": "plain text, with (brackets) - and 50%",
		"a|b":                                   `a\|b`,
		`a\|b`:                                  `a\\\|b`,
		"<script>alert(1)</script>":             "&lt;script&gt;alert(1)&lt;/script&gt;",
		"&lt;":                                  "&amp;lt;",
		"two\nlines\r\n\tand  space ":           "two lines and space",
		"[x](javascript:y)":                     `\[x\](javascript:y)`,
		"![x](y)":                               `!\[x\](y)`,
		"`code`":                                "\\`code\\`",
		"# heading":                             `\# heading`,
		"**bold** __bold__ ~~gone~~":            `\*\*bold\*\* \_\_bold\_\_ \~\~gone\~\~`,
		"$100 to $200":                          `\$100 to \$200`,
		"https://example.org":                   `https:\//example.org`,
		"@someone at www.example.org":           `\@someone at www\.example.org`,
		"right\u202eleft\u2066x\u2069":          "rightleftx",
		"bell\x07 and nul\x00":                  "bell and nul",
		"成熟度 نضج":                               "成熟度 نضج",
		"- item":                                "- item", // no text stands at the beginning of a line
		"line\u2028separator\u2029and\u0085":    "line separator and",
	} {
		if got := text(in); got != want {
			t.Errorf("text(%q) = %q, want %q", in, got, want)
		}
	}
}

// Whatever the text, it cannot leave its cell, open a tag or start a link.
func TestTextStaysInItsCell(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shown := text(rapid.StringOf(rapid.OneOf(rapid.SampledFrom([]rune("|\\`<>[]&*\n\r$#")), rapid.Rune())).Draw(t, "text"))
		if strings.ContainsAny(shown, "<>\n\r") {
			t.Errorf("%q", shown)
		}
		escaped := false
		for _, c := range shown {
			if !escaped && strings.ContainsRune("|`[]*$#", c) {
				t.Errorf("%q has a bare %c", shown, c)
			}
			escaped = c == '\\' && !escaped
		}
		if escaped {
			t.Errorf("%q escapes what follows", shown)
		}
	})
}
