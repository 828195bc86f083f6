package exports

import (
	"slices"
	"strings"

	"maturitybench/benchmark/internal/fold"
)

func (d *drafting) times() {
	if at := d.guess(timeWords); at >= 0 {
		d.used[at] = "time"
		d.line("# duplicates: last   # where companies may answer again, the last answers count:")
		d.line("# timestamp: %s", quote(d.columns[at].name))
		d.line("# dates: dmy         # or mdy, where the year does not come first")
	}
}

// filters guesses the columns that tell rows that count from others.
func (d *drafting) filters() {
	for i, c := range d.columns {
		if d.used[i] != "" && d.used[i] != "time" {
			continue
		}
		has := func(text string) bool {
			return slices.ContainsFunc(c.texts, func(t string) bool { return fold.Label(t) == text })
		}
		switch {
		case calledLike(c.name, "status", "response type") && has("survey preview"):
			d.line("drop: {%s: Survey Preview}   # recognised: trial rows", quote(c.name))
			d.used[i] = "filter"
		case fold.Label(c.name) == "finished":
			d.line("# drop: {%s: [False, 0]}   # rows that were not finished", quote(c.name))
		case slices.Contains(doneColumns, fold.Label(c.name)) && slices.ContainsFunc(doneTexts, has):
			done := doneTexts[slices.IndexFunc(doneTexts, has)]
			d.line("# keep: {%s: %s}   # leaves out rows that were not finished", quote(c.name), done)
		case fold.Label(c.name) == "submitdate" || strings.HasPrefix(fold.Label(c.name), "submitdate. "):
			d.line("# drop: {%s: \"\"}   # leaves out rows that were not finished", quote(c.name))
		}
	}
	d.summaries()
}

// Columns that say whether a row was finished, and what they say of one that was.
var (
	doneColumns = []string{"status", "response type", "response status", "response_status"}
	doneTexts   = []string{"complete", "completed"}
)

// summaries are rows below the answers that sum them up.
func (d *drafting) summaries() {
	at := slices.Index(d.used, "company")
	if at < 0 {
		return
	}
	if words := d.columns[at].sums; len(words) > 0 {
		d.line("drop: {%s: %s}   # recognised: rows that sum others up", quote(d.columns[at].name), list(words))
	}
}

// perhaps names columns that may say which company answered: a text in most rows,
// nearly always another one.
func (d *drafting) perhaps() string {
	var names []string
	for i, c := range d.columns {
		if d.used[i] != "" || 2*c.filled < d.rows || c.numbers > 0 || c.distinct < min(maxTexts, c.filled-c.filled/10) ||
			calledLike(c.name, "mail", "id", "ip", "date", "time", "started", "comment", "submission") {
			continue
		}
		names = append(names, quote(c.name))
	}
	if len(names) == 0 || len(names) > 5 {
		return ""
	}
	return " (is it " + strings.Join(names, " or ") + "?)"
}
