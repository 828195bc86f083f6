package report

import (
	"cmp"
	"fmt"
	"strings"

	"maturitybench/benchmark"
)

// names looks up what the instrument calls things.
type names struct {
	instrument benchmark.InstrumentSpec
	show       func(string) string // makes a text of the instrument fit for the format that is written
}

// cohort is the label of a cohort: "All companies", or "Annual revenue: under
// $100M".
func (n names) cohort(id string) string {
	attribute, value, ok := strings.Cut(id, "=")
	if !ok {
		return "All companies"
	}
	for _, a := range n.instrument.Attributes {
		if a.ID == attribute {
			return n.attribute(a) + ": " + n.value(a, value)
		}
	}
	return n.show(id)
}

func (n names) attribute(a benchmark.Attribute) string { return n.show(cmp.Or(a.Title, a.ID)) }

func (n names) value(a benchmark.Attribute, id string) string {
	for _, v := range a.Values {
		if v.ID == id {
			return n.show(cmp.Or(v.Title, v.ID))
		}
	}
	return n.show(id)
}

// question is the text of a practice.
func (n names) question(id string) string {
	for _, d := range n.instrument.Domains {
		for _, q := range d.Questions {
			if q.ID == id {
				return n.show(q.Text)
			}
		}
	}
	return n.show(id)
}

// place says in words where a value lies on the scale.
func (n names) place(value float64) string {
	scale := n.instrument.Scale
	for i, level := range scale {
		if value == float64(level.Level) {
			return fmt.Sprintf("at level %d (%s)", level.Level, n.show(level.Name))
		}
		if value < float64(level.Level) && i > 0 {
			below := scale[i-1]
			return fmt.Sprintf("between level %d (%s) and level %d (%s)", below.Level, n.show(below.Name), level.Level, n.show(level.Name))
		}
	}
	return "outside the scale"
}

// isSynthetic reports whether the instrument or the account says that the
// panel is made up.
func isSynthetic(r *benchmark.Release) bool {
	return strings.Contains(strings.ToLower(r.Instrument.Title+" "+r.Account), "synthetic")
}
