package forecast

import (
	"fmt"
	"slices"
	"strings"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
)

// likely is the probability from which the words call something likely.
const likely = 0.5

// inWords names the families of statistics whose own name does not do within a
// sentence.
var inWords = map[string]string{
	"companies": "the number of companies",
	"shares":    "the shares of the levels",
	"at least":  "the shares at or above a level",
}

// words names a family within a sentence.
func words(s benchmark.StatisticForecast) string {
	if special, ok := inWords[s.Name]; ok {
		return special
	}
	return "the " + s.Name
}

// Verdict says in sentences what a panel of one size can and cannot get.
func Verdict(in instrument.Spec, f *benchmark.Forecast) []string {
	all := f.Cohorts[0]
	start := fmt.Sprintf("%d companies:", f.Companies)
	if all.Shown < likely {
		return []string{start, fmt.Sprintf("most likely nothing is published; the panel passes the threshold with a probability of %s.", Probability(all.Passes)),
			fmt.Sprintf("Only from %d companies on is it more likely than not.", f.Least)}
	}
	sentences := []string{start, "the report can tell " + list(reach(in, all)) + "."}
	if miss := missing(all); len(miss) > 0 {
		sentences = append(sentences, "Out of reach: "+list(miss)+".")
	}
	return append(sentences, cohorts(f.Cohorts[1:])...)
}

// reach names what a cohort can mostly tell, with half-widths.
func reach(in instrument.Spec, c benchmark.CohortForecast) (names []string) {
	for _, s := range c.Statistics {
		switch {
		case s.Status != publication.Published:
		case s.HalfWidth > 0:
			names = append(names, words(s)+" to "+halfWidth(in, s))
		default:
			names = append(names, words(s)+" exactly")
		}
	}
	return names
}

// missing names what a cohort can mostly not tell.
func missing(c benchmark.CohortForecast) (names []string) {
	for _, s := range c.Statistics {
		if s.Status != publication.Published {
			names = append(names, words(s))
		}
	}
	return names
}

// cohorts says which of the cohorts within the panel are likely to be shown,
// and what they tell then.
func cohorts(within []benchmark.CohortForecast) []string {
	if len(within) == 0 {
		return nil
	}
	var shown []benchmark.CohortForecast
	best := within[0]
	for _, c := range within {
		if c.Shown >= likely {
			shown = append(shown, c)
		}
		if c.Shown > best.Shown {
			best = c
		}
	}
	switch len(shown) {
	case 0:
		return []string{fmt.Sprintf("No cohort within it is likely to be shown; the likeliest is %s with a probability of %s.", best.ID, Probability(best.Shown))}
	case len(within):
		return []string{fmt.Sprintf("Every cohort within it is likely to be shown, %s.", common(shown))}
	}
	return []string{fmt.Sprintf("Likely to be shown of the %d cohorts within it: %d, %s.", len(within), len(shown), common(shown))}
}

// common names the families that all of the cohorts can tell.
func common(cohorts []benchmark.CohortForecast) string {
	var names []string
	for i, s := range cohorts[0].Statistics {
		if s.Name == "companies" || slices.ContainsFunc(cohorts, func(c benchmark.CohortForecast) bool {
			return c.Statistics[i].Status != publication.Published
		}) {
			continue
		}
		names = append(names, words(s))
	}
	if len(names) == 0 {
		return "with nothing but their numbers of companies"
	}
	return "each with " + list(names)
}

// list joins items with commas and a final "and".
func list(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	return strings.Join(items[:len(items)-1], ", ") + " and " + items[len(items)-1]
}
