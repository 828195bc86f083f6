package report

import (
	"image/color"
	"math"
	"slices"
	"strings"

	"maturitybench/benchmark/publication"
)

// A radar of fewer spokes is no shape, and one of more has no room for names.
const (
	fewestSpokes = 3
	mostSpokes   = 12
)

// spoke is one axis of a radar.
type spoke struct {
	label label
	own   *float64
	peers publication.Estimate
}

// domainRadar draws the means of the domains around a centre, if they are as
// many as make a figure, and all shown.
func (b *builder) domainRadar() (plate, bool) {
	r := radar{axis: b.levels(), legend: []legendItem{b.intervalLegend()}}
	for i, d := range b.all.Domains {
		if !b.sees(i) {
			continue
		}
		if d.Mean.Status != publication.Published {
			return plate{}, false
		}
		domain := b.release.Instrument.Domains[i]
		r.spokes = append(r.spokes, spoke{labelOf(domain.Title, domain.ID), nil, d.Mean})
	}
	if len(r.spokes) < fewestSpokes || len(r.spokes) > mostSpokes {
		return plate{}, false
	}
	r.axis = r.cut()
	return b.plate("radar-domains", "radar-domains", b.scoreTable(), r.draw, "confidence", b.percentage(b.release.Confidence)), true
}

// practiceRadar draws the means of the practices around a centre, if they are
// as many as make a figure, and all shown. There is room for their ids only.
func (b *builder) practiceRadar() (plate, bool) {
	r := radar{axis: b.answers(), legend: []legendItem{b.intervalLegend()}}
	t := table{ID: "table-practice-means", Header: []rich{b.rich("column.practice"), b.meanColumn()}}
	for _, q := range b.seenQuestions(b.all) {
		if q.Mean.Status != publication.Published {
			return plate{}, false
		}
		r.spokes = append(r.spokes, spoke{label{q.ID, q.ID}, nil, q.Mean})
		t.Rows = append(t.Rows, []rich{b.names.full(q.ID), b.level(q.Mean)})
	}
	if len(r.spokes) < fewestSpokes || len(r.spokes) > 2*mostSpokes {
		return plate{}, false
	}
	r.axis = r.cut()
	return b.plate("radar-practices", "radar-practices", t, r.draw, "confidence", b.percentage(b.release.Confidence)), true
}

type radar struct {
	axis   axis
	spokes []spoke
	legend []legendItem
}

// cut leaves out levels above all scores, but for two at the bottom.
func (r radar) cut() axis {
	most := min(r.axis.low+2, r.axis.high)
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
	radius := r.radius(width)
	room := width/2 - radius - 14 // for a name at the side
	center := point{width / 2, 0}
	at := func(i int, value float64) point {
		part := (value - r.axis.low) / (r.axis.high - r.axis.low)
		angle := r.angle(i)
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
		s.add(words{at: point{p.x - 5, p.y + 9}, text: t.text, anchor: finish, size: 9.5, color: muted})
	}
	r.names(s, radius, room, center)
	top, bottom := extent(s)
	s.move(0, 0, 8-top)
	s.height = legend(s, r.legend, bottom-top+22, width) + 4
	return s
}

// radius leaves every name at a side so much room that its longest word stands on a
// line, as far as the rings stay large enough to be read.
func (r radar) radius(width float64) float64 {
	const least = 45.0
	radius := min(width*0.24, 150)
	for i, k := range r.spokes {
		cos := math.Abs(math.Cos(r.angle(i)))
		if cos <= aside {
			continue
		}
		for word := range strings.FieldsSeq(k.label.text) {
			room := width/2 - textWidth(word, smallSize, false)*fallbackWider - 1
			radius = min(radius, room/cos-spokeGap)
		}
	}
	return max(radius, least)
}

// nameSize is the size of the names: somewhat smaller where the longest word at a side has no room although
// the rings are as small as they may be. A word that would have to be smaller still is broken.
func (r radar) nameSize(width, radius float64) float64 {
	size := smallSize
	for i, k := range r.spokes {
		cos := math.Abs(math.Cos(r.angle(i)))
		if cos <= aside {
			continue
		}
		room := width/2 - (radius+spokeGap)*cos - 1
		for word := range strings.FieldsSeq(k.label.text) {
			if fits := smallSize * room / (textWidth(word, smallSize, false) * fallbackWider); fits >= smallestName {
				size = min(size, fits)
			}
		}
	}
	return size
}

const (
	spokeGap     = 10.0 // from the end of a spoke to its name
	smallestName = 9.5  // size of a name, as that of a level at a ring: 6 of the printed page's pixels, which .ci/pages asks for
)

// angle is the direction of a spoke, from the right on clockwise.
func (r radar) angle(i int) float64 {
	return 2*math.Pi*float64(i)/float64(len(r.spokes)) - math.Pi/2
}

// aside is the cosine from which on a name stands beside its spoke.
const aside = 0.2

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

// names writes the name of every spoke outside of the rings: from the top down
// both sides, each name below those before it.
func (r radar) names(s *scene, radius, room float64, center point) {
	ends := [3]float64{math.Inf(-1), math.Inf(-1), math.Inf(-1)} // of the names at the left, in the middle, at the right
	n := len(r.spokes)
	for k := range n {
		i := (k + 1) / 2 // 0, 1, n−1, 2, n−2 and so on
		if k%2 == 0 {
			i = (n - k/2) % n
		}
		ends = r.name(s, i, radius, room, center, ends)
	}
}

// name writes that of one spoke, and returns where the names end then.
func (r radar) name(s *scene, i int, radius, room float64, center point, ends [3]float64) [3]float64 {
	const step = 13
	angle := r.angle(i)
	cos, sin := math.Cos(angle), math.Sin(angle)
	p := point{center.x + (radius+spokeGap)*cos, center.y + (radius+spokeGap)*sin}
	to, most, side := middle, 2*room, 1
	switch {
	case cos > aside:
		to, most, side = start, s.width-p.x, 2
	case cos < -aside:
		to, most, side = finish, p.x, 0
	}
	l := r.spokes[i].label
	size := r.nameSize(s.width, radius)
	lines := wrap(l.text, size, false, most)
	y := p.y + 4 + 6*sin - step*float64(len(lines)-1)*(1-sin)/2
	for other, end := range ends {
		if other == side || other == 1 || side == 1 {
			y = max(y, end+step)
		}
	}
	for j, text := range lines {
		w := words{at: point{p.x, y + step*float64(j)}, text: text, anchor: to, size: size, color: ink, whole: l.text}
		if j == 0 {
			w.id = l.id
		}
		s.add(w)
	}
	ends[side] = y + step*float64(len(lines)-1)
	return ends
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
