package xlsx

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"maturitybench/benchmark/instrument"
)

const (
	emptyRows   = 2000 // that an empty answer sheet offers choices in
	longestList = 255  // characters of the choices of a cell, in Excel
)

// WriteEmpty writes an answer sheet without answers, a workbook that [Load] reads once it
// is filled in: a row for every company, with the columns company, those of the
// attributes and those of the questions. The head of a column has its question or
// title and what may stand below it as a note, and the cells offer the values of
// attributes and the levels as choices. Texts for no answer stay allowed. The error is the
// writer's.
func WriteEmpty(w io.Writer, in *instrument.Instrument) error {
	f := excelize.NewFile()
	defer f.Close()
	const name = "Answers"
	if err := f.SetSheetName("Sheet1", name); err != nil {
		return err
	}
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	for i, column := range emptyColumns(in.Spec()) {
		if err := column.add(f, name, i+1, bold); err != nil {
			return err
		}
	}
	if err := f.SetPanes(name, &excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"}); err != nil {
		return err
	}
	return f.Write(w)
}

// emptyColumn is a column of an empty answer sheet.
type emptyColumn struct {
	id, note string
	choices  []string // nil: anything
}

// emptyColumns are those of an instrument in the order of its file.
func emptyColumns(spec instrument.Spec) []emptyColumn {
	columns := []emptyColumn{{id: "company", note: "The name of the company, one row for each. It is not published."}}
	for _, a := range spec.Attributes {
		c := emptyColumn{id: a.ID, note: a.Title + "\nEmpty: not stated."}
		for _, v := range a.Values {
			c.choices = append(c.choices, v.ID)
			c.note += fmt.Sprintf("\n%s: %s", v.ID, v.Title)
		}
		columns = append(columns, c)
	}
	for i, d := range spec.Domains {
		levels, note := []string{}, "\nEmpty: no answer."
		for _, l := range spec.On(i).Scale {
			levels = append(levels, strconv.Itoa(l.Level))
			note += fmt.Sprintf("\n%d: %s", l.Level, l.Name)
			if l.Test != "" {
				note += ". " + l.Test
			}
		}
		for _, q := range d.Questions {
			columns = append(columns, emptyColumn{q.ID, d.Title + "\n" + q.Text + note, levels})
		}
	}
	return columns
}

// add writes the column with a number from 1.
func (c emptyColumn) add(f *excelize.File, sheet string, number, style int) error {
	letters, err := excelize.ColumnNumberToName(number)
	if err != nil {
		return err
	}
	head := letters + "1"
	if err := f.SetCellStr(sheet, head, c.id); err != nil {
		return err
	}
	if err := f.SetCellStyle(sheet, head, head, style); err != nil {
		return err
	}
	if err := f.SetColWidth(sheet, letters, letters, float64(max(10, len(c.id)+3))); err != nil {
		return err
	}
	if err := f.AddComment(sheet, excelize.Comment{Cell: head, Author: "instrument", Text: c.note, Width: 420, Height: uint(30 + 18*strings.Count(c.note, "\n") + len(c.note)/4)}); err != nil {
		return err
	}
	if c.choices == nil || len(strings.Join(c.choices, ",")) > longestList {
		return nil
	}
	offer := excelize.NewDataValidation(true)
	offer.SetSqref(fmt.Sprintf("%s2:%s%d", letters, letters, emptyRows+1))
	offer.SetError(excelize.DataValidationErrorStyleWarning, "Not in the list", "Expected one of the choices, or a text for no answer.")
	if err := offer.SetDropList(c.choices); err != nil {
		return err
	}
	return f.AddDataValidation(sheet, offer)
}
