package exports

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"maturitybench/benchmark/internal/codebook"
	"maturitybench/benchmark/internal/fold"
	"maturitybench/benchmark/internal/translate"
)

// options recognises questions and attributes with a column for every level or
// value, as SurveyMonkey writes them: "There is a strategy - Managed".
func (d *drafting) options() {
	d.joined = map[int][]string{}
	answers := d.spec.AnswersOf()
	heads := map[string][]int{}
	for i, c := range d.columns {
		if at := strings.LastIndex(c.name, " - "); at >= 0 && d.used[i] == "" {
			heads[c.name[:at]] = append(heads[c.name[:at]], i)
		}
	}
	for _, head := range slices.Sorted(maps.Keys(heads)) {
		columns := heads[head]
		if len(columns) < 2 {
			continue
		}
		if q := d.asks(head); q >= 0 && d.all(columns, answers[d.spec.Questions[q].Scale]) {
			for _, at := range columns {
				d.used[at] = fmt.Sprintf("o%d", q)
			}
			continue
		}
		for a := range d.spec.Attributes {
			texts := d.spec.Attribute(a)
			if len(d.joined[a]) > 0 || slices.Contains(d.used, fmt.Sprintf("a%d", a)) || !d.all(columns, texts) || !d.holdOwn(columns, texts) {
				continue
			}
			for _, at := range columns {
				d.used[at] = "joined"
				d.joined[a] = append(d.joined[a], d.columns[at].name)
			}
			break
		}
	}
}

// asks is the question that a name is that of, or -1.
func (d *drafting) asks(head string) int {
	calls := translate.Calls(head)
	return slices.IndexFunc(d.spec.Questions, func(q codebook.Question) bool {
		return slices.Contains(calls, fold.Label(q.ID)) || slices.Contains(calls, fold.Label(q.Text))
	})
}

// all reports whether the last parts of the names of columns are texts that are
// known.
func (d *drafting) all(columns []int, texts *codebook.Texts) bool {
	for _, at := range columns {
		name := d.columns[at].name
		code, miss := texts.Code([]byte(name[strings.LastIndex(name, " - ")+len(" - "):]))
		if miss != codebook.Known || code == 0 {
			return false
		}
	}
	return true
}

// holdOwn reports whether columns hold texts that are known, not ticks.
func (d *drafting) holdOwn(columns []int, texts *codebook.Texts) bool {
	for _, at := range columns {
		for _, text := range d.columns[at].common() {
			if code, miss := texts.Code([]byte(text)); miss != codebook.Known || code == 0 {
				return false
			}
		}
	}
	return true
}
