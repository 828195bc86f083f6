package benchmark

// instrument reads the public form of an instrument. What it must hold is
// checked with the release.
func (r *treeReader) instrument(t tree) InstrumentSpec {
	m := r.object(t, "id", "version", "title", "scale", "domains", "attributes", "profiles?", "crosswalk?")
	if r.err != nil {
		return InstrumentSpec{}
	}
	spec := InstrumentSpec{
		ID: r.text(m["id"]), Version: r.text(m["version"]), Title: r.text(m["title"]),
		Attributes: []Attribute{},
	}
	for _, t := range r.list(m["scale"]) {
		if level := r.object(t, "level", "name", "test?"); r.err == nil {
			spec.Scale = append(spec.Scale, Level{
				r.integer(level["level"]), r.text(level["name"]), r.optionalText(level, "test"),
			})
		}
	}
	for _, t := range r.list(m["domains"]) {
		if domain := r.object(t, "id", "title", "questions"); r.err == nil {
			spec.Domains = append(spec.Domains, Domain{
				r.text(domain["id"]), r.text(domain["title"]), r.questions(domain["questions"]),
			})
		}
	}
	for _, t := range r.list(m["attributes"]) {
		if attribute := r.object(t, "id", "title?", "values"); r.err == nil {
			spec.Attributes = append(spec.Attributes, Attribute{
				r.text(attribute["id"]), r.optionalText(attribute, "title"), r.values(attribute["values"]),
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

func (r *treeReader) questions(t tree) []Question {
	var questions []Question
	for _, t := range r.list(t) {
		if q := r.object(t, "id", "text"); r.err == nil {
			questions = append(questions, Question{r.text(q["id"]), r.text(q["text"])})
		}
	}
	return questions
}

func (r *treeReader) values(t tree) []Value {
	var values []Value
	for _, t := range r.list(t) {
		if v := r.object(t, "id", "title?"); r.err == nil {
			values = append(values, Value{r.text(v["id"]), r.optionalText(v, "title")})
		}
	}
	return values
}
