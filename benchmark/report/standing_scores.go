package report

import (
	"fmt"
	"math"
	"strings"

	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/internal/decimal"
	"maturitybench/benchmark/publication"
)

// ownCell is the company's own score.
func (t texts) ownCell(s compare.ScoreStanding) rich {
	if s.Own == nil {
		return rich{{Text: t.say("own.none"), Kind: mark}}
	}
	return rich{{Text: t.spelt(s.OwnCell()), Kind: numeric}}
}

// quarter says between which quartiles the company lies.
func (t texts) quarter(b compare.Band) rich {
	if b.Lowest < 1 || b.Highest < b.Lowest || b.Highest > 4 {
		return t.rich("quarter.unknown")
	}
	pairs := []any{"low", t.rich(fmt.Sprintf("quarter.%d", b.Lowest)), "high", t.rich(fmt.Sprintf("quarter.%d", b.Highest))}
	return t.rich("quarter."+[]string{"one", "two", "range", "any"}[b.Highest-b.Lowest], pairs...)
}

// ownScore is the company's own score, of two levels in percent of the upper one.
func (b *builder) ownScore(s compare.ScoreStanding) rich {
	if s.Own == nil || !b.binary() {
		return b.ownCell(s)
	}
	return b.mean(publication.Estimate{Value: *s.Own, Low: *s.Own, High: *s.Own, Status: publication.Published})
}

// mean is the cell of a mean that an own score is compared with.
func (b *builder) mean(e publication.Estimate) rich {
	if !b.binary() || e.Status != publication.Published {
		return b.estimate(e)
	}
	low := float64(b.release.Instrument.Scale[0].Level)
	e.Value, e.Low, e.High = e.Value-low, e.Low-low, e.High-low
	return b.share(e)
}

// standingRow are the cells of a score after its title and the own one.
func (b *builder) standingRow(s compare.ScoreStanding) []rich {
	gap := b.gap(s.Gap)
	if b.binary() {
		gap = b.share(s.Gap)
	}
	return []rich{b.mean(s.Mean), gap, b.rich("verdict." + string(s.Verdict)), b.quarter(s.Band)}
}

func (t texts) standingHeader(first string) []rich {
	return []rich{t.rich(first), t.rich("column.own"), t.rich("column.mean"), t.rich("column.gap"), t.rich("column.verdict"), t.rich("column.quarter")}
}

// scores compares overall and domain scores with all companies.
func (s standing) scores() []block {
	if !s.asks(askedScores, askedQuartiles) {
		return nil
	}
	out := []block{paragraph{s.rich("standing.scores-lead")}}
	for _, v := range s.views() {
		of := standing{v, s.own, s.peers}
		p := of.scoreFigure("standing", s.peers)
		if n := len(v.seen()); n >= fewestSpokes && n <= mostSpokes {
			out = append(out, pair{p, of.radar()})
		} else {
			out = append(out, p)
		}
	}
	return out
}

// scoreFigure compares overall and domain scores with a cohort.
func (s standing) scoreFigure(name string, peers compare.CohortStanding) plate {
	t := s.scoreTable(peers)
	c := chart{axis: s.levels(), legend: s.standingLegend()}
	cohort, _ := s.release.Cohort(peers.ID)
	if !s.partial() {
		row := s.standingMark(label{s.say("overall"), "overall"}, peers.Overall, cohort.Overall.Percentiles.Quartiles())
		row.bold = true
		c.rows = append(c.rows, row)
	}
	for i, f := range s.release.Instrument.Functions {
		if s.seesFunction(i) {
			c.rows = append(c.rows, s.standingMark(labelOf(f.Title, f.ID), peers.Functions[i].ScoreStanding, [3]publication.Estimate{}))
		}
	}
	for i, d := range s.release.Instrument.Domains {
		if !s.sees(i) {
			continue
		}
		c.rows = append(c.rows, s.standingMark(labelOf(d.Title, d.ID), peers.Domains[i].ScoreStanding, cohort.Domains[i].Percentiles.Quartiles()))
	}
	return s.plate(name, "standing", t, c.draw, "confidence", s.percentage(s.release.Confidence))
}

func (s standing) scoreTable(peers compare.CohortStanding) table {
	t := table{ID: "table-standing-" + strings.ReplaceAll(peers.ID, "=", "-"), Caption: s.said(s.rich("table.standing")), Header: s.standingHeader("column.score")}
	add := func(title rich, score compare.ScoreStanding) {
		t.Rows = append(t.Rows, append([]rich{title, s.ownScore(score)}, s.standingRow(score)...))
	}
	if !s.partial() {
		add(strong(s.rich("overall")), peers.Overall)
	}
	for i, f := range s.release.Instrument.Functions {
		if s.seesFunction(i) {
			add(foreign(f.Title), peers.Functions[i].ScoreStanding)
		}
	}
	for i, d := range s.release.Instrument.Domains {
		if !s.sees(i) {
			continue
		}
		add(foreign(d.Title), peers.Domains[i].ScoreStanding)
	}
	return t
}

// standingMark draws an own score beside the mean of the others, over the band
// between their quartiles where these are shown.
func (b *builder) standingMark(l label, score compare.ScoreStanding, quartiles [3]publication.Estimate) chartRow {
	row := chartRow{label: l, value: b.signed(score.Gap), height: 16}
	row.mark = func(sc *scene, x func(float64) float64, y float64) {
		if quartiles[0].Status == publication.Published {
			sc.add(rect(x(quartiles[0].Value), y-8, x(quartiles[2].Value)-x(quartiles[0].Value), 16, paper, faint))
		}
		if e := score.Mean; e.Status == publication.Published {
			interval(sc, x(e.Low), x(e.Value), x(e.High), y, accent)
		} else {
			blank(sc, x, y)
		}
		if score.Own != nil {
			diamond(sc, x(*score.Own), y)
		}
	}
	return row
}

