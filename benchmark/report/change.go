package report

import (
	"cmp"
	"fmt"
	"image/color"
	"math"
	"slices"

	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
)

// change says what became of the numbers since the last wave.
func (b *builder) change() []block {
	if b.changes == nil {
		return nil
	}
	step := b.changes.Steps[len(b.changes.Steps)-1]
	s := stepOf{b, step, map[string]compare.Change{}}
	for _, c := range step.Changes {
		if c.Cohort == "all" && (c.Statistic == publication.StatisticMean || c.Statistic == publication.StatisticProfile) {
			s.changes[c.Item] = c
		}
	}
	out := []block{paragraph{b.rich("change.lead", "from", step.From, "to", step.To, "confidence", b.percentage(step.Confidence))}}
	careful := []block{paragraph{b.rich("change.respondents")}, paragraph{b.loss(b.changes.Loss)}}
	if len(s.changes) == 0 {
		out = append(append(out, paragraph{b.rich("change.nothing")}), careful...)
	} else {
		out = append(append(out, s.words()...), careful...)
		out = append(out, b.byScale(func(v *builder) []block {
			of := stepOf{v, step, s.changes}
			if slopes, ok := of.slopes(); ok {
				return append([]block{pair{slopes, of.scoreFigure()}}, of.practices()...)
			}
			return append([]block{of.scoreFigure()}, of.practices()...)
		})...)
		out = append(out, s.profileChanges()...)
	}
	return append(out, b.names.notCompared(step)...)
}

// notCompared lists what is not the same in both waves.
func (n names) notCompared(step compare.TrendStep) []block {
	if len(step.NotCompared) == 0 {
		return nil
	}
	var list bullets
	for _, not := range step.NotCompared {
		item := n.item(not.Item)
		if not.Reason == compare.ReasonUnasked { // a kind of statistics
			item = n.texts.rich("kind." + not.Item)
		}
		list.Items = append(list.Items, n.texts.rich("change.item", "item", item, "reason", n.texts.reason(not.Reason)))
	}
	return []block{paragraph{n.texts.rich("change.not-compared")}, list}
}

// loss is what a company loses that took part in all waves.
func (t texts) loss(l compare.TrendLoss) rich {
	key := "change.loss"
	if l.Roster == privacy.CountedRoster {
		key = "change.loss-counted"
	}
	return t.rich(key, "waves", l.Waves, "epsilon", t.number(roundedUp(l.Epsilon)), "between", t.number(roundedUp(l.Between)), "delta", t.number(l.Delta))
}

// roundedUp has at most four decimals.
func roundedUp(epsilon float64) float64 { return math.Ceil(epsilon*1e4-1e-6) / 1e4 }

// reason says why something is not compared.
func (t texts) reason(reason string) rich {
	if _, ok := t["change.reason."+reason]; ok {
		return t.rich("change.reason." + reason)
	}
	return foreign(reason)
}

// stepOf is the change from one wave to the next, of all companies.
type stepOf struct {
	*builder
	step    compare.TrendStep
	changes map[string]compare.Change // of means and profiles, by item
}

// words are the verdicts in sentences.
func (s stepOf) words() []block {
	var out []block
	if c, ok := s.changes["overall"]; ok {
		key := "change.overall." + string(c.Verdict)
		out = append(out, paragraph{s.rich(key, "change", s.delta(c.Change, s.binary()), "before", s.level(c.From), "now", s.level(c.To))})
	}
	count := map[compare.Verdict]int{}
	total := 0
	for _, q := range s.all.Questions {
		if c, ok := s.changes[q.ID]; ok {
			count[c.Verdict]++
			total++
		}
	}
	if total > 0 {
		said := s.rich("change.practices", "total", total, "up", count[compare.Up], "down", count[compare.Down], "same", count[compare.Indistinguishable])
		if none := count[compare.NoVerdict]; none > 0 {
			said = append(said, s.rich("change.practices-none", "none", none)...)
		}
		out = append(out, paragraph{said})
	}
	return out
}

// delta is a change with its sign.
func (t texts) delta(e publication.Estimate, percent bool) rich {
	cell := gapCell(e)
	if percent {
		cell = e.Percent()
	}
	if e.Status == publication.Published && e.Value > 0 {
		cell = "+" + cell
	}
	return t.numeral(e, cell)
}

// changeRows collect rows of a figure and its table.
type changeRows struct {
	table table
	chart chart
	most  float64
}

func (s stepOf) newRows(first string) *changeRows {
	return &changeRows{table: table{Header: []rich{
		s.rich(first), foreign(s.step.From), foreign(s.step.To), s.rich("column.change"), s.rich("column.verdict"),
	}}}
}

