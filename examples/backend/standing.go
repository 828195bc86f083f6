package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"slices"

	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/report"
)

// standing compares the answers of the holder of a link with the newest release: it
// is computed from the release and these answers, so that it costs no privacy. A
// member without answers gets a standing without cohorts.
func (s *server) standing(ctx context.Context, link []byte) (*publication.Release, *compare.Standing, error) {
	v, err := s.store.visit(ctx, s.wave, link)
	if err != nil {
		return nil, nil, err
	}
	newest, err := s.newest(ctx, s.wave)
	if errors.Is(err, errNotFound) {
		return nil, nil, errNotYet
	}
	if err == nil {
		err = usable(newest.release)
	}
	if err != nil {
		return nil, nil, err
	}
	r := newest.release
	if !v.answers.Valid {
		return r, &compare.Standing{Release: r.ID, Wave: r.Wave, Confidence: r.Confidence, Cohorts: []compare.CohortStanding{}}, nil
	}
	var own sheet
	if err := json.Unmarshal([]byte(v.answers.String), &own); err != nil {
		return nil, nil, err
	}
	standing, err := compare.NewStanding(r, compare.Own(own))
	return r, standing, err
}

// standingJSON is the standing for programs, and standingReport the page about it that
// goes with the report.
func (s *server) standingJSON(w http.ResponseWriter, r *http.Request) error {
	_, standing, err := s.standing(r.Context(), linkOf(r))
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, standing)
}

func (s *server) standingReport(w http.ResponseWriter, r *http.Request) error {
	release, standing, err := s.standing(r.Context(), linkOf(r))
	if err != nil {
		return err
	}
	if len(standing.Cohorts) == 0 {
		return errNothing
	}
	var b bytes.Buffer
	if err := report.StandingHTML(&b, release, standing, report.Options{Language: s.languageOf(r)}); err != nil {
		return err
	}
	w.Header().Set("Content-Security-Policy", reportPolicy)
	return write(w, http.StatusOK, "text/html; charset=utf-8", b.Bytes())
}

// history is a member's own scores beside the published means, over waves.
type history struct {
	view
	Answered bool     // this wave
	Scores   []scores // overall and by domain
	Lacking  []string // earlier waves of which no answers are here
	Others   []string // waves that asked another version of the instrument
}

// scores are those of one title, the earliest wave first.
type scores struct {
	Title string
	Waves []score
}

// score is what a member had in a wave, with the change since the one before.
type score struct {
	Wave, Own, Change, Mean, Verdict string
	own                              *float64
}

// showStanding shows the holder of a link its history: this wave and earlier ones, of
// which the answers of the company are here still, or come with the request and are not
// stored. Only waves that asked the same are held against each other.
func (s *server) showStanding(w http.ResponseWriter, r *http.Request) error {
	release, now, err := s.standing(r.Context(), linkOf(r))
	if err != nil {
		return err
	}
	if r.Method == http.MethodPost {
		if err := r.ParseMultipartForm(maxBody); err != nil {
			return unreadable(err, "a form with files")
		}
	}
	h := history{view: s.view(r), Answered: len(now.Cohorts) > 0}
	stored, err := s.store.history(r.Context(), s.wave, linkOf(r))
	if err != nil {
		return err
	}
	for _, past := range stored {
		then, err := s.newest(r.Context(), past.wave)
		if err != nil {
			return err
		}
		same := then.release.Account == release.Account && then.release.Instrument.ID == release.Instrument.ID
		switch {
		case !same || then.release.Withdrawn != nil:
			continue
		case then.release.Instrument.Version != release.Instrument.Version:
			h.Others = append(h.Others, past.wave)
			continue
		}
		own, err := s.ownOf(r, past, then.release)
		if err != nil {
			return err
		}
		if own == nil {
			if past.wave != s.wave {
				h.Lacking = append(h.Lacking, past.wave)
			}
			continue
		}
		standing, err := compare.NewStanding(then.release, *own)
		if err != nil {
			return err
		}
		h.add(then.release.Instrument, *own, standing)
	}
	return s.page(w, r, http.StatusOK, "standing", h)
}

