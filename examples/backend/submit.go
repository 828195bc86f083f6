package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
)

// submit takes a sheet in place of the one that was there, if any; the reply
// does not tell which, unless the sheet lacks answers that were there: then nothing
// is stored before the member said what becomes of them. The link is looked at
// before anything else, so that a link that is not known gets the same reply
// whatever is sent to it.
func (s *server) submit(w http.ResponseWriter, r *http.Request) error {
	if err := s.accepts(r); err != nil {
		return err
	}
	others := r.URL.Query().Get("others")
	if others != "" && others != "keep" && others != "drop" {
		return badRequest(expected{"others", "keep or drop"})
	}
	own, err := s.readSheet(r)
	if err != nil {
		return err
	}
	if len(own.Scores) == 0 {
		return errNoAnswers
	}
	if _, err := s.response("member", own); err != nil {
		return err
	}
	var left int
	err = s.store.submit(r.Context(), s.wave, linkOf(r), func(stored string) (string, []byte, error) {
		var merged sheet
		if merged, left, err = settled(own, stored, others); err != nil {
			return "", nil, err
		}
		return s.pack(r, merged)
	})
	switch {
	case errors.Is(err, errLeavesOut) && browser(r):
		return s.showSheet(w, r, http.StatusConflict, "confirm", own, left)
	case errors.Is(err, errLeavesOut):
		return &problem{Status: http.StatusConflict, Title: errLeavesOut.Title, Problems: []expected{{"others",
			fmt.Sprintf("keep, which leaves the %d that this sheet lacks as they are, or drop, which deletes them, as a parameter of the address", left)}}}
	case err != nil:
		return err
	case browser(r):
		return s.showSheet(w, r, http.StatusOK, "receipt", own, left)
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// settled is what is to be stored of a sheet where another one was, and how many
// answers of that one were kept; with errLeavesOut, how many it would delete.
func settled(own sheet, stored, others string) (merged sheet, left int, err error) {
	if stored == "" || others == "drop" {
		return own, 0, nil
	}
	var earlier sheet
	if err := json.Unmarshal([]byte(stored), &earlier); err != nil {
		return own, 0, err
	}
	left = own.leftOut(earlier)
	if left > 0 && others == "" {
		return own, left, errLeavesOut
	}
	return own.over(earlier), left, nil
}

// pack is a sheet as it is stored, and as a draft if drafts are kept.
func (s *server) pack(r *http.Request, own sheet) (answers string, draft []byte, err error) {
	data, err := json.Marshal(own)
	if err != nil || !s.drafts {
		return string(data), nil, err
	}
	draft, err = s.sealDraft(r, data)
	return string(data), draft, err
}

// askWithdraw asks whether the answers are to be deleted: the same page for every
// member, whether it has answered or not.
func (s *server) askWithdraw(w http.ResponseWriter, r *http.Request) error {
	if err := s.accepts(r); err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, "withdraw", s.view(r))
}

// withdraw deletes the member's sheet; the reply does not tell whether there
// was one.
func (s *server) withdraw(w http.ResponseWriter, r *http.Request) error {
	if err := s.accepts(r); err != nil {
		return err
	}
	if err := s.store.withdraw(r.Context(), s.wave, linkOf(r)); err != nil {
		return err
	}
	if browser(r) {
		return s.page(w, r, http.StatusOK, "withdrawn", s.view(r))
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// accepts returns the refusal of a link that is not known or of a closed wave.
func (s *server) accepts(r *http.Request) error {
	v, err := s.store.visit(r.Context(), s.wave, linkOf(r))
	if err == nil && v.closed {
		return s.refusesLate(r.Context())
	}
	return err
}

// refusesLate is what is true of a wave that takes no answers any more.
func (s *server) refusesLate(ctx context.Context) error {
	_, err := s.store.newest(ctx, s.wave)
	switch {
	case errors.Is(err, errNotFound):
		return errClosed
	case err != nil:
		return err
	}
	return errPublished
}
