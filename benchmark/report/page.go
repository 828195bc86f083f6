package report

import (
	"fmt"
	"strings"
)

// page collects Markdown. Its arguments are Markdown already: foreign texts
// go through text first.
type page struct{ out strings.Builder }

// heading starts a section.
func (p *page) heading(level int, title string) {
	p.block(strings.Repeat("#", level) + " " + title)
}

// paragraph adds one paragraph.
func (p *page) paragraph(format string, args ...any) {
	p.block(fmt.Sprintf(format, args...))
}

// warning adds a paragraph that stands out.
func (p *page) warning(bold, rest string) {
	p.block("> **" + bold + "** " + rest)
}

// bullets adds a list.
func (p *page) bullets(items []string) {
	p.block("* " + strings.Join(items, "\n* "))
}

// table adds a table; the first column holds texts and is aligned left, the
// others hold numbers and are aligned right.
func (p *page) table(header []string, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	align := make([]string, len(header))
	for i := range align {
		align[i] = "---:"
	}
	align[0] = ":---"
	lines := []string{row(header), row(align)}
	for _, r := range rows {
		lines = append(lines, row(r))
	}
	p.block(strings.Join(lines, "\n"))
}

// row is one line of a table.
func row(cells []string) string { return "| " + strings.Join(cells, " | ") + " |" }

// block adds a block, a blank line before it.
func (p *page) block(s string) {
	if p.out.Len() > 0 {
		p.out.WriteByte('\n')
	}
	p.out.WriteString(s)
	p.out.WriteByte('\n')
}
