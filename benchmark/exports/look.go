package exports

import (
	"bytes"
	"errors"
	"slices"
	"strings"

	"maturitybench/benchmark/internal/fold"
	"maturitybench/benchmark/internal/table"
	"maturitybench/benchmark/internal/translate"
	"maturitybench/benchmark/mapping"
)

// looked is what an export looks like.
//
// Privacy: texts that one row alone has are dropped: they may tell of a company.
type looked struct {
	as      mapping.Mapping // how the file is read so far: its sheet, and the rows above the header
	header  translate.Guess // rows above the answers
	columns []column
	rows    int
	line    int // of the first problem; 0: none
	problem string
}

// column is what a column looks like.
type column struct {
	name     string
	label    string         // a longer name, as Qualtrics has it below
	texts    []string       // distinct ones, in the order of the file
	times    map[string]int // how often each is there
	filled   int
	distinct int // counted up to maxTexts
	longest  int
	numbers  int      // cells that hold a number
	sums     []string // words by which rows that sum others up are called
}

// maxTexts is how many distinct texts of a column are looked at: more are no
// answers of a choice.
const maxTexts = 60

// look reads an export once.
func look(e *Export) (*looked, error) {
	l := &looked{}
	if err := l.top(e); err != nil {
		return nil, err
	}
	for i, name := range l.header.Names {
		c := column{name: name, label: name, times: map[string]int{}}
		if i < len(l.header.Labels) {
			c.label = l.header.Labels[i]
		}
		l.columns = append(l.columns, c)
	}
	n := 0
	for row, err := range e.rows(&l.as) {
		if bad, ok := errors.AsType[*table.Unreadable](err); ok {
			if l.line == 0 {
				l.line, l.problem = max(1, bad.Line), bad.Expected
			}
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, name := range row.New {
			full := strings.Join(name, "/")
			l.columns = append(l.columns, column{name: full, label: full, times: map[string]int{}})
		}
		if n <= l.header.TitleRows && !l.keyed() && translate.IsBlank(row) {
			continue
		}
		if n++; n <= l.header.Rows {
			continue
		}
		l.rows++
		for i, cell := range row.Cells[:min(len(row.Cells), len(l.columns))] {
			l.columns[i].add(cell)
		}
	}
	return l, nil
}

// keyed reports whether the rows bring their columns, and there is no header.
func (l *looked) keyed() bool { return l.header.Rows == 0 }

// maxTitles is how many rows above a header are looked for.
const maxTitles = 8

// top finds the header: it is below the titles of the file, which fill a column
// or two. In a workbook with several sheets it looks on the one with most cells.
func (l *looked) top(e *Export) error {
	if e.sheets != nil {
		sheet, err := e.sheets.Largest()
		if err != nil {
			return err
		}
		l.as.Sheet = sheet
	}
	for titles := range maxTitles + 1 {
		m := l.as
		m.TitleRows = titles
		header, err := translate.GuessHeader(e.rows(&m), titles)
		switch {
		case err != nil && titles == 0:
			return err
		case err != nil:
			return nil
		}
		if filled := len(slices.DeleteFunc(slices.Clone(header.Names), func(name string) bool { return name == "" })); titles == 0 || filled >= 3 {
			l.header, l.as = header, m
			if filled >= 3 || header.Rows == 0 {
				return nil
			}
		}
	}
	return nil
}

func (c *column) add(cell []byte) {
	cell = bytes.TrimSpace(cell)
	if len(cell) == 0 {
		return
	}
	c.filled++
	c.longest = max(c.longest, len(cell))
	text := string(cell)
	if strings.Trim(text, "+-0123456789.,:/ ") == "" {
		c.numbers++
	}
	if _, is := fold.Summary(fold.Name(nil, cell)); is && !slices.Contains(c.sums, text) && len(c.sums) < 20 {
		c.sums = append(c.sums, text)
	}
	if c.times[text] == 0 {
		if c.distinct++; c.distinct > maxTexts {
			return
		}
		c.texts = append(c.texts, text)
	}
	c.times[text]++
}

// common are the texts that at least two rows have, in the order of the file.
func (c *column) common() []string {
	var texts []string
	for _, text := range c.texts {
		if c.times[text] >= 2 {
			texts = append(texts, text)
		}
	}
	return texts
}

// choice reports whether the column may hold answers of a choice: few texts,
// which come again.
func (c *column) choice(rows, most int) bool {
	return c.filled > 0 && c.distinct <= most && c.distinct*2 <= max(4, rows) && c.longest <= 200
}

// calledLike reports whether a name has one of some words in it.
func calledLike(name string, words ...string) bool {
	label := fold.Label(name)
	return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(label, word) })
}
