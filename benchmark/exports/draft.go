package exports

import (
	"fmt"
	"slices"
	"strings"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/codebook"
	"maturitybench/benchmark/internal/fold"
	"maturitybench/benchmark/internal/translate"
)

// Drafted holds the files that a person starts from.
type Drafted struct {
	Mapping    []byte // import.yaml, with comments
	Instrument []byte // instrument.yaml, with comments; nil where the instrument is there
}

// Draft looks at an export and writes a mapping with comments: what was
// recognised, what was guessed, what is left over. Without an instrument (nil) it
// writes a first one as well: a scale, questions in one domain, attributes. Both
// are to be edited. A file that cannot be read at all is an [*input.Error].
//
// Privacy: names of columns and texts that at least two rows have in common are
// in the files, no text of one row alone and no number of rows.
func Draft(e *Export, in *instrument.Instrument) (*Drafted, error) {
	l, err := look(e)
	if err != nil {
		return nil, e.named(err)
	}
	if len(l.columns) == 0 || l.rows == 0 {
		problem := input.Problem{Line: l.line, Expected: "a header and rows below it"}
		if l.line > 0 {
			problem.Expected = l.problem
		}
		return nil, input.NewError(e.path, []input.Problem{problem})
	}
	d := &drafting{looked: l, used: make([]string, len(l.columns))}
	out := &Drafted{}
	if in == nil {
		d.invent()
		out.Instrument = d.instrument()
	} else {
		d.spec = translate.Codebook(in.Spec())
		d.recognise()
	}
	out.Mapping = d.mapping(e.path)
	return out, nil
}

// drafting is a draft in the making.
type drafting struct {
	*looked
	spec    *codebook.Instrument
	used    []string         // what each column is for; empty: nothing
	guessed []int            // columns that were not recognised by their names
	joined  map[int][]string // by attribute: its columns, where there is one for every value
	lines   []string
}

func (d *drafting) line(format string, args ...any) {
	d.lines = append(d.lines, fmt.Sprintf(format, args...))
}

// Words by which columns are guessed.
var (
	companyWords = []string{"company", "organisation", "organization", "firm", "entity", "unternehmen", "firma", "entreprise", "employer", "institution", "vendor"}
	timeWords    = []string{"timestamp", "submitdate", "completion time", "recordeddate", "submit date", "_submission_time", "submission date", "lastdata", "zeitstempel", "horodateur", "date modified", "enddate", "end date", "submitted"}
)

// find is the column that a target of the mapping would be read from, by its
// names, or -1.
func (d *drafting) find(names ...string) int {
	for _, name := range names {
		want := fold.Label(name)
		for i, c := range d.columns {
			if d.used[i] == "" && want != "" && (slices.Contains(translate.Calls(c.name), want) || slices.Contains(translate.Calls(c.label), want)) {
				return i
			}
		}
	}
	return -1
}

// guess is the first column that is called like one of some words, or -1.
func (d *drafting) guess(words []string) int {
	for _, word := range words {
		for i, c := range d.columns {
			if d.used[i] == "" && (calledLike(c.name, word) || calledLike(c.label, word)) {
				return i
			}
		}
	}
	return -1
}

// recognise finds the columns of an instrument.
func (d *drafting) recognise() {
	for i, a := range d.spec.Attributes {
		if at := d.find(a.ID, a.Title); at >= 0 {
			d.used[at] = fmt.Sprintf("a%d", i)
		}
	}
	for i, q := range d.spec.Questions {
		if at := d.find(q.ID, q.Text); at >= 0 {
			d.used[at] = fmt.Sprintf("q%d", i)
		}
	}
	d.options()
	for i := range d.spec.Attributes {
		if tag := fmt.Sprintf("a%d", i); !slices.Contains(d.used, tag) {
			if at := d.holds(i); at >= 0 {
				d.used[at] = tag
				d.guessed = append(d.guessed, at)
			}
		}
	}
}

