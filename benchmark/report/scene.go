package report

import (
	"image/color"
	"math"
)

// scene is a drawing: shapes from back to front in a space whose unit is a
// point and whose origin is the upper left corner. A file format draws it.
type scene struct {
	width, height float64
	shapes        []shape
}

// shape is one of the types below.
type shape any

type (
	// area is a filled polygon, or one with an outline.
	area struct {
		points       []point
		fill, stroke color.Color // nil: none
	}
	// line is a stroke through points.
	line struct {
		points []point
		color  color.Color
		width  float64
	}
	// hatching are thin slanted lines.
	hatching struct{ lines [][2]point }
	// dot is a disc with an outline.
	dot struct {
		at           point
		radius       float64
		fill, stroke color.Color
	}
	// words are one line of text on a baseline.
	words struct {
		at     point
		text   string
		anchor anchor
		size   float64
		bold   bool
		color  color.Color
		whole  string // the text of which this is a line, "" for texts of the report
		id     string // stands for the whole where its characters cannot be drawn; "" on all lines but one
	}
)

type point struct{ x, y float64 }

// anchor says which end of a text its point is.
type anchor uint8

const (
	start anchor = iota
	middle
	finish
)

func (s *scene) add(shapes ...shape) { s.shapes = append(s.shapes, shapes...) }

// rect is a rectangle by its upper left corner.
func rect(x, y, w, h float64, fill, stroke color.Color) area {
	return area{[]point{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}}, fill, stroke}
}

// stroke adds a straight line.
func (s *scene) stroke(x1, y1, x2, y2, width float64, c color.Color) {
	s.add(line{points: []point{{x1, y1}, {x2, y2}}, color: c, width: width})
}

// hatch fills a rectangle with slanted lines: there is no number here.
func (s *scene) hatch(x, y, w, h float64) {
	s.add(rect(x, y, w, h, paper, nil))
	const step = 6
	var lines hatching
	for offset := -math.Floor(h/step) * step; offset < w; offset += step {
		// From the lower edge at offset up to the right, cut to the sides.
		from := point{x + offset, y + h}
		to := point{from.x + h, y}
		if from.x < x {
			from = point{x, from.y - (x - from.x)}
		}
		if to.x > x+w {
			to = point{x + w, to.y + (to.x - (x + w))}
		}
		if to.x > from.x {
			lines.lines = append(lines.lines, [2]point{from, to})
		}
	}
	s.add(lines)
	s.add(rect(x, y, w, h, nil, faint))
}

// move shifts the shapes from the given one on.
func (s *scene) move(from int, dx, dy float64) {
	for i, shape := range s.shapes[from:] {
		switch v := shape.(type) {
		case area:
			v.points = moved(v.points, dx, dy)
			shape = v
		case line:
			v.points = moved(v.points, dx, dy)
			shape = v
		case hatching:
			lines := make([][2]point, len(v.lines))
			for i, l := range v.lines {
				lines[i] = [2]point{{l[0].x + dx, l[0].y + dy}, {l[1].x + dx, l[1].y + dy}}
			}
			shape = hatching{lines}
		case dot:
			v.at = point{v.at.x + dx, v.at.y + dy}
			shape = v
		case words:
			v.at = point{v.at.x + dx, v.at.y + dy}
			shape = v
		}
		s.shapes[from+i] = shape
	}
}

func moved(points []point, dx, dy float64) []point {
	out := make([]point, len(points))
	for i, p := range points {
		out[i] = point{p.x + dx, p.y + dy}
	}
	return out
}
