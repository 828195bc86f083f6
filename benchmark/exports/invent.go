package exports

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"maturitybench/benchmark/internal/codebook"
	"maturitybench/benchmark/internal/fold"
)

// invent guesses an instrument: the largest group of columns whose texts are of
// one small set are the questions, other columns with few texts the attributes.
func (d *drafting) invent() {
	d.spec = &codebook.Instrument{}
	if at := d.find(codebook.CompanyColumn); at >= 0 {
		d.used[at] = "company"
	} else if at := d.guess(companyWords); at >= 0 {
		d.used[at] = "company"
	}
	levels, asked := d.scale()
	for _, at := range asked {
		d.used[at] = fmt.Sprintf("q%d", len(d.spec.Questions))
		d.spec.Questions = append(d.spec.Questions, codebook.Question{ID: id(d.columns[at].name, "q", len(d.spec.Questions)+1), Text: d.columns[at].label})
	}
	for i, text := range levels {
		number, name := cutLevel(text, i)
		d.spec.Levels = append(d.spec.Levels, codebook.Level{Number: number, Name: name})
	}
	for i, c := range d.columns {
		common := c.common()
		if d.used[i] != "" || !c.choice(d.rows, 12) || len(common) < 2 || calledLike(c.name, "status", "finished", "progress", "language", "channel", "consent", "date", "time") {
			continue
		}
		a := codebook.Attribute{ID: id(c.name, "a", len(d.spec.Attributes)+1), Title: c.label}
		for v, text := range common {
			a.Values = append(a.Values, codebook.Value{ID: id(text, "v", v+1), Title: text})
		}
		d.used[i] = fmt.Sprintf("a%d", len(d.spec.Attributes))
		d.spec.Attributes = append(d.spec.Attributes, a)
	}
	for i := range d.used { // the mapping is written as if they were found
		if d.used[i] == "company" {
			d.used[i] = ""
		}
	}
	d.distinct()
}

// scale is the texts of the levels, lowest first as far as that is known, and the
// columns that have them.
func (d *drafting) scale() (levels []string, columns []int) {
	best := 0
	for i := range d.columns {
		if d.used[i] != "" || !d.columns[i].choice(d.rows, 11) {
			continue
		}
		set, group := map[string]bool{}, []int{}
		for _, text := range d.columns[i].told() {
			set[text] = true
		}
		if len(set) == 0 {
			continue // everybody gave no answer
		}
		for j := range d.columns {
			if d.used[j] == "" && d.columns[j].choice(d.rows, 11) && d.alike(set, j) {
				group = append(group, j)
			}
		}
		if len(group) > best {
			best, columns = len(group), group
		}
	}
	for _, at := range columns {
		for _, text := range d.columns[at].told() {
			if !slices.Contains(levels, text) {
				levels = append(levels, text)
			}
		}
	}
	slices.SortStableFunc(levels, func(a, b string) int {
		x, okX := leading(a)
		y, okY := leading(b)
		if okX && okY {
			return x - y
		}
		return 0
	})
	return levels[:min(len(levels), 11)], columns
}

// alike reports whether a column has at least half of its texts in a set.
func (d *drafting) alike(set map[string]bool, at int) bool {
	told, shared := d.columns[at].told(), 0
	for _, text := range told {
		if set[text] {
			shared++
		}
	}
	return len(told) > 0 && 2*shared >= len(told) && 2*shared >= len(set)
}

// told is the common texts that are not for no answer.
func (c *column) told() []string {
	return slices.DeleteFunc(slices.Clone(c.common()), isBlank)
}

// isBlank recognises texts for no answer.
func isBlank(text string) bool {
	switch fold.Label(text) {
	case "na", "n/a", "n.a.", "nan", "#null!", "none", "k. a.", "k.a.", "keine antwort", "no answer", "not answered", "-9", "#n/a", "dk", "don't know", "not applicable", "null", "none of these", "-", "-99", "-oth-", "other":
		return true
	}
	return false
}

