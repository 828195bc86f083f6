package report

// document is a report before it is set in a format.
type document struct {
	title      rich
	subtitle   rich      // below the title; nil: none
	intro      []block   // between the title and the first section
	board      section   // the first page, for readers of nothing else; without blocks: none
	sections   []section // chapters
	appendices []section
	meta       []property
}

// property is a fact about a document that is not part of its text.
type property struct{ Name, Content string }

// section is a part of the report with a heading of its own.
type section struct {
	ID     string // the same in every report
	Title  rich
	Blocks []block
}

// block is one of the types below.
type block interface{ Kind() string }

type (
	// subheading starts a part of a section.
	subheading struct {
		Text rich
		ID   string
	}
	// paragraph is running text.
	paragraph struct{ Text rich }
	// warning is a paragraph that stands out.
	warning struct{ Text rich }
	// bullets is a list without order.
	bullets struct{ Items []rich }
	// steps is a list in order.
	steps struct{ Items []rich }
	// tiles are a few large numbers side by side.
	tiles struct{ Items []tile }
	// table has a header, and rows of the same length. The first columns hold
	// texts, at least one; the others hold numbers.
	table struct {
		ID      string // of tables behind figures: the same numbers have the same id
		Caption rich
		Header  []rich
		Rows    [][]rich
		Texts   int // columns with texts; 0: one
	}
	// plate is a figure with its table, and further tables on the same subject.
	plate struct {
		Figure Figure
		More   []table
	}
	// pair is two figures that may stand side by side.
	pair struct{ Left, Right plate }
)

// tile is a large number with what it is above it and a remark below.
type tile struct{ Label, Value, Note rich }

func (subheading) Kind() string { return "subheading" }
func (paragraph) Kind() string  { return "paragraph" }
func (warning) Kind() string    { return "warning" }
func (bullets) Kind() string    { return "bullets" }
func (steps) Kind() string      { return "steps" }
func (tiles) Kind() string      { return "tiles" }
func (table) Kind() string      { return "table" }
func (plate) Kind() string      { return "plate" }
func (pair) Kind() string       { return "pair" }

// words reports whether a column holds texts.
func (t table) words(column int) bool { return column < max(t.Texts, 1) }

// trimmed is the table without columns of numbers in which no number stands.
func (t table) trimmed() table {
	out := table{ID: t.ID, Caption: t.Caption, Texts: t.Texts, Rows: make([][]rich, len(t.Rows))}
	for column, head := range t.Header {
		if !t.words(column) && !t.shows(column) {
			continue
		}
		out.Header = append(out.Header, head)
		for i, row := range t.Rows {
			out.Rows[i] = append(out.Rows[i], row[column])
		}
	}
	return out
}

// shows reports whether a column holds anything but marks of what is not
// there.
func (t table) shows(column int) bool {
	for _, row := range t.Rows {
		for _, s := range row[column] {
			if s.Kind != mark {
				return true
			}
		}
	}
	return false
}

// all are the sections from the first page to the last.
func (d document) all() []section {
	out := append([]section{}, d.sections...)
	if len(d.board.Blocks) > 0 {
		out = append([]section{d.board}, out...)
	}
	return append(out, d.appendices...)
}

// fewChapters and fewFigures are how many a report has at most without a page for
// its title.
const fewChapters, fewFigures = 3, 8

// length is the class of a page: brief without chapters; cover with many; empty
// otherwise.
func (d document) length() string {
	switch {
	case len(d.sections) == 0 && len(d.appendices) == 0:
		return "summary"
	case len(d.sections) == 0:
		return "brief"
	case len(d.board.Blocks) > 0 && len(d.sections) > fewChapters && len(d.plates()) > fewFigures:
		return "cover"
	}
	return ""
}

// plates are all figures in their order.
func (d document) plates() []plate {
	var list []plate
	for _, s := range d.all() {
		for _, b := range s.Blocks {
			switch v := b.(type) {
			case plate:
				list = append(list, v)
			case pair:
				list = append(list, v.Left, v.Right)
			}
		}
	}
	return list
}

// tables are those behind the figures, each once, in the order of the figures.
func (d document) tables() []table {
	var list []table
	known := map[string]bool{}
	for _, p := range d.plates() {
		for _, t := range append([]table{p.Figure.table}, p.More...) {
			if !known[t.ID] {
				known[t.ID] = true
				list = append(list, t)
			}
		}
	}
	return list
}

// figures are all figures of the document.
func (d document) figures() []Figure {
	var list []Figure
	for _, p := range d.plates() {
		list = append(list, p.Figure)
	}
	return list
}