// add adds an item, if it is compared.
func (s stepOf) add(rows *changeRows, id string, l label, title rich) {
	c, ok := s.changes[id]
	if !ok {
		return
	}
	percent := c.Statistic == publication.StatisticProfile
	show := s.level
	if percent {
		show = s.share
	}
	change := s.delta(c.Change, percent || s.binary())
	rows.table.Rows = append(rows.table.Rows, []rich{title, show(c.From), show(c.To), change, s.rich("verdict." + string(c.Verdict))})
	row := chartRow{label: l, value: change.String(), height: 12, mark: blank}
	if e := c.Change; e.Status == publication.Published {
		rows.most = max(rows.most, math.Abs(e.Low), math.Abs(e.High))
		tone := muted
		switch c.Verdict {
		case compare.Up:
			tone = accent
		case compare.Down:
			tone = second
		}
		row.mark = func(sc *scene, x func(float64) float64, y float64) {
			interval(sc, x(e.Low), x(e.Value), x(e.High), y, tone)
		}
	}
	rows.chart.rows = append(rows.chart.rows, row)
}

// finish sets the axis and the legend.
func (s stepOf) finish(rows *changeRows) chart {
	c := rows.chart
	unit := 0.5
	if rows.most > 2 {
		unit = 1
	}
	end := max(unit, math.Ceil(rows.most/unit-1e-9)*unit)
	c.axis = axis{low: -end, high: end}
	for v := -end; v <= end+unit/2; v += unit {
		text := s.number(v)
		if v > 0 {
			text = "+" + text
		}
		c.axis.ticks = append(c.axis.ticks, tick{v, text})
	}
	for _, l := range []struct {
		key  string
		tone color.NRGBA
	}{{"legend.up", accent}, {"legend.down", second}, {"legend.same", muted}} {
		c.legend = append(c.legend, legendItem{
			mark:  func(sc *scene, x, y float64) { interval(sc, x-8, x, x+8, y, l.tone) },
			label: label{text: s.say(l.key)},
		})
	}
	return c
}

func (s stepOf) scoreFigure() plate {
	rows := s.newRows("column.score")
	functions := func() {
		for _, l := range s.functionLabels() {
			s.add(rows, l.id, l, foreign(l.text))
		}
	}
	if s.partial() {
		functions()
	}
	for _, it := range s.items() {
		s.add(rows, it.label.id, it.label, it.title())
		if it.above {
			if len(rows.chart.rows) > 0 {
				rows.chart.rows[0].bold = true
			}
			functions()
		}
	}
	rows.table.ID, rows.table.Caption = "table-change", s.said(s.rich("table.change", s.pairs()...))
	return s.plate("change", "change", rows.table, s.finish(rows).draw, s.pairs()...)
}

func (s stepOf) pairs() []any {
	return []any{"from", s.step.From, "to", s.step.To, "confidence", s.percentage(s.step.Confidence)}
}

// mostMoved is how many practices the figure of the largest changes has.
const mostMoved = 10

// practices draws those that moved, and tables all.
func (s stepOf) practices() []block {
	var tables []table
	var moved []compare.Change
	for i, d := range s.release.Instrument.Domains {
		if !s.sees(i) {
			continue
		}
		rows := s.newRows("column.practice")
		for _, q := range d.Questions {
			s.add(rows, q.ID, label{}, s.names.full(q.ID))
			if c := s.changes[q.ID]; c.Verdict == compare.Up || c.Verdict == compare.Down {
				moved = append(moved, c)
			}
		}
		if len(rows.table.Rows) > 0 {
			t := rows.table
			t.ID, t.Caption = "table-change-"+d.ID, s.rich("table.change-in", append(s.pairs(), "domain", d.Title)...)
			tables = append(tables, t.trimmed())
		}
	}
	slices.SortStableFunc(moved, func(a, b compare.Change) int { return cmp.Compare(math.Abs(b.Change.Value), math.Abs(a.Change.Value)) })
	rows := s.newRows("column.practice")
	for _, c := range moved[:min(len(moved), mostMoved)] {
		s.add(rows, c.Item, s.practiceLabel(c.Item), s.names.full(c.Item))
	}
	var out []block
	switch {
	case len(moved) > 0:
		p := s.plate("change-practices", "change-practices", rows.table, s.finish(rows).draw, s.pairs()...)
		p.More = tables
		out = append(out, p)
	default:
		for _, t := range tables {
			out = append(out, t)
		}
	}
	return out
}

// profileChanges are those of the shares that meet each profile.
func (s stepOf) profileChanges() []block {
	var profiles table
	for _, p := range s.release.Instrument.Profiles {
		rows := s.newRows("column.profile")
		s.add(rows, p.ID, label{}, foreign(labelOf(p.Title, p.ID).text))
		profiles.Header = rows.table.Header
		profiles.Rows = append(profiles.Rows, rows.table.Rows...)
	}
	if len(profiles.Rows) == 0 {
		return nil
	}
	profiles.Caption = s.rich("change.profiles")
	return []block{profiles}
}

// trend compares the release with the earlier ones of the options.
func (b *builder) trend() error {
	if len(b.options.Earlier) == 0 {
		return nil
	}
	releases := append(append([]*publication.Release{}, b.options.Earlier...), b.original)
	changes, err := compare.Trend(releases...)
	if err != nil {
		return fmt.Errorf("report: the earlier releases: %w", err)
	}
	b.changes = changes
	return nil
}
