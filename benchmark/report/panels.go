package report

// panels lays rows out over two axes side by side: how the companies are
// spread over the levels at the left, and the mean at the right. Where there is
// no room for two, the second is left to the words of the row.
type panels struct {
	left, right axis
	rows        []panelRow
	legend      []legendItem
}

// panelRow is a line of both panels.
type panelRow struct {
	label       label
	value       string
	left, right func(s *scene, x func(value float64) float64, y float64)
}

// draw makes the scene for a width.
func (p panels) draw(width float64) *scene {
	if width < labelsLeft {
		return p.stacked().draw(width)
	}
	s := &scene{width: width}
	labels, values := 0.0, 0.0
	for _, r := range p.rows {
		labels = max(labels, textWidth(r.label.text, textSize, false)*1.07)
		values = max(values, textWidth(r.value, textSize, false)*1.07)
	}
	labels = min(labels, 0.4*width)
	first := labels + 20
	end := width - values - 16
	const gap = 40
	room := end - first - gap
	last := first + 0.64*room
	p.left, p.right = p.left.thinned(last-first), p.right.thinned(end-last-gap)
	left, right := scale(p.left, first, last), scale(p.right, last+gap, end)
	ticks := func(y float64) {
		for _, panel := range []struct {
			axis axis
			x    func(float64) float64
		}{{p.left, left}, {p.right, right}} {
			for _, t := range panel.axis.ticks {
				s.add(words{at: point{panel.x(t.at), y}, text: t.text, anchor: middle, size: smallSize, color: muted})
			}
		}
	}
	ticks(14)
	const top = 19
	y := top + 4.0
	for _, r := range p.rows {
		lines := float64(len(wrap(r.label.text, textSize, false, labels)))
		height := max(24, lines*lineHeight+5)
		paragraphOf(s, r.label, textSize, false, 0, y+(height-lines*lineHeight)/2, labels, lineHeight)
		r.left(s, left, y+height/2)
		r.right(s, right, y+height/2)
		s.add(words{at: point{width, y + height/2 + 4}, text: r.value, anchor: finish, size: textSize, color: ink})
		y += height
	}
	y += 4
	behind := &scene{}
	for _, t := range p.left.ticks {
		behind.stroke(left(t.at), top, left(t.at), y, 1, grid)
	}
	for _, t := range p.right.ticks {
		behind.stroke(right(t.at), top, right(t.at), y, 1, grid)
	}
	s.shapes = append(behind.shapes, s.shapes...)
	s.height = legend(s, p.legend, y+6, width) + 4
	return s
}

// stacked is the chart of the left panel alone.
func (p panels) stacked() chart {
	c := chart{axis: p.left, legend: p.legend}
	for _, r := range p.rows {
		c.rows = append(c.rows, chartRow{label: r.label, value: r.value, height: 18, mark: r.left})
	}
	return c
}
