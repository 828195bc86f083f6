package forecast

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/privacy"
)

const legend = `
± is the expected half-width of an interval: companies, levels of the scale, or
percentage points; ~ is the expected error, the root mean square distance from the
exact number, for which an interval allows. A percentage beside them is the part of
the family that is published, where that is not all of it; in brackets: withheld,
since it would be this inaccurate. "passes" is the probability that a cohort of this size passes
the threshold, "shown" that it is shown: it passes, and no sibling takes it along.`

// write prints the table, a column for each size of the panel, and what it
// comes to in words.
func write(w io.Writer, in instrument.Spec, compiled *benchmark.Plan, account *privacy.Account, forecasts []*benchmark.Forecast) error {
	plan := compiled.Spec()
	var b strings.Builder
	fmt.Fprintf(&b, "Wave %s of account %s: ε = %v, δ = %v, %s roster, k = %d, planned for %d companies; intervals of %.4g%% confidence.\n",
		plan.Wave, plan.Account, plan.Epsilon, plan.Delta, plan.Roster, plan.MinCompanies, plan.ExpectedCompanies, 100*plan.Confidence)
	b.WriteString(assumed(forecasts[0].Skipped) + "\n\n")
	table(&b, in, forecasts)
	fmt.Fprintf(&b, "%s\n\n", legend)
	for _, f := range forecasts {
		fmt.Fprintf(&b, "%s\n", strings.Join(Verdict(in, f), " "))
	}
	if ratio := compiled.Efficiency(); ratio > 0 {
		fmt.Fprintf(&b, "Efficiency: answers are measured in a basis whose error is %.3f times the least that any unbiased linear mechanism of the same privacy can have.\n", ratio)
	}
	if account != nil {
		room(&b, *account, forecasts[0].Loss, plan.Delta)
	}
	b.WriteString("All of this is about the noise and the companies that answer; how far they stand for their industry is another question.\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// assumed says what the forecast takes for granted about skipped answers.
func assumed(skipped float64) string {
	if skipped == 0 {
		return "Every company is assumed to answer every question."
	}
	return fmt.Sprintf("%.3g%% of the answers are assumed to be skipped, each by itself, whatever it is; skipped sections cost more.", 100*skipped)
}

// table prints the cohorts, one family of statistics a line.
func table(w io.Writer, in instrument.Spec, forecasts []*benchmark.Forecast) {
	t := tabwriter.NewWriter(w, 0, 0, 3, ' ', 0)
	line := func(title string, cell func(f *benchmark.Forecast) string) {
		fmt.Fprint(t, title)
		for _, f := range forecasts {
			fmt.Fprint(t, "\t"+cell(f))
		}
		fmt.Fprintln(t)
	}
	line("panel", func(f *benchmark.Forecast) string { return fmt.Sprint(f.Companies) })
	for g, c := range forecasts[0].Cohorts {
		line(c.ID, func(f *benchmark.Forecast) string { return fmt.Sprint(f.Cohorts[g].Companies) })
		line("  passes", func(f *benchmark.Forecast) string { return Probability(f.Cohorts[g].Passes) })
		line("  shown", func(f *benchmark.Forecast) string { return shown(f.Cohorts[g]) })
		for s, family := range c.Statistics {
			line("  "+family.Name, func(f *benchmark.Forecast) string { return cell(in, f.Cohorts[g].Statistics[s]) })
		}
	}
	t.Flush()
}

// cell is one forecast: "±0.34 ~0.20", "±0.34 ~0.20 63%" or "(±0.64 ~0.39)".
func cell(in instrument.Spec, s benchmark.StatisticForecast) string {
	switch width := halfWidth(in, s) + " " + inUnit(in, s, "~", s.Error); {
	case s.Published < 0.005:
		return "(" + width + ")"
	case s.Published < 0.995:
		return fmt.Sprintf("%s %.0f%%", width, 100*s.Published)
	default:
		return width
	}
}

// halfWidth prints a half-width in the unit of its family.
func halfWidth(in instrument.Spec, s benchmark.StatisticForecast) string {
	return inUnit(in, s, "±", s.HalfWidth)
}

// inUnit prints a number with its sign in the unit of its family.
func inUnit(in instrument.Spec, s benchmark.StatisticForecast, sign string, x float64) string {
	switch {
	case s.Name == "companies":
		return sign + digits(x, 0)
	case slices.Contains([]string{"shares", "at least", "profile shares"}, s.Name) || binary(in, s.Name):
		return sign + digits(100*x, 0) + "%"
	}
	return sign + digits(x, 2)
}

// binary says whether a family is of scores of two levels, such as yes and no, which are
// percentages of the upper one; of several scales a family names its own.
func binary(in instrument.Spec, name string) bool {
	for _, scale := range in.Scales {
		if len(scale.Levels) == 2 && strings.HasSuffix(name, " ("+cmp.Or(scale.Title, scale.ID)+")") {
			return true
		}
	}
	return len(in.Scale) == 2
}

// digits prints a number with so many decimals, or with as many more as its
// first digit needs.
func digits(x float64, decimals int) string {
	text := fmt.Sprintf("%.*f", decimals, x)
	if x > 0 && strings.Trim(text, "0.") == "" {
		return fmt.Sprintf("%.1g", x)
	}
	return text
}

// shown prints the probability that a cohort is shown, which is a frequency of
// repeated trials: none of them is not never, and all of them is no likelier
// than that the cohort passes.
func shown(c benchmark.CohortForecast) string {
	return Probability(min(max(c.Shown, 1e-6), c.Passes))
}

// Probability prints a probability, and never as certain what is not.
func Probability(p float64) string {
	switch {
	case p == 0:
		return "0%"
	case p < 0.001:
		return "<0.1%"
	case p > 0.999 && p < 1-1e-9:
		return ">99.9%"
	case p < 0.01 || p > 0.99 && p < 1-1e-9:
		return fmt.Sprintf("%.1f%%", 100*p)
	}
	return fmt.Sprintf("%.0f%%", 100*p)
}
