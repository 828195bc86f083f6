package report

import (
	"fmt"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
)

// board is the first page: what a reader sees who turns no other.
func (b *builder) board() []block {
	if b.all.Status != publication.Published {
		return []block{
			paragraph{join([]rich{b.rich("summary.nothing"), b.rich("summary.no-cohort"), b.rich("summary.protected")}, " ")},
			subheading{Text: b.rich("board.protected")}, paragraph{b.protected()},
		}
	}
	out := []block{tiles{b.tiles()}}
	out = append(out, b.first()...)
	if !b.anyDomain() {
		out = append(out, paragraph{b.rich("domains.none", "why", b.reference("hidden", "why"))})
	}
	if hidden := b.hiddenCohorts(); len(hidden) > 0 {
		out = append(out, paragraph{hidden})
	}
	out = b.withNotAsked(out)
	out = append(out, subheading{Text: b.rich("findings")})
	if list := b.findings(); len(list) > 0 {
		out = append(out, bullets{list})
	} else {
		out = append(out, paragraph{b.rich("findings.none")})
	}
	out = append(out, b.work()...)
	if page := b.options.StandingPage; page != "" {
		link := b.rich("board.standing-link")
		for i := range link {
			link[i].Page = page
		}
		out = append(out, paragraph{b.rich("board.standing", "link", link)})
	}
	return append(out,
		subheading{Text: b.rich("board.protected")}, paragraph{b.protected()},
		paragraph{b.rich("summary.reading", "confidence", b.percentage(b.release.Confidence))})
}

// largest is how many tiles stand side by side.
const largest = 4

// tiles are the four numbers that say most, of those that are shown.
func (b *builder) tiles() []tile {
	r := b.release
	list := []tile{b.count("tile.companies", b.all.Companies, b.estimate)}
	if b.all.Overall.Mean.Status == publication.Published {
		t := b.count(b.yes("tile.overall"), b.all.Overall.Mean, b.level)
		if !b.binary() {
			t.Value = b.rich("tile.of", "value", t.Value, "top", b.highest())
			t.Note = b.rich("tile.note", "interval", t.Note, "remark", b.names.place(b.all.Overall.Mean.Value))
		}
		list = append(list, t)
	}
	if q := b.all.Overall.Percentiles.Quartiles(); q[0].Status == publication.Published {
		low, high := b.level(q[0]), b.level(q[2])
		list = append(list, tile{
			b.rich("tile.half"), b.rich("tile.range", "low", low[:1], "high", high[:1]),
			b.rich("tile.quartiles", "low", low[len(low)-1:], "high", high[len(high)-1:]),
		})
	}
	if level, n, total := b.behind(); total > 0 {
		list = append(list, tile{b.rich("tile.practices"), b.rich("tile.of", "value", fmt.Sprint(n), "top", total), b.rich("tile.below", "level", level.Level, "name", level.Name)})
	}
	asked := 0
	for _, d := range r.Instrument.Domains {
		asked += len(d.Questions)
	}
	list = append(list,
		tile{b.rich("tile.asked"), foreign(fmt.Sprint(asked)), b.rich("tile.domains", "domains", len(r.Instrument.Domains))},
		tile{b.rich("tile.smallest"), foreign(fmt.Sprint(r.Privacy.MinCompanies)), b.rich("tile.companies-at-least")})
	return list[:min(len(list), largest)]
}

// count is a tile of an estimate, with its interval below.
func (b *builder) count(key string, e publication.Estimate, show func(publication.Estimate) rich) tile {
	cell := show(e)
	t := tile{Label: b.rich(key, "name", b.top().Name), Value: cell[:1]}
	if len(cell) > 1 {
		t.Note = cell[len(cell)-1:]
	} else {
		t.Note = b.rich("tile.exact")
	}
	return t
}

// behind counts the practices whose mean lies below the first whole level
// above the overall mean, interval and all.
func (b *builder) behind() (next instrument.Level, behind, total int) {
	mean := b.all.Overall.Mean
	if b.binary() || mean.Status != publication.Published {
		return next, 0, 0
	}
	scale := b.release.Instrument.Scale
	in := b.release.Instrument
	i := 0
	for i < len(scale) && in.ScoreAt(i) <= mean.Value {
		i++
	}
	if i == len(scale) {
		return next, 0, 0
	}
	for _, q := range b.all.Questions {
		if q.Mean.Status != publication.Published {
			return next, 0, 0
		}
		total++
		if q.Mean.High < in.LevelValue(i) {
			behind++
		}
	}
	return scale[i], behind, total
}

// protected says in three sentences how the companies were protected.
func (b *builder) protected() rich {
	p := b.release.Privacy
	if p.Noise == publication.TestNoise {
		return b.rich("privacy.test")
	}
	return join([]rich{
		b.rich(b.rostered("board.noise", "board.noise-public", "board.noise-counted")), b.rich("board.bound", "epsilon", b.number(p.Epsilon), "delta", b.number(p.Delta)),
		b.rich("board.minimum", "companies", p.MinCompanies),
	}, " ")
}

// first are the figures of the first page: the domains, and beside them who
// answered, or the domains once more around a centre.
func (b *builder) first() []block {
	if b.several() {
		return b.firstByScale()
	}
	scores, who := b.domainFigure(), b.who()
	radar, round := b.domainRadar()
	if b.functionsFirst() {
		scores, _ = b.functionFigure()
	}
	switch {
	case len(scores.Figure.table.Rows) == 0 && len(who.Figure.table.Rows) == 0:
		return nil
	case len(scores.Figure.table.Rows) == 0:
		return []block{who}
	case len(who.Figure.table.Rows) > 0 && len(b.all.Domains) > mostBeside:
		return []block{scores, who}
	case len(who.Figure.table.Rows) > 0:
		return []block{pair{scores, who}}
	case round:
		return []block{pair{scores, radar}}
	}
	return []block{scores}
}

// firstByScale are the domains of every scale, and who answered.
func (b *builder) firstByScale() []block {
	var out []block
	for _, v := range b.views() {
		scores := v.domainFigure()
		if v.functionsFirst() {
			scores, _ = v.functionFigure()
		}
		if len(scores.Figure.table.Rows) > 0 {
			out = append(out, scores)
		}
	}
	if len(out) > 0 {
		out = append(out, paragraph{b.rich("scale.no-overall")})
	}
	if who := b.who(); len(who.Figure.table.Rows) > 0 {
		out = append(out, who)
	}
	return out
}

// mostBeside is how many domains a figure of half the width has on the first
// page, so that the page stays one.
const mostBeside = 6

// radarFirst reports whether the domains stand around a centre on the first
// page already, where there are no cohorts to show.
func (b *builder) radarFirst() bool {
	_, round := b.domainRadar()
	return round && len(b.who().Figure.table.Rows) == 0
}

// hiddenCohorts says of which attributes not all cohorts are shown.
func (b *builder) hiddenCohorts() rich {
	var parts []rich
	for _, a := range b.release.Instrument.Attributes {
		siblings := b.siblings(a)
		hidden := len(siblings) - len(published(siblings))
		if hidden == 0 {
			continue
		}
		key := "cohort.some"
		if hidden == len(siblings) {
			key = "cohort.nothing"
		}
		parts = append(parts, b.rich(key, "attribute", b.names.attribute(a), "hidden", hidden, "count", len(siblings), "why", b.reference("hidden", "why")))
	}
	return join(parts, " ")
}
