package report

import (
	"cmp"
	"slices"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
)

// An instrument with several scales has no number over two of them. What the report shows
// of scores and practices it shows scale by scale, each by a view: a builder to whom the
// instrument has this scale alone, and of its domains those on it.

// view is what a builder sees; the zero view is everything.
type view struct {
	of    instrument.NamedScale // zero: the only scale
	whole *builder              // of the report; nil: this one
}

// several says whether the builder sees several scales.
func (b *builder) several() bool { return b.release.Instrument.Several() }

// views are a builder for every scale: the builder itself if there is one.
func (b *builder) views() []*builder {
	if !b.several() {
		return []*builder{b}
	}
	var list []*builder
	for _, scale := range b.release.Instrument.Scales {
		at := slices.IndexFunc(b.release.Instrument.Domains, func(d instrument.Domain) bool { return d.Scale == scale.ID })
		of := b.on(at)
		of.view.of = scale
		list = append(list, of)
	}
	return list
}

// on is a builder for a domain alone, to whom its scale is the only one.
func (b *builder) on(domain int) *builder {
	if !b.several() {
		return b
	}
	of, release := *b, *b.release
	release.Instrument = b.release.Instrument.On(domain)
	of.release, of.names.instrument, of.view.whole = &release, release.Instrument, b
	return &of
}

// partial says whether the builder sees one of several scales.
func (b *builder) partial() bool { return b.view.of.ID != "" }

// sees says whether the builder sees a domain.
func (b *builder) sees(domain int) bool {
	return !b.partial() || b.release.Instrument.Domains[domain].Scale == b.view.of.ID
}

// seesFunction says the same of a function, whose domains are all on one scale.
func (b *builder) seesFunction(function int) bool {
	return !b.partial() || b.sees(b.release.Instrument.FunctionDomains()[function][0])
}

// seen are the domains that the builder sees.
func (b *builder) seen() []publication.CohortDomain {
	var list []publication.CohortDomain
	for d, domain := range b.all.Domains {
		if b.sees(d) {
			list = append(list, domain)
		}
	}
	return list
}

// seenQuestions are the questions of a cohort that the builder sees.
func (b *builder) seenQuestions(c publication.Cohort) []publication.CohortQuestion {
	if !b.partial() {
		return c.Questions
	}
	var list []publication.CohortQuestion
	for q, of := range c.Questions {
		if b.sees(b.release.Instrument.DomainOf(q)) {
			list = append(list, of)
		}
	}
	return list
}

// entire is the builder that sees all scales.
func (b *builder) entire() *builder {
	if b.view.whole != nil {
		return b.view.whole
	}
	return b
}

// scaleName is the name of the scale that a view is of.
func (b *builder) scaleName() string { return cmp.Or(b.view.of.Title, b.view.of.ID) }

// tagged is a name or an id of its own for the scale that the builder sees.
func (b *builder) tagged(name string) string {
	if !b.partial() {
		return name
	}
	return name + "-" + b.view.of.ID
}

// said is a sentence about a scale, with its name before it.
func (b *builder) said(text rich) rich {
	if !b.partial() || len(text) == 0 {
		return text
	}
	return b.rich("scale.said", "scale", b.scaleName(), "text", text)
}

// byScale gathers blocks of every scale, under its name.
func (b *builder) byScale(of func(*builder) []block) []block {
	var out []block
	for _, v := range b.views() {
		blocks := of(v)
		if len(blocks) > 0 && v.partial() {
			out = append(out, subheading{Text: b.rich("scale.of", "scale", v.scaleName())})
		}
		out = append(out, blocks...)
	}
	return out
}
