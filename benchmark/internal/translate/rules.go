package translate

import (
	"maps"
	"slices"
	"strings"

	"maturitybench/benchmark/internal/codebook"
	"maturitybench/benchmark/internal/fold"
	"maturitybench/benchmark/internal/table"
	"maturitybench/benchmark/mapping"
)

// Problem is one thing that is wrong with a mapping or a file.
type Problem = table.Problem

// Rules are a mapping that was held against an instrument. They are immutable
// and safe for concurrent use.
type Rules struct {
	m          mapping.Mapping
	in         *codebook.Instrument
	answers    []*codebook.Texts // by question
	attributes []*codebook.Texts // by attribute
	filters    []filter
	targets    []target
	named      map[string][]int // targets by the folded names of their columns
	questions  map[string]int   // in a long file: by what stands for them, folded
}

// use says what a column is for.
type use uint8

const (
	ignoredUse use = iota
	filterUse
	timestampUse
	companyUse
	attributeUse
	questionUse
	valueUse  // a column that is ticked for one value of an attribute
	optionUse // a column that is ticked for one level of a question
	longQuestionUse
	longAnswerUse
)

// target is what a column, or several, are read into.
type target struct {
	use   use
	index int    // of the filter, attribute or question
	code  uint8  // of an option
	join  bool   // several columns may fill it
	name  string // as the instrument or the mapping spells it
}

// Held reports whether the rows of a file have to be kept until its end: only
// the last one of a company counts, or the rows of a company need not stand
// together.
func (r *Rules) Held() bool {
	return r.m.Duplicates == mapping.DuplicatesLast || r.m.Long != nil
}

// Mapping is the mapping.
func (r *Rules) Mapping() mapping.Mapping { return r.m }

// Dialect is how a text file holds the table.
func (r *Rules) Dialect() table.Dialect {
	return table.DialectOf(r.m.Delimiter, r.m.Encoding, r.m.TitleRows)
}

// Compile holds a mapping against an instrument. The problems name fields of the
// mapping by the path of their keys.
func Compile(m mapping.Mapping, in *codebook.Instrument) (*Rules, []Problem) {
	c := &compiler{Rules: &Rules{m: m, in: in, named: map[string][]int{}, questions: map[string]int{}}}
	c.words()
	c.texts()
	c.columns()
	return c.Rules, c.problems
}

// compiler collects the problems of a mapping.
type compiler struct {
	*Rules
	problems []Problem
}

func (c *compiler) expect(path, expected string) {
	c.problems = append(c.problems, Problem{Field: path, Expected: expected})
}

// oneOf expects one of some words, or none.
func (c *compiler) oneOf(path, word string, words ...string) {
	if word != "" && !slices.Contains(words, word) {
		c.expect(path, strings.Join(words, " or "))
	}
}

// words checks what stands for itself.
func (c *compiler) words() {
	m := &c.m
	if !table.IsDelimiter(m.Delimiter) {
		c.expect("delimiter", `one character, such as ";", or tab`)
	}
	if table.EncodingName(m.Encoding) == "" {
		c.expect("encoding", "one of "+strings.Join(table.Encodings(), ", "))
	}
	c.oneOf("decimal", m.Decimal, ".", ",")
	c.oneOf("dates", m.Dates, "ymd", "dmy", "mdy")
	c.oneOf("unit", m.Unit, mapping.UnitCompany, mapping.UnitRow)
	c.oneOf("companies", m.Companies, mapping.CompaniesNamed, mapping.CompaniesAny)
	c.oneOf("duplicates", m.Duplicates, mapping.DuplicatesError, mapping.DuplicatesLast)
	c.number("title_rows", m.TitleRows, 1000)
	c.number("header_rows", m.HeaderRows, 10)
	c.number("skip_rows", m.SkipRows, 1000)
	switch {
	case m.Duplicates == mapping.DuplicatesLast && m.Timestamp == nil:
		c.expect("timestamp", "the column that says when a row was answered: duplicates: last needs it")
	case m.Duplicates == mapping.DuplicatesLast && m.Unit == mapping.UnitRow:
		c.expect("duplicates", "nothing where every row is another company")
	case m.Long != nil && m.Unit == mapping.UnitRow:
		c.expect("unit", "company where a row is one answer")
	}
}

func (c *compiler) number(path string, n, most int) {
	if n < 0 || n > most {
		c.expect(path, "a whole number that is not negative and not above "+itoa(most))
	}
}

