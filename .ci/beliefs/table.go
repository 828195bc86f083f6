package main

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"maturitybench/benchmark/synthetic/accuracy"
)

// outcome is what became of the panels: a digest of every number, and the families of
// every cell.
type outcome struct {
	Digest   string
	Families map[string]accuracy.Score

	impossible bool   // the program refuses the number, such as a probability above 1
	elsewhere  string // of panels that are as they were: another publication that is not; empty if none is
}

// What is less is not worth a word: shares of an error and of a width, parts of
// coverage and of what is published.
const (
	leastError    = 0.02
	leastWidth    = 0.02
	leastCoverage = 0.02
	leastShown    = 0.02
	mostWords     = 3 // changes that a cell of the table has
)

// table collects what beliefs do.
type table struct {
	base  outcome
	rows  bytes.Buffer
	moved int // beliefs in it
}

func newTable(base outcome) *table {
	t := &table{base: base}
	t.rows.WriteString(heading)
	names := make([]string, 0, len(base.Families))
	for name := range base.Families {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		s := base.Families[name]
		fmt.Fprintf(&t.rows, "| %s | %d | %.3f | %.3f | %.0f %% | %.0f %% |\n", name, s.Published, s.RMSE(), s.Width(), 100*s.Coverage(), 100*s.Shown())
	}
	t.rows.WriteString("\n| belief | value | a fifth less | a fifth more |\n|---|---|---|---|\n")
	return t
}

const heading = `# What the beliefs do

Numbers of a beliefs.go of ` + "`model`, `encode` and `estimate`" + ` were multiplied by 0.8 and by 1.2, a whole number by at least one
step, and panels of some kinds were published with the same noise: ` + "`go run ./.ci/beliefs -write`" + `. The last line says how many of them
were. What stands here is what changed most: the error (root mean square) and the median width of the intervals by 2 % or more, the coverage and the part that is
published by two points or more, of any family of a cell (companies/ε), the three largest. “little” is less than that, “nothing here, but” not a digit of any of these panels, but some
of the first one that was found among some 200 other publications (every kind in other plans, other instruments, lists, waves), “nothing” of none
of them either, and “impossible” a number that the program refuses.

What became of the panels as it is:

| family, cell | published | error | width | holds | shown |
|---|---|---|---|---|---|
`

// add is a row of the table, and returns it.
func (t *table) add(b belief, moved [len(factors)]outcome) string {
	row := fmt.Sprintf("| %s | %s | %s | %s |", b.name, short(b.value), t.changes(moved[0]), t.changes(moved[1]))
	t.rows.WriteString(row + "\n")
	t.moved++
	return row
}

// short is a value without its type, if it is a list.
func short(value string) string {
	if _, list, ok := strings.Cut(value, "{"); ok {
		return strings.TrimSuffix(list, "}")
	}
	return value
}

// bytes is the table of the first beliefs of so many.
func (t *table) bytes(of int) []byte {
	return fmt.Appendf(bytes.Clone(t.rows.Bytes()), "\n%d of %d numbers were moved.\n", t.moved, of)
}

// change is one that is worth a word.
type change struct {
	words string
	size  float64 // in units of the least
}

// changes says what moving a belief changed, the largest first.
func (t *table) changes(o outcome) string {
	if o.impossible {
		return "impossible"
	}
	if o.Digest == t.base.Digest {
		if o.elsewhere != "" {
			return "nothing here, but: " + o.elsewhere
		}
		return "nothing"
	}
	var list []change
	for name, was := range t.base.Families {
		is := o.Families[name]
		note := func(what, format string, by, least float64) {
			if math.Abs(by) >= least {
				list = append(list, change{fmt.Sprintf("%s: %s "+format, name, what, 100*by), math.Abs(by) / least})
			}
		}
		if is.Published > 0 {
			note("error", "%+.0f %%", is.RMSE()/was.RMSE()-1, leastError)
			note("width", "%+.0f %%", is.Width()/was.Width()-1, leastWidth)
			note("holds", "%+.0f", is.Coverage()-was.Coverage(), leastCoverage)
		}
		note("shown", "%+.0f", float64(is.Published-was.Published)/float64(was.Numbers), leastShown)
	}
	if len(list) == 0 {
		return "little"
	}
	slices.SortFunc(list, func(a, b change) int { return cmp.Or(cmp.Compare(b.size, a.size), cmp.Compare(a.words, b.words)) })
	var words []string
	for _, c := range list[:min(len(list), mostWords)] {
		words = append(words, c.words)
	}
	return strings.Join(words, "; ")
}
