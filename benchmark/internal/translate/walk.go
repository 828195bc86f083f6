package translate

import (
	"bytes"
	"errors"
	"fmt"

	"maturitybench/benchmark/internal/codebook"
	"maturitybench/benchmark/internal/table"
	"maturitybench/benchmark/mapping"
)

// Sheet is one answer sheet. It is valid until the next one.
//
// Privacy: raw data.
type Sheet struct {
	Line       int
	Company    []byte  // in its one spelling; empty where it is not known
	Attributes []uint8 // codes, see package codebook
	Scores     []uint8
}

func (s *Sheet) clear() {
	s.Company = s.Company[:0]
	clear(s.Attributes)
	clear(s.Scores)
}

func (s *Sheet) answered() bool { return len(bytes.TrimLeft(s.Scores, "\x00")) > 0 }

// Counts says what a walk met.
type Counts struct {
	Columns  int // of the file
	LeftOver int // of them, those that nothing is read from
	Rows     int // below the header
	Filtered int // rows left out by keep and drop
	Empty    int // rows left out because nothing is answered
	Replaced int // rows left out because a later one of the company counts
	Faulty   int // rows with problems
	Sheets   int // handed out

	// Unused lists the numbers of the columns that are left over, from 1.
	Unused []int
}

// Yield is handed a sheet, or the problems of a row, with the company of the row
// where it is known, or the problems of the file with a nil sheet. It returns
// false to end the walk.
type Yield func(s *Sheet, problems []Problem) bool

// Walk reads a table. stream says that nothing may be kept: rules that keep rows
// (see [Rules.Held]) read a long file whose rows of a company stand together, and
// refuse anything else. An error of the rows themselves ends the walk and is
// returned.
func (r *Rules) Walk(rows table.Rows, stream bool, yield Yield) (Counts, error) {
	w := newWalker(r, stream, yield)
	if stream && r.m.Duplicates == mapping.DuplicatesLast {
		return w.counts, ErrStream
	}
	for row, err := range rows {
		bad, unreadable := errors.AsType[*table.Unreadable](err)
		switch {
		case unreadable:
			w.counts.Faulty++
			w.more, err = yield(nil, []Problem{bad.Problem}), nil // the rows go on
		case err != nil:
			return w.counts, err
		default:
			err = w.take(row)
		}
		if err != nil || !w.more {
			return w.counts, err
		}
	}
	return w.counts, w.end()
}

// Errors of a walk.
var (
	ErrStream = errors.New("a file that is read into memory, not as a stream: duplicates: last keeps one row a company there")
	ErrHeld   = fmt.Errorf("at most %d companies: duplicates: last, and a long file whose rows of a company do not stand together, keep them in memory", maxHeld)
)

// walker is one walk.
type walker struct {
	*Rules
	header   *header // nil once the columns are known
	binder   *binder
	steps    []step
	keyed    bool // the rows bring their columns
	width    int  // columns of the header
	line     int  // of the header
	sheet    Sheet
	ordinal  int
	problems []Problem
	passed   []map[string]bool // of every filter: texts met before
	hold     *hold             // nil: sheets are handed out as they come
	long     *long             // nil: a row is a sheet
	counts   Counts
	yield    Yield
	more     bool
}

func newWalker(r *Rules, stream bool, yield Yield) *walker {
	w := &walker{Rules: r, header: newHeader(r), binder: newBinder(r), yield: yield, more: true}
	w.sheet = w.newSheet()
	for range r.filters {
		w.passed = append(w.passed, map[string]bool{})
	}
	if r.Held() && !stream {
		w.hold = newHold()
	}
	if r.m.Long != nil {
		w.long = newLong(w)
	}
	return w
}

func (r *Rules) newSheet() Sheet {
	a, q := len(r.in.Attributes), len(r.in.Questions)
	codes := make([]uint8, a+q)
	return Sheet{Attributes: codes[:a], Scores: codes[a:]} // one array, as of package intake
}

