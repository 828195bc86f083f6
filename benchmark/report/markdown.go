package report

import (
	"io"
	"strconv"
	"strings"

	"maturitybench/benchmark/publication"
)

// Markdown writes the release as a report in GitHub Flavored Markdown. It says
// what the page of [HTML] says; where the page has a figure, it has the table
// behind it. Texts of the instrument are shown literally, whatever they hold.
// The error is the writer's.
func Markdown(w io.Writer, r *publication.Release) error { return MarkdownWith(w, r, Options{}) }

// MarkdownWith is [Markdown] with the texts of the caller; a logo is left out.
// The error is one of the options, or the writer's.
func MarkdownWith(w io.Writer, r *publication.Release, o Options) error {
	d, err := newDocument(r, o)
	if err != nil {
		return err
	}
	return d.markdown(w)
}

func (d document) markdown(w io.Writer) error {
	m := markdown{tables: map[string]bool{}}
	m.block("# " + literal(d.title))
	if len(d.subtitle) > 0 {
		m.block(literal(d.subtitle))
	}
	m.blocks(d.intro)
	for _, s := range d.all() {
		m.block("## " + literal(s.Title))
		m.blocks(s.Blocks)
	}
	_, err := io.WriteString(w, m.out.String())
	return err
}

// markdown collects blocks.
type markdown struct {
	out    strings.Builder
	tables map[string]bool // behind figures that were passed
}

func (m *markdown) blocks(blocks []block) {
	for _, b := range blocks {
		switch v := b.(type) {
		case subheading:
			m.block("### " + literal(v.Text))
		case paragraph:
			m.block(literal(v.Text))
		case warning:
			m.block("> " + literal(v.Text))
		case bullets:
			m.list(v.Items, func(int) string { return "* " })
		case steps:
			m.list(v.Items, func(i int) string { return strconv.Itoa(i+1) + ". " })
		case table:
			m.table(v)
		case tiles:
			m.tiles(v)
		case plate:
			m.plate(v)
		case pair:
			m.plate(v.Left)
			m.plate(v.Right)
		}
	}
}

// plate adds the tables of a figure that are not there yet.
func (m *markdown) plate(p plate) {
	for _, t := range append([]table{p.Figure.table}, p.More...) {
		if !m.tables[t.ID] {
			m.tables[t.ID] = true
			m.block(literal(strong(t.Caption)))
			m.table(t)
		}
	}
}

// tiles are a list.
func (m *markdown) tiles(t tiles) {
	var items []rich
	for _, tile := range t.Items {
		items = append(items, join([]rich{tile.Label, strong(tile.Value), tile.Note}, " "))
	}
	m.list(items, func(int) string { return "* " })
}

func (m *markdown) list(items []rich, mark func(int) string) {
	lines := make([]string, len(items))
	for i, item := range items {
		lines[i] = mark(i) + literal(item)
	}
	m.block(strings.Join(lines, "\n"))
}

// table adds a table. Columns of words are aligned left, others right.
func (m *markdown) table(t table) {
	if len(t.Rows) == 0 {
		return
	}
	align := make([]string, len(t.Header))
	for i := range align {
		align[i] = "---:"
		if t.words(i) {
			align[i] = ":---"
		}
	}
	lines := []string{row(literals(t.Header)), row(align)}
	for _, r := range t.Rows {
		lines = append(lines, row(literals(r)))
	}
	m.block(strings.Join(lines, "\n"))
}

// row is one line of a table.
func row(cells []string) string { return "| " + strings.Join(cells, " | ") + " |" }

// block adds a block, a blank line before it.
func (m *markdown) block(s string) {
	if m.out.Len() > 0 {
		m.out.WriteByte('\n')
	}
	m.out.WriteString(s)
	m.out.WriteByte('\n')
}

func literals(cells []rich) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = literal(c)
	}
	return out
}

// literal spells a text in Markdown.
func literal(r rich) string {
	var b strings.Builder
	for i := 0; i < len(r); {
		n := 1 // spans that stand out together
		for r[i].Strong && i+n < len(r) && r[i+n].Strong {
			n++
		}
		inner := ""
		for _, s := range r[i:][:n] {
			inner += spelling(s)
		}
		if r[i].Strong {
			inner = "**" + inner + "**"
		}
		b.WriteString(inner)
		i += n
	}
	return b.String()
}

// spelling is a span without its stress.
func spelling(s run) string {
	if s.Page != "" {
		return "[" + text(s.Text) + "](" + s.Page + ")"
	}
	switch s.Kind {
	case alien:
		return text(s.Text)
	case code:
		return "`" + strings.ReplaceAll(s.Text, "`", "'") + "`"
	}
	return s.Text
}
