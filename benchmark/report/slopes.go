package report

import (
	"image/color"
	"math"
	"slices"

	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/publication"
)

// slopes draws the means of all items over the waves, if those of the overall
// score are shown.
func (s stepOf) slopes() (plate, bool) {
	f, key := slopes{}, "slopes"
	waves := append(slices.Clone(s.options.Earlier), s.release)
	for _, r := range waves {
		f.waves = append(f.waves, clean(r.Wave))
	}
	t := table{ID: "table-slopes", Header: []rich{s.rich("column.score")}}
	for _, w := range f.waves {
		t.Header = append(t.Header, foreign(w))
	}
	for _, it := range s.items() {
		l := slope{label: it.label, bold: it.above}
		cells := []rich{it.title()}
		for _, r := range waves {
			mean := meanOf(r, it.label.id)
			l.means = append(l.means, mean)
			cells = append(cells, s.level(mean))
		}
		if c, ok := s.changes[it.label.id]; ok && s.compared(it.label.id) {
			l.verdict = c.Verdict
			t.Rows = append(t.Rows, cells)
			if l.seen = s.smoothed(it.label.id); l.seen != nil {
				t.Rows = append(t.Rows, s.smoothedRow(it.title(), l.seen))
				key = "slopes-seen"
				f.legend = s.smoothedLegend()
			}
			f.lines = append(f.lines, l)
		}
	}
	f.show = func(e publication.Estimate) string { return s.level(e)[0].Text }
	if len(f.lines) == 0 || !f.extent() {
		return plate{}, false
	}
	return s.plate("slopes", key, t.trimmed(), f.draw, s.pairs()...), true
}

// compared reports whether an item was the same in all waves, so that a line
// may join its means.
func (s stepOf) compared(id string) bool {
	for _, step := range s.changesOfWaves() {
		if !slices.ContainsFunc(step.Changes, func(c compare.Change) bool {
			return c.Cohort == publication.AllCohort && c.Item == id && c.OldItem == "" && c.Statistic == publication.StatisticMean
		}) {
			return false
		}
	}
	return true
}

func (s stepOf) changesOfWaves() []compare.TrendStep { return s.builder.changes.Steps }

// meanOf is the mean of all companies of a release by the id of the item.
func meanOf(r *publication.Release, id string) publication.Estimate {
	c, ok := r.Cohort(publication.AllCohort)
	if !ok || c.Status != publication.Published {
		return publication.NoEstimate()
	}
	if id == publication.OverallItem {
		return c.Overall.Mean
	}
	if d, ok := c.Domain(id); ok {
		return d.Mean
	}
	return publication.NoEstimate()
}

// slopes is a drawing of means over waves.
type slopes struct {
	waves     []string
	lines     []slope
	low, high float64
	show      func(publication.Estimate) string
	legend    []legendItem // if a line has a second one
}

type slope struct {
	label   label
	bold    bool
	means   []publication.Estimate // one a wave
	seen    []publication.Estimate // likewise, as seen from the last one; nil: not drawn
	verdict compare.Verdict        // of the last step
}

// extent sets the ends of the axis around all means, and reports whether there
// are any at both ends of a line.
func (f *slopes) extent() bool {
	f.low, f.high = math.Inf(1), math.Inf(-1)
	for _, l := range f.lines {
		for _, e := range slices.Concat(l.means, l.seen) {
			if e.Status == publication.Published {
				f.low, f.high = min(f.low, e.Value), max(f.high, e.Value)
			}
		}
	}
	if f.low > f.high {
		return false
	}
	middle, half := (f.low+f.high)/2, max((f.high-f.low)/2, 0.05)
	f.low, f.high = middle-half, middle+half
	return true
}

