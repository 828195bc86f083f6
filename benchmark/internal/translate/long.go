package translate

import (
	"bytes"
	"fmt"
	"slices"
	"time"

	"maturitybench/benchmark/internal/codebook"
	"maturitybench/benchmark/internal/fold"
	"maturitybench/benchmark/internal/table"
)

// long gathers the rows of a company, each with one answer, on one sheet.
type long struct {
	w       *walker
	current *kept // in a stream: the company of the rows before
}

func newLong(w *walker) *long { return &long{w: w} }

// row reads a row: company, attributes, question and answer.
func (l *long) row(row *table.Row) error {
	w := l.w
	w.fill(row)
	w.company(row)
	i, code := l.answer(row)
	if len(w.problems) > 0 {
		w.counts.Faulty++
		w.more = w.yield(&w.sheet, w.problems)
		return nil
	}
	k, err := l.of()
	if err != nil || !w.more {
		return err
	}
	for a, code := range w.sheet.Attributes {
		switch {
		case code == 0 || k.Attributes[a] == code:
		case k.Attributes[a] == 0:
			k.Attributes[a] = code
		default:
			w.problems = append(w.problems, Problem{Line: row.Line, Field: w.in.Attributes[a].ID, Expected: fmt.Sprintf("the same value in all rows of a company; line %d has another", k.Line)})
		}
	}
	if i >= 0 && code > 0 {
		l.put(k, row, i, code)
	}
	if len(w.problems) > 0 {
		w.counts.Faulty++
		w.more = w.yield(nil, w.problems)
	}
	return nil
}

// answer reads the question of a row and the answer to it.
func (l *long) answer(row *table.Row) (question int, code uint8) {
	w := l.w
	question = -1
	var answer *step
	for i := range w.steps {
		switch s := &w.steps[i]; s.use {
		case longQuestionUse:
			text := bytes.TrimSpace(row.Cells[s.column])
			at, ok := w.questions[fold.Label(string(text))]
			switch {
			case ok:
				question = at
			case len(text) > 0 && w.m.Ignore == nil || w.leftOut(text):
				// a question that is none of the instrument's
			default:
				w.problem(row, s, "a question of the instrument, by id or text, or by its name in the mapping")
			}
		case longAnswerUse:
			answer = s
		}
	}
	if question < 0 || answer == nil {
		return -1, 0
	}
	texts := w.binder.reader(w.answers[question])
	code, miss := texts.Code(row.Cells[answer.column])
	if miss != codebook.Known {
		line, column := row.Place(answer.column)
		w.problems = append(w.problems, Problem{Line: line, Column: column, Field: w.in.Questions[question].ID, Expected: w.expectAnswer(question, miss)})
	}
	return question, code
}

// leftOut reports whether a question is ignored.
func (w *walker) leftOut(text []byte) bool {
	label := fold.Label(string(text))
	is := func(name string) bool { return fold.Label(name) == label }
	return slices.ContainsFunc(w.m.Ignore, is) || slices.ContainsFunc(w.in.Ignore, is)
}

// of is the sheet of the company of the row.
func (l *long) of() (*kept, error) {
	w := l.w
	if w.hold != nil {
		if k := w.hold.at[string(w.sheet.Company)]; k != nil {
			return k, nil
		}
		return w.hold.new(w)
	}
	if l.current != nil && bytes.Equal(l.current.Company, w.sheet.Company) {
		return l.current, nil
	}
	l.end()
	l.current = &kept{Sheet: w.newSheet()}
	l.current.copy(&w.sheet)
	return l.current, nil
}

// put puts an answer on a sheet: the only one to its question, or the last.
func (l *long) put(k *kept, row *table.Row, i int, code uint8) {
	w := l.w
	if !w.last() {
		if k.Scores[i] != 0 {
			w.problems = append(w.problems, Problem{Line: row.Line, Field: w.in.Questions[i].ID, Expected: "one answer a company and question"})
		}
		k.Scores[i] = code
		return
	}
	when, timed := w.timestamp(row)
	if k.times == nil {
		k.times = make([]time.Time, len(k.Scores))
	}
	old := k.times[i]
	if k.Scores[i] != 0 {
		if expected := later(!old.IsZero(), timed, old, when); expected != "" {
			w.problems = append(w.problems, Problem{Line: row.Line, Field: w.in.Questions[i].ID, Expected: expected + ", since there are several answers"})
			return
		}
		w.counts.Replaced++
		if when.Before(old) {
			return
		}
	}
	k.Scores[i], k.times[i] = code, when
}

// end hands out the sheet of a stream.
func (l *long) end() {
	if l.current == nil {
		return
	}
	if !l.current.answered() {
		l.w.counts.Empty++
	} else {
		l.w.hand(&l.current.Sheet)
	}
	l.current = nil
}
