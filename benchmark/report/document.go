package report

// document is a report before it is set in a format.
type document struct {
	title    rich
	intro    []block // between the title and the first section
	sections []section
}

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
	subheading struct{ Text rich }
	// paragraph is running text.
	paragraph struct{ Text rich }
	// warning is a paragraph that stands out.
	warning struct{ Text rich }
	// bullets is a list without order.
	bullets struct{ Items []rich }
	// steps is a list in order.
	steps struct{ Items []rich }
	// table has a header, and rows of the same length. The first columns hold
	// texts, at least one; the others hold numbers.
	table struct {
		Caption rich
		Header  []rich
		Rows    [][]rich
		Texts   int // columns with texts; 0: one
	}
	// plate is a figure with its table.
	plate struct {
		Figure  Figure
		Repeats bool // the numbers of its table are in another one too
	}
)

func (subheading) Kind() string { return "subheading" }
func (paragraph) Kind() string  { return "paragraph" }
func (warning) Kind() string    { return "warning" }
func (bullets) Kind() string    { return "bullets" }
func (steps) Kind() string      { return "steps" }
func (table) Kind() string      { return "table" }
func (plate) Kind() string      { return "plate" }

// words reports whether a column holds texts.
func (t table) words(column int) bool { return column < max(t.Texts, 1) }

// figures are all figures of the document.
func (d document) figures() []Figure {
	var figures []Figure
	for _, s := range d.sections {
		for _, b := range s.Blocks {
			if p, ok := b.(plate); ok {
				figures = append(figures, p.Figure)
			}
		}
	}
	return figures
}