// columns lists what columns are for, and their names.
func (c *compiler) columns() {
	m := &c.m
	if m.Unit != mapping.UnitRow {
		c.target(target{use: companyUse, name: codebook.CompanyColumn}, "company", named(m.Company))
	}
	for _, column := range slices.Sorted(maps.Keys(m.Keep)) {
		c.filter("keep", column, m.Keep[column], true)
	}
	for _, column := range slices.Sorted(maps.Keys(m.Drop)) {
		c.filter("drop", column, m.Drop[column], false)
	}
	if m.Timestamp != nil {
		c.target(target{use: timestampUse, name: "timestamp"}, "timestamp", m.Timestamp.Column)
	}
	for i := range c.in.Attributes {
		c.attribute(i)
	}
	for i := range c.in.Questions {
		c.question(i)
	}
	if m.Long != nil {
		c.target(target{use: longQuestionUse, name: "long.question"}, "long.question", m.Long.Question)
		c.target(target{use: longAnswerUse, name: "long.answer"}, "long.answer", m.Long.Answer)
	}
	c.titles()
}

// named is the names of a column, if there is one.
func named(column *mapping.Column) mapping.Texts {
	if column == nil {
		return nil
	}
	return column.Column
}

// attribute adds the columns of an attribute.
func (c *compiler) attribute(i int) {
	a := c.in.Attributes[i]
	own := c.m.Attributes[a.ID]
	path := "attributes." + a.ID
	if len(own.Options) == 0 {
		c.target(target{use: attributeUse, index: i, join: own.Join, name: a.ID}, path, own.Column)
		return
	}
	ids := make([]string, len(a.Values))
	for v, value := range a.Values {
		ids[v] = value.ID
	}
	for _, value := range slices.Sorted(maps.Keys(own.Options)) {
		code, ok := findIn(value, ids)
		if !ok {
			c.expect(path+".options."+value, "a value of the attribute"+c.didYouMean(value, ids))
			continue
		}
		c.target(target{use: valueUse, index: i, code: code, join: true, name: a.ID}, path+".options."+value, own.Options[value])
	}
}

// question adds the columns of a question, or in a long file its names.
func (c *compiler) question(i int) {
	q := c.in.Questions[i]
	own := c.m.Questions[q.ID]
	path := "questions." + q.ID
	switch {
	case c.m.Long != nil:
		names := own.Column
		if len(names) == 0 {
			names = mapping.Texts{q.ID}
		}
		for _, name := range names {
			if _, taken := c.questions[fold.Label(name)]; taken {
				c.expect(path+".column", "a name of its own")
			}
			c.questions[fold.Label(name)] = i
		}
	case len(own.Options) > 0:
		for _, level := range slices.Sorted(maps.Keys(own.Options)) {
			code, ok := finder(c.in.LevelsOf(i))(level)
			if !ok {
				c.expect(path+".options."+level, "a level of the scale, by number or name"+c.didYouMean(level, levelNames(c.in.LevelsOf(i))))
				continue
			}
			c.target(target{use: optionUse, index: i, code: code, join: true, name: q.ID}, path+".options."+level, own.Options[level])
		}
	default:
		c.target(target{use: questionUse, index: i, join: own.Join, name: q.ID}, path, own.Column)
	}
}

// target adds what a column is for, by the names that the mapping gives it, or
// by its own.
func (c *compiler) target(t target, path string, names mapping.Texts) {
	if len(names) == 0 {
		names = mapping.Texts{t.name}
	}
	c.targets = append(c.targets, t)
	for _, name := range names {
		label := fold.Label(name)
		if label == "" {
			c.expect(path, "the name of a column")
			continue
		}
		for _, other := range c.named[label] {
			if reads(c.targets[other].use) && reads(t.use) && c.targets[other] != t {
				c.expect(path, "a column of its own: "+c.targets[other].name+" has it already")
			}
		}
		c.named[label] = append(c.named[label], len(c.targets)-1)
	}
}

// reads reports whether a column is read into an answer sheet, so that it is
// for nothing else.
func reads(u use) bool {
	return u == companyUse || u == attributeUse || u == valueUse || u == questionUse || u == optionUse
}

// titles adds the titles of attributes and the texts of questions, where they
// are called so once and the mapping does not name their columns.
func (c *compiler) titles() {
	titles := map[string]int{}
	note := func(title string, i int) {
		if _, twice := titles[title]; twice {
			i = -1
		}
		titles[title] = i
	}
	for i, t := range c.targets {
		switch t.use {
		case attributeUse:
			if own := c.m.Attributes[t.name]; len(own.Column) == 0 {
				note(fold.Label(c.in.Attributes[t.index].Title), i)
			}
		case questionUse:
			if own := c.m.Questions[t.name]; len(own.Column) == 0 {
				note(fold.Label(c.in.Questions[t.index].Text), i)
			}
		}
	}
	for title, i := range titles {
		if _, taken := c.named[title]; i >= 0 && title != "" && !taken {
			c.named[title] = []int{i}
		}
	}
	if c.m.Long != nil {
		for i, q := range c.in.Questions {
			if _, taken := c.questions[fold.Label(q.Text)]; !taken {
				c.questions[fold.Label(q.Text)] = i
			}
		}
	}
}

// didYouMean names the one of some names that is nearest to a text, if it is
// near.
func (c *compiler) didYouMean(text string, names []string) string {
	if near := fold.Nearest(text, names); near != "" {
		return ": did you mean " + near + "?"
	}
	return ""
}
