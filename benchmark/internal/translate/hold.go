package translate

import (
	"bytes"
	"fmt"
	"time"

	"maturitybench/benchmark/internal/table"
	"maturitybench/benchmark/mapping"
)

// maxHeld is how many companies are kept in memory.
const maxHeld = 1 << 20

// hold keeps one sheet a company.
type hold struct {
	sheets []*kept
	at     map[string]*kept
}

// kept is a sheet that is kept.
type kept struct {
	Sheet
	when  time.Time
	timed bool
	times []time.Time // of the answers of a long file; nil: not needed
}

func newHold() *hold { return &hold{at: map[string]*kept{}} }

// new keeps a copy of the sheet being read.
func (h *hold) new(w *walker) (*kept, error) {
	if len(h.sheets) == maxHeld {
		return nil, ErrHeld
	}
	k := &kept{Sheet: w.newSheet()}
	k.copy(&w.sheet)
	h.sheets = append(h.sheets, k)
	h.at[string(k.Company)] = k
	return k, nil
}

func (k *kept) copy(s *Sheet) {
	k.Line, k.Company = s.Line, bytes.Clone(s.Company)
	copy(k.Attributes, s.Attributes)
	copy(k.Scores, s.Scores)
}

// add keeps the sheet being read, if it is the later one of its company.
func (h *hold) add(w *walker, row *table.Row) error {
	when, timed := w.timestamp(row)
	old := h.at[string(w.sheet.Company)]
	if old == nil {
		k, err := h.new(w)
		if err == nil {
			k.when, k.timed = when, timed
		}
		return err
	}
	if expected := later(old.timed, timed, old.when, when); expected != "" {
		w.counts.Faulty++
		w.more = w.yield(&w.sheet, []Problem{{Line: row.Line, Field: "timestamp", Expected: fmt.Sprintf("%s, since line %d is of the same company", expected, old.Line)}})
		return nil
	}
	w.counts.Replaced++
	if when.After(old.when) {
		old.copy(&w.sheet)
		old.when = when
	}
	return nil
}

// later says what is expected where it cannot be told which of two times is
// later.
func later(oldTimed, timed bool, old, when time.Time) (expected string) {
	switch {
	case !oldTimed || !timed:
		return "a date and time in both rows (dates: dmy or mdy says in which order)"
	case old.Equal(when):
		return "two different times"
	}
	return ""
}

// timestamp is when a row was answered.
func (w *walker) timestamp(row *table.Row) (time.Time, bool) {
	for i := range w.steps {
		if s := &w.steps[i]; s.use == timestampUse {
			return parseTime(row.Cells[s.column], w.m.Dates)
		}
	}
	return time.Time{}, false
}

// hand hands out what is kept, in the order of the file.
func (h *hold) hand(w *walker) {
	for _, k := range h.sheets {
		if !k.answered() {
			w.counts.Empty++
			continue
		}
		if w.hand(&k.Sheet); !w.more {
			return
		}
	}
}

// last reports whether only the last answers count.
func (r *Rules) last() bool { return r.m.Duplicates == mapping.DuplicatesLast }
