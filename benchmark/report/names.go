package report

import (
	"cmp"
	"math"
	"strings"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
)

// names looks up what the instrument calls things, in the texts of a report.
type names struct {
	instrument instrument.Spec
	texts      texts
}

// cohort is the name of a cohort: "All companies", or "Annual revenue: under
// $100M".
func (n names) cohort(id string) rich {
	attribute, value, ok := strings.Cut(id, "=")
	if !ok {
		return n.texts.rich("all")
	}
	for _, a := range n.instrument.Attributes {
		if a.ID == attribute {
			return n.texts.rich("attribute", "attribute", n.attribute(a), "value", n.value(a, value))
		}
	}
	return foreign(id)
}

// column is the short name of a cohort where its attribute is known.
func (n names) column(a instrument.Attribute, id string) rich {
	if _, value, ok := strings.Cut(id, "="); ok {
		return n.value(a, value)
	}
	return n.texts.rich("all")
}

func (n names) attribute(a instrument.Attribute) rich { return foreign(cmp.Or(a.Title, a.ID)) }

func (n names) value(a instrument.Attribute, id string) rich {
	for _, v := range a.Values {
		if v.ID == id {
			return foreign(cmp.Or(v.Title, v.ID))
		}
	}
	return foreign(id)
}

// practice is the text of a question.
func (n names) practice(id string) string {
	for _, d := range n.instrument.Domains {
		for _, q := range d.Questions {
			if q.ID == id {
				return clean(q.Text)
			}
		}
	}
	return id
}

// full is the id of a question and its text.
func (n names) full(id string) rich {
	return append(foreign(id), run{Text: " "}, run{Text: n.practice(id), Kind: alien})
}

// item is what a change is about: the overall score, a function, domain, profile or
// attribute by its title, or a question as full has it.
func (n names) item(id string) rich {
	titles := map[string]string{"overall": n.texts.rich("overall").String()}
	for _, f := range n.instrument.Functions {
		titles[f.ID] = cmp.Or(f.Title, f.ID)
	}
	for _, d := range n.instrument.Domains {
		titles[d.ID] = cmp.Or(d.Title, d.ID)
		for _, q := range d.Questions {
			if q.ID == id {
				return n.full(id)
			}
		}
	}
	for _, p := range n.instrument.Profiles {
		titles[p.ID] = cmp.Or(p.Title, p.ID)
	}
	for _, a := range n.instrument.Attributes {
		titles[a.ID] = cmp.Or(a.Title, a.ID)
	}
	return foreign(cmp.Or(titles[id], id))
}

// place says in words where a value lies on the scale: about at a level if the
// value is the level's number when it is rounded to one decimal.
func (n names) place(value float64) rich {
	scale := n.instrument.Scale
	for i, level := range scale {
		at := n.instrument.ScoreAt(i)
		if math.Abs(value-at) < 0.05 {
			return n.texts.rich("place.at", "level", level.Level, "name", level.Name)
		}
		if value < at && i > 0 {
			below := scale[i-1]
			return n.texts.rich("place.between", "low", below.Level, "lowname", below.Name, "high", level.Level, "highname", level.Name)
		}
	}
	return n.texts.rich("place.outside")
}

// isSynthetic reports whether the instrument or the account says that the
// panel is made up.
func isSynthetic(r *publication.Release) bool {
	return strings.Contains(strings.ToLower(r.Instrument.Title+" "+r.Account), "synthetic")
}
