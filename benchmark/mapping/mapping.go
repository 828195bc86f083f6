package mapping

import "maturitybench/benchmark/internal/specfile"

// Mapping says how the export of a survey tool is to be read: which file it is,
// what its columns are called and what its cells mean. The zero Mapping reads a
// table whose columns are called as the instrument calls them. It is public,
// and no part of the instrument.
//
// Columns are named as in the file. Names and texts are compared without regard
// to case, to the kind and amount of white space, to invisible characters and to
// typographic dashes and quotation marks. Columns that the mapping and the
// instrument do not name are left out, unless Ignore lists those to be left out.
type Mapping struct {
	// The file.
	Delimiter  string `yaml:"delimiter,omitempty" json:"delimiter,omitempty"`     // of CSV: one character, or tab; default: the one of , ; tab | that the header has most often
	Encoding   string `yaml:"encoding,omitempty" json:"encoding,omitempty"`       // of a text file, see [Encodings]; default utf-8, or UTF-16 where the file begins with its byte order mark
	Decimal    string `yaml:"decimal,omitempty" json:"decimal,omitempty"`         // sign before the fraction of a number: "." (default) or ","
	Dates      string `yaml:"dates,omitempty" json:"dates,omitempty"`             // order of dates that do not begin with the year: dmy or mdy; default: they are problems
	Sheet      string `yaml:"sheet,omitempty" json:"sheet,omitempty"`             // of a workbook; default: the only one whose columns fit
	TitleRows  int    `yaml:"title_rows,omitempty" json:"title_rows,omitempty"`   // rows above the header, 0 to 1000; blank ones do not count
	HeaderRows int    `yaml:"header_rows,omitempty" json:"header_rows,omitempty"` // rows that together name the columns, 1 (default) to 10
	SkipRows   int    `yaml:"skip_rows,omitempty" json:"skip_rows,omitempty"`     // rows between the header and the first answers, 0 to 1000, blank ones not counted; those of Qualtrics are recognised

	// The rows.
	Unit       string           `yaml:"unit,omitempty" json:"unit,omitempty"`             // what a row is: "company" (default: the column company says which), or "row", where the organiser states that every row is another company
	Companies  string           `yaml:"companies,omitempty" json:"companies,omitempty"`   // "named" (default), or "any": companies may be called Total, Mean, …
	Keep       map[string]Texts `yaml:"keep,omitempty,texts" json:"keep,omitempty"`       // by column: rows with another text there are left out
	Drop       map[string]Texts `yaml:"drop,omitempty,texts" json:"drop,omitempty"`       // by column: rows with one of the texts there are left out
	Duplicates string           `yaml:"duplicates,omitempty" json:"duplicates,omitempty"` // several rows of a company: "error" (default), or "last", the one with the latest Timestamp
	Timestamp  *Column          `yaml:"timestamp,omitempty" json:"timestamp,omitempty"`   // when a row was answered; needed for duplicates: last
	Long       *Long            `yaml:"long,omitempty" json:"long,omitempty"`             // a row is one answer

	// The columns.
	Company    *Column              `yaml:"company,omitempty" json:"company,omitempty"`           // default: company
	Attributes map[string]Attribute `yaml:"attributes,omitempty" json:"attributes,omitempty"`     // by id
	Questions  map[string]Question  `yaml:"questions,omitempty" json:"questions,omitempty"`       // by id
	Answers    map[string]Match     `yaml:"answers,omitempty" json:"answers,omitempty"`           // by level, its number or name: what else means it, in every question
	NoAnswer   Texts                `yaml:"no_answer,omitempty,texts" json:"no_answer,omitempty"` // texts that mean no answer, or not stated, beside those of the instrument
	Ignore     Texts                `yaml:"ignore,omitempty,texts" json:"ignore,omitempty"`       // columns to leave out; any other column that is not read is then a problem

	source *specfile.Checker // where the fields are in the file; nil for a mapping made in Go
}

// Texts are texts of cells, or names of columns, as the file spells them. In
// YAML one text may stand for a list of one, and numbers need no quotes.
type Texts []string

// Column is a column of the file. In YAML its name, or a list of names, may
// stand for it.
type Column struct {
	Column Texts `yaml:"column,texts,short" json:"column"` // its names: the file has one of them
}

// Attribute says how an attribute of companies is read. In YAML the name of its
// column may stand for it.
type Attribute struct {
	Column  Texts            `yaml:"column,omitempty,texts,short" json:"column,omitempty"` // default: its id or title
	Values  map[string]Match `yaml:"values,omitempty" json:"values,omitempty"`             // by id of the value: what else means it
	Other   string           `yaml:"other,omitempty" json:"other,omitempty"`               // what any other text means: "not stated", or the id of a value; default: it is a problem
	Options map[string]Texts `yaml:"options,omitempty,texts" json:"options,omitempty"`     // by id of the value: the columns that are ticked for it, in place of Column
	Join    bool             `yaml:"join,omitempty" json:"join,omitempty"`                 // the file may have several of the columns; at most one is filled in a row
}

// Question says how a question is read. In YAML the name of its column may
// stand for it.
type Question struct {
	Column  Texts            `yaml:"column,omitempty,texts,short" json:"column,omitempty"` // default: its id or text; in a long file, what stands for the question
	Answers map[string]Match `yaml:"answers,omitempty" json:"answers,omitempty"`           // as [Mapping].Answers, for this question; they come first
	Options map[string]Texts `yaml:"options,omitempty,texts" json:"options,omitempty"`     // by level: the columns that are ticked for it, in place of Column
	Join    bool             `yaml:"join,omitempty" json:"join,omitempty"`                 // the file may have several of the columns; at most one is filled in a row
}

// Match says what stands for a level or a value: texts, or the numbers from one
// up to another. In YAML a text, or a list of texts, may stand for it.
type Match struct {
	Texts Texts    `yaml:"texts,omitempty,texts,short" json:"texts,omitempty"`
	From  *float64 `yaml:"from,omitempty" json:"from,omitempty"`   // the least number; default: no bound
	To    *float64 `yaml:"to,omitempty" json:"to,omitempty"`       // the largest number; default: no bound
	Below *float64 `yaml:"below,omitempty" json:"below,omitempty"` // in place of To: the number above all of them
}

// Band reports whether numbers are matched.
func (m Match) Band() bool { return m.From != nil || m.To != nil || m.Below != nil }

// Long says how a file with one row per answer is read: beside these two it has
// the columns of the company and of the attributes.
type Long struct {
	Question Texts `yaml:"question,texts" json:"question"` // names of the column that says which question
	Answer   Texts `yaml:"answer,texts" json:"answer"`     // names of the column that holds the answer
}

// Words that a mapping is written with.
const (
	UnitCompany     = "company"
	UnitRow         = "row"
	CompaniesNamed  = "named"
	CompaniesAny    = "any"
	DuplicatesError = "error"
	DuplicatesLast  = "last"
	NotStated       = "not stated"
)
