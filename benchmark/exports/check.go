package exports

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/translate"
	"maturitybench/benchmark/mapping"
	"maturitybench/benchmark/responses"
)

// Report says which parts of an export would be counted.
//
// Privacy: exact numbers about the raw file, for its holder alone.
type Report struct {
	Counts   responses.Counts
	Columns  []Fraction      // one an attribute, then one a question, in the order of the instrument
	Problems []input.Problem // the first 20
	More     int             // problems after those
	Warnings []string
	name     string
}

// Fraction is how much of a column is filled in.
type Fraction struct {
	ID     string  // of the attribute or question
	Filled float64 // fraction of the answer sheets with a value or an answer, 0 to 1
}

// Ready reports whether the export can be published as it is.
func (r *Report) Ready() bool { return len(r.Problems) == 0 && r.Counts.Sheets > 0 }

// Check reads an export through a mapping, nil for none, and says what would be
// counted. It returns an error if the mapping does not fit the instrument, if
// the file cannot be read, or once ctx is done; problems of the rows are in the
// report.
//
// Privacy: nothing is charged, since nothing about answers leaves but fractions
// of sheets that have one, to the holder of the file.
func Check(ctx context.Context, e *Export, in *instrument.Instrument, m *mapping.Mapping) (*Report, error) {
	if m == nil {
		m = &mapping.Mapping{}
	}
	book := translate.Codebook(in.Spec())
	rules, problems := translate.Compile(*m, book)
	err := m.Err(problems)
	if err != nil {
		return nil, err
	}
	if e.sheets != nil && m.Sheet == "" {
		chosen := *m
		if chosen.Sheet, err = e.sheets.Choose(rules); err != nil {
			return nil, e.named(err)
		}
		m = &chosen
	}
	c := &checking{Report: &Report{name: e.path}, lines: map[string]int{}, filled: make([]int, len(book.Attributes)+len(book.Questions))}
	counts, walkErr := rules.Walk(e.rows(m), false, func(s *translate.Sheet, problems []input.Problem) bool {
		c.sheet(s, problems)
		return ctx.Err() == nil
	})
	if err = errors.Join(walkErr, ctx.Err()); err != nil {
		return nil, e.named(err)
	}
	c.Counts = counts
	c.Counts.Sheets = c.sheets // without a company's second one
	for i, n := range c.filled {
		f := Fraction{Filled: float64(n) / float64(max(1, c.sheets))}
		if i < len(book.Attributes) {
			f.ID = book.Attributes[i].ID
		} else {
			f.ID = book.Questions[i-len(book.Attributes)].ID
		}
		c.Columns = append(c.Columns, f)
	}
	c.warn(m)
	if e.documents != nil {
		e.documents.Name(c.Problems)
	}
	return c.Report, nil
}

// checking gathers a report.
type checking struct {
	*Report
	lines  map[string]int // of companies
	filled []int
	sheets int
}

func (c *checking) sheet(s *translate.Sheet, problems []input.Problem) {
	for _, p := range problems {
		c.problem(p)
	}
	if s == nil || len(s.Company) == 0 {
		return
	}
	if first, twice := c.lines[string(s.Company)]; twice {
		c.problem(input.Problem{Line: s.Line, Field: "company", Expected: fmt.Sprintf("one response a company; line %d has the first (duplicates: last in a mapping keeps the later one)", first)})
		return
	}
	c.lines[string(s.Company)] = s.Line
	if len(problems) > 0 {
		return
	}
	c.sheets++
	for i, code := range s.Attributes {
		c.filled[i] += min(1, int(code))
	}
	for i, code := range s.Scores {
		c.filled[len(s.Attributes)+i] += min(1, int(code))
	}
}

func (c *checking) problem(p input.Problem) {
	if len(c.Problems) < input.MaxProblems {
		c.Problems = append(c.Problems, p)
	} else {
		c.More++
	}
}

// warn adds remarks that are worth a look although nothing is wrong.
func (c *checking) warn(m *mapping.Mapping) {
	if m.Unit == mapping.UnitRow {
		c.Warnings = append(c.Warnings, "unit: row: every row counts as another company; a company with two rows cannot be found, and its loss is twice that of the others")
	}
	for _, f := range c.Columns {
		if f.Filled == 0 && c.sheets > 0 {
			c.Warnings = append(c.Warnings, f.ID+": filled in by nobody; is its column the right one?")
		}
	}
}

// String is the report as lines of text.
func (r *Report) String() string {
	var b strings.Builder
	n := r.Counts
	fmt.Fprintf(&b, "%s: %s below the header, %s\n", r.name, count(n.Rows, "row"), count(n.Sheets, "answer sheet"))
	for _, left := range []struct {
		n   int
		why string
	}{
		{n.Filtered, "left out by keep and drop"}, {n.Empty, "left out, since nothing is answered"},
		{n.Replaced, "left out, since a later one of the company counts"}, {n.Faulty, "with problems"},
	} {
		if left.n > 0 {
			fmt.Fprintf(&b, "  %s %s\n", count(left.n, "row"), left.why)
		}
	}
	fmt.Fprintf(&b, "  %s, of which %d are read", count(n.Columns, "column"), n.Columns-n.LeftOver)
	if n.LeftOver > 0 {
		fmt.Fprintf(&b, " and not %s", numbers(n.Unused))
	}
	b.WriteString("\n")
	for _, f := range r.Columns {
		if n.Sheets > 0 {
			fmt.Fprintf(&b, "  %3.0f %% %s\n", 100*f.Filled, f.ID)
		}
	}
	for _, w := range r.Warnings {
		fmt.Fprintf(&b, "warning: %s\n", w)
	}
	if len(r.Problems) > 0 {
		b.WriteString((&input.Error{File: r.name, Problems: r.Problems, More: r.More}).Error() + "\n")
	}
	return b.String()
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// numbers lists numbers, runs of them as 3-17.
func numbers(list []int) string {
	var parts []string
	for i := 0; i < len(list); {
		j := i
		for j+1 < len(list) && list[j+1] == list[j]+1 {
			j++
		}
		if j > i+1 {
			parts = append(parts, fmt.Sprintf("%d-%d", list[i], list[j]))
		} else {
			for k := i; k <= j; k++ {
				parts = append(parts, fmt.Sprint(list[k]))
			}
		}
		i = j + 1
	}
	return strings.Join(parts, ", ")
}
