package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
)

// practiceLabel is a practice in a figure.
func (b *builder) practiceLabel(id string) label { return label{b.names.practice(id), id} }

// cohortLabel is the name of a cohort in a figure about its attribute.
func (b *builder) cohortLabel(a instrument.Attribute, id string) label {
	l := label{text: b.names.column(a, id).String(), id: id}
	for _, v := range a.Values {
		if id == a.ID+"="+v.ID {
			l.id = v.ID
		}
	}
	return l
}

// title of an attribute's or domain's label in a figure.
func labelOf(title, id string) label { return label{clean(cmp.Or(title, id)), id} }

func (b *builder) levelLabel(l instrument.Level) label {
	id := strconv.Itoa(l.Level)
	return label{clean(id + " " + l.Name), id}
}

// item is the overall score, a function or a domain, with its label.
type item struct {
	label label
	score func(publication.Cohort) publication.CohortScore
	above bool // what lies above the domains
}

// functionLabels are those of the tier above the domains, if there is one.
func (b *builder) functionLabels() []label {
	var list []label
	for i, f := range b.release.Instrument.Functions {
		if b.seesFunction(i) {
			list = append(list, labelOf(f.Title, f.ID))
		}
	}
	return list
}

// items are the overall score, unless there are several scales, and then the domains.
func (b *builder) items() []item {
	var out []item
	if !b.several() && b.view.whole == nil {
		out = append(out, item{label{b.say("overall"), "overall"}, func(c publication.Cohort) publication.CohortScore { return c.Overall }, true})
	}
	for i, d := range b.release.Instrument.Domains {
		if b.sees(i) {
			out = append(out, item{labelOf(d.Title, d.ID), func(c publication.Cohort) publication.CohortScore { return c.Domains[i].CohortScore }, false})
		}
	}
	return out
}

// tiers are the items with every function before its domains.
func (b *builder) tiers() []item {
	domains := b.items()
	first := 0
	if len(domains) > 0 && domains[0].above {
		first = 1
	}
	out := domains[:first:first]
	for i, f := range b.release.Instrument.Functions {
		if !b.seesFunction(i) {
			continue
		}
		out = append(out, item{labelOf(f.Title, f.ID), func(c publication.Cohort) publication.CohortScore {
			return publication.CohortScore{Mean: c.Functions[i].Mean}
		}, true})
		for _, d := range domains[first:] {
			if slices.Contains(f.Domains, d.label.id) {
				out = append(out, d)
			}
		}
	}
	if len(out) == first {
		return domains
	}
	return out
}

// title is the name of an item in a table.
func (i item) title() rich {
	if i.above {
		return strong(foreign(i.label.text))
	}
	return foreign(i.label.text)
}

// siblings are the cohorts of an attribute.
func (b *builder) siblings(a instrument.Attribute) []publication.Cohort {
	var list []publication.Cohort
	for _, c := range b.release.Cohorts {
		if strings.HasPrefix(c.ID, a.ID+"=") {
			list = append(list, c)
		}
	}
	return list
}

// published are those of the cohorts that are shown.
func published(cohorts []publication.Cohort) []publication.Cohort {
	return slices.DeleteFunc(slices.Clone(cohorts), func(c publication.Cohort) bool { return c.Status != publication.Published })
}
