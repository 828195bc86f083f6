package main

import (
	"fmt"
	"net/http"
	"slices"
	"time"

	"maturitybench/benchmark"
)

// forecastPage says what can be expected of the publication.
type forecastPage struct {
	deskPage
	Panels []panel
}

// panel is a forecast for a number of companies.
type panel struct {
	view
	Forecast *benchmark.Forecast
}

// showForecast says what can be expected of the publication at the rate so far, and if
// all members answer. It is for the organiser, who holds the answers and knows how many
// there are; nothing of it is logged.
func (s *server) showForecast(w http.ResponseWriter, r *http.Request) error {
	http.NewResponseController(w).SetWriteDeadline(time.Now().Add(publishTime))
	p, err := s.deskState(r)
	if err != nil {
		return err
	}
	page := forecastPage{deskPage: p}
	s.forecasting.Lock() // one at a time: it takes seconds
	defer s.forecasting.Unlock()
	for _, companies := range sizes(len(p.Members)-len(p.Missing()), len(p.Members)) {
		f, err := s.plan.Forecast(companies)
		if err != nil {
			return err
		}
		page.Panels = append(page.Panels, panel{p.view, f})
	}
	return s.page(w, r, http.StatusOK, "forecast", page)
}

// sizes are the panels that are forecast: those that answered, and all that were asked.
func sizes(answered, asked int) (list []int) {
	for _, n := range []int{answered, asked} {
		if n > 0 && !slices.Contains(list, n) {
			list = append(list, n)
		}
	}
	return list
}

// All is about all companies together.
func (p panel) All() benchmark.CohortForecast { return p.Forecast.Cohorts[0] }

// Percent is a share in whole percents, and never as certain what is not.
func (p panel) Percent(share float64) string {
	switch {
	case share > 0 && share < 0.01:
		return "< 1 %"
	case share > 0.99 && share < 1:
		return "> 99 %"
	}
	return fmt.Sprintf("%.0f %%", 100*share)
}

// Width is the expected half-width of the intervals of a family in its unit.
func (p panel) Width(s benchmark.StatisticForecast) string {
	switch s.Name {
	case "companies":
		return fmt.Sprintf("± %.0f", s.HalfWidth)
	case "shares", "at least", "profile shares":
		return fmt.Sprintf("± %.0f %%", 100*s.HalfWidth)
	}
	return local(p.language, fmt.Sprintf("± %.2f", s.HalfWidth))
}