// signed is a gap with its sign: "+0.4 [0.1, 0.7]".
func (b *builder) signed(e publication.Estimate) string {
	if e.Status != publication.Published {
		return b.rich("verdict.none").String()
	}
	return b.delta(e, b.binary()).String()
}

// gap is the cell of a gap.
func (t texts) gap(e publication.Estimate) rich { return t.numeral(e, gapCell(e)) }

// gapCell prints a gap with as many decimals as show on which side of zero its
// interval lies.
func gapCell(e publication.Estimate) string {
	cell := e.String()
	if e.Status != publication.Published || e.Low <= 0 && e.High >= 0 {
		return cell
	}
	value, low, high := decimal.ToMicros(e.Value), decimal.ToMicros(e.Low), decimal.ToMicros(e.High)
	near := min(max(low, -low), max(high, -high))
	decimals := 1
	for near < decimal.Unity/decimal.Pow10(decimals) {
		decimals++
	}
	if point := strings.LastIndex(cell, "."); point >= 0 && len(cell)-point-2 >= decimals {
		return cell
	}
	return fmt.Sprintf("%s [%s, %s]", value.Round(decimals, decimal.Nearest), low.Round(decimals, decimal.Down), high.Round(decimals, decimal.Up))
}

// diamond is the mark of an own score.
func diamond(s *scene, x, y float64) {
	const r = 6
	s.add(area{[]point{{x, y - r}, {x + r, y}, {x, y + r}, {x - r, y}}, second, card})
}

func (s standing) standingLegend() []legendItem {
	return append([]legendItem{
		{mark: func(sc *scene, x, y float64) { diamond(sc, x, y) }, label: label{text: s.say("legend.own")}},
		{
			mark:  func(sc *scene, x, y float64) { interval(sc, x-8, x, x+8, y, accent) },
			label: label{text: s.say("legend.peers", "confidence", s.percentage(s.release.Confidence))},
		},
	}, s.levelNames()...)
}

// practices compares answer by answer.
func (s standing) practices() []block {
	if !s.asks(askedQuestions, askedShares) {
		return nil
	}
	var out []block
	at := 0
	for i, d := range s.release.Instrument.Domains {
		on := s.on(i)
		t := table{ID: "table-standing-" + d.ID, Header: append(s.standingHeader("column.practice"), s.rich("column.higher"))}
		c := chart{axis: on.answers(), legend: append(s.standingLegend()[:2:2], on.answerNames()...)}
		for range d.Questions {
			q := s.peers.Questions[at]
			at++
			cells := append([]rich{s.names.full(q.ID), s.ownCell(q.ScoreStanding)}, on.standingRow(q.ScoreStanding)...)
			t.Rows = append(t.Rows, append(cells, s.share(q.Higher)))
			c.rows = append(c.rows, on.standingMark(s.practiceLabel(q.ID), q.ScoreStanding, [3]publication.Estimate{}))
		}
		out = append(out, subheading{Text: foreign(d.Title)},
			s.plate("standing-"+d.ID, "standing-domain", t, c.draw, "domain", d.Title, "confidence", s.percentage(s.release.Confidence)))
	}
	return out
}

// cohort compares with the companies of one cohort.
func (s standing) cohort(c compare.CohortStanding) []block {
	if c.Status != publication.Published {
		return []block{paragraph{s.rich("standing.suppressed")}}
	}
	out := []block{paragraph{s.rich("standing.cohort-lead", "companies", s.estimate(c.Companies))}}
	if s.asks(askedScores, askedQuartiles) {
		for _, v := range s.views() {
			out = append(out, standing{v, s.own, s.peers}.scoreFigure("standing-"+strings.ReplaceAll(c.ID, "=", "-"), c))
		}
	}
	return out
}

// target says how much of each profile the company reaches.
func (s standing) target() []block {
	if len(s.own.Profiles) == 0 {
		return nil
	}
	out := []block{paragraph{s.rich("standing.target-lead")}}
	var list bullets
	for i, p := range s.own.Profiles {
		reached := s.whole(int(math.Floor(p.Reached*100 + 1e-9)))
		pairs := []any{"profile", strong(foreign(p.Title)), "reached", digits(reached)}
		key := "standing.target-met"
		if !p.Met {
			key = "standing.target-missed"
			var missing []rich
			for _, m := range p.Missing {
				own := s.rich("own.none")
				if m.Own != nil {
					own = foreign(fmt.Sprint(*m.Own))
				}
				missing = append(missing, s.rich("standing.missing", "practice", s.names.full(m.Question), "own", own, "minimum", m.Minimum))
			}
			pairs = append(pairs, "missing", join(missing, ", "))
		}
		item := s.rich(key, pairs...)
		if i < len(s.peers.Profiles) && s.peers.Profiles[i].Share.Status == publication.Published {
			item = append(item, s.rich("standing.peers-meet", "share", s.share(s.peers.Profiles[i].Share))...)
		}
		list.Items = append(list.Items, item)
	}
	return append(out, list)
}

// radar draws domain scores around a centre.
func (s standing) radar() plate {
	r := radar{axis: s.levels(), legend: s.standingLegend()[:2]}
	for i, d := range s.release.Instrument.Domains {
		if !s.sees(i) {
			continue
		}
		score := s.peers.Domains[i]
		r.spokes = append(r.spokes, spoke{labelOf(d.Title, d.ID), score.Own, score.Mean})
	}
	r.axis = r.cut()
	return s.plate("radar", "radar", s.scoreTable(s.peers), r.draw, "confidence", s.percentage(s.release.Confidence))
}
