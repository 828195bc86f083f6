package report

import (
	"image/color"
	"math"
)

// ring is a donut of the groups of an attribute, all of which are shown, and a line
// for each beside it.
type ring struct {
	title label
	parts []ringPart
}

type ringPart struct {
	label label
	size  float64
	value string // in words
}

// Sizes of a ring, in points.
const (
	ringRadius = 36.0
	ringHole   = 20.0
)

// draw adds the ring to a scene from y on, and returns where it ends.
func (r ring) draw(s *scene, y float64) float64 {
	y = paragraphOf(s, r.title, textSize, true, 0, y+10, s.width, lineHeight) + 4
	whole := 0.0
	for _, p := range r.parts {
		whole += max(p.size, 0)
	}
	center := point{ringRadius + 2, y + ringRadius + 1}
	left, at, line := 2*ringRadius+18, 0.0, y
	for i, p := range r.parts {
		c := shade(float64(i+1) / float64(len(r.parts)))
		if p.size > 0 {
			end := at + p.size/whole
			s.add(area{sector(center, at, end), c, muted})
			at = end
		}
		line = r.line(s, p, c, left, line)
	}
	return max(center.y+ringRadius+4, line)
}

// line writes the line of a group beside the ring, and returns where it ends.
func (r ring) line(s *scene, p ringPart, c color.NRGBA, left, y float64) float64 {
	room := s.width - left - 18 - textWidth(p.value, textSize, false)*wider - 8
	s.add(rect(left, y+3, 10, 10, c, muted), words{at: point{s.width, y + 12}, text: p.value, anchor: finish, size: textSize, color: ink})
	return paragraphOf(s, p.label, textSize, false, left+18, y, room, lineHeight) + 3
}

// sector is a part of a ring, between two parts of a turn from the top on clockwise.
func sector(center point, from, to float64) (points []point) {
	steps := max(1, int(math.Ceil((to-from)*90)))
	along := func(radius float64, turn float64) point {
		sin, cos := math.Sincos(2 * math.Pi * turn)
		return point{center.x + radius*sin, center.y - radius*cos}
	}
	for i := range steps + 1 {
		points = append(points, along(ringRadius, from+(to-from)*float64(i)/float64(steps)))
	}
	for i := range steps + 1 {
		points = append(points, along(ringHole, to-(to-from)*float64(i)/float64(steps)))
	}
	return points
}
