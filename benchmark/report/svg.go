package report

import (
	"bytes"
	"fmt"
	"html"
	"image/color"
	"strconv"
	"strings"
)

// svgFonts are the fonts that text in SVG asks for; a reader whose system has
// none of them sees the nearest one, and any script that the system can show.
const svgFonts = `"Liberation Sans", Arimo, Arial, Helvetica, sans-serif`

// svg draws a scene as one SVG element with a role, a title and a
// description, in colours that paint spells. ids begin with prefix, which must
// be unlike that of any other figure of a page.
func (s *scene) svg(paint func(color.Color) string, prefix, class, title, description string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" class="%s" role="img" aria-labelledby="%[2]s-t" aria-describedby="%[2]s-d" width="%s" height="%s" viewBox="0 0 %[3]s %[4]s" font-family="%[5]s" font-size="%[6]s" fill="%[7]s">`,
		class, prefix, coordinate(s.width), coordinate(s.height), html.EscapeString(svgFonts), coordinate(textSize), paint(ink))
	fmt.Fprintf(&b, "\n<title id=\"%s-t\">%s</title>\n<desc id=\"%s-d\">%s</desc>\n", prefix, html.EscapeString(title), prefix, html.EscapeString(description))
	for _, shape := range s.shapes {
		switch v := shape.(type) {
		case area:
			fmt.Fprintf(&b, `<path d="%sZ" fill="%s"%s/>`, pathData(v.points), paint(v.fill), outline(v.stroke, paint))
		case line:
			fmt.Fprintf(&b, `<path d="%s" fill="none" stroke="%s" stroke-width="%s"/>`, pathData(v.points), paint(v.color), coordinate(v.width))
		case hatching:
			var data strings.Builder
			for _, l := range v.lines {
				data.WriteString(pathData(l[:]))
			}
			fmt.Fprintf(&b, `<path d="%s" fill="none" stroke="%s"/>`, data.String(), paint(faint))
		case dot:
			fmt.Fprintf(&b, `<circle cx="%s" cy="%s" r="%s" fill="%s"%s/>`, coordinate(v.at.x), coordinate(v.at.y), coordinate(v.radius), paint(v.fill), outline(v.stroke, paint))
		case words:
			v.svg(&b, paint)
		}
		b.WriteByte('\n')
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

func (w words) svg(b *bytes.Buffer, paint func(color.Color) string) {
	fmt.Fprintf(b, `<text x="%s" y="%s"`, coordinate(w.at.x), coordinate(w.at.y))
	if w.size != textSize {
		fmt.Fprintf(b, ` font-size="%s"`, coordinate(w.size))
	}
	if w.color != ink {
		fmt.Fprintf(b, ` fill="%s"`, paint(w.color))
	}
	if w.bold {
		b.WriteString(` font-weight="bold"`)
	}
	if w.anchor != start {
		fmt.Fprintf(b, ` text-anchor="%s"`, [...]string{"start", "middle", "end"}[w.anchor])
	}
	fmt.Fprintf(b, ">%s</text>", html.EscapeString(w.text))
}

// outline is the attribute of a thin outline, if there is one.
func outline(c color.Color, paint func(color.Color) string) string {
	if c == nil {
		return ""
	}
	return fmt.Sprintf(` stroke="%s"`, paint(c))
}

// pathData goes through points.
func pathData(points []point) string {
	var b strings.Builder
	for i, p := range points {
		if i == 0 {
			b.WriteByte('M')
		} else {
			b.WriteByte('L')
		}
		b.WriteString(coordinate(p.x) + " " + coordinate(p.y))
	}
	return b.String()
}

// coordinate spells a coordinate with at most one decimal, which is finer than
// paper needs and coarser than the last bits of a float.
func coordinate(x float64) string {
	s := strings.TrimRight(strings.TrimRight(strconv.FormatFloat(x, 'f', 1, 64), "0"), ".")
	if s == "-0" {
		return "0"
	}
	return s
}
