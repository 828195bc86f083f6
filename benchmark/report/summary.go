package report

import (
	"io"
	"slices"
	"strings"

	"maturitybench/benchmark/publication"
)

// SummaryHTML writes the first page of [HTML] alone: a page for readers of nothing
// more, which prints on one sheet of A4. The error is one of the options, or the
// writer's.
func SummaryHTML(w io.Writer, r *publication.Release, o Options) error {
	d, err := newDocument(r, o)
	if err != nil {
		return err
	}
	d.sections, d.appendices = nil, nil
	return d.html(w, o)
}

// reachable is a line without its remarks in parentheses that only lead to a part of
// the report that is not on the page, such as "(why)".
func reachable(r rich, targets map[string]bool) rich {
	out := slices.Clone(r)
	for i := 1; i+1 < len(out); i++ {
		before, opens := strings.CutSuffix(out[i-1].Text, " (")
		after, closes := strings.CutPrefix(out[i+1].Text, ")")
		if opens && closes && out[i].To != "" && !targets[out[i].To] {
			out[i-1].Text, out[i].Text, out[i+1].Text = before, "", after
		}
	}
	return out
}
