package benchmark

import (
	"maps"
	"slices"

	"maturitybench/benchmark/internal/model"
)

// Profile is a set of minimum levels that a badge or a purchasing policy asks
// for. A company meets it if it answered every question in it, each at its
// minimum or above. A release says which share of a cohort's companies does.
type Profile struct {
	ID      string         `yaml:"id" json:"id"`                           // its own in the name space of questions, domains and attributes
	Title   string         `yaml:"title,omitempty" json:"title,omitempty"` // default: the id
	Minimum map[string]int `yaml:"minimum" json:"minimum"`                 // level of the scale by question id, at least one
}

// maxProfiles limits the profiles of an instrument: each of them takes its part
// of the accuracy of everything else.
const maxProfiles = 20

// checkProfiles expects minima on the scale for known questions.
func (s InstrumentSpec) checkProfiles(c *checker, taken names) {
	if len(s.Profiles) > maxProfiles {
		c.expect("profiles", "at most %d profiles, not %d", maxProfiles, len(s.Profiles))
	}
	known := s.questionIDs()
	for i, profile := range s.Profiles {
		at := element("profiles", i)
		c.name(join(at, "id"), profile.ID, taken)
		c.optionalText(join(at, "title"), profile.Title)
		if len(profile.Minimum) == 0 {
			c.expect(join(at, "minimum"), "the minimum level of at least one question")
		}
		for _, id := range slices.Sorted(maps.Keys(profile.Minimum)) {
			at := join(join(at, "minimum"), shown(id))
			if !known[id] {
				c.expect(at, "the id of a question of the instrument")
			} else if level, n := profile.Minimum[id], len(s.Scale); n > 0 && (level < s.Scale[0].Level || level > s.Scale[n-1].Level) {
				c.expect(at, "a level of the scale")
			}
		}
	}
}

// questionIDs are the ids of all questions.
func (s InstrumentSpec) questionIDs() map[string]bool {
	ids := map[string]bool{}
	for _, domain := range s.Domains {
		for _, question := range domain.Questions {
			ids[question.ID] = true
		}
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

// shapeProfiles numbers the profiles' questions and levels.
func (in *Instrument) shapeProfiles() []model.Profile {
	var profiles []model.Profile
	for _, p := range in.spec.Profiles {
		var profile model.Profile
		for q, question := range in.questions {
			if score, ok := p.Minimum[question.ID]; ok {
				level, _ := in.levelIndex(score)
				profile = append(profile, model.Minimum{Question: q, Level: level})
			}
		}
		profiles = append(profiles, profile)
	}
	return profiles
}

// profiles reads the profiles of an instrument in a release.
func (r *treeReader) profiles(t tree) []Profile {
	var profiles []Profile
	for _, t := range r.list(t) {
		p := r.object(t, "id", "title?", "minimum")
		if r.err != nil {
			return nil
		}
		profile := Profile{r.text(p["id"]), r.optionalText(p, "title"), map[string]int{}}
		minimum, ok := p["minimum"].value.(map[string]tree)
		if !ok {
			r.fail(p["minimum"], "an object is expected")
		}
		for _, id := range slices.Sorted(maps.Keys(minimum)) {
			profile.Minimum[id] = r.integer(minimum[id])
		}
		profiles = append(profiles, profile)
	}
	return profiles
}