// take takes a row of the file.
func (w *walker) take(row *table.Row) error {
	switch {
	case len(row.New) > 0:
		w.keyed = true
		if w.bind(row.Line, row.New, false); !w.more {
			return nil
		}
	case w.keyed || w.header == nil:
	case w.header.take(row):
		if w.header.complete() && w.width == 0 {
			names := w.header.columns()
			w.width = len(names)
			w.bind(w.header.line, names, true)
		}
		return nil
	case w.header.hold(row):
		return nil
	default:
		if err := w.release(); err != nil || !w.more {
			return err
		}
	}
	return w.row(row)
}

// release reads the rows that were kept back below the header.
func (w *walker) release() error {
	held := w.header.held
	w.header = nil
	for _, row := range held {
		if err := w.row(row); err != nil || !w.more {
			return err
		}
	}
	return nil
}

// bind finds the columns. complete says that no others can come.
func (w *walker) bind(line int, names []table.Name, complete bool) {
	if w.line == 0 {
		w.line = line
	}
	w.binder.add(names)
	w.steps = w.binder.steps()
	if problems := w.binder.check(w.line, complete); len(problems) > 0 {
		w.yield(nil, problems)
		w.more = false
	}
	w.counts.Columns, w.counts.Unused = w.binder.columns, w.counts.Unused[:0]
	for i, used := range w.binder.used {
		if !used {
			w.counts.Unused = append(w.counts.Unused, i+1)
		}
	}
	w.counts.LeftOver = len(w.counts.Unused)
}

// row reads a row of answers.
func (w *walker) row(row *table.Row) error {
	w.counts.Rows++
	if w.width > 0 && len(row.Cells) != w.width && !w.fitted(row) {
		w.counts.Faulty++
		w.more = w.yield(nil, []Problem{{Line: row.Line, Expected: fmt.Sprintf("%d columns, as in the header", w.width)}})
		return nil
	}
	if !w.keeps(row.Cells) {
		w.counts.Filtered++
		return nil
	}
	w.sheet.clear()
	w.sheet.Line, w.problems = row.Line, w.problems[:0]
	if len(row.Faults) > 0 {
		for i := range w.steps {
			if expected, ok := row.Faults[w.steps[i].column]; ok {
				w.problem(row, &w.steps[i], expected)
			}
		}
	}
	if w.long != nil {
		return w.long.row(row)
	}
	w.fill(row)
	if len(w.problems) == 0 && !w.sheet.answered() {
		w.counts.Empty++
		return nil
	}
	w.company(row)
	return w.out(row)
}

// fitted reports whether a row that is not as wide as the header may be one of
// the table: what is beyond the header is empty; or it is a note below the table,
// in one cell, which gets empty ones beside it.
func (w *walker) fitted(row *table.Row) bool {
	if len(row.Cells) > w.width {
		return len(bytes.TrimSpace(bytes.Join(row.Cells[w.width:], nil))) == 0
	}
	filled := 0
	for i, cell := range row.Cells {
		if len(bytes.TrimSpace(cell)) == 0 {
			continue
		}
		filled++
		for _, s := range w.steps {
			if s.column == i && (s.use == questionUse || s.use == optionUse) {
				return false
			}
		}
	}
	if filled > 1 || w.long != nil {
		return false
	}
	for len(row.Cells) < w.width {
		row.Cells = append(row.Cells, nil)
	}
	return true
}

// keeps reports whether the filters keep a row.
func (w *walker) keeps(cells [][]byte) bool {
	for i := range w.steps {
		s := &w.steps[i]
		if s.use != filterUse {
			return true
		}
		text, passed := cells[s.column], w.passed[s.index]
		keeps, known := passed[string(text)]
		if !known {
			keeps = w.filters[s.index].passes(text)
			if len(passed) < 1000 && len(text) <= 64 {
				passed[string(text)] = keeps
			}
		}
		if !keeps {
			return false
		}
	}
	return true
}

