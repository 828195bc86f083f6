package main

import (
	"encoding/json"
	"net/http"
)

// showForm shows the form while the wave is open: the same page for every
// member, whether it has answered or not.
func (s *server) showForm(w http.ResponseWriter, r *http.Request) error {
	v, err := s.store.visit(r.Context(), s.wave, linkOf(r))
	if err != nil {
		return err
	}
	if v.closed {
		return page(w, http.StatusOK, "closed", s)
	}
	return write(w, http.StatusOK, "text/html; charset=utf-8", s.form)
}

// submit takes a sheet in place of the one that was there, if any; the reply
// does not tell which. The link is looked at before anything else, so that a
// link that is not known gets the same reply whatever is sent to it.
func (s *server) submit(w http.ResponseWriter, r *http.Request) error {
	if err := s.accepts(r); err != nil {
		return err
	}
	sheet, err := s.readSheet(r)
	if err != nil {
		return err
	}
	if _, err := s.response("member", sheet); err != nil {
		return err
	}
	answers, err := json.Marshal(sheet)
	if err != nil {
		return err
	}
	if err := s.store.submit(r.Context(), s.wave, linkOf(r), string(answers)); err != nil {
		return err
	}
	if browser(r) {
		http.Redirect(w, r, "received", http.StatusSeeOther) // reloading that page sends nothing again
		return nil
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
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
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// accepts returns the refusal of a link that is not known or of a closed wave.
func (s *server) accepts(r *http.Request) error {
	v, err := s.store.visit(r.Context(), s.wave, linkOf(r))
	if err == nil && v.closed {
		return errClosed
	}
	return err
}

// showReceived is where a form ends: the same page for every member, whether it
// has answered or not.
func (s *server) showReceived(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.store.visit(r.Context(), s.wave, linkOf(r)); err != nil {
		return err
	}
	return page(w, http.StatusOK, "received", s)
}