// leading is the number that a text begins with.
func leading(text string) (int, bool) {
	end := 0
	for end < len(text) && text[end] >= '0' && text[end] <= '9' {
		end++
	}
	n, err := strconv.Atoi(text[:end])
	return n, err == nil
}

// cutLevel is the number and the name of a level.
func cutLevel(text string, place int) (int, string) {
	n, ok := leading(text)
	if !ok {
		return place, text
	}
	name := strings.TrimLeft(strings.TrimLeft(text, "0123456789"), " -–—:.=)")
	if name == "" {
		name = "Level " + strconv.Itoa(n)
	}
	return n, name
}

// id makes an id of a name.
func id(name, letter string, n int) string {
	var b strings.Builder
	for _, r := range fold.Label(name) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || (r == '-' || r == '_' || r == '.') && b.Len() > 0:
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	if made := strings.Trim(b.String(), "-._"); made != "" && len(made) <= 24 {
		return made
	}
	return fmt.Sprintf("%s%02d", letter, n)
}

// distinct makes ids distinct, and apart from those that are reserved.
func (d *drafting) distinct() {
	taken := map[string]bool{"company": true, "all": true, "overall": true, "answers": true}
	fresh := func(id, letter string, n int, taken map[string]bool) string {
		for made := id; ; n++ {
			if !taken[made] {
				taken[made] = true
				return made
			}
			made = fmt.Sprintf("%s%02d", letter, n)
		}
	}
	for i := range d.spec.Questions {
		d.spec.Questions[i].ID = fresh(d.spec.Questions[i].ID, "q", i+1, taken)
	}
	for i := range d.spec.Attributes {
		a := &d.spec.Attributes[i]
		a.ID = fresh(a.ID, "a", i+1, taken)
		values := map[string]bool{}
		for v := range a.Values {
			a.Values[v].ID = fresh(a.Values[v].ID, "v", v+1, values)
		}
	}
}

// instrument writes the instrument.
func (d *drafting) instrument() []byte {
	d.lines = nil
	d.line("# A first instrument, guessed from the export. Edit it: ids and titles are public.")
	d.line("id: survey")
	d.line("version: \"1\"")
	d.line("title: \"Title of the survey\"")
	consecutive := len(d.spec.Levels) >= 2
	for i := range d.spec.Levels {
		consecutive = consecutive && d.spec.Levels[i].Number == d.spec.Levels[0].Number+i
	}
	if !consecutive {
		d.line("# The levels were not all recognised: list them, the lowest first, with consecutive numbers.")
	} else {
		d.line("# The lowest level first: put them in order where the export does not number them.")
	}
	d.line("# A text that stands in one row alone is not listed, for it may tell of a company: add levels that are missing.")
	d.line("scale:")
	for i, level := range d.spec.Levels {
		if !consecutive {
			d.spec.Levels[i].Number = i
		}
		d.line("  - {level: %d, name: %s}", d.spec.Levels[i].Number, quote(level.Name))
	}
	if len(d.spec.Levels) == 0 {
		d.line("  # - {level: 0, name: …}")
	}
	d.line("# One domain: divide the questions into those of the survey.")
	d.line("domains:")
	d.line("  - id: answers")
	d.line("    title: \"Answers\"")
	d.line("    questions:")
	for _, q := range d.spec.Questions {
		d.line("      - {id: %s, text: %s}", quote(q.ID), quote(q.Text))
	}
	if len(d.spec.Attributes) > 0 {
		d.line("# Columns with few texts: delete those that are no attributes of companies.")
		d.line("attributes:")
	}
	for _, a := range d.spec.Attributes {
		d.line("  - id: %s", quote(a.ID))
		d.line("    title: %s", quote(a.Title))
		d.line("    values:")
		for _, v := range a.Values {
			d.line("      - {id: %s, title: %s}", quote(v.ID), quote(v.Title))
		}
	}
	d.line("no_answer: [\"NA\", \"N/A\", \"DK\", \"Don't know\"]")
	return []byte(strings.Join(d.lines, "\n") + "\n")
}
