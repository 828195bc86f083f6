package report

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"

	"maturitybench/benchmark/internal/statistic"
	"maturitybench/benchmark/publication"
)

// csvColumn is a column of tables.csv.
type csvColumn struct {
	name, kind, description string // the kind is a type of Table Schema
	cell                    func(c publication.Cell, n titles) string
}

// statisticIDs lists what the column statistic holds, each id once.
func statisticIDs() string {
	var ids []string
	for _, item := range []statistic.Item{statistic.Cohort, statistic.Score, statistic.Question, statistic.Profile} {
		for _, s := range statistic.Of(item) {
			if !slices.Contains(ids, s.ID) {
				ids = append(ids, s.ID)
			}
		}
	}
	last := len(ids) - 1
	return strings.Join(ids[:last], ", ") + " or " + ids[last]
}

// csvColumns are the columns of tables.csv in their order. New ones are added
// at the end.
var csvColumns = []csvColumn{
	{"wave", "string", "round of the survey", func(c publication.Cell, _ titles) string { return c.Wave }},
	{"cohort", "string", "all, or attribute=value", func(c publication.Cell, _ titles) string { return c.Cohort }},
	{"item", "string", "overall, or the id of a domain, question or profile; empty for numbers of companies and suppressed cohorts", func(c publication.Cell, _ titles) string { return c.Item }},
	{"statistic", "string", statisticIDs() + "; empty for suppressed cohorts", func(c publication.Cell, _ titles) string { return c.Statistic }},
	{"level", "integer", "of a share: the level; of at_least: the lowest of the levels", func(c publication.Cell, _ titles) string {
		if !c.HasLevel {
			return ""
		}
		return strconv.Itoa(c.Level)
	}},
	{"value", "number", "estimate: companies, levels of the scale, or a share from 0 to 1", shownNumber(func(e publication.Estimate) float64 { return e.Value })},
	{"low", "number", "lower end of the interval", shownNumber(func(e publication.Estimate) float64 { return e.Low })},
	{"high", "number", "upper end of the interval", shownNumber(func(e publication.Estimate) float64 { return e.High })},
	{"status", "string", "published; withheld: the number is not shown; suppressed: nothing of the cohort is shown", func(c publication.Cell, _ titles) string { return c.Status.String() }},
	{"cohort_title", "string", "the cohort in words", func(c publication.Cell, n titles) string { return n.cohort(c.Cohort) }},
	{"item_title", "string", "the domain, question or profile in words", func(c publication.Cell, n titles) string { return n.item[c.Item] }},
	{"domain", "string", "id of the domain that a question is in, or of the domain itself", func(c publication.Cell, n titles) string { return n.domain[c.Item] }},
	{"domain_title", "string", "that domain in words", func(c publication.Cell, n titles) string { return n.item[n.domain[c.Item]] }},
	{"level_title", "string", "the level in words", func(c publication.Cell, n titles) string {
		if !c.HasLevel {
			return ""
		}
		return n.level[n.domain[c.Item]][c.Level]
	}},
}

// shownNumber is a number of an estimate that is shown.
func shownNumber(of func(publication.Estimate) float64) func(publication.Cell, titles) string {
	return func(c publication.Cell, _ titles) string {
		if c.Status != publication.Published {
			return ""
		}
		return number(of(c.Estimate))
	}
}

// CSV writes every number of the release as a row of a tidy table, in the
// order of [publication.Release.Cells]: columns wave, cohort, item, statistic,
// level, value, low, high and status, and then, in words, cohort_title,
// item_title, domain (the id of the domain that an item is in), domain_title
// and level_title. Lines are ended by LF, numbers spelt as in release.json,
// fields empty where nothing applies. A suppressed cohort is one row.
// [DataPackage] describes the columns for programs. The error is the writer's.
func CSV(w io.Writer, r *publication.Release) error {
	table := csv.NewWriter(w)
	row := make([]string, len(csvColumns))
	for i, column := range csvColumns {
		row[i] = column.name
	}
	if err := table.Write(row); err != nil {
		return err
	}
	n := newTitles(r.Instrument)
	for cell := range r.Cells() {
		for i, column := range csvColumns {
			row[i] = column.cell(cell, n)
		}
		if err := table.Write(row); err != nil {
			return err
		}
	}
	table.Flush()
	return table.Error()
}

// number spells a number in full, without exponent.
func number(x float64) string {
	if x == 0 {
		return "0" // also for −0
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}
