package report

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"maturitybench/benchmark/publication"
)

// Workbook writes the release as release.xlsx, a workbook for people who work in
// Excel or LibreOffice: sheets with the summary of the first page, the domains,
// the practices and the cohorts, numbers as numbers with their intervals beside
// them, and the privacy statement. Cells of numbers that are not shown are
// empty. Texts stay texts, whatever they begin with. The error is one of the
// options, or the writer's.
func Workbook(w io.Writer, r *publication.Release, o Options) error {
	b, err := newBuilder(r, o)
	if err != nil {
		return err
	}
	f := excelize.NewFile()
	defer f.Close()
	book := workbook{file: f}
	if book.bold, err = f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}); err != nil {
		return err
	}
	if book.wrapped, err = f.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}); err != nil {
		return err
	}
	for _, s := range []sheet{b.summarySheet(), b.scoreSheet(), b.practiceSheet(), b.cohortSheet(), b.statementSheet()} {
		if err := book.add(s); err != nil {
			return err
		}
	}
	return f.Write(w)
}

// sheet is one sheet of a workbook: rows of texts, numbers and nil.
type sheet struct {
	name   string
	widths []float64 // of the first columns, in characters; others: 11
	header bool      // the first row heads the columns
	rows   [][]any
}

type workbook struct {
	file          *excelize.File
	sheets        int
	bold, wrapped int // styles
}

// add appends a sheet.
func (w *workbook) add(s sheet) error {
	if w.sheets == 0 {
		if err := w.file.SetSheetName("Sheet1", s.name); err != nil {
			return err
		}
	} else if _, err := w.file.NewSheet(s.name); err != nil {
		return err
	}
	w.sheets++
	for i, width := range s.widths {
		column, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := w.file.SetColWidth(s.name, column, column, width); err != nil {
			return err
		}
	}
	for y, row := range s.rows {
		for x, value := range row {
			if err := w.set(s, x, y, value); err != nil {
				return err
			}
		}
	}
	if !s.header {
		return nil
	}
	return w.file.SetPanes(s.name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

// set fills a cell.
func (w *workbook) set(s sheet, x, y int, value any) error {
	if value == nil {
		return nil
	}
	at, err := excelize.CoordinatesToCellName(x+1, y+1)
	if err != nil {
		return err
	}
	style := 0
	switch v := value.(type) {
	case float64:
		err = w.file.SetCellFloat(s.name, at, v, -1, 64)
	case rich:
		style, err = w.wrapped, w.file.SetCellStr(s.name, at, v.String())
	default:
		style, err = w.wrapped, w.file.SetCellStr(s.name, at, clean(fmt.Sprint(v)))
	}
	if s.header && y == 0 {
		style = w.bold
	}
	if err != nil || style == 0 {
		return err
	}
	return w.file.SetCellStyle(s.name, at, at, style)
}

// numbers are the value of an estimate and its interval, or nothing.
func numbers(e publication.Estimate) []any {
	if e.Status != publication.Published {
		return []any{nil, nil, nil}
	}
	return []any{e.Value, e.Low, e.High}
}

// heads are the columns of an estimate.
func (b *builder) heads(name rich) []any {
	return []any{name, b.rich("column.low", "name", name), b.rich("column.high", "name", name)}
}

// summarySheet holds what the first page says.
func (b *builder) summarySheet() sheet {
	s := sheet{name: b.say("sheet.summary"), widths: []float64{34, 18, 70}}
	s.rows = append(s.rows, []any{b.title()}, []any{b.imprint()})
	if notice := b.withdrawn(); notice != nil {
		s.rows = append(s.rows, []any{notice})
	}
	s.rows = append(s.rows, nil)
	if b.all.Status != publication.Published {
		s.rows = append(s.rows, []any{b.rich("summary.nothing")})
		return s
	}
	for _, t := range b.tiles() {
		s.rows = append(s.rows, []any{t.Label, t.Value, t.Note})
	}
	s.rows = append(s.rows, nil, []any{b.rich("findings")})
	for _, finding := range b.findings() {
		s.rows = append(s.rows, []any{nil, nil, finding})
	}
	s.rows = append(s.rows, nil, []any{b.rich("board.protected")}, []any{nil, nil, b.protected()},
		[]any{nil, nil, b.rich("summary.reading", "confidence", b.percentage(b.release.Confidence))})
	return s
}

// scoreSheet holds the overall and the domain scores of all companies.
func (b *builder) scoreSheet() sheet {
	s := sheet{name: b.say("sheet.scores"), widths: []float64{14, 34}, header: true}
	head := append([]any{b.rich("column.id"), b.rich("column.score")}, b.heads(b.rich("column.mean"))...)
	for _, p := range b.percentileHeader() {
		head = append(head, b.heads(p)...)
	}
	s.rows = append(s.rows, head)
	for _, it := range b.items() {
		if b.all.Status != publication.Published {
			break
		}
		score := it.score(b.all)
		row := append([]any{it.label.id, it.label.text}, numbers(score.Mean)...)
		for _, p := range score.Percentiles {
			row = append(row, numbers(p)...)
		}
		s.rows = append(s.rows, row)
	}
	return s
}

// practiceSheet holds the practices of all companies.
func (b *builder) practiceSheet() sheet {
	s := sheet{name: b.say("sheet.practices"), widths: []float64{14, 60, 24}, header: true}
	head := append([]any{b.rich("column.id"), b.rich("column.practice"), b.rich("column.domain")}, b.heads(b.rich("column.mean"))...)
	for _, l := range b.release.Instrument.Scale {
		head = append(head, b.heads(foreign(b.levelLabel(l).text))...)
	}
	for _, l := range b.release.Instrument.Scale[1:] {
		head = append(head, b.heads(b.rich("column.at-least", "level", l.Level))...)
	}
	s.rows = append(s.rows, head)
	n := newTitles(b.release.Instrument)
	for _, q := range b.all.Questions {
		row := append([]any{q.ID, n.item[q.ID], n.item[n.domain[q.ID]]}, numbers(q.Mean)...)
		for _, e := range append(append([]publication.Estimate{}, q.Shares...), q.AtLeast...) {
			row = append(row, numbers(e)...)
		}
		s.rows = append(s.rows, row)
	}
	return s
}

// cohortSheet holds the means of all cohorts.
func (b *builder) cohortSheet() sheet {
	s := sheet{name: b.say("sheet.cohorts"), widths: []float64{24, 40, 14}, header: true}
	head := append([]any{b.rich("column.id"), b.rich("column.cohort"), b.rich("column.status")}, b.heads(b.rich("column.companies"))...)
	for _, it := range b.items() {
		head = append(head, b.heads(foreign(it.label.text))...)
	}
	s.rows = append(s.rows, head)
	for _, c := range b.release.Cohorts {
		row := []any{c.ID, b.names.cohort(c.ID), c.Status}
		if c.Status == publication.Published {
			row = append(row, numbers(c.Companies)...)
			for _, it := range b.items() {
				row = append(row, numbers(it.score(c).Mean)...)
			}
		}
		s.rows = append(s.rows, row)
	}
	return s
}

// statementSheet holds the privacy statement.
func (b *builder) statementSheet() sheet {
	s := sheet{name: b.say("sheet.statement"), widths: []float64{20, 120}, header: true, rows: [][]any{{b.rich("statement.point"), b.rich("statement.sentence")}}}
	for key, sentence := range b.release.Privacy.Statement.All() {
		s.rows = append(s.rows, []any{b.rich("statement." + key), sentence})
	}
	return s
}