// ownOf is what a member answered in a wave: the file of the request, or what is
// stored; nil without either.
func (s *server) ownOf(r *http.Request, past past, release *publication.Release) (*compare.Own, error) {
	if r.Method == http.MethodPost && past.wave != s.wave {
		in, err := instrument.New(release.Instrument)
		if err != nil {
			return nil, err
		}
		own, err := openSheet(r, past.wave, in)
		if err == nil || !errors.Is(err, http.ErrMissingFile) {
			return (*compare.Own)(&own), err
		}
	}
	if !past.answers.Valid {
		return nil, nil
	}
	var own compare.Own
	return &own, json.Unmarshal([]byte(past.answers.String), &own)
}

// add adds a wave to the history. Of a wave that shows nothing the own scores are there
// all the same.
func (h *history) add(asked instrument.Spec, own compare.Own, standing *compare.Standing) {
	questions, scorer := asked.Questions(), asked.Scorer()
	level := func(question int) int {
		if level, ok := own.Scores[questions[question].ID]; ok {
			return slices.IndexFunc(asked.OnQuestion(question).Scale, func(l instrument.Level) bool { return l.Level == level })
		}
		return -1
	}
	all := standing.Cohorts[0]
	first := 0
	if !asked.Several() { // several scales have no overall score
		h.addScore(0, asked, string(say(h.language, "Overall")), standing.Wave, all.Overall, scorer.Overall, level)
		first = 1
	}
	for i, domain := range h.Instrument().Domains {
		var published compare.ScoreStanding
		if len(all.Domains) > 0 {
			published = all.Domains[i].ScoreStanding
		}
		h.addScore(first+i, asked.On(i), domain.Title, standing.Wave, published, func(level func(int) int) (float64, bool) { return scorer.Domain(i, level) }, level)
	}
}

// addScore adds a score to those of its title; on has its scale: of two levels, such as yes
// and no, scores are percentages of the upper one.
func (h *history) addScore(i int, on instrument.Spec, title, wave string, s compare.ScoreStanding, own func(func(int) int) (float64, bool), level func(int) int) {
	if len(h.Scores) == i {
		h.Scores = append(h.Scores, scores{Title: title})
	}
	if value, ok := own(level); ok {
		s.Own = &value
	}
	low, times, digits, unit := 0.0, 1.0, 1, ""
	if len(on.Scale) == 2 {
		low, times, digits, unit = float64(on.Scale[0].Level), 100, 0, "%"
	}
	mean := s.Mean
	mean.Value, mean.Low, mean.High = mean.Value-low, mean.Low-low, mean.High-low
	row := score{Wave: wave, Mean: h.estimate(mean, unit != ""), Verdict: report.TextsIn(h.language)["verdict."+string(s.Verdict)], own: s.Own}
	if row.Own = report.TextsIn(h.language)["own.none"]; s.Own != nil {
		if row.Own = local(h.language, s.OwnCell()); unit != "" {
			row.Own = local(h.language, fmt.Sprintf("%.0f%%", 100*(*s.Own-low)))
		}
	}
	if n := len(h.Scores[i].Waves); n > 0 && s.Own != nil && h.Scores[i].Waves[n-1].own != nil {
		steps := times * math.Pow10(digits)
		row.Change = local(h.language, fmt.Sprintf("%+.*f%s", digits, times*math.Round(steps*(*s.Own-*h.Scores[i].Waves[n-1].own))/steps+0, unit)) // never −0
	}
	h.Scores[i].Waves = append(h.Scores[i].Waves, row)
}

// estimate is a published number with its interval.
func (v view) estimate(e publication.Estimate, percent bool) string {
	if e.Status != publication.Published {
		return string(say(v.language, "withheld"))
	}
	if percent {
		return local(v.language, e.Percent())
	}
	return local(v.language, e.String())
}