// draw makes the scene for a width.
func (f slopes) draw(width float64) *scene {
	s := &scene{width: width}
	right := min(0.42*width, 240)
	left := 40.0
	const top = 38
	bottom := top + max(150, 30*float64(len(f.lines)))
	x := func(wave int) float64 {
		return left + (width-right-left)*float64(wave)/float64(max(1, len(f.waves)-1))
	}
	y := func(value float64) float64 { return bottom - (value-f.low)/(f.high-f.low)*(bottom-top) }
	for i, w := range f.waves {
		s.stroke(x(i), top-8, x(i), bottom+8, 1, grid)
		s.add(words{at: point{x(i), top - 22}, text: w, anchor: middle, size: smallSize, color: muted, whole: w, id: w})
	}
	for _, l := range f.lines {
		f.line(s, l, x, y)
	}
	f.names(s, x(len(f.waves)-1)+10, y, 1, width)
	f.names(s, x(0)-8, y, 0, width)
	_, end := extent(s)
	s.height = max(end, bottom) + 12
	if len(f.legend) > 0 {
		s.height = legend(s, f.legend, s.height+2, width) + 4
	}
	return s
}

// line joins the means that are shown.
func (f slopes) line(s *scene, l slope, x func(int) float64, y func(float64) float64) {
	tone, thick := color.Color(muted), 1.2
	switch l.verdict {
	case compare.Up:
		tone, thick = accent, 2.4
	case compare.Down:
		tone, thick = second, 2.4
	}
	for i, e := range l.seen {
		if e.Status != publication.Published {
			continue
		}
		if i > 0 && l.seen[i-1].Status == publication.Published {
			dashes(s, point{x(i - 1), y(l.seen[i-1].Value)}, point{x(i), y(e.Value)}, tone)
		}
		hollow(s, point{x(i), y(e.Value)}, tone)
	}
	last := -1
	for i, e := range l.means {
		if e.Status != publication.Published {
			last = -1
			continue
		}
		if last >= 0 {
			s.add(line{points: []point{{x(last), y(l.means[last].Value)}, {x(i), y(e.Value)}}, color: tone, width: thick})
		}
		s.add(dot{point{x(i), y(e.Value)}, 3, tone, nil})
		last = i
	}
}

// names writes the numbers of the first wave at the left (side 0), and those of
// the last with the names of the lines at the right, moved apart.
func (f slopes) names(s *scene, at float64, y func(float64) float64, side int, width float64) {
	type entry struct {
		line slope
		mean publication.Estimate
		y    float64
	}
	var list []entry
	for _, l := range f.lines {
		mean := l.means[side*(len(l.means)-1)]
		if mean.Status == publication.Published {
			list = append(list, entry{l, mean, y(mean.Value)})
		}
	}
	slices.SortStableFunc(list, func(a, b entry) int { return int(math.Copysign(1, a.y-b.y)) })
	const step = 13
	heights, at0 := make([]float64, len(list)), make([]float64, len(list))
	for i, e := range list {
		heights[i], at0[i] = step, e.y
		if side == 1 {
			heights[i] = step * float64(len(wrap(f.show(e.mean)+" "+e.line.label.text, smallSize, e.line.bold, width-at)))
		}
	}
	rows := apart(at0, heights)
	for i, e := range list {
		text, to := f.show(e.mean), finish
		lines := []string{text}
		if side == 1 {
			text, to = text+" "+e.line.label.text, start
			lines = wrap(text, smallSize, e.line.bold, width-at)
		}
		row := rows[i]
		for j, part := range lines {
			w := words{at: point{at, row + 4 + step*float64(j)}, text: part, anchor: to, size: smallSize, bold: e.line.bold, color: ink}
			if side == 1 {
				w.whole = e.line.label.text
				if j == 0 {
					w.id = e.line.label.id
				}
			}
			s.add(w)
		}
	}
}

// apart moves places that are sorted from each other, as little as can be, until
// each has its height below it free: neighbours that are too near make a
// block around their mean.
func apart(places, heights []float64) []float64 {
	type block struct{ sum, height, count float64 } // sum of where the block would begin by each of its members
	var blocks []block
	for i, p := range places {
		b := block{p, heights[i], 1}
		for len(blocks) > 0 {
			last := blocks[len(blocks)-1]
			if last.sum/last.count+last.height <= b.sum/b.count {
				break
			}
			b = block{last.sum + b.sum - b.count*last.height, last.height + b.height, last.count + b.count}
			blocks = blocks[:len(blocks)-1]
		}
		blocks = append(blocks, b)
	}
	out := make([]float64, 0, len(places))
	for _, b := range blocks {
		at := b.sum / b.count
		for range int(b.count) {
			out = append(out, at)
			at += heights[len(out)-1]
		}
	}
	return out
}
