package protection

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"strings"
	"unicode/utf8"
)

//go:embed page.html.tmpl
var pageText string

var pageTemplate = template.Must(template.New("page").Parse(pageText))

// html is the page for a browser and a printer.
func (p page) html() ([]byte, error) {
	var b bytes.Buffer
	err := pageTemplate.Execute(&b, p)
	return b.Bytes(), err
}

// width is that of the plain text, in characters.
const width = 88

// text is the same page as plain text.
func (p page) text() []byte {
	var b strings.Builder
	wrap(&b, p.Title, "", "")
	b.WriteString(strings.Repeat("=", min(utf8.RuneCountInString(p.Title), width)) + "\n\n")
	wrap(&b, p.Lead, "", "")
	for _, s := range p.Sections {
		b.WriteString("\n" + s.Title + "\n" + strings.Repeat("-", utf8.RuneCountInString(s.Title)) + "\n\n")
		for i, text := range s.Paragraphs {
			if i > 0 {
				b.WriteByte('\n')
			}
			wrap(&b, text, "", "")
		}
		if len(s.Rows) > 0 && len(s.Paragraphs) > 0 {
			b.WriteByte('\n')
		}
		for _, row := range s.Rows {
			for i, cell := range row {
				first := "  "
				if i == 0 {
					first = "* "
				}
				wrap(&b, fmt.Sprintf("%s: %s", s.Head[i], cell), first, "    ")
			}
		}
		for _, item := range s.Items {
			wrap(&b, item, "* ", "  ")
		}
	}
	return []byte(b.String())
}

// wrap writes a paragraph in lines of at most the width, as far as its words allow.
func wrap(b *strings.Builder, text, first, rest string) {
	line, used := first, 0
	for word := range strings.SplitSeq(text, " ") { // a narrow space within a number is no place for a break
		if used > 0 && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			b.WriteString(line + "\n")
			line, used = rest, 0
		}
		if used > 0 {
			line += " "
		}
		line += word
		used++
	}
	b.WriteString(line + "\n")
}
