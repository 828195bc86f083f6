package report

import (
	"bytes"
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
// figure is its table. Texts of the instrument and of the options are shown
// literally, whatever they hold. The error is one of the options, or the
// writer's.
func HTML(w io.Writer, r *publication.Release, o Options) error {
	d, err := newDocument(r, o)
	if err != nil {
		return err
	}
	return d.html(w, o)
}

// html sets the document as a page.
func (d document) html(w io.Writer, o Options) error {
	t, err := newTexts(o.Texts)
	if err != nil {
		return err
	}
	p := page{texts: t, Title: d.title, Intro: d.intro, Sections: d.sections, LogoText: clean(o.LogoText), Language: "en"}
	if o.Language != "" {
		p.Language = o.Language
	}
	p.Logo = template.URL(o.Logo) // checked to be the data of an image
	p.Style = template.CSS(pageStyle)
	set, err := template.New("page").Funcs(template.FuncMap{
		"rich": setRich, "say": t.say, "plate": p.plate, "head": p.headOf,
	}).Parse(pageTemplate)
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	var out bytes.Buffer
	if err := set.Execute(&out, &p); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	_, err = out.WriteTo(w)
	return err
}

// page is what the template sets.
type page struct {
	texts    texts
	Title    rich
	Intro    []block
	Sections []section
	Logo     template.URL
	LogoText string
	Language string
	Style    template.CSS
	figures  int
}

// setFigure is a figure in two widths, of which the page shows one.
type setFigure struct {
	ID, Number   string
	Title, Text  rich
	Wide, Narrow template.HTML
	Table        table
}

// plate numbers a figure and draws it.
func (p *page) plate(v plate) setFigure {
	p.figures++
	f := v.Figure
	id := "figure-" + f.Name
	draw := func(width float64, class string) template.HTML {
		return template.HTML(f.draw(width).svg(id+"-"+class, class, f.Title, f.Description))
	}
	return setFigure{
		ID: id, Number: p.texts.say("figure", "number", p.figures), Title: f.table.Caption, Text: f.text,
		Wide: draw(wide, "wide"), Narrow: draw(narrow, "narrow"), Table: f.table,
	}
}

// headOf says of which column a table is: words or numbers.
func (p *page) headOf(t table, column int) string {
	if !t.words(column) {
		return "n"
	}
	return ""
}

// setRich marks up a line.
func setRich(r rich) template.HTML {
	var b bytes.Buffer
	for _, s := range r {
		inner := template.HTMLEscapeString(s.Text)
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
		if s.Strong {
			inner = "<strong>" + inner + "</strong>"
		}
		b.WriteString(inner)
	}
	return template.HTML(b.String())
}
