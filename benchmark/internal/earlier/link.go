package earlier

import (
	"reflect"
	"slices"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/estimate"
)

// links say, by id of a question of the later instrument, which question of an earlier one
// it is.
type links map[string]string

// linksTo links every wave to the later instrument, over the waves between them where a
// crosswalk leads from each to the next only.
func linksTo(later instrument.Spec, waves []Reading) []links {
	list := make([]links, len(waves))
	for i := len(waves) - 1; i >= 0; i-- {
		list[i] = link(waves[i].Asked, later)
		for j := i + 1; list[i] == nil && j < len(waves); j++ {
			if step := link(waves[i].Asked, waves[j].Asked); step != nil && list[j] != nil {
				list[i] = links{}
				for now, between := range list[j] {
					if then, ok := step[between]; ok {
						list[i][now] = then
					}
				}
			}
		}
	}
	return list
}

// link links two instruments: versions of one by their ids, others by the crosswalk of the
// later one, as compare.Trend does. It is nil where there is none.
func link(from, to instrument.Spec) links {
	known, out := map[string]bool{}, links{}
	for _, q := range from.Questions() {
		known[q.ID] = true
	}
	if from.ID == to.ID && from.Version == to.Version {
		if !reflect.DeepEqual(from.Domains, to.Domains) || !sameWords(from, to) {
			return nil
		}
		for id := range known {
			out[id] = id
		}
		return out
	}
	w := to.Crosswalk
	if w == nil || w.From != (instrument.Version{ID: from.ID, Version: from.Version}) || w.Scale != instrument.SameQuestion && !sameWords(from, to) {
		return nil
	}
	listed := map[string]bool{}
	for _, entry := range w.Questions {
		for _, id := range slices.Concat(entry.Old, entry.New) {
			listed[id] = true
		}
		if entry.Change == instrument.SameQuestion && known[entry.Old[0]] {
			out[entry.New[0]] = entry.Old[0]
		}
	}
	for _, q := range to.Questions() {
		if w.Others == instrument.SameQuestion && known[q.ID] && !listed[q.ID] {
			out[q.ID] = q.ID
		}
	}
	return out
}

// SameScale reports whether scores of two instruments are on the same scale.
func SameScale(a, b instrument.Spec) bool {
	lowA, highA := a.ScoreEnds()
	lowB, highB := b.ScoreEnds()
	return len(a.Scale) == len(b.Scale) && a.Scale[0].Level == b.Scale[0].Level && slices.Equal(a.Steps(), b.Steps()) && lowA == lowB && highA == highB
}

// sameLevels reports whether levels of two instruments, and questions that are left out,
// count the same.
func sameLevels(a, b instrument.Spec) bool {
	if a.Several() || b.Several() {
		return reflect.DeepEqual(a.Scales, b.Scales) && a.Blank == b.Blank
	}
	return SameScale(a, b) && a.Blank == b.Blank
}

// sameWords reports whether levels have the same names and tests.
func sameWords(a, b instrument.Spec) bool {
	return slices.Equal(a.Scale, b.Scale) && reflect.DeepEqual(a.Scales, b.Scales)
}

// follow gives what was told of the questions of an earlier wave to those of the later
// instrument that they became. A contrast is a distance from the domain: where more than half
// of a domain's questions, of either wave, are not in the other one, or they count
// otherwise, all start afresh; where some are, the others are taken from the mean of
// those that stayed. It is zero if no question is left.
func follow(r Reading, later instrument.Spec, link links) estimate.Earlier {
	count := len(later.Questions())
	out := estimate.Earlier{Reading: make([]float64, count), Variance: make([]float64, count)}
	at := map[string]int{}
	for q, question := range r.Asked.Questions() {
		at[question.ID] = q
	}
	told, first := false, 0
	for _, d := range later.Domains {
		then, common := domainBefore(r.Asked, d, link)
		if 2*common >= max(len(d.Questions), len(then.Questions)) {
			for i, q := range d.Questions {
				if from := at[link[q.ID]]; comes(then, d, q, link) && r.Told.Variance[from] > 0 {
					out.Reading[first+i], out.Variance[first+i] = r.Told.Reading[from], r.Told.Variance[from]
					told = true
				}
			}
			if common < max(len(d.Questions), len(then.Questions)) {
				center(out.Reading[first:first+len(d.Questions)], out.Variance[first:first+len(d.Questions)])
			}
		}
		first += len(d.Questions)
	}
	if !told {
		return estimate.Earlier{}
	}
	return out
}

// domainBefore is the domain of the earlier instrument that most questions of a domain come
// from, and how many do.
func domainBefore(asked instrument.Spec, d instrument.Domain, link links) (then instrument.Domain, common int) {
	for _, old := range asked.Domains {
		n := 0
		for _, q := range d.Questions {
			if comes(old, d, q, link) {
				n++
			}
		}
		if n > common {
			then, common = old, n
		}
	}
	return then, common
}

// comes reports whether a question of a domain comes from another domain, where it counts
// the same.
func comes(old, d instrument.Domain, q instrument.Question, link links) bool {
	i := slices.IndexFunc(old.Questions, func(o instrument.Question) bool { return o.ID == link[q.ID] })
	return i >= 0 && max(old.Questions[i].Weight, 1) == max(q.Weight, 1) && old.Scale == d.Scale
}

// center takes the mean off the readings that are there.
func center(reading, variance []float64) {
	sum, n := 0.0, 0.0
	for i, v := range variance {
		if v > 0 {
			sum, n = sum+reading[i], n+1
		}
	}
	for i, v := range variance {
		if v > 0 {
			reading[i] -= sum / n
		}
	}
}
