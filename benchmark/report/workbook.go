package report

import (
	"fmt"
	"io"
	"slices"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/workbook"
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
	var sheets []workbook.Sheet
	list := []worksheet{b.summarySheet()}
	for _, v := range b.views() {
		list = append(list, v.scoreSheet(), v.practiceSheet())
	}
	for _, s := range append(list, b.cohortSheet(), b.statementSheet()) {
		sheets = append(sheets, s.plain())
	}
	return workbook.Write(w, sheets)
}

// worksheet is one sheet of a workbook: rows of texts, numbers and nil.
type worksheet struct {
	name   string
	widths []float64 // of the first columns, in characters; others: 11
	header bool      // the first row heads the columns
	rows   [][]any
}

// plain is the sheet with texts in the place of what is set elsewhere.
func (s worksheet) plain() workbook.Sheet {
	out := workbook.Sheet{Name: s.name, Widths: s.widths, Header: s.header}
	for _, row := range s.rows {
		cells := make([]any, len(row))
		for i, value := range row {
			switch v := value.(type) {
			case nil, float64:
				cells[i] = v
			case rich:
				cells[i] = v.String()
			default:
				cells[i] = clean(fmt.Sprint(v))
			}
			if cells[i] == "" {
				cells[i] = nil
			}
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
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
func (b *builder) summarySheet() worksheet {
	s := worksheet{name: b.say("sheet.summary"), widths: []float64{34, 18, 70}}
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
	if said := b.notAsked(); said != nil {
		s.rows = append(s.rows, nil, []any{said})
	}
	s.rows = append(s.rows, nil, []any{b.rich("findings")})
	for _, finding := range b.findings() {
		s.rows = append(s.rows, []any{nil, nil, finding})
	}
	s.rows = append(s.rows, nil, []any{b.rich("board.protected")}, []any{nil, nil, b.protected()},
		[]any{nil, nil, b.rich("summary.reading", "confidence", b.percentage(b.release.Confidence))})
	return s
}

// sheetName is the name of a sheet about the scale that the builder sees: a number tells those
// of several apart, as a name has little room.
func (b *builder) sheetName(key string) string {
	if !b.partial() {
		return b.say(key)
	}
	at := slices.IndexFunc(b.entire().release.Instrument.Scales, func(s instrument.NamedScale) bool { return s.ID == b.view.of.ID })
	return fmt.Sprintf("%s %d", b.say(key), at+1)
}

// scaleHead is the head of a column, with the name of the scale that the builder sees.
func (b *builder) scaleHead(key string) rich { return b.said(b.rich(key)) }

// scoreSheet holds the overall and the domain scores of all companies.
func (b *builder) scoreSheet() worksheet {
	s := worksheet{name: b.sheetName("sheet.scores"), widths: []float64{14, 34}, header: true}
	head := append([]any{b.rich("column.id"), b.scaleHead("column.score")}, b.heads(b.rich("column.mean"))...)
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
func (b *builder) practiceSheet() worksheet {
	s := worksheet{name: b.sheetName("sheet.practices"), widths: []float64{14, 60, 24}, header: true}
	head := append([]any{b.rich("column.id"), b.scaleHead("column.practice"), b.rich("column.domain")}, b.heads(b.rich("column.mean"))...)
	for _, l := range b.release.Instrument.Scale {
		head = append(head, b.heads(foreign(b.levelLabel(l).text))...)
	}
	for _, l := range b.release.Instrument.Scale[1:] {
		head = append(head, b.heads(b.rich("column.at-least", "level", l.Level))...)
	}
	s.rows = append(s.rows, head)
	n := newTitles(b.release.Instrument)
	for _, q := range b.seenQuestions(b.all) {
		row := append([]any{q.ID, n.item[q.ID], n.item[n.domain[q.ID]]}, numbers(q.Mean)...)
		for _, e := range append(append([]publication.Estimate{}, q.Shares...), q.AtLeast...) {
			row = append(row, numbers(e)...)
		}
		s.rows = append(s.rows, row)
	}
	return s
}

// cohortSheet holds the means of all cohorts.
func (b *builder) cohortSheet() worksheet {
	s := worksheet{name: b.say("sheet.cohorts"), widths: []float64{24, 40, 14}, header: true}
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
func (b *builder) statementSheet() worksheet {
	s := worksheet{name: b.say("sheet.statement"), widths: []float64{20, 120}, header: true, rows: [][]any{{b.rich("statement.point"), b.rich("statement.sentence")}}}
	for key, sentence := range b.release.Privacy.Statement.All() {
		s.rows = append(s.rows, []any{b.rich("statement." + key), sentence})
	}
	return s
}
