package instrument

import (
	"maps"
	"slices"

	"maturitybench/benchmark/internal/specfile"
)

// Profile is a set of minimum levels that a badge or a purchasing policy asks
// for. A company meets it if it answered every question in it, each at its
// minimum or above. A release says which share of a cohort's companies does.
type Profile struct {
	ID      string         `yaml:"id" json:"id"`                           // its own in the name space of questions, domains and attributes
	Title   string         `yaml:"title,omitempty" json:"title,omitempty"` // default: the id
	Minimum map[string]int `yaml:"minimum" json:"minimum"`                 // level of the question's scale by its id, at least one
}

// maxProfiles limits the profiles of an instrument: each of them takes its part
// of the accuracy of everything else.
const maxProfiles = 100

// checkProfiles expects minima on the scale for known questions.
func (s Spec) checkProfiles(c *specfile.Checker, taken names) {
	if len(s.Profiles) > maxProfiles {
		c.Expect("profiles", "at most %d profiles, not %d", maxProfiles, len(s.Profiles))
	}
	known, questions := s.questionIDs(), s.Questions()
	for i, profile := range s.Profiles {
		at := specfile.Element("profiles", i)
		expectName(c, specfile.Join(at, "id"), profile.ID, taken)
		optionalText(c, specfile.Join(at, "title"), profile.Title)
		if len(profile.Minimum) == 0 {
			c.Expect(specfile.Join(at, "minimum"), "the minimum level of at least one question")
		}
		for _, id := range slices.Sorted(maps.Keys(profile.Minimum)) {
			at := specfile.Join(specfile.Join(at, "minimum"), specfile.Shown(id))
			if !known[id] {
				c.Expect(at, "the id of a question of the instrument")
				continue
			}
			domain := s.DomainOf(slices.IndexFunc(questions, func(q Question) bool { return q.ID == id }))
			if s.Several() && s.scaleAt(domain) < 0 {
				continue // said of the domain
			}
			scale := s.On(domain).Scale
			if level, n := profile.Minimum[id], len(scale); n > 0 && (level < scale[0].Level || level > scale[n-1].Level) {
				c.Expect(at, "a level of the scale")
			}
		}
	}
}

// Ladders are the profiles that stand above one another, by their numbers: each asks for
// all that the one before it asks for, and for more, as the indicator levels of a domain
// do. A profile is on one ladder at most, and a ladder has two rungs at least.
func (s Spec) Ladders() [][]int {
	var list [][]int
	for i, p := range s.Profiles {
		at := slices.IndexFunc(list, func(rungs []int) bool { return above(p, s.Profiles[rungs[len(rungs)-1]]) })
		if at < 0 {
			list = append(list, []int{i})
			continue
		}
		list[at] = append(list[at], i)
	}
	return slices.DeleteFunc(list, func(rungs []int) bool { return len(rungs) < 2 })
}

// above says whether a profile asks for all that another one does, and for more.
func above(p, below Profile) bool {
	more := len(p.Minimum) > len(below.Minimum)
	for id, level := range below.Minimum {
		minimum, ok := p.Minimum[id]
		if !ok || minimum < level {
			return false
		}
		more = more || minimum > level
	}
	return more
}

// questionIDs are the ids of all questions.
func (s Spec) questionIDs() map[string]bool {
	ids := map[string]bool{}
	for _, question := range s.Questions() {
		ids[question.ID] = true
	}
	return ids
}

// cloneProfiles is a deep copy.
func cloneProfiles(profiles []Profile) []Profile {
	profiles = slices.Clone(profiles)
	for i := range profiles {
		profiles[i].Minimum = maps.Clone(profiles[i].Minimum)
	}
	return profiles
}
