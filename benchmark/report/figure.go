package report

import (
	"io"
)

// Figure is one figure of a report.
type Figure struct {
	Name        string // fit for a file name: domains, spread-size, heatmap-region
	Title       string
	Description string // what is drawn and how to read it, for those who do not see it too

	title  rich // with its marks
	text   rich // the description, with its marks
	table  table
	source string // whose numbers these are
	texts  texts
	draw   func(width float64) *scene
}

// Table is what the figure shows in words and numbers: a header, and rows as
// long as it is.
func (f Figure) Table() (header []string, rows [][]string) {
	line := func(cells []rich) []string {
		out := make([]string, len(cells))
		for i, c := range cells {
			out[i] = c.String()
		}
		return out
	}
	for _, r := range f.table.Rows {
		rows = append(rows, line(r))
	}
	return line(f.table.Header), rows
}

// WriteSVG writes the figure as an SVG file: text stays text and is shown in
// the fonts of the reader. The same figure gives the same bytes. The error is
// the writer's.
func (f Figure) WriteSVG(w io.Writer) error {
	_, err := w.Write(f.standalone().svg(hexadecimal, f.Name, "figure", f.Title, f.Description))
	return err
}

// WritePNG writes the figure as an image at 192 dots an inch. Texts in scripts
// that the built-in fonts lack, or that run from right to left, stand as ids;
// a line below says so. The error is the writer's.
func (f Figure) WritePNG(w io.Writer) error { return f.embedded().png(w) }

// WritePDF writes the figure as a page of its own size with built-in fonts;
// texts that these lack stand as ids, as in WritePNG. The error is the
// writer's.
func (f Figure) WritePDF(w io.Writer) error { return f.embedded().pdf(w) }

// standalone is the figure as it stands alone: with title, source and a margin.
func (f Figure) standalone() *scene {
	const margin = 16
	drawing := f.draw(wide)
	s := &scene{width: drawing.width + 2*margin}
	y := paragraphOf(s, label{f.Title, f.Name}, 15, true, 0, margin, drawing.width, 19) + 6
	mark := len(s.shapes)
	s.add(drawing.shapes...)
	s.move(mark, 0, y)
	y += drawing.height + 4
	for _, line := range wrap(f.source, 9.5, false, drawing.width) {
		s.add(words{at: point{0, y + 10}, text: line, size: 9.5, color: muted, whole: f.source})
		y += 12
	}
	s.height = y + margin
	s.move(0, margin, 0)
	s.shapes = append([]shape{rect(0, 0, s.width, s.height, card, nil)}, s.shapes...)
	return s
}

// embedded is the sheet for formats that bring their own fonts, with a remark
// if these lack something.
func (f Figure) embedded() *scene {
	s := f.standalone()
	for _, shape := range s.shapes {
		if w, ok := shape.(words); ok && w.id != "" && !drawable(w.whole) {
			s.add(words{at: point{16, s.height - 4}, text: f.texts.say("figure.ids"), size: 9.5, color: muted})
			s.height += 8
			s.shapes[0] = rect(0, 0, s.width, s.height, card, nil)
			break
		}
	}
	return s
}