// holds is the only column left whose texts are values of an attribute, or -1.
func (d *drafting) holds(attribute int) int {
	texts, found := d.spec.Attribute(attribute), -1
	for i := range d.columns {
		c := &d.columns[i]
		common := c.common()
		if d.used[i] != "" || len(common) < 2 || c.numbers > 0 || len(unknownTexts(c, texts)) > 0 {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = i
	}
	return found
}

// mapping writes the mapping.
func (d *drafting) mapping(path string) []byte {
	d.lines = nil
	d.line("# How %s is read. Lines that begin with # say nothing; edit what was guessed.", path[strings.LastIndexAny(path, `/\`)+1:])
	d.file()
	d.company()
	d.times()
	d.filters()
	d.attributeLines()
	d.questionLines()
	d.leftOver()
	return []byte(strings.Join(d.lines, "\n") + "\n")
}

func (d *drafting) file() {
	if d.as.Sheet != "" {
		d.line("sheet: %s   # guessed: the one with most cells", quote(d.as.Sheet))
	}
	if d.header.TitleRows > 0 {
		d.line("title_rows: %d   # guessed: rows above the header fill a column or two", d.header.TitleRows)
	}
	if d.header.HeaderRows > 1 {
		d.line("header_rows: %d   # guessed: the first row has gaps", d.header.HeaderRows)
	}
	switch below := d.header.Rows - d.header.TitleRows - d.header.HeaderRows; {
	case d.header.Qualtrics:
		d.line("skip_rows: %d     # recognised: the rows of Qualtrics below the header", below)
	case d.header.Below:
		d.line("skip_rows: %d     # guessed: the row below the header explains the columns", below)
	}
}

func (d *drafting) company() {
	at := d.find(codebook.CompanyColumn)
	if at >= 0 {
		d.used[at] = "company"
		d.line("company: %s   # recognised", quote(d.columns[at].name))
		return
	}
	if at = d.guess(companyWords); at >= 0 {
		d.used[at] = "company"
		d.line("company: %s   # guessed from the name of the column", quote(d.columns[at].name))
		return
	}
	d.line("# company: …   # no column is called so: name the one that says which company answered%s,", d.perhaps())
	d.line("unit: company  # or row, to state that every row is another company; twice the same cannot be found then")
}

func (d *drafting) attributeLines() {
	if len(d.spec.Attributes) == 0 {
		return
	}
	d.section("attributes", "a")
	for i, a := range d.spec.Attributes {
		at := slices.Index(d.used, fmt.Sprintf("a%d", i))
		if parts := d.joined[i]; at < 0 && len(parts) > 0 {
			d.line("  %s: {column: %s, join: true}   # guessed: a column for every value", a.ID, list(parts))
			continue
		}
		if at < 0 {
			d.line("  # %s: …   # no column is called so%s", a.ID, d.near(a.ID, a.Title))
			continue
		}
		unknown := unknownTexts(&d.columns[at], d.spec.Attribute(i))
		if len(unknown) == 0 && slices.Contains(d.guessed, at) {
			d.line("  %s: %s   # guessed from what the column holds", a.ID, quote(d.columns[at].name))
			continue
		}
		if len(unknown) == 0 {
			d.line("  %s: %s   # recognised", a.ID, quote(d.columns[at].name))
			continue
		}
		d.line("  %s:", a.ID)
		d.line("    column: %s   # recognised", quote(d.columns[at].name))
		d.line("    # values: {%s: %s}   # give each of these texts its value", a.Values[0].ID, list(unknown))
		d.line("    # other: not stated")
	}
}

// section begins the attributes or questions, in a comment if none of them was
// found.
func (d *drafting) section(name, letter string) {
	for _, used := range d.used {
		if letter == "a" && used == "joined" {
			used = "a0"
		}
		if strings.HasPrefix(used, letter) && strings.Trim(used[1:], "0123456789") == "" {
			d.line("%s:", name)
			return
		}
	}
	d.line("# %s:", name)
}

// near names the column that is called nearly as something that was not found.
func (d *drafting) near(names ...string) string {
	var free []string
	for i, c := range d.columns {
		if d.used[i] == "" {
			free = append(free, c.name)
		}
	}
	for _, name := range names {
		if near := fold.Nearest(name, free); near != "" {
			return "; is it " + quote(near) + "?"
		}
	}
	return ""
}

func (d *drafting) leftOver() {
	var names []string
	for i, c := range d.columns {
		if d.used[i] == "" && c.name != "" {
			names = append(names, c.name)
		}
	}
	const most = 60
	switch {
	case len(names) > most:
		d.line("# Left over, and not read: %s and %d more", list(names[:most]), len(names)-most)
	case len(names) > 0:
		d.line("# Left over, and not read: %s", list(names))
	}
}

// unknownTexts are the texts of a column, common to several rows or such as
// programs write for no answer, that mean nothing yet.
func unknownTexts(c *column, texts *codebook.Texts) []string {
	var unknown []string
	for _, text := range c.texts {
		if c.times[text] < 2 && !isBlank(text) {
			continue
		}
		if _, miss := texts.Code([]byte(text)); miss != codebook.Known && len(text) <= 200 {
			unknown = append(unknown, text)
		}
	}
	return unknown[:min(len(unknown), 20)]
}

// quote is a text as YAML has it, in quotation marks.
func quote(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteRune('\\')
			b.WriteRune(r)
		case r == '\n' || r == '\r' || r == '\t':
			b.WriteByte(' ')
		case r == '\u00a0' || r == '\ufeff' || r < ' ' || r == 0x7f || r == '\u0085' || r == '\u2028' || r == '\u2029':
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// list is texts as a list of YAML.
func list(texts []string) string {
	quoted := make([]string, len(texts))
	for i, text := range texts {
		quoted[i] = quote(text)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}
