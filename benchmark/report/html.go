package report

import (
	"bytes"
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"io"

	"maturitybench/benchmark/publication"
)

//go:embed page.html.tmpl
var pageTemplate string

//go:embed page.css
var pageStyle string

// HTML writes the release as one self-contained page: no script, and nothing
// that is loaded from elsewhere. It follows the reader's choice of light or
// dark, prints, and works from the width of a telephone on; behind every
// figure is its table, in the first appendix. Texts of the instrument and of
// the options are shown literally, whatever they hold. The error is one of the
// options, or the writer's.
func HTML(w io.Writer, r *publication.Release, o Options) error {
	d, err := newDocument(r, o)
	if err != nil {
		return err
	}
	return d.html(w, o)
}

// html sets the document as a page.
func (d document) html(w io.Writer, o Options) error {
	t, err := newTexts(o)
	if err != nil {
		return err
	}
	p := newPage(d, t, o)
	return setPage(w, p, "page", p)
}

// setPage writes a template that is filled with data.
func setPage(w io.Writer, p *page, name string, data any) error {
	set, err := template.New("page").Funcs(template.FuncMap{
		"rich": p.rich, "head": p.head, "say": p.texts.say, "plate": p.plate, "half": p.half, "column": columnClass, "number": p.number, "title": title,
	}).Parse(pageTemplate)
	if err == nil {
		_, err = set.New("form").Parse(formTemplate)
	}
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	var out bytes.Buffer
	if err := set.ExecuteTemplate(&out, name, data); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	_, err = out.WriteTo(w)
	return err
}

// title is that of something, or the id of what has none.
func title(title, id string) rich { return foreign(cmp.Or(title, id)) }

// page is what the template sets.
type page struct {
	texts              texts
	Title, Subtitle    rich
	Intro              []block
	Board              section
	Sections           []section
	Appendices         []section
	Tables             []table
	Meta               []property
	Class              string // how long it is: summary, of the first page alone; brief, without chapters; cover, with a page for its title; or neither
	Logo               template.URL
	LogoText, Language string
	Style, FigureStyle template.CSS
	Running            template.CSS
	figures            int
	tables             map[string]int  // numbers of the tables behind figures, from 1
	targets            map[string]bool // ids that texts may lead to
}

// newPage numbers the tables and gives every heading an id.
func newPage(d document, t texts, o Options) *page {
	p := &page{
		texts: t, Title: d.title, Subtitle: d.subtitle, Intro: d.intro, Board: d.board, Sections: d.sections, Appendices: d.appendices,
		Class: d.length(), Tables: d.tables(), Meta: d.meta, Style: template.CSS(pageStyle), FigureStyle: template.CSS(figureStyle()),
		Running: template.CSS(cssString(d.title.String())), tables: map[string]int{}, targets: map[string]bool{},
		Language: cmp.Or(o.Language, "en"), Logo: template.URL(o.Logo), LogoText: clean(o.LogoText), // checked to be the data of an image
	}
	for i, table := range p.Tables {
		p.tables[table.ID] = i + 1
	}
	for _, s := range d.all() {
		p.targets[s.ID] = true
		n := 0
		for i, b := range s.Blocks {
			if h, ok := b.(subheading); ok {
				n++
				h.ID = fmt.Sprintf("%s-%d", s.ID, n)
				s.Blocks[i] = h
			}
		}
	}
	return p
}

// number is the title of a table behind a figure.
func (p *page) number(t table) string {
	if n := p.tables[t.ID]; n > 0 {
		return p.texts.say("table", "number", n)
	}
	return ""
}

// setFigure is a figure in two widths, of which the page shows one; one that
// stands beside another has the narrow one only.
type setFigure struct {
	ID, Number, Class string
	Title, Text       rich
	Wide, Narrow      template.HTML
	Tables            []table
}

// plate numbers a figure and draws it.
func (p *page) plate(v plate) setFigure {
	f := p.half(v)
	f.Class = ""
	f.Wide = p.draw(v.Figure, wide, "wide")
	return f
}

// half is a figure of half the width.
func (p *page) half(v plate) setFigure {
	p.figures++
	return setFigure{
		ID: "figure-" + v.Figure.Name, Number: p.texts.say("figure", "number", p.figures), Class: "half",
		Title: v.Figure.title, Text: v.Figure.text, Narrow: p.draw(v.Figure, narrow, "narrow"),
		Tables: append([]table{v.Figure.table}, v.More...),
	}
}

func (p *page) draw(f Figure, width float64, class string) template.HTML {
	id := "figure-" + f.Name + "-" + class
	return template.HTML(f.draw(width).svg(themed, id, class, f.Title, f.Description))
}

// columnClass says of which column a table is: words or numbers.
func columnClass(t table, column int) string {
	if !t.words(column) {
		return "n"
	}
	return ""
}

// rich marks up a line.
func (p *page) rich(r rich) template.HTML { return p.set(r, func(s string) string { return s }) }

// head marks up the head of a column, which breaks between words, and inside
// of words only that no column could hold.
func (p *page) head(r rich) template.HTML { return p.set(r, softened) }

func (p *page) set(r rich, spell func(string) string) template.HTML {
	var b bytes.Buffer
	for _, s := range reachable(r, p.targets) {
		inner := template.HTMLEscapeString(spell(s.Text))
		switch s.Kind {
		case code:
			inner = "<code>" + inner + "</code>"
		case alien:
			inner = "<bdi>" + inner + "</bdi>"
		case bounds:
			inner = `<span class="bounds">` + inner + "</span>"
		case mark:
			inner = `<span class="mark">` + inner + "</span>"
		}
		if s.Lang != "" && s.Lang != p.Language {
			inner = `<span lang="` + template.HTMLEscapeString(s.Lang) + `">` + inner + "</span>"
		}
		if s.To != "" && p.targets[s.To] {
			inner = `<a href="#` + template.HTMLEscapeString(s.To) + `">` + inner + "</a>"
		}
		if s.Page != "" {
			inner = `<a href="` + template.HTMLEscapeString(s.Page) + `">` + inner + "</a>"
		}
		if s.Strong {
			inner = "<strong>" + inner + "</strong>"
		}
		b.WriteString(inner)
	}
	return template.HTML(b.String())
}

// softened lets a line break inside of words that are longer than any that a
// reader knows.
func softened(s string) string {
	const longest, step = 22, 10
	var out []rune
	word := 0
	letters := []rune(s)
	for i, r := range letters {
		if r == ' ' {
			word = 0
		} else {
			word++
		}
		out = append(out, r)
		if word > 0 && word%step == 0 && wordLength(letters, i) > longest {
			out = append(out, '\u00ad')
		}
	}
	return string(out)
}

// wordLength is the length of the word around a letter.
func wordLength(letters []rune, at int) int {
	from, to := at, at
	for from > 0 && letters[from-1] != ' ' {
		from--
	}
	for to < len(letters) && letters[to] != ' ' {
		to++
	}
	return to - from
}
