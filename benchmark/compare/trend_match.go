package compare

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/specfile"
	"maturitybench/benchmark/publication"
)

// sameItems says which items of a later instrument are the same as which of an
// earlier one.
type sameItems struct {
	before     map[string]string // earlier id by later id: questions, domains, functions, overall, profiles
	attributes map[string]bool   // ids of attributes that have the same values
	not        []NotCompared
}

// old is the earlier id of an item.
func (s sameItems) old(item string) (string, bool) {
	id, ok := s.before[item]
	return id, ok
}

// attribute reports whether a cohort can be compared.
func (s sameItems) attribute(cohort string) bool {
	id, _, isValue := strings.Cut(cohort, "=")
	return !isValue || s.attributes[id]
}

// leave notes that an item is not compared.
func (s *sameItems) leave(item, reason string) { s.not = append(s.not, NotCompared{item, reason}) }

// matchItems matches two instruments.
func matchItems(from, to instrument.Spec) (sameItems, error) {
	s := sameItems{before: map[string]string{}, attributes: map[string]bool{}}
	if !from.Several() && !to.Several() && !sameScale(from, to) || from.Blank != to.Blank {
		return s, fmt.Errorf("%w: they have different scales", ErrIncomparable)
	}
	match := s.matchCrosswalk
	if versionOf(from) == versionOf(to) {
		match = s.matchVersion
	}
	if err := match(from, to); err != nil {
		return s, err
	}
	s.matchScales(from, to)
	s.matchScores(from, to)
	s.matchFunctions(from, to)
	s.matchProfiles(from, to)
	s.matchAttributes(from, to)
	return s, nil
}

// throughout is what is the same in all of some steps, by the id in the last wave.
func throughout(steps []sameItems) sameItems {
	all := steps[0]
	for _, next := range steps[1:] {
		s := sameItems{before: map[string]string{}, attributes: map[string]bool{}, not: append([]NotCompared{}, all.not...)}
		for id, old := range next.before {
			if first, ok := all.before[old]; ok {
				s.before[id] = first
			}
		}
		for id, same := range next.attributes {
			s.attributes[id] = same && all.attributes[id]
		}
		for _, n := range next.not {
			if !slices.Contains(s.not, n) {
				s.leave(n.Item, n.Reason)
			}
		}
		all = s
	}
	return all
}

// sameScale reports whether levels, means and scores of two instruments count the same.
func sameScale(from, to instrument.Spec) bool {
	if len(from.Scale) != len(to.Scale) || from.Scale[0].Level != to.Scale[0].Level {
		return false
	}
	for level := range from.Scale {
		if from.LevelValue(level) != to.LevelValue(level) {
			return false
		}
	}
	low, high := from.ScoreEnds()
	laterLow, laterHigh := to.ScoreEnds()
	return low == laterLow && high == laterHigh && from.Blank == to.Blank
}

// matchVersion matches questions by their ids.
func (s *sameItems) matchVersion(from, to instrument.Spec) error {
	if !reflect.DeepEqual(from.Domains, to.Domains) {
		return fmt.Errorf("%w: instrument %s, version %s has different questions in the two releases: a new version needs a crosswalk", ErrIncomparable, specfile.Shown(to.ID), specfile.Shown(to.Version))
	}
	if !slices.Equal(from.Scale, to.Scale) || !reflect.DeepEqual(from.Scales, to.Scales) {
		return fmt.Errorf("%w: instrument %s, version %s has other names or tests of levels in the two releases: a new version needs a crosswalk, with “scale: same” if the levels mean the same", ErrIncomparable, specfile.Shown(to.ID), specfile.Shown(to.Version))
	}
	for _, q := range to.Questions() {
		s.before[q.ID] = q.ID
	}
	return nil
}

// matchCrosswalk matches the questions that the crosswalk calls same. Levels with other
// names or tests may be other levels, or the same ones turned round, unless it calls them
// the same, too.
func (s *sameItems) matchCrosswalk(from, to instrument.Spec) error {
	if to.Crosswalk == nil || to.Crosswalk.From != versionOf(from) {
		return fmt.Errorf("%w: instrument %s, version %s has no crosswalk from %s, version %s",
			ErrIncomparable, specfile.Shown(to.ID), specfile.Shown(to.Version), specfile.Shown(from.ID), specfile.Shown(from.Version))
	}
	if to.Crosswalk.Scale != instrument.SameQuestion && !from.Several() && !to.Several() && !slices.Equal(from.Scale, to.Scale) {
		return fmt.Errorf("%w: their levels have other names or tests; if they mean the same, the crosswalk says “scale: same”", ErrIncomparable)
	}
	known, taken, listed := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, q := range from.Questions() {
		known[q.ID] = true
	}
	for _, entry := range to.Crosswalk.Questions {
		for _, id := range entry.Old {
			if !known[id] {
				return fmt.Errorf("%w: the crosswalk names %s, which is not a question of the earlier instrument", ErrIncomparable, id)
			}
			taken[id] = true
		}
		for _, id := range entry.New {
			listed[id] = true
		}
		if entry.Change == instrument.SameQuestion {
			s.before[entry.New[0]] = entry.Old[0]
			continue
		}
		items := entry.New
		if entry.Change == instrument.RetiredQuestion {
			items = entry.Old
		}
		for _, id := range items {
			s.leave(id, string(entry.Change))
		}
	}
	for _, q := range to.Questions() {
		switch same := to.Crosswalk.Others == instrument.SameQuestion && known[q.ID] && !taken[q.ID]; {
		case listed[q.ID]:
		case same:
			s.before[q.ID] = q.ID
		default:
			s.leave(q.ID, ReasonUnlisted)
		}
	}
	return nil
}

