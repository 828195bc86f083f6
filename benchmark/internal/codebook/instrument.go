package codebook

import "maturitybench/benchmark/internal/fold"

// Instrument is what a sheet can hold.
type Instrument struct {
	Attributes []Attribute
	Questions  []Question
	Levels     []Level   // ascending and consecutive; none where there are Scales
	Scales     [][]Level // several scales, likewise
	NoAnswer   []string  // texts that mean no answer, beside the empty one
	Ignore     []string  // columns to leave out
}

// Attribute is a property of companies.
type Attribute struct {
	ID, Title string // the title may be empty
	Values    []Value
}

// Value is one value of an attribute.
type Value struct{ ID, Title string }

// Question is one question.
type Question struct {
	ID, Text string
	Scale    int // which of several scales it is on
}

// LevelsOf are the levels of a question.
func (in *Instrument) LevelsOf(question int) []Level {
	if in.Scales == nil {
		return in.Levels
	}
	return in.Scales[in.Questions[question].Scale]
}

// Level is one step of the scale.
type Level struct {
	Number     int
	Name, Test string // the test may be empty
	Code       uint8  // what a sheet holds for it; 0: 1 + its place on the scale
}

// CodeAt is what a sheet holds for the level at a place of its scale.
func (l Level) CodeAt(place int) uint8 {
	if l.Code != 0 {
		return l.Code
	}
	return uint8(place + 1)
}

// CodeOf is what a sheet holds for the level with a number, on the scale of a question; ok
// says whether there is one.
func (in *Instrument) CodeOf(question, number int) (code uint8, ok bool) {
	levels := in.LevelsOf(question)
	place := number - levels[0].Number
	if place < 0 || place >= len(levels) {
		return 0, false
	}
	return levels[place].CodeAt(place), true
}

// CompanyColumn is the column, and the key, of the protected unit.
const CompanyColumn = "company"

// Kind says what a column holds.
type Kind uint8

// The kinds of columns. Unknown is a name that the instrument does not know.
const (
	Unknown Kind = iota
	Ignored
	Company
	AttributeKind
	QuestionKind
)

// Column is what a column holds.
type Column struct {
	Kind  Kind
	Index int    // of the attribute or question
	Name  string // as the instrument spells it; of a column that is read
}

// Columns finds columns by their names.
type Columns struct {
	exact  map[string]Column // ids and ignored columns
	folded map[string]Column // those, titles and texts, folded; Unknown where several columns are called so
}

// Columns are the columns of the instrument: company, the attributes by id or
// title, the questions by id or text, and those to leave out.
func (in *Instrument) Columns() *Columns {
	c := &Columns{exact: map[string]Column{}, folded: map[string]Column{}}
	c.name(Column{Kind: Company, Name: CompanyColumn}, CompanyColumn)
	for i, a := range in.Attributes {
		c.name(Column{AttributeKind, i, a.ID}, a.ID)
	}
	for i, q := range in.Questions {
		c.name(Column{QuestionKind, i, q.ID}, q.ID)
	}
	for _, name := range in.Ignore {
		c.name(Column{Kind: Ignored}, name)
	}
	titles := map[string]Column{}
	for i, a := range in.Attributes {
		unique(titles, fold.Label(a.Title), Column{AttributeKind, i, a.ID})
	}
	for i, q := range in.Questions {
		unique(titles, fold.Label(q.Text), Column{QuestionKind, i, q.ID})
	}
	for title, column := range titles {
		if _, taken := c.folded[title]; !taken && title != "" {
			c.folded[title] = column
		}
	}
	return c
}

func (c *Columns) name(column Column, name string) {
	if _, taken := c.exact[name]; !taken {
		c.exact[name] = column
	}
	unique(c.folded, fold.Label(name), column)
}

// unique notes what a text stands for, the zero value if it stands for two
// things.
func unique[T comparable](m map[string]T, text string, v T) {
	if old, ok := m[text]; ok && old != v {
		var several T
		m[text] = several
		return
	}
	m[text] = v
}

// Find is the column of a name.
func (c *Columns) Find(name string) Column {
	if column, ok := c.exact[name]; ok {
		return column
	}
	return c.folded[fold.Label(name)]
}
