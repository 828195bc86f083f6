package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"maturitybench/benchmark"
)

// summary is the report in three sentences of plain text, made of the
// numbers of the cohort of all companies.
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
		scale[0].Level, scale[0].Name, scale[len(scale)-1].Level, scale[len(scale)-1].Name)
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
			shown = append(shown, domain{n.instrument.Domains[i].Title, d.Mean})
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
	of := fmt.Sprintf("Of %d practices, %d with a published mean,", total, len(places))
	low := lowest(places)
	if len(low.places) == 0 {
		return of + " none is surely among the lowest half."
	}
	l := low.places[0]
	sentence := fmt.Sprintf("%s the lowest is “%s” with %s", of, n.question(l.id), l.mean)
	if l.best < l.worst {
		sentence += fmt.Sprintf(" (the noise leaves rank %s)", l.rank())
	}
	if high := highest(places); len(high.places) > 0 {
		h := high.places[0]
		sentence += fmt.Sprintf(", and the highest “%s” with %s", n.question(h.id), h.mean)
		if h.best < h.worst {
			sentence += fmt.Sprintf(" (rank %s)", h.rank())
		}
	}
	return sentence + "."
}
