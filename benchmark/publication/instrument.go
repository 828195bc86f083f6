package publication

import (
	"maps"
	"slices"

	"maturitybench/benchmark/instrument"
)

// instrument reads the public form of an instrument. What it must hold is
// checked with the release.
func (r *treeReader) instrument(t tree) instrument.Spec {
	m := r.object(t, "id", "version", "title", "scale", "domains", "attributes", "profiles?", "crosswalk?")
	if r.err != nil {
		return instrument.Spec{}
	}
	spec := instrument.Spec{
		ID: r.text(m["id"]), Version: r.text(m["version"]), Title: r.text(m["title"]),
		Attributes: []instrument.Attribute{},
	}
	for _, t := range r.list(m["scale"]) {
		if level := r.object(t, "level", "name", "test?"); r.err == nil {
			spec.Scale = append(spec.Scale, instrument.Level{
				Level: r.integer(level["level"]), Name: r.text(level["name"]), Test: r.optionalText(level, "test"),
			})
		}
	}
	for _, t := range r.list(m["domains"]) {
		if domain := r.object(t, "id", "title", "questions"); r.err == nil {
			spec.Domains = append(spec.Domains, instrument.Domain{
				ID: r.text(domain["id"]), Title: r.text(domain["title"]), Questions: r.questions(domain["questions"]),
			})
		}
	}
	for _, t := range r.list(m["attributes"]) {
		if attribute := r.object(t, "id", "title?", "values"); r.err == nil {
			spec.Attributes = append(spec.Attributes, instrument.Attribute{
				ID: r.text(attribute["id"]), Title: r.optionalText(attribute, "title"), Values: r.values(attribute["values"]),
			})
		}
	}
	if t, ok := m["profiles"]; ok {
		spec.Profiles = r.profiles(t)
	}
	if t, ok := m["crosswalk"]; ok {
		spec.Crosswalk = r.crosswalk(t)
	}
	return spec
}

func (r *treeReader) questions(t tree) []instrument.Question {
	var questions []instrument.Question
	for _, t := range r.list(t) {
		if q := r.object(t, "id", "text"); r.err == nil {
			questions = append(questions, instrument.Question{ID: r.text(q["id"]), Text: r.text(q["text"])})
		}
	}
	return questions
}

func (r *treeReader) values(t tree) []instrument.Value {
	var values []instrument.Value
	for _, t := range r.list(t) {
		if v := r.object(t, "id", "title?"); r.err == nil {
			values = append(values, instrument.Value{ID: r.text(v["id"]), Title: r.optionalText(v, "title")})
		}
	}
	return values
}

// profiles reads the profiles of an instrument in a release.
func (r *treeReader) profiles(t tree) []instrument.Profile {
	var profiles []instrument.Profile
	for _, t := range r.list(t) {
		p := r.object(t, "id", "title?", "minimum")
		if r.err != nil {
			return nil
		}
		profile := instrument.Profile{ID: r.text(p["id"]), Title: r.optionalText(p, "title"), Minimum: map[string]int{}}
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

// crosswalk reads the crosswalk of an instrument in a release.
func (r *treeReader) crosswalk(t tree) *instrument.Crosswalk {
	m := r.object(t, "from", "questions")
	if r.err != nil {
		return nil
	}
	from := r.object(m["from"], "id", "version")
	if r.err != nil {
		return nil
	}
	w := &instrument.Crosswalk{From: instrument.Version{ID: r.text(from["id"]), Version: r.text(from["version"])}}
	for _, t := range r.list(m["questions"]) {
		entry := r.object(t, "old?", "new?", "change")
		if r.err != nil {
			return nil
		}
		w.Questions = append(w.Questions, instrument.CrosswalkQuestion{
			Old: r.texts(entry, "old"), New: r.texts(entry, "new"), Change: instrument.QuestionChange(r.text(entry["change"])),
		})
	}
	return w
}

// texts is the list of texts under a key, or none.
func (r *treeReader) texts(members map[string]tree, key string) []string {
	member, ok := members[key]
	if !ok {
		return nil
	}
	var list []string
	for _, t := range r.list(member) {
		list = append(list, r.text(t))
	}
	return list
}
