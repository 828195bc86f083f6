package report

import (
	"cmp"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
)

// titles are what the instrument calls things, by their ids, for tables of
// data.
type titles struct {
	names  names
	item   map[string]string         // of overall, domains, questions and profiles
	domain map[string]string         // the domain's id, of domains and questions
	level  map[string]map[int]string // by domain
}

func newTitles(in instrument.Spec) titles {
	t := texts(Texts())
	n := titles{names{in, t}, map[string]string{publication.OverallItem: t.say("overall")}, map[string]string{}, map[string]map[int]string{}}
	for i, d := range in.Domains {
		n.item[d.ID], n.domain[d.ID] = clean(d.Title), d.ID
		n.level[d.ID] = map[int]string{}
		for _, l := range in.On(i).Scale {
			n.level[d.ID][l.Level] = clean(l.Name)
		}
		for _, q := range d.Questions {
			n.item[q.ID], n.domain[q.ID] = clean(q.Text), d.ID
		}
	}
	for _, f := range in.Functions {
		n.item[f.ID] = clean(f.Title)
	}
	for _, p := range in.Profiles {
		n.item[p.ID] = clean(cmp.Or(p.Title, p.ID))
	}
	return n
}

// cohort is a cohort in words.
func (n titles) cohort(id string) string { return n.names.cohort(id).String() }
