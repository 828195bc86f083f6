package report

import (
	"cmp"
	"fmt"
	"maps"

	"maturitybench/benchmark/instrument"
)

// profiles are the shares of the companies that meet each profile, by cohort.
func (b *builder) profiles() []block {
	profiles := b.release.Instrument.Profiles
	if len(profiles) == 0 || !b.asks(askedProfiles) {
		return nil
	}
	t := table{ID: "table-profiles", Texts: 2, Header: []rich{b.rich("column.profile"), b.rich("column.cohort"), b.rich("column.share")}}
	c := chart{axis: b.percentAxis(), legend: []legendItem{b.intervalLegend()}}
	var minima bullets
	rungs := b.release.Instrument.Ladders()
	below := map[int]int{}
	for _, list := range rungs {
		for i, rung := range list[1:] {
			below[rung] = list[i]
		}
	}
	for i, p := range profiles {
		title := foreign(cmp.Or(p.Title, p.ID))
		minima.Items = append(minima.Items, b.asked(p, below, i))
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
	out := []block{paragraph{b.rich("profiles.lead")}}
	if ladder, ok := b.ladder(rungs); ok {
		out = append(out, ladder)
		if len(rungs) > 0 && len(below)+len(rungs) == len(profiles) && len(t.Rows) == len(profiles) {
			return append(out, minima) // the ladders say it all
		}
	}
	return append(out, minima, b.plate("profiles", "profiles", t, c.draw, "confidence", b.percentage(b.release.Confidence)))
}

// asked says what a profile asks for, beyond the rung below it if there is one.
func (b *builder) asked(p instrument.Profile, below map[int]int, i int) rich {
	name := func(p instrument.Profile) rich { return foreign(cmp.Or(p.Title, p.ID)) }
	under, ok := below[i]
	if !ok {
		return b.rich("profiles.minima", "profile", strong(name(p)), "minima", b.minima(p))
	}
	lower := b.release.Instrument.Profiles[under]
	p.Minimum = maps.Clone(p.Minimum)
	maps.DeleteFunc(p.Minimum, func(id string, level int) bool {
		minimum, has := lower.Minimum[id]
		return has && minimum == level
	})
	return b.rich("profiles.rung", "profile", strong(name(p)), "below", name(lower), "minima", b.minima(p))
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
