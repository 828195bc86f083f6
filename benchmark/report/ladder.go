package report

import (
	"cmp"
	"image/color"
	"math"
	"strings"

	"maturitybench/benchmark/publication"
)

// ladder draws the rungs of every ladder together, for all companies; ok is false where no
// share of a rung is shown.
func (b *builder) ladder(all [][]int) (p plate, ok bool) {
	t := table{ID: "table-ladder", Header: []rich{b.rich("column.profile"), b.rich("column.share")}}
	c := chart{axis: b.percentAxis()}
	most := 0
	for _, rungs := range all {
		most = max(most, len(rungs))
		var shares []publication.Estimate
		var values []string
		for _, i := range rungs {
			e := b.all.Profiles[i].Share
			profile := b.release.Instrument.Profiles[i]
			t.Rows = append(t.Rows, []rich{foreign(cmp.Or(profile.Title, profile.ID)), b.share(e)})
			value := "–"
			if e.Status == publication.Published {
				value, ok = b.whole(int(math.Round(100*e.Value))), true
			}
			shares, values = append(shares, e), append(values, value)
		}
		c.rows = append(c.rows, chartRow{
			label: b.ladderLabel(rungs), value: strings.Join(values, " · "), height: rungHeight * float64(len(rungs)),
			mark: func(s *scene, x func(float64) float64, y float64) { drawRungs(s, x, y, shares) },
		})
	}
	for i := range most {
		fill := rungColor(i)
		c.legend = append(c.legend, legendItem{
			mark:  func(s *scene, x, y float64) { s.add(rect(x-7, y-4, 14, 8, fill, faint)) },
			label: label{text: b.rungName(all, i)},
		})
	}
	c.legend = append(c.legend, b.blankLegend())
	return b.plate("ladder", "ladder", t, c.draw, "confidence", b.percentage(b.release.Confidence)), ok
}

// rungHeight is that of one bar with its distance from the next.
const rungHeight = 9.0

// rungColor is the darker the higher the rung, up to the third.
func rungColor(i int) color.NRGBA { return levelColor(min(1+2*i, 5), 6) }

// drawRungs draws a bar for every share around y, the lowest rung first.
func drawRungs(s *scene, x func(float64) float64, y float64, shares []publication.Estimate) {
	y -= rungHeight * float64(len(shares)-1) / 2
	for i, e := range shares {
		if e.Status != publication.Published {
			s.hatch(x(0), y-3, x(1)-x(0), 6)
		} else {
			s.add(rect(x(0), y-3.5, x(e.Value)-x(0), 7, rungColor(i), faint))
			s.stroke(x(e.Low), y, x(e.High), y, 1.5, accent)
			s.stroke(x(e.Low), y-3, x(e.Low), y+3, 1.5, accent)
			s.stroke(x(e.High), y-3, x(e.High), y+3, 1.5, accent)
		}
		y += rungHeight
	}
}

// ladderLabel is the domain of which the practices of a ladder are, or its first profile.
func (b *builder) ladderLabel(rungs []int) label {
	in := b.release.Instrument
	top := in.Profiles[rungs[len(rungs)-1]].Minimum
	for _, d := range in.Domains {
		own := 0
		for _, q := range d.Questions {
			if _, ok := top[q.ID]; ok {
				own++
			}
		}
		if own == len(top) {
			return labelOf(d.Title, d.ID)
		}
	}
	first := in.Profiles[rungs[0]]
	return labelOf(first.Title, first.ID)
}

// rungName is the last word of the titles of all profiles at a rung, if they have it in
// common, or its number.
func (b *builder) rungName(all [][]int, rung int) string {
	common := ""
	for _, rungs := range all {
		if rung >= len(rungs) {
			continue
		}
		p := b.release.Instrument.Profiles[rungs[rung]]
		words := strings.Fields(clean(cmp.Or(p.Title, p.ID)))
		if last := words[len(words)-1]; common == "" || common == last {
			common = last
			continue
		}
		return b.say("legend.rung", "n", rung+1)
	}
	return common
}
