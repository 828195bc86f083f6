package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"maturitybench/benchmark"
)

// summary is the report in three sentences, made of the numbers of the cohort
// of all companies.
func summary(r *benchmark.Release, n names) [3]string {
	all, _ := r.Cohort("all")
	if all.Status != benchmark.Published {
		return [3]string{
			"Nothing is published of this wave: the cohort of all companies is suppressed.",
			"No other cohort is shown without it.",
			"What follows says how the companies that took part are protected.",
		}
	}
	return [3]string{overallSentence(r, n, all), domainSentence(n, all), practiceSentence(n, all)}
}

func overallSentence(r *benchmark.Release, n names, all benchmark.Cohort) string {
	scale := r.Instrument.Scale
	on := fmt.Sprintf("on the scale from %d (%s) to %d (%s)",
		scale[0].Level, n.show(scale[0].Name), scale[len(scale)-1].Level, n.show(scale[len(scale)-1].Name))
	who := fmt.Sprintf("%s companies", all.Companies)
	if all.Companies.Low != all.Companies.High {
		who = "An estimated " + who
	}
	mean := all.Overall.Mean
	if mean.Status != benchmark.Published {
		return fmt.Sprintf("%s answered, %s; their overall mean is withheld.", who, on)
	}
	return fmt.Sprintf("%s answered; %s their overall mean is %s, %s.", who, on, mean, n.place(mean.Value))
}

func domainSentence(n names, all benchmark.Cohort) string {
	type domain struct {
		title string
		mean  benchmark.Estimate
	}
	var shown []domain
	for i, d := range all.Domains {
		if d.Mean.Status == benchmark.Published {
			shown = append(shown, domain{n.show(n.instrument.Domains[i].Title), d.Mean})
		}
	}
	total := len(all.Domains)
	switch len(shown) {
	case 0:
		return fmt.Sprintf("The means of all domains (%d) are withheld.", total)
	case 1:
		return fmt.Sprintf("The mean of the domain %s is %s; it is the only published one of %d.", shown[0].title, shown[0].mean, total)
	}
	slices.SortStableFunc(shown, func(a, b domain) int { return cmp.Compare(b.mean.Value, a.mean.Value) })
	first, last := shown[0], shown[len(shown)-1]
	if overlap(first.mean, last.mean) {
		return fmt.Sprintf("The means of the domains (%d of %d are published) reach from %s to %s and cannot be told apart.",
			len(shown), total, last.mean, first.mean)
	}
	var nearFirst, nearLast []string
	for _, d := range shown[1:] {
		if overlap(d.mean, first.mean) {
			nearFirst = append(nearFirst, d.title)
		}
	}
	for _, d := range shown[:len(shown)-1] {
		if overlap(d.mean, last.mean) {
			nearLast = append(nearLast, d.title)
		}
	}
	return fmt.Sprintf("Of the domains, %s has the highest mean, %s%s, and %s the lowest, %s%s.",
		first.title, first.mean, tied(nearFirst), last.title, last.mean, tied(nearLast))
}

// tied says which others cannot be told apart from one that was named.
func tied(others []string) string {
	if len(others) == 0 {
		return ""
	}
	return " (not to be told apart from " + strings.Join(others, ", ") + ")"
}

func practiceSentence(n names, all benchmark.Cohort) string {
	places := ranking(all)
	total := len(all.Questions)
	if len(places) == 0 {
		return fmt.Sprintf("The means of all practices (%d) are withheld.", total)
	}
	sentence := fmt.Sprintf("Of %d practices (%d with a published mean)", total, len(places))
	low, high := lowest(places).places, highest(places).places
	if len(low) > 0 {
		sentence += " the lowest is " + n.named(low[0])
	} else {
		sentence += " none is surely in the lower half"
	}
	if len(high) > 0 {
		return sentence + ", and the highest " + n.named(high[0]) + "."
	}
	return sentence + ", and none surely in the upper half."
}

// named is a practice with its mean and the ranks that the noise leaves.
func (n names) named(p place) string {
	if p.best == p.worst {
		return fmt.Sprintf("“%s” with %s", n.question(p.id), p.mean)
	}
	return fmt.Sprintf("“%s” with %s (tied for rank %s)", n.question(p.id), p.mean, p.rank())
}
