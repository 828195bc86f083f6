package main

import (
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"time"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/report"
)

// languages are those of the pages: the first one is that of their templates.
var languages = report.Languages()

//go:embed texts.json
var textsFile []byte

// texts are the translations of the English texts, in the order of languages. They may
// have places {1}, {2}, … for values.
var texts = func() (all map[string][]string) {
	if err := json.Unmarshal(textsFile, &all); err != nil {
		panic("texts.json: " + err.Error()) // it is embedded
	}
	return all
}()

//go:embed page.html form.html desk.html
var pageFiles embed.FS

// pages are the templates by language.
var pages = func() map[string]*template.Template {
	all := map[string]*template.Template{}
	for _, language := range languages {
		all[language] = template.Must(template.New("").Funcs(template.FuncMap{
			"t":        func(text string, values ...any) template.HTML { return say(language, text, values...) },
			"n":        func(text string) string { return local(language, text) },
			"language": func() string { return language },
		}).ParseFS(pageFiles, "*.html"))
	}
	return all
}()

// say is an English text in a language, as HTML, with values in its places. A text that
// has no translation, such as one that the library made, is shown as it is, literally.
func say(language, text string, values ...any) template.HTML {
	translations, known := texts[text]
	for i, other := range languages[1:] {
		if known && other == language {
			text = translations[i]
		}
	}
	if !known {
		text = template.HTMLEscapeString(text)
	}
	return template.HTML(fill(text, values, func(value any) string {
		if html, ok := value.(template.HTML); ok {
			return string(html)
		}
		return template.HTMLEscapeString(fmt.Sprint(value))
	}))
}

// fill puts values into the places of a text.
func fill(text string, values []any, print func(any) string) string {
	var pairs []string
	for i, value := range values {
		pairs = append(pairs, fmt.Sprintf("{%d}", i+1), print(value))
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// local is a number, or an interval in brackets, in a language.
func local(language, text string) string {
	all := report.TextsIn(language)
	separator := strings.NewReplacer("[{low}", "", "{high}]", "").Replace(all["format.interval"])
	return strings.NewReplacer(", ", separator, ".", all["format.point"], "%", strings.TrimPrefix(all["format.percent"], "{value}")).Replace(text)
}

// languageOf is the language that a browser asks for first of those that there are,
// or else that of the server.
func (s *server) languageOf(r *http.Request) string {
	for wanted := range strings.SplitSeq(r.Header.Get("Accept-Language")+","+s.language, ",") {
		tag, _, _ := strings.Cut(wanted, ";")
		base, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
		if pages[base] != nil {
			return base
		}
	}
	return languages[0]
}

// view is the server as the pages of a language see it.
type view struct {
	*server
	language string
}

func (s *server) view(r *http.Request) view { return view{s, s.languageOf(r)} }

func (v view) Wave() string                { return v.wave }
func (v view) Revision() int               { return v.revision }
func (v view) Drafts() bool                { return v.drafts }
func (v view) Instrument() instrument.Spec { return v.spec.In(v.language) }

// day is a day in words.
func (v view) day(at time.Time) string {
	all, key := report.TextsIn(v.language), "date"
	if at.Day() == 1 {
		key = "date.first"
	}
	return strings.NewReplacer("{day}", fmt.Sprint(at.Day()), "{year}", fmt.Sprint(at.Year()), "{month}", all[fmt.Sprintf("month.%d", at.Month())]).Replace(all[key])
}
