package report

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"

	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/publication"
)

// changesHeader are the columns of [ChangesCSV].
var changesHeader = []string{"from", "to", "cohort", "item", "old_item", "statistic", "level", "before", "now", "change", "low", "high", "verdict", "status", "joint", "difference", "difference_low", "difference_high"}

// statusColumn is the place of the status, which is the reason of what is not compared.
const statusColumn = 13

// ChangesCSV writes every change from wave to wave, and from the first to the last, as a row of a
// tidy table, in the order of [compare.TrendStep.Changes]: columns from, to (waves), cohort,
// item, old_item (its id in the earlier wave, where that was another one),
// statistic, level, before and now (the published values of the two waves),
// change with low and high, verdict and status, joint (true where the change is
// estimated from all waves) and difference with difference_low and difference_high (of the
// numbers of the two waves). It is spelt as tables.csv: lines
// ended by LF, fields empty where nothing applies. A cohort that is suppressed in
// either wave is one row, and so is what is not compared, with the reason in
// place of the status. The error is the writer's.
func ChangesCSV(w io.Writer, c *compare.Changes) error {
	table := csv.NewWriter(w)
	if err := table.Write(changesHeader); err != nil {
		return err
	}
	for _, step := range allSteps(c) {
		for _, change := range step.Changes {
			if err := table.Write(changeRow(step, change)); err != nil {
				return err
			}
		}
		for _, n := range step.NotCompared {
			row := make([]string, len(changesHeader))
			row[0], row[1], row[3], row[statusColumn] = step.From, step.To, n.Item, n.Reason
			if err := table.Write(row); err != nil {
				return err
			}
		}
	}
	table.Flush()
	return table.Error()
}

// allSteps are those from wave to wave, and the one from the first to the last of three or more.
func allSteps(c *compare.Changes) []compare.TrendStep {
	if c.Whole == nil {
		return c.Steps
	}
	return append(slices.Clone(c.Steps), *c.Whole)
}

func changeRow(step compare.TrendStep, c compare.Change) []string {
	level := ""
	if c.HasLevel {
		level = strconv.Itoa(c.Level)
	}
	value := func(e publication.Estimate, x float64) string {
		if e.Status != publication.Published {
			return ""
		}
		return number(x)
	}
	verdict := string(c.Verdict)
	if c.Verdict == compare.NoVerdict {
		verdict = ""
	}
	joint := ""
	if c.Joint {
		joint = "true"
	}
	return []string{
		step.From, step.To, c.Cohort, c.Item, c.OldItem, c.Statistic, level, value(c.From, c.From.Value), value(c.To, c.To.Value),
		value(c.Change, c.Change.Value), value(c.Change, c.Change.Low), value(c.Change, c.Change.High), verdict, c.Status.String(),
		joint, value(c.Difference, c.Difference.Value), value(c.Difference, c.Difference.Low), value(c.Difference, c.Difference.High),
	}
}

// ChangesMarkdown writes how means and profiles changed from wave to wave, and from the first to the
// last, cohort by cohort, in GitHub Flavored Markdown, and the means of all waves as they are seen from
// the last; [ChangesCSV] has the other statistics too. The error is one of the options, of which Title, Language and Texts are used, or
// the writer's.
func ChangesMarkdown(w io.Writer, c *compare.Changes, o Options) error {
	t, err := newTexts(o)
	if err != nil {
		return err
	}
	d := document{title: t.rich("changes.title", "account", c.Account)}
	if o.Title != "" {
		d.title = foreign(o.Title)
	}
	if slices.ContainsFunc(c.Waves, func(w compare.TrendWave) bool { return w.Noise == publication.TestNoise }) {
		d.intro = []block{warning{t.rich("test-noise")}}
	}
	for _, step := range allSteps(c) {
		d.sections = append(d.sections, section{
			Title: t.rich("changes.step", "from", step.From, "to", step.To), Blocks: names{step.Instrument.In(o.Language), t}.changes(step),
		})
	}
	if len(c.Series) > 0 {
		last := c.Steps[len(c.Steps)-1]
		d.sections = append(d.sections, section{Title: t.rich("changes.seen", "wave", last.To), Blocks: names{last.Instrument.In(o.Language), t}.smoothed(c)})
	}
	d.sections = append(d.sections, section{Title: t.rich("changes.loss"), Blocks: []block{paragraph{t.loss(c.Loss)}}})
	return d.markdown(w)
}

// changes are the tables of one step.
func (n names) changes(step compare.TrendStep) []block {
	t := n.texts
	out := append([]block{
		paragraph{t.rich("changes.lead", "confidence", t.percentage(step.Confidence))},
		paragraph{t.rich("change.respondents")},
	}, n.notCompared(step)...)
	for first := 0; first < len(step.Changes); {
		cohort := step.Changes[first].Cohort
		next := slices.IndexFunc(step.Changes[first:], func(c compare.Change) bool { return c.Cohort != cohort })
		if next < 0 {
			next = len(step.Changes) - first
		}
		out = append(out, subheading{Text: n.cohort(cohort)}, n.changesTable(step, step.Changes[first:][:next]))
		first += next
	}
	if len(step.Changes) == 0 {
		out = append(out, paragraph{t.rich("change.nothing")})
	}
	return out
}

// changesTable is the table of one cohort, or a line in its place.
func (n names) changesTable(step compare.TrendStep, changes []compare.Change) block {
	t := n.texts
	if changes[0].Status == publication.Suppressed {
		return paragraph{t.rich("changes.suppressed")}
	}
	out := table{Header: []rich{t.rich("column.item"), foreign(step.From), foreign(step.To), t.rich("column.change"), t.rich("column.verdict")}}
	for _, c := range changes {
		percent := c.Statistic == publication.StatisticProfile
		if c.Statistic != publication.StatisticMean && !percent {
			continue
		}
		item := n.item(c.Item)
		if c.OldItem != "" {
			item = t.rich("changes.item", "item", item, "old", c.OldItem)
		}
		show := t.estimate
		if percent {
			show = t.share
		}
		out.Rows = append(out.Rows, []rich{item, show(c.From), show(c.To), t.delta(c.Change, percent), t.rich("verdict." + string(c.Verdict))})
	}
	return out
}
