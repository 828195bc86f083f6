package main

import (
	"fmt"
	"io"
	"math"
	"strings"
	"text/tabwriter"
)

// print writes the tables: errors, what is published, coverage, ratios.
func (s *settings) print(w io.Writer, ours *method, others []*method) error {
	source := "synthetic companies"
	if s.responses != "" {
		source = "companies of the file"
	}
	fmt.Fprintf(w, "%d panels of %d %s, ε = %v, δ = %v, %s roster\n\n", s.trials, s.companies, source, s.epsilon, delta, s.roster)
	fmt.Fprintln(w, "Root mean square error of what is published: all companies / cohorts")
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprint(t, "method")
	for f := range families {
		fmt.Fprintf(t, "\t%s", familyNames[f])
	}
	fmt.Fprintln(t)
	for _, m := range append([]*method{ours}, others...) {
		fmt.Fprint(t, m.name)
		for f := range families {
			fmt.Fprintf(t, "\t%s / %s", number(m.scores.all[f].rmse()), number(m.scores.segments[f].rmse()))
		}
		fmt.Fprintln(t)
	}
	fmt.Fprint(t, "published")
	for f := range families {
		fmt.Fprintf(t, "\t%s / %s", percent(ours.scores.all[f].shown, ours.scores.all[f].all), percent(ours.scores.segments[f].shown, ours.scores.segments[f].all))
	}
	fmt.Fprint(t, "\ncovered")
	for f := range families {
		fmt.Fprintf(t, "\t%s / %s", percent(ours.scores.all[f].covered, ours.scores.all[f].intervals), percent(ours.scores.segments[f].covered, ours.scores.segments[f].intervals))
	}
	fmt.Fprintln(t)
	if err := t.Flush(); err != nil {
		return err
	}
	e := ours.scores.extremes
	fmt.Fprintf(w, "\ncovered, the five highest and five lowest questions: %s / %s\n", percent(e[0].covered, e[0].intervals), percent(e[1].covered, e[1].intervals))
	return s.ratios(w, ours, others)
}

// ratios compares the errors of all companies with those of the other methods;
// of the two budget splits of dpagg the better one counts.
func (s *settings) ratios(w io.Writer, ours *method, others []*method) error {
	fmt.Fprintln(w, "\nTimes the error of maturitybench: all companies / cohorts")
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprint(t, "method")
	for f := range families {
		fmt.Fprintf(t, "\t%s", familyNames[f])
	}
	fmt.Fprintln(t)
	rows := []struct {
		name    string
		methods []*method
	}{{"dpagg, better split", others[:2]}, {others[2].name, others[2:3]}, {others[3].name, others[3:]}}
	for _, row := range rows {
		fmt.Fprint(t, row.name)
		for f := range families {
			all, segments := math.Inf(1), math.Inf(1)
			for _, m := range row.methods {
				all = min(all, m.scores.all[f].rmse())
				segments = min(segments, m.scores.segments[f].rmse())
			}
			fmt.Fprintf(t, "\t%s / %s", ratio(all, ours.scores.all[f].rmse()), ratio(segments, ours.scores.segments[f].rmse()))
		}
		fmt.Fprintln(t)
	}
	return t.Flush()
}

// number has three significant digits, or is a dash.
func number(x float64) string {
	if math.IsNaN(x) {
		return "–"
	}
	if x >= 10 {
		return fmt.Sprintf("%.1f", x)
	}
	return fmt.Sprintf("%.3f", x)
}

func percent(part, whole float64) string {
	if whole == 0 {
		return "–"
	}
	return strings.TrimSpace(fmt.Sprintf("%3.0f%%", 100*part/whole))
}

func ratio(other, ours float64) string {
	if math.IsNaN(other/ours) || math.IsInf(other/ours, 0) {
		return "–"
	}
	return fmt.Sprintf("%.1f×", other/ours)
}
