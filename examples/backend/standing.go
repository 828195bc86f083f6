package main

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"maturitybench/benchmark/compare"
)

// showStanding and standingJSON show the holder of a link where it stands in
// the newest release.
func (s *server) showStanding(w http.ResponseWriter, r *http.Request) error {
	standing, err := s.standing(r.Context(), linkOf(r))
	if err != nil {
		return err
	}
	return page(w, http.StatusOK, "standing", struct {
		*server
		Standing *compare.Standing
	}{s, standing})
}

func (s *server) standingJSON(w http.ResponseWriter, r *http.Request) error {
	standing, err := s.standing(r.Context(), linkOf(r))
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, standing)
}

// standing compares a member's own answers with the newest release: it is
// computed from the release and these answers, so that it costs no privacy. A
// member without answers gets a standing without cohorts.
func (s *server) standing(ctx context.Context, link []byte) (*compare.Standing, error) {
	v, err := s.store.visit(ctx, s.wave, link)
	if err != nil {
		return nil, err
	}
	newest, err := s.newest(ctx, s.wave)
	if errors.Is(err, errNotFound) {
		return nil, errNotYet
	}
	if err == nil {
		err = usable(newest.release)
	}
	if err != nil {
		return nil, err
	}
	release := newest.release
	if !v.answers.Valid {
		return &compare.Standing{Release: release.ID, Wave: release.Wave, Confidence: release.Confidence, Cohorts: []compare.CohortStanding{}}, nil
	}
	var own sheet
	if err := json.Unmarshal([]byte(v.answers.String), &own); err != nil {
		return nil, err
	}
	return compare.NewStanding(release, compare.Own(own))
}

// Titles is the titles of domains and the texts of questions by their ids, for
// the page.
func (s *server) Titles() map[string]string {
	titles := map[string]string{}
	for _, domain := range s.spec.Domains {
		titles[domain.ID] = domain.Title
		for _, question := range domain.Questions {
			titles[question.ID] = question.Text
		}
	}
	return titles
}
