// Command forecast says how likely a plan is to show the companies of panels of
// some sizes, and how accurate their overall mean is expected to be, before any
// data. The whole table is maturitybench forecast's.
package main

import (
	"fmt"
	"log"

	"maturitybench/benchmark/cmd/command"
	"maturitybench/benchmark/instrument"
)

func main() {
	plan, err := command.Plan(instrument.JSP(), "") // or benchmark.LoadPlan(in, "plan.yaml")
	if err != nil {
		log.Fatal(err)
	}
	for _, companies := range []int{17, 50, 100, 300} {
		forecast, err := plan.Forecast(companies)
		if err != nil {
			log.Fatal(err)
		}
		all := forecast.Cohorts[0]
		fmt.Printf("%d companies: shown with probability %.3f\n", companies, all.Shown)
		for _, s := range all.Statistics {
			fmt.Printf("  %s ±%.3g, %s\n", s.Name, s.HalfWidth, s.Status)
		}
	}
}
