package forecast

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"maturitybench/benchmark"
	"maturitybench/benchmark/cmd/command"
	"maturitybench/benchmark/instrument"
)

// kinds are the kinds of statistics that a plan may ask for.
var kinds = []string{"scores", "quartiles", "questions", "shares", "profiles"}

// worthSaying is the part of a half-width that leaving something out must save to be
// named: less is within the doubt of a forecast.
const worthSaying = 0.07

// without prints, for each kind of statistics that the plan asks for, what a plan that
// leaves it out would win for all companies of a panel of the planned size.
func without(ctx context.Context, w io.Writer, in *instrument.Instrument, plan *benchmark.Plan, skipped float64, stderr io.Writer) error {
	progress := command.NewBar(stderr)
	defer progress.Close()
	spec := plan.Spec()
	asked := asks(in, spec)
	with, err := forecastAll(in, spec, spec.Epsilon, spec.ExpectedCompanies, skipped)
	if err != nil {
		return err
	}
	var lines []string
	for i, kind := range asked {
		if err := ctx.Err(); err != nil {
			return err
		}
		progress.Draw(float64(i) / float64(len(asked)))
		spec.Statistics = slices.DeleteFunc(slices.Clone(asked), func(k string) bool { return k == kind })
		if len(spec.Statistics) == 0 || spec.ExpectedCompanies < fewest && kind == "scores" {
			continue // there is no such plan
		}
		less, err := forecastAll(in, spec, spec.Epsilon, spec.ExpectedCompanies, skipped)
		if err != nil {
			return err
		}
		lines = append(lines, fmt.Sprintf("Without %s: %s.\n", kind, gains(in.Spec(), with, less)))
	}
	progress.Close()
	_, err = fmt.Fprintf(w, "\nWhat leaving something out would buy, for all of %d companies:\n%s", spec.ExpectedCompanies, strings.Join(lines, ""))
	return err
}

// asks are the kinds that a plan asks for.
func asks(in *instrument.Instrument, spec benchmark.PlanSpec) []string {
	if spec.Statistics != nil {
		return spec.Statistics
	}
	return slices.DeleteFunc(slices.Clone(kinds), func(kind string) bool { return kind == "profiles" && len(in.Spec().Profiles) == 0 })
}

// gains compares the families that both forecasts have.
func gains(in instrument.Spec, with, less benchmark.CohortForecast) string {
	var names []string
	for _, s := range less.Statistics {
		for _, before := range with.Statistics {
			if before.Name == s.Name && s.HalfWidth < (1-worthSaying)*before.HalfWidth {
				names = append(names, fmt.Sprintf("%s %s instead of %s", s.Name, halfWidth(in, s), halfWidth(in, before)))
			}
		}
	}
	if len(names) == 0 {
		return "nothing else would be clearly more accurate"
	}
	return list(names)
}
