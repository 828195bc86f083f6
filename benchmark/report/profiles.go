package report

import (
	"cmp"
	"fmt"

	"maturitybench/benchmark/instrument"
)

// profiles are the shares of the companies that meet each profile, by cohort.
func (b *builder) profiles() []block {
	profiles := b.release.Instrument.Profiles
	if len(profiles) == 0 {
		return nil
	}
	t := table{ID: "table-profiles", Texts: 2, Header: []rich{b.rich("column.profile"), b.rich("column.cohort"), b.rich("column.share")}}
	c := chart{axis: b.percentAxis(), legend: []legendItem{b.intervalLegend()}}
	var minima bullets
	for i, p := range profiles {
		title := foreign(cmp.Or(p.Title, p.ID))
		minima.Items = append(minima.Items, b.rich("profiles.minima", "profile", strong(title), "minima", b.minima(p)))
		for g, cohort := range published(b.release.Cohorts) {
			name := b.names.cohort(cohort.ID)
			share := cohort.Profiles[i].Share
			row := b.shareRow(label{name.String(), cohort.ID}, share)
			if g == 0 {
				row.group = labelOf(p.Title, p.ID)
			}
			c.rows = append(c.rows, row)
			t.Rows = append(t.Rows, []rich{title, name, b.share(share)})
		}
	}
	return []block{
		paragraph{b.rich("profiles.lead")},
		minima,
		b.plate("profiles", "profiles", t, c.draw, "confidence", b.percentage(b.release.Confidence)),
	}
}

// minima are the minimum levels of a profile in the instrument's order.
func (b *builder) minima(p instrument.Profile) rich {
	var list []rich
	for _, d := range b.release.Instrument.Domains {
		for _, q := range d.Questions {
			if level, ok := p.Minimum[q.ID]; ok {
				list = append(list, foreign(fmt.Sprintf("%s ≥ %d", q.ID, level)))
			}
		}
	}
	return join(list, ", ")
}
