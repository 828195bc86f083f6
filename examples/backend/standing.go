package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"maturitybench/benchmark"
)

// standing is a member's own answers beside the published means of all
// companies: computed from the release, so that it costs no privacy.
type standing struct {
	Wave     string `json:"wave"`
	Revision int    `json:"revision"`
	Items    []item `json:"items"` // overall, then each domain followed by its questions
}

// item is one line of a standing.
type item struct {
	ID    string             `json:"id"` // overall, a domain or a question
	Title string             `json:"title"`
	Own   *float64           `json:"own"`  // level, or mean of the own answers; null: no answer
	Mean  benchmark.Estimate `json:"mean"` // of all companies
}

// OwnText is the cell of the own level.
func (i item) OwnText() string {
	if i.Own == nil {
		return "no answer"
	}
	return fmt.Sprintf("%.3g", *i.Own)
}

// showStanding and standingJSON show the holder of a link its own standing in
// the newest release.
func (s *server) showStanding(w http.ResponseWriter, r *http.Request) error {
	own, err := s.standing(r.Context(), linkOf(r))
	if err != nil {
		return err
	}
	return page(w, http.StatusOK, "standing", struct {
		*server
		Standing standing
	}{s, own})
}

func (s *server) standingJSON(w http.ResponseWriter, r *http.Request) error {
	own, err := s.standing(r.Context(), linkOf(r))
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, own)
}

// standing compares. A member without answers gets the same lines with no own
// level.
func (s *server) standing(ctx context.Context, link []byte) (standing, error) {
	v, err := s.store.visit(ctx, s.wave, link)
	if err != nil {
		return standing{}, err
	}
	revision, err := s.store.newest(ctx, s.wave)
	if errors.Is(err, errNotFound) {
		return standing{}, errNotYet
	}
	if err != nil {
		return standing{}, err
	}
	release, err := s.load(ctx, s.wave, revision)
	if err != nil {
		return standing{}, err
	}
	var own sheet
	if v.answers.Valid {
		if err := json.Unmarshal([]byte(v.answers.String), &own); err != nil {
			return standing{}, err
		}
	}
	return compare(release, own.Scores), nil
}

// compare puts own levels beside the means of the cohort of all companies. A
// suppressed cohort and a withheld mean both show as withheld.
func compare(release *benchmark.Release, own map[string]int) standing {
	all, _ := release.Cohort("all")
	result := standing{Wave: release.Wave, Revision: release.Revision}
	result.Items = append(result.Items, item{ID: "overall", Title: "Overall", Mean: all.Overall.Mean})
	var everything []float64
	for _, domain := range release.Instrument.Domains {
		published, _ := all.Domain(domain.ID)
		at := len(result.Items)
		result.Items = append(result.Items, item{ID: domain.ID, Title: domain.Title, Mean: published.Mean})
		var answered []float64
		for _, question := range domain.Questions {
			published, _ := all.Question(question.ID)
			line := item{ID: question.ID, Title: question.Text, Mean: published.Mean}
			if level, ok := own[question.ID]; ok {
				line.Own = new(float64(level))
				answered = append(answered, *line.Own)
			}
			result.Items = append(result.Items, line)
		}
		result.Items[at].Own = mean(answered)
		everything = append(everything, answered...)
	}
	result.Items[0].Own = mean(everything)
	return result
}

// mean is nil for no numbers.
func mean(numbers []float64) *float64 {
	if len(numbers) == 0 {
		return nil
	}
	sum := 0.0
	for _, x := range numbers {
		sum += x
	}
	return new(sum / float64(len(numbers)))
}