// fill puts attributes and answers on the sheet.
func (w *walker) fill(row *table.Row) {
	for i := range w.steps {
		s := &w.steps[i]
		text := row.Cells[s.column]
		switch s.use {
		case attributeUse:
			code, miss := s.texts.Code(text)
			if miss != codebook.Known {
				w.problem(row, s, w.in.ExpectValue(s.index, miss))
			} else {
				w.set(row, s, &w.sheet.Attributes[s.index], code)
			}
		case questionUse:
			if len(text) == 0 {
				continue
			}
			code := s.texts.Digit(text[0])
			if len(text) > 1 || code == codebook.NotCode {
				var miss codebook.Miss
				if code, miss = s.texts.Code(text); miss != codebook.Known {
					w.problem(row, s, w.expectAnswer(s.index, miss))
					continue
				}
			}
			w.set(row, s, &w.sheet.Scores[s.index], code)
		case valueUse:
			if ticked(text) {
				w.set(row, s, &w.sheet.Attributes[s.index], s.code)
			}
		case optionUse:
			if ticked(text) {
				w.set(row, s, &w.sheet.Scores[s.index], s.code)
			}
		}
	}
}

// set puts a code on the sheet; of several columns one at most is filled.
func (w *walker) set(row *table.Row, s *step, at *uint8, code uint8) {
	if code == 0 {
		return
	}
	if *at != 0 {
		w.problem(row, s, "at most one filled cell in the columns of one question or attribute")
	}
	*at = code
}

// expectAnswer says what is expected of an answer.
func (w *walker) expectAnswer(i int, miss codebook.Miss) string {
	own := w.m.Questions[w.in.Questions[i].ID]
	if len(w.m.Answers) > 0 || len(own.Answers) > 0 {
		levels := w.in.LevelsOf(i)
		return "a level from " + itoa(levels[0].Number) + " to " + itoa(levels[len(levels)-1].Number) + ", or a text or band that the mapping lists, or no answer"
	}
	return w.in.ExpectAnswer(i, miss)
}

// company puts the company on the sheet.
func (w *walker) company(row *table.Row) {
	w.ordinal++
	if w.m.Unit == mapping.UnitRow {
		w.sheet.Company = fmt.Appendf(w.sheet.Company[:0], "row %d", w.ordinal)
		return
	}
	for i := range w.steps {
		if s := &w.steps[i]; s.use == companyUse {
			var expected string
			w.sheet.Company, expected = codebook.SetCompany(w.sheet.Company[:0], row.Cells[s.column], w.m.Companies == mapping.CompaniesAny)
			if expected != "" {
				w.problem(row, s, expected)
			}
			return
		}
	}
	w.problems = append(w.problems, Problem{Line: row.Line, Field: codebook.CompanyColumn, Expected: codebook.ExpectCompany}) // an object without the key
}

// problem notes a problem of a cell.
func (w *walker) problem(row *table.Row, s *step, expected string) {
	line, column := row.Place(s.column)
	w.problems = append(w.problems, Problem{Line: line, Column: column, Field: s.name, Expected: expected})
}

// out hands the sheet out, or its problems, or keeps it.
func (w *walker) out(row *table.Row) error {
	if len(w.problems) > 0 {
		w.counts.Faulty++
		w.more = w.yield(&w.sheet, w.problems)
		return nil
	}
	if w.hold != nil {
		return w.hold.add(w, row)
	}
	w.hand(&w.sheet)
	return nil
}

func (w *walker) hand(s *Sheet) {
	w.counts.Sheets++
	w.more = w.yield(s, nil)
}

// end ends the walk: what was kept is handed out.
func (w *walker) end() error {
	switch {
	case !w.keyed && w.width == 0 && w.counts.Faulty > 0: // the file is none, which was said
	case !w.keyed && w.width == 0:
		w.more = w.yield(nil, []Problem{{Line: 1, Expected: "a header with the names of the columns, and rows below it"}})
	case w.header != nil && !w.keyed:
		if err := w.release(); err != nil {
			return err
		}
	case w.keyed:
		if problems := w.binder.check(0, true); len(problems) > 0 {
			w.more = w.yield(nil, problems)
		}
	}
	if w.more && w.long != nil {
		w.long.end()
	}
	if w.more && w.hold != nil {
		w.hold.hand(w)
	}
	return nil
}
