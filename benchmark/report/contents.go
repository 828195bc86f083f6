package report

import (
	"strconv"

	"maturitybench/benchmark/publication"
)

func newBuilder(r *publication.Release, o Options) (*builder, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	t, err := newTexts(o.Texts)
	if err != nil {
		return nil, err
	}
	b := &builder{texts: t, release: r, options: o, names: names{r.Instrument, t}}
	b.all, _ = r.Cohort("all")
	return b, b.trend()
}

// newDocument says in words, tables and figures what a release has to say.
func newDocument(r *publication.Release, o Options) (document, error) {
	b, err := newBuilder(r, o)
	if err != nil {
		return document{}, err
	}
	d := document{title: b.title(), intro: b.intro()}
	add := func(id string, title rich, blocks []block) {
		if len(blocks) > 0 {
			d.sections = append(d.sections, section{id, title, blocks})
		}
	}
	part := func(id string, blocks []block) { add(id, b.rich(id), blocks) }
	part("foreword", paragraphs(o.Foreword))
	part("summary", b.summaryBlocks())
	part("scale", b.scale())
	if b.all.Status == publication.Published {
		part("domains", b.domains())
		part("sure", b.sure())
		part("work", b.work())
		part("practices", b.practices())
		part("extremes", b.extremes())
		part("profiles", b.profiles())
		for _, a := range r.Instrument.Attributes {
			add("cohort-"+a.ID, b.rich("cohort", "attribute", b.names.attribute(a)), b.cohorts(a))
		}
		part("change", b.change())
	} else {
		part("domains", []block{paragraph{b.rich("summary.nothing")}})
		part("sure", b.sure())
		part("work", b.work())
	}
	part("hidden", b.hidden())
	part("silent", b.silent())
	part("methods", b.methods())
	part("privacy", b.privacy())
	part("notes", paragraphs(o.Notes))
	return d, nil
}

func (b *builder) title() rich {
	if b.options.Title != "" {
		return foreign(b.options.Title)
	}
	return b.rich("title", "title", b.release.Instrument.Title, "wave", b.release.Wave)
}

func (b *builder) intro() []block {
	r := b.release
	var out []block
	if r.Privacy.Noise == publication.TestNoise {
		out = append(out, warning{b.rich("test-noise")})
	}
	if isSynthetic(r) {
		out = append(out, warning{b.rich("synthetic")})
	}
	return append(out, paragraph{b.imprint()})
}

// imprint says which release this is.
func (b *builder) imprint() rich {
	r := b.release
	revision := rich{}
	if r.Revision > 1 {
		revision = b.rich("revision", "revision", r.Revision)
	}
	return b.rich("imprint", "instrument", r.Instrument.ID, "version", r.Instrument.Version, "wave", r.Wave, "revision", revision,
		"id", rich{{Text: r.ID, Kind: code}}, "account", r.Account)
}

func (b *builder) summaryBlocks() []block {
	s := b.summary()
	return []block{
		paragraph{join(s[:], " ")},
		paragraph{b.rich("summary.reading", "confidence", percentage(b.release.Confidence))},
	}
}

func (b *builder) scale() []block {
	t := table{Caption: b.rich("scale.levels"), Header: []rich{b.rich("scale.level"), b.rich("scale.test")}, Texts: 2}
	tests := false
	for _, l := range b.release.Instrument.Scale {
		tests = tests || l.Test != ""
		t.Rows = append(t.Rows, []rich{foreign(strconv.Itoa(l.Level) + " " + l.Name), foreign(l.Test)})
	}
	if !tests {
		t.Header = t.Header[:1]
		for i := range t.Rows {
			t.Rows[i] = t.Rows[i][:1]
		}
	}
	return []block{t}
}
