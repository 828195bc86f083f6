package forecast

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"maturitybench/benchmark"
	"maturitybench/benchmark/cmd/command"
	"maturitybench/benchmark/instrument"
)

// enough is the probability with which all companies are shown, and the part of a
// family of statistics that is published, from which on a panel gets the family.
const enough = 0.9

// panels are the sizes that are tried: what a plan can be made for under a secret
// roster, where the planning figure has one significant digit.
var panels = []int{10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 2000, 3000}

// fewest is how many companies a plan without scores must expect.
const fewest = 40

// smallest prints the smallest panel that gets each family of statistics for all
// companies, a column for each ε, with plans that differ from the given one in ε
// and the planning figure only.
func smallest(ctx context.Context, in *instrument.Instrument, plan *benchmark.Plan, skipped float64, epsilons []float64, stdout, stderr io.Writer) error {
	progress := command.NewBar(stderr)
	defer progress.Close()
	var families []string
	found := make([]map[string]int, len(epsilons))
	for i, epsilon := range epsilons {
		found[i] = map[string]int{}
		for j, n := range panels {
			if n < fewest && !slices.Contains(asks(in, plan.Spec()), "scores") {
				continue // nothing but scores is measured there
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			progress.Draw((float64(i) + float64(j)/float64(len(panels))) / float64(len(epsilons)))
			all, err := forecastAll(in, plan.Spec(), epsilon, n, skipped)
			if err != nil {
				return err
			}
			if families == nil {
				for _, s := range all.Statistics {
					families = append(families, s.Name)
				}
			}
			gets(found[i], all, n)
			if len(found[i]) == len(families) {
				break
			}
		}
	}
	progress.Close()
	return writeSmallest(stdout, plan.Spec(), skipped, epsilons, families, found)
}

// forecastAll is the forecast for all companies of a panel of the planned size.
func forecastAll(in *instrument.Instrument, spec benchmark.PlanSpec, epsilon float64, companies int, skipped float64) (benchmark.CohortForecast, error) {
	spec.Epsilon, spec.ExpectedCompanies = epsilon, companies
	plan, err := benchmark.NewPlan(in, spec)
	if err != nil {
		return benchmark.CohortForecast{}, err
	}
	forecast, err := plan.ForecastSkipping(companies, skipped)
	if err != nil {
		return benchmark.CohortForecast{}, err
	}
	return forecast.Cohorts[0], nil
}

// gets notes a panel for the families of statistics that it gets first.
func gets(found map[string]int, all benchmark.CohortForecast, companies int) {
	for _, s := range all.Statistics {
		if _, earlier := found[s.Name]; !earlier && all.Shown >= enough && s.Published >= enough {
			found[s.Name] = companies
		}
	}
}

func writeSmallest(w io.Writer, spec benchmark.PlanSpec, skipped float64, epsilons []float64, families []string, found []map[string]int) error {
	var b strings.Builder
	fmt.Fprintf(&b, "The smallest panels of which at least %.0f%% of a family are published for all companies, with a probability of %.0f%%:\n", 100*enough, 100*enough)
	fmt.Fprintf(&b, "δ = %v, %s roster, k = %d, %s; planned for that size, of %d, %d, %d and so on.\n",
		spec.Delta, spec.Roster, spec.MinCompanies, cohortNames(spec), panels[0], panels[1], panels[2])
	b.WriteString(assumed(skipped) + "\n\n")
	t := tabwriter.NewWriter(&b, 0, 0, 3, ' ', 0)
	for _, epsilon := range epsilons {
		fmt.Fprintf(t, "\tε = %v", epsilon)
	}
	fmt.Fprintln(t)
	for _, family := range families {
		fmt.Fprint(t, family)
		for i := range epsilons {
			if n, ok := found[i][family]; ok {
				fmt.Fprintf(t, "\t%d", n)
			} else {
				fmt.Fprintf(t, "\t> %d", panels[len(panels)-1])
			}
		}
		fmt.Fprintln(t)
	}
	t.Flush()
	_, err := io.WriteString(w, b.String())
	return err
}

func cohortNames(spec benchmark.PlanSpec) string {
	if len(spec.Cohorts) == 0 {
		return "no cohorts"
	}
	return "cohorts by " + strings.Join(spec.Cohorts, ", ")
}
