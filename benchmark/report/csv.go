package report

import (
	"encoding/csv"
	"io"
	"strconv"

	"maturitybench/benchmark/publication"
)

// header are the columns of tables.csv.
var header = []string{"wave", "cohort", "item", "statistic", "level", "value", "low", "high", "status"}

// CSV writes every number of the release as a row of a tidy table, in the
// order of [publication.Release.Cells]: columns wave, cohort, item, statistic,
// level, value, low, high and status, lines ended by LF, numbers spelt as in
// release.json, fields empty where nothing applies. A suppressed cohort is
// one row. The error is the writer's.
func CSV(w io.Writer, r *publication.Release) error {
	table := csv.NewWriter(w)
	if err := table.Write(header); err != nil {
		return err
	}
	for cell := range r.Cells() {
		row := []string{cell.Wave, cell.Cohort, cell.Item, cell.Statistic, "", "", "", "", cell.Status.String()}
		if cell.HasLevel {
			row[4] = strconv.Itoa(cell.Level)
		}
		if cell.Status == publication.Published {
			row[5], row[6], row[7] = number(cell.Estimate.Value), number(cell.Estimate.Low), number(cell.Estimate.High)
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
