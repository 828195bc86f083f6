package report

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"strings"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
)

//go:embed form.html.tmpl
var formTemplate string

//go:embed form.css
var formStyle string

//go:embed script/*.js
var scriptFiles embed.FS

// scriptNames are the parts of the script of [StandingForm] in their order.
var scriptNames = []string{"number", "compare", "label", "csv", "sheet", "words", "parts", "draw", "page"}

// StandingForm writes a page on which any company finds out where it stands: it
// drops the sheet that it handed in, or enters its levels, and sees what
// [StandingHTML] would say, computed by the page itself from the release that it
// holds. Of a release that was withdrawn the page says that, and has no form. The
// error is one of the options, or the writer's.
//
// Privacy: the page works without a network, and its own policy forbids the
// browser to open any connection or to send the form; it stores nothing. What
// a company enters never leaves its window.
func StandingForm(w io.Writer, r *publication.Release, o Options) error {
	b, err := newBuilder(r, o)
	if err != nil {
		return err
	}
	f := newForm(standing{builder: b})
	if f.Data, err = formData(b); err != nil {
		return err
	}
	return setPage(w, f.page, "form", f)
}

// form is what its template sets.
type form struct {
	*page
	Withdrawn    bool // there is nothing to compare with
	Reading      section
	Asked        instrument.Spec
	Script, Data template.JS
	Policy       string
	Domains      []formDomain
}

// formDomain is a domain with its practices, which are numbered over all.
type formDomain struct {
	Title     rich
	Practices []formPractice
}

type formPractice struct {
	At     int
	Text   rich
	Levels []string // names of the levels of its scale, from the lowest
}

// newForm sets up the page without its data.
func newForm(s standing) form {
	d := document{title: s.title(), intro: s.formIntro(), meta: s.meta()}
	d.sections = []section{{"standing-reading", s.rich("standing.reading"), s.reading()}}
	f := form{page: newPage(d, s.texts, s.options), Reading: d.sections[0], Asked: s.release.Instrument, Withdrawn: s.release.Withdrawn != nil}
	f.page.Style += f.page.FigureStyle + template.CSS(formStyle)
	var script strings.Builder
	for _, name := range scriptNames {
		data, err := scriptFiles.ReadFile("script/" + name + ".js")
		if err != nil {
			panic(err) // it is embedded
		}
		script.Write(data)
	}
	f.Script = template.JS(script.String())
	f.Policy = "default-src 'none'; connect-src 'none'; form-action 'none'; base-uri 'none'; img-src data:; " +
		"script-src " + hashSource(string(f.Script)) + "; style-src " + hashSource(string(f.page.Style))
	at := 0
	for d, domain := range f.Asked.Domains {
		set := formDomain{Title: foreign(domain.Title)}
		var levels []string
		for _, l := range f.Asked.On(d).Scale {
			levels = append(levels, s.levelLabel(l).text)
		}
		for _, q := range domain.Questions {
			set.Practices = append(set.Practices, formPractice{at, s.names.full(q.ID), levels})
			at++
		}
		f.Domains = append(f.Domains, set)
	}
	return f
}

// formIntro says what the page does with what is entered.
func (s standing) formIntro() []block {
	var out []block
	if notice := s.withdrawn(); notice != nil {
		out = append(out, warning{notice})
	} else {
		out = append(out, warning{s.rich("form.private")})
	}
	if s.release.Privacy.Noise == publication.TestNoise {
		out = append(out, warning{s.rich("test-noise")})
	}
	if isSynthetic(s.release) {
		out = append(out, warning{s.rich("synthetic")})
	}
	return s.withNotAsked(append(out, paragraph{s.against()}))
}

// hashSource allows an inline text by its digest (Content Security Policy Level
// 3, section 6.6).
func hashSource(text string) string {
	digest := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(digest[:]) + "'"
}

// formAxis is an axis of the charts of the script.
type formAxis struct {
	Low   float64    `json:"low"`
	High  float64    `json:"high"`
	Ticks []formTick `json:"ticks"`
}

// formAxes are those of a scale.
type formAxes struct {
	Scores  formAxis `json:"scores"`
	Answers formAxis `json:"answers"`
}

type formTick struct {
	At   float64 `json:"at"`
	Text string  `json:"text"`
}

func newFormAxis(a axis) formAxis {
	out := formAxis{Low: a.low, High: a.high}
	for _, t := range a.ticks {
		out.Ticks = append(out.Ticks, formTick{t.at, t.text})
	}
	return out
}

// formData are the release and the texts of the script as JSON that may stand
// in a page.
func formData(b *builder) (template.JS, error) {
	used := map[string]string{}
	for key, text := range b.texts {
		for _, prefix := range []string{"standing.", "form.", "expected.", "format.", "column.", "own.", "verdict.", "says.", "quarter.", "status.", "figure.standing", "legend.", "table.standing", "scale.said", "overall", "attribute"} {
			if strings.HasPrefix(key, prefix) {
				used[key] = text
			}
		}
	}
	axes := map[string]formAxes{}
	for _, v := range b.views() {
		axes[v.view.of.ID] = formAxes{newFormAxis(v.levels()), newFormAxis(v.answers())}
	}
	data, err := json.Marshal(struct {
		Release    *publication.Release `json:"release"`
		Texts      map[string]string    `json:"texts"`
		Confidence string               `json:"confidence"`
		Shown      instrument.Spec      `json:"shown"`
		Axes       map[string]formAxes  `json:"axes"`
	}{b.original, used, b.percentage(b.release.Confidence), b.release.Instrument.Public(), axes})
	if err != nil {
		return "", fmt.Errorf("report: %w", err)
	}
	return template.JS(data), nil // json escapes <, > and &
}
