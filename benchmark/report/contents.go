package report

import (
	"maturitybench/benchmark/publication"
)

func newBuilder(r *publication.Release, o Options) (*builder, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	t, err := newTexts(o)
	if err != nil {
		return nil, err
	}
	original := r
	spoken := *r
	spoken.Instrument = r.Instrument.In(o.Language)
	r = &spoken
	b := &builder{texts: t, release: r, original: original, options: o, names: names{r.Instrument, t}}
	b.all, _ = r.Cohort(publication.AllCohort)
	return b, b.trend()
}

// newDocument says in words, tables and figures what a release has to say.
func newDocument(r *publication.Release, o Options) (document, error) {
	b, err := newBuilder(r, o)
	if err != nil {
		return document{}, err
	}
	r = b.release // in the language of the options
	d := document{title: b.title(), intro: b.intro(), meta: b.meta()}
	if subtitle := clean(o.Subtitle); subtitle != "" {
		d.subtitle = foreign(subtitle)
	}
	d.board = section{"summary", b.rich("summary"), b.board()}
	add := func(list *[]section, id string, title rich, blocks []block) {
		if len(blocks) > 0 {
			*list = append(*list, section{id, title, blocks})
		}
	}
	chapter := func(id string, blocks []block) { add(&d.sections, id, b.rich(id), blocks) }
	chapter("foreword", paragraphs(o.Foreword))
	if b.all.Status == publication.Published {
		chapter("domains", b.domains())
		for i, domain := range r.Instrument.Domains {
			add(&d.sections, "domain-"+domain.ID, foreign(domain.Title), b.on(i).practices(i))
		}
		chapter("extremes", b.byScale((*builder).extremes))
		chapter("profiles", b.profiles())
		for _, a := range r.Instrument.Attributes {
			add(&d.sections, "cohort-"+a.ID, b.rich("cohort", "attribute", b.names.attribute(a)), b.cohorts(a))
		}
		chapter("change", b.change())
	}
	appendix := func(id string, blocks []block) { add(&d.appendices, id, b.rich(id), blocks) }
	appendix("hidden", b.hidden())
	appendix("sure", b.sure())
	appendix("scale", b.scale())
	appendix("silent", b.silent())
	appendix("methods", b.methods())
	appendix("privacy", b.privacy())
	appendix("statement", b.statement())
	appendix("notes", paragraphs(o.Notes))
	return d, nil
}

func (b *builder) title() rich {
	if b.options.Title != "" {
		return foreign(b.options.Title)
	}
	return b.rich("title", "title", b.release.Instrument.Title, "wave", b.release.Wave)
}

func (b *builder) intro() []block {
	out := []block{paragraph{b.imprint()}}
	if notice := b.withdrawn(); notice != nil {
		out = append(out, warning{notice})
	}
	if b.release.Privacy.Noise == publication.TestNoise {
		out = append(out, warning{b.rich("test-noise")})
	}
	if isSynthetic(b.release) {
		out = append(out, warning{b.rich("synthetic")})
	}
	return out
}

// withdrawn is the notice of a release that was withdrawn, else nil.
func (b *builder) withdrawn() rich {
	w := b.release.Withdrawn
	if w == nil {
		return nil
	}
	return b.rich("withdrawn", "date", w.Date, "reason", w.Reason)
}

// imprint says who published what, and when.
func (b *builder) imprint() rich {
	r, o := b.release, b.options
	parts := []rich{b.rich("imprint.wave", "wave", r.Wave)}
	if r.Revision > 1 {
		parts[0] = append(parts[0], b.rich("revision", "revision", r.Revision)...)
	}
	if o.Publisher != "" {
		parts = append(parts, b.rich("imprint.publisher", "publisher", o.Publisher))
	}
	if date := b.date(); len(date) > 0 {
		parts = append(parts, date)
	}
	key := "imprint.version"
	if o.Title != "" {
		key = "imprint.instrument"
	}
	parts = append(parts, b.rich(key, "title", r.Instrument.Title, "version", r.Instrument.Version))
	return join(parts, " · ")
}

// meta are the facts about the report as a document.
func (b *builder) meta() []property {
	o := b.options
	list := []property{{"description", b.say("description", "title", b.release.Instrument.Title, "wave", b.release.Wave)}}
	add := func(name, content string) {
		if content = clean(content); content != "" {
			list = append(list, property{name, content})
		}
	}
	add("author", o.Publisher)
	add("dcterms.publisher", o.Publisher)
	if !o.Date.IsZero() {
		add("dcterms.issued", o.Date.Format("2006-01-02"))
	}
	add("dcterms.license", o.License)
	add("contact", o.Contact)
	return list
}

// scale are the levels with their tests, of all scales.
func (b *builder) scale() []block {
	if b.several() {
		return append([]block{paragraph{b.rich("scale.several")}}, b.byScale((*builder).scale)...)
	}
	t := table{Caption: b.said(b.rich("scale.levels")), Header: []rich{b.rich("scale.level"), b.rich("scale.test")}, Texts: 2}
	tests := false
	for _, l := range b.release.Instrument.Scale {
		tests = tests || l.Test != ""
		t.Rows = append(t.Rows, []rich{foreign(b.levelLabel(l).text), foreign(l.Test)})
	}
	if !tests {
		t.Header = t.Header[:1]
		for i := range t.Rows {
			t.Rows[i] = t.Rows[i][:1]
		}
	}
	return []block{t}
}
