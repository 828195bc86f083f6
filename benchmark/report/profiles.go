package report

import (
	"cmp"
	"fmt"
	"strings"

	"maturitybench/benchmark"
)

// profiles are the shares of the companies that meet each profile, by cohort.
func (m *markdown) profiles() {
	in := m.release.Instrument
	if len(in.Profiles) == 0 {
		return
	}
	m.heading(2, "Profiles")
	m.paragraph("A company meets a profile if it answered every practice in it, each at its minimum level or above. The table gives the share of the companies that do.")
	header := []string{"Companies"}
	var minima []string
	for _, p := range in.Profiles {
		title := m.names.show(cmp.Or(p.Title, p.ID))
		header = append(header, title)
		minima = append(minima, fmt.Sprintf("%s: %s", title, m.names.minima(p)))
	}
	var rows [][]string
	for _, c := range m.release.Cohorts {
		row := []string{m.names.cohort(c.ID)}
		for i := range in.Profiles {
			if c.Status == benchmark.Suppressed {
				row = append(row, c.Status.String())
				continue
			}
			row = append(row, c.Profiles[i].Share.Percent())
		}
		rows = append(rows, row)
	}
	m.table(header, rows)
	m.bullets(minima)
}

// minima are the minimum levels of a profile in the instrument's order.
func (n names) minima(p benchmark.Profile) string {
	var list []string
	for _, d := range n.instrument.Domains {
		for _, q := range d.Questions {
			if level, ok := p.Minimum[q.ID]; ok {
				list = append(list, fmt.Sprintf("%s ≥ %d", n.show(q.ID), level))
			}
		}
	}
	return strings.Join(list, ", ")
}
