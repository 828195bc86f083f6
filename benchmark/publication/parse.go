package publication

import (
	"bytes"
	"fmt"

	"maturitybench/privacy"
)

// Parse reads a release.json, whole and strictly: unknown, missing and
// doubled keys, a value out of its range and every breach of the agreement
// between numbers are errors that name the path of the value. Order of keys
// and white space are free.
func Parse(data []byte) (*Release, error) {
	root, err := parseTree(data)
	if err != nil {
		return nil, fmt.Errorf("benchmark: release: %w", err)
	}
	var reader treeReader
	r := reader.release(root)
	if reader.err == nil {
		reader.err = r.Check()
	}
	if reader.err != nil {
		return nil, fmt.Errorf("benchmark: release: %w", reader.err)
	}
	r.stored = bytes.Clone(data)
	return r, nil
}

func (r *treeReader) release(t tree) *Release {
	m := r.object(t, "format", "id", "account", "wave", "revision", "confidence", "instrument", "privacy", "cohorts", "reestimated?")
	if r.err == nil && r.text(m["format"]) != Format {
		r.fail(m["format"], Format+" is expected")
	}
	if r.err != nil {
		return nil
	}
	release := &Release{
		ID: r.text(m["id"]), Account: r.text(m["account"]), Wave: r.text(m["wave"]),
		Revision: r.integer(m["revision"]), Confidence: r.number(m["confidence"]),
		Instrument: r.instrument(m["instrument"]), Privacy: r.privacy(m["privacy"]),
	}
	for _, c := range r.list(m["cohorts"]) {
		release.Cohorts = append(release.Cohorts, r.cohort(c))
	}
	if t, ok := m["reestimated"]; ok {
		release.Reestimated = r.reestimated(t)
	}
	return release
}

func (r *treeReader) privacy(t tree) Privacy {
	m := r.object(t, "roster", "epsilon", "delta", "epsilon_between_two_answers", "min_companies", "noise", "loss", "statement")
	if r.err != nil {
		return Privacy{}
	}
	loss := r.object(m["loss"], "pure_epsilon", "mu", "delta_selection")
	if r.err != nil {
		return Privacy{}
	}
	return Privacy{
		Roster:  privacy.Roster(r.text(m["roster"])),
		Epsilon: r.number(m["epsilon"]), Delta: r.number(m["delta"]),
		Between:      r.number(m["epsilon_between_two_answers"]),
		MinCompanies: r.integer(m["min_companies"]), Noise: r.text(m["noise"]),
		Loss:      PrivacyLoss{r.number(loss["pure_epsilon"]), r.number(loss["mu"]), r.number(loss["delta_selection"])},
		Statement: r.statement(m["statement"]),
	}
}

func (r *treeReader) statement(t tree) Statement {
	var keys []string
	for key := range (Statement{}).All() {
		keys = append(keys, key)
	}
	m := r.object(t, keys...)
	var s Statement
	if r.err != nil {
		return s
	}
	for key, sentence := range s.items() {
		*sentence = r.text(m[key])
	}
	return s
}

func (r *treeReader) cohort(t tree) Cohort {
	if !t.has("companies") {
		m := r.object(t, "id", "status")
		if r.err != nil {
			return Cohort{}
		}
		if r.text(m["status"]) != Suppressed.String() {
			r.fail(m["status"], "without numbers, suppressed is expected")
		}
		return Cohort{ID: r.text(m["id"]), Status: Suppressed}
	}
	m := r.object(t, "id", "status", "companies", "overall", "domains", "questions", "profiles?", "unshrunken?")
	if r.err != nil {
		return Cohort{}
	}
	if r.text(m["status"]) != Published.String() {
		r.fail(m["status"], "with numbers, published is expected")
	}
	c := Cohort{ID: r.text(m["id"]), Status: Published, Companies: r.estimate(m["companies"])}
	if overall := r.object(m["overall"], "mean", "percentiles"); r.err == nil {
		c.Overall = r.score(overall)
	}
	for _, t := range r.list(m["domains"]) {
		if domain := r.object(t, "id", "mean", "percentiles"); r.err == nil {
			c.Domains = append(c.Domains, CohortDomain{r.text(domain["id"]), r.score(domain)})
		}
	}
	for _, t := range r.list(m["questions"]) {
		if q := r.object(t, "id", "mean", "shares", "at_least"); r.err == nil {
			c.Questions = append(c.Questions, CohortQuestion{
				r.text(q["id"]), r.estimate(q["mean"]), r.estimates(q["shares"]), r.estimates(q["at_least"]),
			})
		}
	}
	if t, ok := m["profiles"]; ok {
		c.Profiles = r.cohortProfiles(t)
	}
	if t, ok := m["unshrunken"]; ok {
		c.Unshrunken = r.unshrunken(t)
	}
	return c
}

func (r *treeReader) score(m map[string]tree) CohortScore {
	s := CohortScore{Mean: r.estimate(m["mean"])}
	ids := PercentileIDs()
	percentiles := r.object(m["percentiles"], ids...)
	for _, id := range ids {
		if r.err == nil {
			s.Percentiles = append(s.Percentiles, r.estimate(percentiles[id]))
		}
	}
	return s
}

func (r *treeReader) estimates(t tree) []Estimate {
	var list []Estimate
	for _, item := range r.list(t) {
		list = append(list, r.estimate(item))
	}
	return list
}
