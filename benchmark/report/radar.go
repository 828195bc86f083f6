package report

import (
	"image/color"
	"math"
	"slices"

	"maturitybench/benchmark/publication"
)

// mostSpokes is how many domains a radar can hold with room for their names.
const mostSpokes = 12

// spoke is one axis of a radar.
type spoke struct {
	label label
	own   *float64
	peers publication.Estimate
}

// radar draws domain scores around a centre.
func (s standing) radar() plate {
	r := radar{axis: s.levels(), legend: s.standingLegend()[:2]}
	for i, d := range s.release.Instrument.Domains {
		score := s.peers.Domains[i]
		r.spokes = append(r.spokes, spoke{labelOf(d.Title, d.ID), score.Own, score.Mean})
	}
	r.axis = r.cut()
	return s.plate("radar", "radar", s.scoreTable(s.peers), r.draw, "confidence", percentage(s.release.Confidence))
}

type radar struct {
	axis   axis
	spokes []spoke
	legend []legendItem
}

// cut leaves out levels above all scores, but for two at the bottom.
func (r radar) cut() axis {
	most := r.axis.low + 2
	for _, k := range r.spokes {
		if k.own != nil {
			most = max(most, *k.own)
		}
		if k.peers.Status == publication.Published {
			most = max(most, k.peers.High)
		}
	}
	a := axis{low: r.axis.low, high: min(math.Ceil(most), r.axis.high)}
	for _, t := range r.axis.ticks {
		if t.at <= a.high {
			a.ticks = append(a.ticks, t)
		}
	}
	return a
}

// draw makes the scene for a width.
func (r radar) draw(width float64) *scene {
	s := &scene{width: width}
	radius := min(width*0.24, 150)
	room := width/2 - radius - 14 // for a name at the side
	center := point{width / 2, 0}
	at := func(i int, value float64) point {
		part := (value - r.axis.low) / (r.axis.high - r.axis.low)
		angle := 2*math.Pi*float64(i)/float64(len(r.spokes)) - math.Pi/2
		return point{center.x + radius*part*math.Cos(angle), center.y + radius*part*math.Sin(angle)}
	}
	ring := func(value func(i int) float64) []point {
		var points []point
		for i := range r.spokes {
			points = append(points, at(i, value(i)))
		}
		return points
	}
	for _, t := range r.axis.ticks {
		points := ring(func(int) float64 { return t.at })
		s.add(line{points: append(points, points[0]), color: grid, width: 1})
	}
	for i := range r.spokes {
		end := at(i, r.axis.high)
		s.stroke(center.x, center.y, end.x, end.y, 1, grid)
	}
	r.band(s, ring)
	r.polygon(s, ring, func(k spoke) *float64 {
		if k.peers.Status != publication.Published {
			return nil
		}
		return &k.peers.Value
	}, accent, func(p point) { s.add(dot{p, 3, accent, nil}) })
	r.polygon(s, ring, func(k spoke) *float64 { return k.own }, second, func(p point) { diamond(s, p.x, p.y) })
	for _, t := range r.axis.ticks {
		p := at(0, t.at)
		s.add(words{at: point{p.x - 5, p.y - 2}, text: t.text, anchor: finish, size: 9.5, color: muted})
	}
	r.names(s, radius, room, center)
	top, bottom := extent(s)
	s.move(0, 0, 8-top)
	s.height = legend(s, r.legend, bottom-top+22, width) + 4
	return s
}

// band fills between the ends of the intervals, if all means are shown.
func (r radar) band(s *scene, ring func(func(int) float64) []point) {
	for _, k := range r.spokes {
		if k.peers.Status != publication.Published {
			return
		}
	}
	outer := ring(func(i int) float64 { return r.spokes[i].peers.High })
	inner := ring(func(i int) float64 { return r.spokes[i].peers.Low })
	for i := range outer {
		j := (i + 1) % len(outer)
		s.add(area{[]point{outer[i], outer[j], inner[j], inner[i]}, mix(card, accent, 0.3), nil})
	}
}

// polygon joins the values that are there with their neighbours, and marks
// them.
func (r radar) polygon(s *scene, ring func(func(int) float64) []point, value func(spoke) *float64, c color.NRGBA, mark func(point)) {
	points := ring(func(i int) float64 {
		if v := value(r.spokes[i]); v != nil {
			return *v
		}
		return r.axis.low
	})
	for i := range points {
		j := (i + 1) % len(points)
		if value(r.spokes[i]) != nil && value(r.spokes[j]) != nil {
			s.add(line{points: []point{points[i], points[j]}, color: c, width: 2})
		}
	}
	for i, p := range points {
		if value(r.spokes[i]) != nil {
			mark(p)
		}
	}
}

// names writes the name of every spoke outside of the rings.
func (r radar) names(s *scene, radius, room float64, center point) {
	for i, k := range r.spokes {
		angle := 2*math.Pi*float64(i)/float64(len(r.spokes)) - math.Pi/2
		cos, sin := math.Cos(angle), math.Sin(angle)
		p := point{center.x + (radius+10)*cos, center.y + (radius+10)*sin}
		to, most := middle, 2*room
		switch {
		case cos > 0.2:
			to, most = start, s.width-p.x
		case cos < -0.2:
			to, most = finish, p.x
		}
		lines := wrap(k.label.text, smallSize, false, most)
		y := p.y + 4 + 6*sin - 13*float64(len(lines)-1)*(1-sin)/2
		for j, text := range lines {
			w := words{at: point{p.x, y + 13*float64(j)}, text: text, anchor: to, size: smallSize, color: ink, whole: k.label.text}
			if j == 0 {
				w.id = k.label.id
			}
			s.add(w)
		}
	}
}

// extent are the ends of the texts of a scene.
func extent(s *scene) (top, bottom float64) {
	var at []float64
	for _, shape := range s.shapes {
		switch v := shape.(type) {
		case words:
			at = append(at, v.at.y-v.size, v.at.y+4)
		case line:
			for _, p := range v.points {
				at = append(at, p.y)
			}
		}
	}
	return slices.Min(at), slices.Max(at)
}
