package report

import (
	"image/color"
	"io"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/encoding/charmap"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgpdf"
)

// dpi is the resolution of PNG files: sharp on paper and on dense screens.
const dpi = 192

// png writes the scene as an image.
func (s *scene) png(w io.Writer) error {
	c := vgimg.NewWith(vgimg.UseWH(vg.Length(s.width), vg.Length(s.height)), vgimg.UseDPI(dpi), vgimg.UseBackgroundColor(card))
	s.paint(c, func(v words, at vg.Point) { c.FillString(face(v.size, v.bold), at, v.text) })
	_, err := vgimg.PngCanvas{Canvas: c}.WriteTo(w)
	return err
}

// pdf writes the scene as a page of its size, with its fonts embedded.
func (s *scene) pdf(w io.Writer) error {
	c := vgpdf.New(vg.Length(s.width), vg.Length(s.height))
	s.paint(c, func(v words, at vg.Point) {
		// The writer embeds one font and takes the bytes of Western texts; the
		// letters of bold and of other texts are drawn.
		if western, err := charmap.Windows1252.NewEncoder().String(v.text); err == nil && !v.bold {
			c.FillString(face(v.size, v.bold), at, western)
		} else {
			drawLetters(c, v, at)
		}
	})
	_, err := c.WriteTo(w)
	return err
}

// paint draws all shapes on a canvas, whose origin is the lower left corner.
func (s *scene) paint(c vg.Canvas, write func(words, vg.Point)) {
	place := func(p point) vg.Point { return vg.Point{X: vg.Length(p.x), Y: vg.Length(s.height - p.y)} }
	path := func(points []point) (p vg.Path) {
		for i, at := range points {
			if i == 0 {
				p.Move(place(at))
			} else {
				p.Line(place(at))
			}
		}
		return p
	}
	for _, shape := range s.shapes {
		c.SetLineWidth(1)
		switch v := shape.(type) {
		case area:
			p := path(v.points)
			p.Close()
			fillAndStroke(c, p, v.fill, v.stroke)
		case line:
			c.SetLineWidth(vg.Length(v.width))
			c.SetColor(v.color)
			c.Stroke(path(v.points))
		case hatching:
			c.SetColor(faint)
			for _, l := range v.lines {
				c.Stroke(path(l[:]))
			}
		case dot:
			fillAndStroke(c, circle(place(v.at), v.radius), v.fill, v.stroke)
		case words:
			if v.whole != "" && !drawable(v.whole) {
				if v.id == "" {
					continue
				}
				v.text = v.id
			}
			c.SetColor(v.color)
			at := place(v.at)
			at.X -= vg.Length(textWidth(v.text, v.size, v.bold) * float64(v.anchor) / 2)
			write(v, at)
		}
	}
}

// circle is a closed path of four curves, each a quarter within 0.03% of the
// radius.
func circle(center vg.Point, radius float64) vg.Path {
	const bend = 0.5522847498 // 4(√2 − 1)/3
	at := func(x, y float64) vg.Point {
		return vg.Point{X: center.X + vg.Length(radius*x), Y: center.Y + vg.Length(radius*y)}
	}
	var p vg.Path
	p.Move(at(1, 0))
	x, y := 1.0, 0.0
	for range 4 {
		u, v := -y, x // a quarter further
		p.CubeTo(at(x+bend*u, y+bend*v), at(u+bend*x, v+bend*y), at(u, v))
		x, y = u, v
	}
	p.Close()
	return p
}

// drawLetters fills the outlines of a text's letters.
func drawLetters(c vg.Canvas, v words, at vg.Point) {
	f := face(v.size, v.bold)
	var buffer sfnt.Buffer
	const units = 1000
	scale := v.size / units
	x := at.X
	for _, r := range v.text {
		index, err := f.Face.GlyphIndex(&buffer, r)
		if err == nil && index != 0 {
			if segments, err := f.Face.LoadGlyph(&buffer, index, fixed.I(units), nil); err == nil && len(segments) > 0 {
				c.Fill(letter(segments, scale, vg.Point{X: x, Y: at.Y}))
			}
		}
		e, _ := em(r, v.bold)
		x += vg.Length(e * v.size)
	}
}

// letter is the outline of a letter. The y axis of fonts points down here.
func letter(segments sfnt.Segments, scale float64, at vg.Point) vg.Path {
	place := func(p fixed.Point26_6) vg.Point {
		return vg.Point{X: at.X + vg.Length(float64(p.X)/64*scale), Y: at.Y - vg.Length(float64(p.Y)/64*scale)}
	}
	var p vg.Path
	for i, s := range segments {
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			if i > 0 {
				p.Close()
			}
			p.Move(place(s.Args[0]))
		case sfnt.SegmentOpLineTo:
			p.Line(place(s.Args[0]))
		case sfnt.SegmentOpQuadTo:
			p.QuadTo(place(s.Args[0]), place(s.Args[1]))
		case sfnt.SegmentOpCubeTo:
			p.CubeTo(place(s.Args[0]), place(s.Args[1]), place(s.Args[2]))
		}
	}
	p.Close()
	return p
}

func fillAndStroke(c vg.Canvas, p vg.Path, fill, stroke color.Color) {
	if fill != nil {
		c.SetColor(fill)
		c.Fill(p)
	}
	if stroke != nil {
		c.SetColor(stroke)
		c.Stroke(p)
	}
}
