package main

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"text/tabwriter"

	"maturitybench/benchmark/synthetic"
	"maturitybench/benchmark/synthetic/accuracy"
)

// result is what became of the panels of a kind.
type result struct {
	kind   synthetic.Kind
	scores *accuracy.Scores
}

const scoreColumns = "error\tcovered\tshown\twidth\toff\tfew"

// print writes the table of one kind: all companies, then segments.
func (r result) print(w io.Writer) error {
	fmt.Fprintf(w, "\n%s: %s\n", r.kind.Name, r.kind.Doc)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "all companies\t%s\tsegments\t%s\n", scoreColumns, scoreColumns)
	for f := range accuracy.Families {
		if r.scores.All[f].Numbers > 0 {
			fmt.Fprintf(t, "%v\t%s\t\t%s\n", accuracy.Family(f), scoreCells(r.scores.All[f]), scoreCells(r.scores.Segments[f]))
		}
	}
	return t.Flush()
}

// scoreCells are the columns of one score.
func scoreCells(s accuracy.Score) string {
	return fmt.Sprintf("%s\t%s\t%s\t%s\t%d\t%d", number(s.RMSE()), percent(float64(s.Covered), float64(s.Published)),
		percent(float64(s.Published), float64(s.Numbers)), number(s.Width()), s.Off, s.Few)
}

// summaryRow is one family of one kind, of all companies or of the segments.
type summaryRow struct {
	kind, where string
	family      accuracy.Family
	score       accuracy.Score
	most        float64 // upper limit of the coverage
}

// The summary lists the worst cells, and all whose limit lies below a coverage.
const (
	worstCells = 10
	lowLimit   = 0.85
)

// summary lists the cells with the lowest upper limits of coverage and adds up
// the families.
func summary(w io.Writer, results []result) error {
	var cells []summaryRow
	var total accuracy.Scores
	for _, r := range results {
		total.Merge(r.scores)
		for f := range accuracy.Families {
			for where, s := range map[string]accuracy.Score{"all": r.scores.All[f], "segments": r.scores.Segments[f]} {
				if s.Published > 0 {
					_, most := s.CoverageLimits(3)
					cells = append(cells, summaryRow{r.kind.Name, where, accuracy.Family(f), s, most})
				}
			}
		}
	}
	slices.SortFunc(cells, func(a, b summaryRow) int {
		return cmp.Or(cmp.Compare(a.most, b.most), cmp.Compare(a.kind, b.kind), cmp.Compare(a.family, b.family), cmp.Compare(a.where, b.where))
	})
	fmt.Fprintln(w, "\nThe cells with the lowest coverage; limits are three standard errors above")
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "kind\tfamily\tcohorts\tlimit\t%s\n", scoreColumns)
	for i, c := range cells {
		if i >= worstCells && c.most >= lowLimit {
			break
		}
		fmt.Fprintf(t, "%s\t%v\t%s\t%s\t%s\n", c.kind, c.family, c.where, percent(c.most, 1), scoreCells(c.score))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	numbers, off, few := 0, 0, 0
	for f := range accuracy.Families {
		for _, s := range []accuracy.Score{total.All[f], total.Segments[f]} {
			numbers, off, few = numbers+s.Published, off+s.Off, few+s.Few
		}
	}
	fmt.Fprintf(w, "\nOf %d published numbers %d are off by more than three half-widths (%.1f in 100000), %d are about fewer than k answers\n",
		numbers, off, 1e5*float64(off)/math.Max(float64(numbers), 1), few)
	return result{synthetic.Kind{Name: "all kinds", Doc: "together"}, &total}.print(w)
}
