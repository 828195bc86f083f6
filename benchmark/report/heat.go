package report

import (
	"image/color"
	"math"
	"strings"

	"maturitybench/benchmark/publication"
)

// heat is a table whose cells are coloured by their values.
type heat struct {
	texts   texts
	show    func(publication.Estimate) rich // a cell in words
	columns []label
	rows    []heatRow
}

type heatRow struct {
	label label
	bold  bool
	cells []publication.Estimate // means
}

// draw makes the scene for a width.
func (h heat) draw(width float64) *scene {
	s := &scene{width: width}
	left := h.left(width)
	cell := (width - left) / float64(len(h.columns))
	y := h.header(s, left, cell)
	low, high := h.extent()
	for _, r := range h.rows {
		const height = 38
		if left > 0 {
			lines := float64(len(wrap(r.label.text, textSize, r.bold, left-14)))
			tall := max(height, lines*lineHeight+4)
			paragraphOf(s, r.label, textSize, r.bold, 0, y+(tall-lines*lineHeight)/2, left-14, lineHeight)
			h.cells(s, r, left, y, cell, tall, low, high)
			y += tall
			continue
		}
		y = paragraphOf(s, r.label, textSize, r.bold, 0, y+3, width, lineHeight) + 2
		h.cells(s, r, left, y, cell, height, low, high)
		y += height + 3
	}
	s.height = h.legend(s, y+10, low, high)
	return s
}

// left is the room of the labels beside the rows. Where that would leave too
// little for the columns they stand above the rows, and it is zero.
func (h heat) left(width float64) float64 {
	room := 0.0
	for _, r := range h.rows {
		room = max(room, textWidth(r.label.text, textSize, r.bold)*1.07)
	}
	room = min(room, 0.34*width) + 14
	if width < labelsLeft && (len(h.columns) > 3 || h.headSize((width-room)/float64(len(h.columns))) < smallSize) {
		return 0
	}
	return room
}

// headSize is the size in which every word of the heads fits into a column, as
// far as it can still be read.
func (h heat) headSize(cell float64) float64 {
	const smallest = 8.5
	size := smallSize
	for _, c := range h.columns {
		for _, word := range pieces(c.text) {
			size = min(size, smallSize*(cell-4)/(textWidth(strings.TrimSpace(word), smallSize, true)*1.07))
		}
	}
	return max(size, smallest)
}

// header writes the names of the columns and returns where they end.
func (h heat) header(s *scene, left, cell float64) float64 {
	most, size := 1, h.headSize(cell)
	for _, c := range h.columns {
		most = max(most, len(wrap(c.text, size, true, cell-3)))
	}
	for i, c := range h.columns {
		lines := wrap(c.text, size, true, cell-3)
		for j, text := range lines {
			w := words{
				at:   point{left + (float64(i)+0.5)*cell, 12 + 13*float64(most-len(lines)+j)},
				text: text, anchor: middle, size: size, bold: true, color: ink, whole: c.text,
			}
			if j == 0 {
				w.id = c.id
			}
			s.add(w)
		}
	}
	return 13*float64(most) + 6
}

// cells draws a row.
func (h heat) cells(s *scene, r heatRow, x, y, width, height, low, high float64) {
	for _, c := range r.cells {
		write := func(dy, size float64, bold bool, tone color.NRGBA, text string) {
			s.add(words{at: point{x + width/2, y + height/2 + dy}, text: text, anchor: middle, size: size, bold: bold, color: tone})
		}
		if c.Status != publication.Published {
			s.hatch(x+1, y+1, width-2, height-2)
			word := h.texts.status(c.Status).String()
			size := min(smallSize, smallSize*(width-8)/(textWidth(word, smallSize, false)*1.06))
			w := textWidth(word, size, false) * 1.06
			s.add(rect(x+width/2-w/2-2, y+height/2-8, w+4, 16, paper, nil))
			write(4, size, false, muted, word)
		} else {
			fill := shade((c.Value - low) / (high - low))
			s.add(rect(x+1, y+1, width-2, height-2, fill, nil))
			value, bounds, _ := strings.Cut(h.show(c).String(), " ")
			write(-1, 13, true, onto(fill), value)
			size := min(10, 10*(width-6)/max(1, textWidth(bounds, 10, false)*1.06))
			write(12, size, false, onto(fill), bounds)
		}
		x += width
	}
}

// extent are the whole levels around all values.
func (h heat) extent() (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, r := range h.rows {
		for _, c := range r.cells {
			if c.Status == publication.Published {
				low, high = min(low, math.Floor(c.Value)), max(high, math.Ceil(c.Value))
			}
		}
	}
	if low > high {
		return 0, 1
	}
	return low, max(high, low+1)
}

// legend shows which colour means what and returns where it ends.
func (h heat) legend(s *scene, y, low, high float64) float64 {
	const steps, wideness = 24, 160.0
	from, to := h.end(low), h.end(high)
	x := textWidth(from, smallSize, false) + 6
	s.add(words{at: point{0, y + 10}, text: from, size: smallSize, color: muted})
	for i := range steps {
		s.add(rect(x+wideness*float64(i)/steps, y, wideness/steps+0.5, 12, shade((float64(i)+0.5)/steps), nil))
	}
	s.add(words{at: point{x + wideness + 6, y + 10}, text: to, size: smallSize, color: muted})
	return legend(s, h.blanks(), y+20, s.width) + 4
}

// end is the value at an end of the colours.
func (h heat) end(value float64) string {
	return h.show(publication.Estimate{Value: value, Low: value, High: value, Status: publication.Published}).String()
}

// blanks explains cells without a number, if there are any.
func (h heat) blanks() []legendItem {
	for _, r := range h.rows {
		for _, c := range r.cells {
			if c.Status != publication.Published {
				mark := func(s *scene, x, y float64) { s.hatch(x-8, y-5, 16, 10) }
				return []legendItem{{mark: mark, label: label{text: h.texts.say("legend.hidden")}}}
			}
		}
	}
	return nil
}
