package exports

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

func (d *drafting) questionLines() {
	d.section("questions", "q")
	var seen, unknown, blank []string
	answers, inOrder := d.spec.AnswersOf(), d.inOrder()
	if inOrder != nil {
		d.line("  # As many columns are alike as there are questions. If they are in the same order:")
	}
	for i, q := range d.spec.Questions {
		at := slices.Index(d.used, fmt.Sprintf("q%d", i))
		if slices.Contains(d.used, fmt.Sprintf("o%d", i)) {
			d.line("  # %s: recognised, with a column for every level", q.ID)
			continue
		}
		if at < 0 && inOrder != nil {
			at = inOrder[i]
			d.line("  # %s: %s", q.ID, quote(d.columns[at].name))
		} else if at < 0 {
			d.line("  # %s: …   # no column is called so%s", q.ID, d.near(q.ID, q.Text))
			continue
		}
		if inOrder == nil {
			d.line("  %s: %s", q.ID, quote(d.columns[at].name))
		}
		seen = append(seen, d.columns[at].common()...)
		for _, text := range unknownTexts(&d.columns[at], answers[q.Scale]) {
			switch {
			case isBlank(text) && !slices.Contains(blank, text):
				blank = append(blank, text)
			case !isBlank(text) && !slices.Contains(unknown, text):
				unknown = append(unknown, text)
			}
		}
	}
	d.answers(seen, unknown)
	if len(blank) > 0 {
		d.line("no_answer: %s   # guessed", list(blank))
	}
}

// inOrder is the columns that may be those of the questions, in order, where none
// was found by its name: as many as there are questions, with the same texts.
func (d *drafting) inOrder() []int {
	for i := range d.spec.Questions {
		if slices.Contains(d.used, fmt.Sprintf("q%d", i)) || slices.Contains(d.used, fmt.Sprintf("o%d", i)) {
			return nil
		}
	}
	if _, columns := d.scale(); len(columns) == len(d.spec.Questions) {
		for _, at := range columns {
			d.used[at] = "perhaps"
		}
		return columns
	}
	return nil
}

// answers writes the texts that no level has: those that count up, one a level,
// with the levels. Where some of the codes are numbers of levels, all are listed:
// 1 to 6 are not what they look like on a scale from 0 to 5.
func (d *drafting) answers(seen, unknown []string) {
	var codes []string
	for _, text := range seen {
		if len(unknown) > 0 && !slices.Contains(codes, text) && !isBlank(text) {
			codes = append(codes, text)
		}
	}
	slices.SortFunc(codes, func(x, y string) int { return cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(x, y)) })
	if len(codes) > 0 && len(codes) == len(d.spec.Levels) && countUp(codes) {
		pairs := make([]string, len(codes))
		for i, code := range codes {
			pairs[i] = fmt.Sprintf("%d: %s", d.spec.Levels[i].Number, quote(code))
		}
		d.line("# answers: {%s}   # if the codes go up with the levels", strings.Join(pairs, ", "))
		return
	}
	if len(unknown) > 0 && len(d.spec.Levels) > 0 {
		d.line("# answers: {%d: %s}   # no level has these texts: give each its level, or list it in no_answer", d.spec.Levels[0].Number, list(unknown))
	}
}

// countUp reports whether texts are numbers behind the same letters, one after
// the other.
func countUp(texts []string) bool {
	letters := strings.TrimRight(texts[0], "0123456789")
	for i, text := range texts {
		n, err := strconv.Atoi(strings.TrimPrefix(text, letters))
		first, firstErr := strconv.Atoi(texts[0][len(letters):])
		if !strings.HasPrefix(text, letters) || err != nil || firstErr != nil || n != first+i {
			return false
		}
	}
	return true
}
