package forecast

import (
	"slices"
	"strings"

	"maturitybench/benchmark"
	"maturitybench/benchmark/publication"
)

// Little reports whether a panel of the forecast's size is likely to get little
// or nothing for what it is charged: it is not surely enough shown, or neither
// the overall mean nor those of the domains are accurate enough to be published, or,
// where these are not asked for, nothing is but the number of companies.
func Little(f *benchmark.Forecast) bool {
	all := f.Cohorts[0]
	mean := func(s benchmark.StatisticForecast) bool {
		return s.Name == "overall mean" || strings.HasPrefix(s.Name, "domain means")
	}
	means := slices.ContainsFunc(all.Statistics, mean)
	return all.Shown < enough || !slices.ContainsFunc(all.Statistics, func(s benchmark.StatisticForecast) bool {
		return (mean(s) || !means && s.Name != "companies") && s.Status == publication.Published
	})
}