// matchScales leaves out the questions that the crosswalk calls same but that are on other
// scales in the two instruments, where one of them has several. Levels with other names or
// tests are others unless the crosswalk calls them the same.
func (s *sameItems) matchScales(from, to instrument.Spec) {
	if !from.Several() && !to.Several() {
		return
	}
	earlier := map[string]int{}
	for q, question := range from.Questions() {
		earlier[question.ID] = q
	}
	for q, question := range to.Questions() {
		old, ok := s.before[question.ID]
		if !ok {
			continue
		}
		before, now := from.OnQuestion(earlier[old]), to.OnQuestion(q)
		called := to.Crosswalk != nil && to.Crosswalk.Scale == instrument.SameQuestion
		if !sameScale(before, now) || !called && !slices.Equal(before.Scale, now.Scale) {
			delete(s.before, question.ID)
			s.leave(question.ID, ReasonScale)
		}
	}
}

// matchScores matches the domains and the overall score that are made of the
// same questions.
func (s *sameItems) matchScores(from, to instrument.Spec) {
	domainOf, size, total, matched := map[string]string{}, map[string]int{}, 0, 0
	type weights struct{ own, overall int }
	weightsOf := func(d instrument.Domain, q instrument.Question) weights {
		return weights{max(q.Weight, 1), max(q.Weight, 1) * max(d.Weight, 1)}
	}
	before := map[string]weights{}
	for _, domain := range from.Domains {
		size[domain.ID] = len(domain.Questions)
		total += len(domain.Questions)
		for _, q := range domain.Questions {
			domainOf[q.ID] = domain.ID
			before[q.ID] = weightsOf(domain, q)
		}
	}
	questions := 0
	for _, domain := range to.Domains {
		olds := map[string]int{}
		for _, q := range domain.Questions {
			if old, ok := s.before[q.ID]; ok {
				w := weightsOf(domain, q)
				if w.own == before[old].own {
					olds[domainOf[old]]++
				}
				if w.overall == before[old].overall {
					matched++
				}
			}
		}
		questions += len(domain.Questions)
		first := ""
		if old, ok := s.before[domain.Questions[0].ID]; ok {
			first = domainOf[old]
		}
		if first != "" && olds[first] == len(domain.Questions) && size[first] == len(domain.Questions) {
			s.before[domain.ID] = first
		} else {
			s.leave(domain.ID, ReasonParts)
		}
	}
	switch {
	case from.Several() && to.Several(): // there is none
	case matched == questions && matched == total && from.Several() == to.Several():
		s.before[publication.OverallItem] = publication.OverallItem
	default:
		s.leave(publication.OverallItem, ReasonParts)
	}
}

// matchFunctions matches functions of the same domains, which have the same part of
// them.
func (s *sameItems) matchFunctions(from, to instrument.Spec) {
	before, weightBefore := from.FunctionDomains(), domainWeights(from)
	weight := domainWeights(to)
	for i, domains := range to.FunctionDomains() {
		olds := map[int]int{} // by earlier domain: the later one
		for _, d := range domains {
			if old, ok := s.before[to.Domains[d].ID]; ok {
				olds[slices.IndexFunc(from.Domains, func(x instrument.Domain) bool { return x.ID == old })] = d
			}
		}
		at := slices.IndexFunc(before, func(list []int) bool {
			if len(list) != len(domains) || len(list) != len(olds) {
				return false
			}
			total, totalBefore := 0, 0
			for _, d := range list {
				later, ok := olds[d]
				if !ok {
					return false
				}
				total, totalBefore = total+weight[later], totalBefore+weightBefore[d]
			}
			return !slices.ContainsFunc(list, func(d int) bool { return weightBefore[d]*total != weight[olds[d]]*totalBefore })
		})
		if at >= 0 {
			s.before[to.Functions[i].ID] = from.Functions[at].ID
		} else {
			s.leave(to.Functions[i].ID, ReasonParts)
		}
	}
}

// domainWeights are those of the domains in the overall score where everything is
// answered.
func domainWeights(in instrument.Spec) []int {
	var weights []int
	for _, d := range in.Domains {
		sum := 0
		for _, q := range d.Questions {
			sum += max(q.Weight, 1) * max(d.Weight, 1)
		}
		weights = append(weights, sum)
	}
	return weights
}

// matchProfiles matches profiles of one id with the same minima.
func (s *sameItems) matchProfiles(from, to instrument.Spec) {
	for _, p := range to.Profiles {
		at := slices.IndexFunc(from.Profiles, func(old instrument.Profile) bool { return old.ID == p.ID })
		if at >= 0 && s.sameMinima(from.Profiles[at], p) {
			s.before[p.ID] = p.ID
		} else {
			s.leave(p.ID, ReasonParts)
		}
	}
}

func (s *sameItems) sameMinima(from, to instrument.Profile) bool {
	for id, level := range to.Minimum {
		old, ok := s.before[id]
		if before, asked := from.Minimum[old]; !ok || !asked || before != level {
			return false
		}
	}
	return len(from.Minimum) == len(to.Minimum)
}

// matchAttributes matches attributes of one id with the same values.
func (s *sameItems) matchAttributes(from, to instrument.Spec) {
	for _, a := range to.Attributes {
		at := slices.IndexFunc(from.Attributes, func(old instrument.Attribute) bool { return old.ID == a.ID })
		if at >= 0 && slices.Equal(from.Attributes[at].Values, a.Values) {
			s.attributes[a.ID] = true
		} else {
			s.leave(a.ID, ReasonDefinition)
		}
	}
}
