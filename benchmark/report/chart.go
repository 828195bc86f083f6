package report

import (
	"image/color"
	"math"
	"slices"
)

// Sizes of figures in points. Below narrowest, labels stand above their rows
// instead of beside them.
const (
	wide       = 800.0
	narrow     = 320.0
	labelsLeft = 480.0

	textSize   = 12.0
	smallSize  = 11.0
	lineHeight = 15.0
)

// label is a text of the instrument in a figure, and the id that stands for it
// where its characters cannot be drawn.
type label struct{ text, id string }

// axis are the values from left to right.
type axis struct {
	low, high float64
	ticks     []tick
}

type tick struct {
	at   float64
	text string
}

// row is a line of a chart.
type chartRow struct {
	label  label
	bold   bool
	group  label                                                    // of a group that starts here; zero for none
	value  string                                                   // in words, at the right; "" for none
	height float64                                                  // of the mark
	mark   func(s *scene, x func(value float64) float64, y float64) // draws it around y
}

// legendItem is an entry of a legend: a mark of about 14 by 10 points around
// a place, or nil, and what it means.
type legendItem struct {
	mark  func(s *scene, x, y float64)
	label label
	first bool // begins a line
}

// chart lays rows out over an axis.
type chart struct {
	axis   axis
	beside bool // labels stand beside the rows at any width
	rows   []chartRow
	legend []legendItem
}

// draw makes the scene for a width.
func (c chart) draw(width float64) *scene {
	s := &scene{width: width}
	left, right := c.columns(width)
	c.axis = c.axis.thinned(right - left)
	x := scale(c.axis, left, right)
	y := c.tickText(s, x, 14)
	top := y
	y += 4
	for _, r := range c.rows {
		y = c.row(s, r, x, left, y)
	}
	y += 4
	if c.labelsBeside(width) {
		behind := len(s.shapes)
		c.grid(s, x, top, y)
		lines := slices.Clone(s.shapes[behind:])
		s.shapes = append(lines, s.shapes[:behind]...)
	}
	if len(c.rows) > 8 {
		y = c.tickText(s, x, y+12)
	}
	s.height = legend(s, c.legend, y+6, width) + 4
	return s
}

// labelsBeside reports whether labels stand beside their rows instead of above
// them.
func (c chart) labelsBeside(width float64) bool { return c.beside || width >= labelsLeft }

// grid draws the ticks as lines.
func (c chart) grid(s *scene, x func(float64) float64, from, to float64) {
	for _, t := range c.axis.ticks {
		s.stroke(x(t.at), from, x(t.at), to, 1, grid)
	}
}

// columns are the ends of the axis.
func (c chart) columns(width float64) (left, right float64) {
	labels, values := 0.0, 0.0
	for _, r := range c.rows {
		labels = max(labels, textWidth(r.label.text, textSize, r.bold)*1.07)
		values = max(values, textWidth(r.value, textSize, r.bold)*1.07)
	}
	last := textWidth(c.axis.ticks[len(c.axis.ticks)-1].text, smallSize, false)/2 + 3
	if !c.labelsBeside(width) {
		return 12, width - max(12, last)
	}
	right = width - max(12, last)
	if values > 0 {
		right = width - values - 16
	}
	return min(labels, 0.4*width) + 20, right
}

// thinned is the axis with as many ticks as can be read side by side over some
// width: all, every second one and so on.
func (a axis) thinned(width float64) axis {
	if len(a.ticks) < 2 {
		return a
	}
	room := 0.0
	for _, t := range a.ticks {
		room = max(room, textWidth(t.text, smallSize, false)*1.07+5)
	}
	step := (a.ticks[1].at - a.ticks[0].at) / (a.high - a.low) * width
	every := max(1, int(math.Ceil(room/step-1e-9)))
	var ticks []tick
	for i := 0; i < len(a.ticks); i += every {
		ticks = append(ticks, a.ticks[i])
	}
	a.ticks = ticks
	return a
}

// tickText writes the ticks on a baseline and returns where they end.
func (c chart) tickText(s *scene, x func(float64) float64, y float64) float64 {
	for _, t := range c.axis.ticks {
		s.add(words{at: point{x(t.at), y}, text: t.text, anchor: middle, size: smallSize, color: muted})
	}
	return y + 5
}

// row draws one row and returns where it ends.
func (c chart) row(s *scene, r chartRow, x func(float64) float64, left, y float64) float64 {
	if r.group.text != "" {
		y = paragraphOf(s, r.group, textSize, true, 0, y+10, s.width, lineHeight) + 2
	}
	value := words{text: r.value, anchor: finish, size: textSize, bold: r.bold, color: ink}
	if !c.labelsBeside(s.width) {
		room := s.width - 8
		if r.value != "" {
			room -= textWidth(r.value, textSize, r.bold)*1.07 + 8
		}
		value.at = point{s.width, y + 12}
		y = paragraphOf(s, r.label, textSize, r.bold, 0, y, room, lineHeight)
		c.grid(s, x, y+1, y+5+r.height)
		r.mark(s, x, y+3+r.height/2)
		y += r.height + 12
	} else {
		lines := float64(len(wrap(r.label.text, textSize, r.bold, left-20)))
		height := max(r.height+6, lines*lineHeight+5)
		paragraphOf(s, r.label, textSize, r.bold, 0, y+(height-lines*lineHeight)/2, left-20, lineHeight)
		value.at = point{s.width, y + height/2 + 4}
		r.mark(s, x, y+height/2)
		y += height
	}
	if r.value != "" {
		s.add(value)
	}
	return y
}

// paragraphOf writes a label in lines from y on and returns where they end.
func paragraphOf(s *scene, l label, size float64, bold bool, x, y, width, step float64) float64 {
	for i, text := range wrap(l.text, size, bold, width) {
		w := words{at: point{x, y + 0.8*step}, text: text, size: size, bold: bold, color: ink, whole: l.text}
		if i == 0 {
			w.id = l.id
		}
		s.add(w)
		y += step
	}
	return y
}

// legend lays entries out in lines and returns where they end.
func legend(s *scene, items []legendItem, y, width float64) float64 {
	if len(items) == 0 {
		return y
	}
	x := 0.0
	for _, item := range items {
		indent := 0.0
		if item.mark != nil {
			indent = 22
		}
		lines := wrap(item.label.text, smallSize, false, width-indent)
		w := indent + textWidth(lines[0], smallSize, false)*fallbackWider + 16
		if x > 0 && (item.first || x+w-16 > width || len(lines) > 1) {
			x, y = 0, y+lineHeight+1
		}
		if item.mark != nil {
			item.mark(s, x+8, y+7)
		}
		bottom := paragraphOf(s, item.label, smallSize, false, x+indent, y, width-indent, lineHeight)
		x += w
		if len(lines) > 1 {
			x, y = 0, bottom+1
		}
	}
	if x > 0 {
		y += lineHeight
	}
	return y + 2
}

// interval draws an estimate as a dot on its interval.
func interval(s *scene, from, at, to, y float64, c color.NRGBA) {
	s.add(rect(from, y-5, to-from, 10, mix(card, c, 0.3), nil))
	s.stroke(from, y-6, from, y+6, 1.5, c)
	s.stroke(to, y-6, to, y+6, 1.5, c)
	s.add(dot{point{at, y}, 3.5, c, nil})
}

// percentAxis goes from 0 to 100%.
func (t texts) percentAxis() axis {
	a := axis{high: 1}
	for p := 0; p <= 100; p += 25 {
		a.ticks = append(a.ticks, tick{float64(p) / 100, t.whole(p)})
	}
	return a
}
