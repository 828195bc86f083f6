package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"strings"

	"maturitybench/benchmark/input"
)

// problem is a refusal with everything that its reply says (RFC 9457): a
// constant text, and for a submission what is expected where.
type problem struct {
	Status   int        `json:"status"`
	Title    string     `json:"title"`
	Detail   string     `json:"detail,omitempty"` // what to do about it
	Problems []expected `json:"problems,omitempty"`
	values   []any      // in the places of Detail
}

// expected says what belongs into a field, and never what was found there.
type expected struct {
	Field    string `json:"field,omitempty"` // an id of the instrument; empty: the whole
	Expected string `json:"expected"`
}

func (p *problem) Error() string { return p.Title }

// In is the detail in a language, for a page.
func (p *problem) In(language string) template.HTML { return say(language, p.Detail, p.values...) }

// badRequest says what was expected of the body.
func badRequest(problems ...expected) *problem {
	return &problem{Status: http.StatusBadRequest, Title: "the request cannot be used", Problems: problems}
}

// badAnswers is badRequest for a sheet that the library refuses. The fields
// are ids of the instrument.
func badAnswers(err *input.Error) *problem {
	p := badRequest()
	for _, each := range err.Problems {
		p.Problems = append(p.Problems, expected{each.Field, each.Expected})
	}
	return p
}

var (
	errNotFound = &problem{Status: http.StatusNotFound, Title: "there is nothing here"}
	errLink     = &problem{Status: http.StatusNotFound, Title: "this link opens nothing",
		Detail: "It may be incomplete, it may have been replaced by a newer one, or its wave is over and its answers are deleted. Ask whoever invited you for a new link."}
	errNothing     = &problem{Status: http.StatusNotFound, Title: "there are no answers of yours to compare"}
	errUnreleased  = &problem{Status: http.StatusConflict, Title: "the wave is not published: there is no report to withdraw"}
	errWithdrawn   = &problem{Status: http.StatusConflict, Title: "the report was withdrawn before, for another reason"}
	errUnpublished = &problem{Status: http.StatusConflict, Title: "the wave is not published: nothing is deleted before"}
	errNotYet      = &problem{Status: http.StatusNotFound, Title: "the wave is not published yet",
		Detail: "Where you stand can be seen here from the publication on."}
	errClosed    = &problem{Status: http.StatusConflict, Title: "the wave is closed: answers are no longer accepted"}
	errNoDrafts  = &problem{Status: http.StatusNotFound, Title: "no drafts are kept here", Detail: "Download your sheet instead, and open it again to go on."}
	errPublished = &problem{Status: http.StatusConflict, Title: "the wave is published: answers are no longer accepted",
		Detail: "Your link now shows where you stand."}
	errLeavesOut = &problem{Status: http.StatusConflict, Title: "this sheet lacks answers that you sent before; nothing was changed"}
	errNoAnswers = &problem{Status: http.StatusBadRequest, Title: "no question is answered yet",
		Detail: "Nothing was stored. Answer at least one question; if you want to take back what you sent before, withdraw it.", Problems: []expected{{"scores", "at least one answer"}}}
	errOpen         = &problem{Status: http.StatusConflict, Title: "the wave is open: close it first"}
	errRefused      = &problem{Status: http.StatusConflict, Title: "the wave cannot be published from these answers; the journal of the ledger tells why"}
	errUnauthorized = &problem{Status: http.StatusUnauthorized, Title: "this needs the organiser's token"}
	errTooLarge     = &problem{Status: http.StatusRequestEntityTooLarge, Title: "the request is too large"}
	errMediaType    = &problem{Status: http.StatusUnsupportedMediaType, Title: "the request must be a form (application/x-www-form-urlencoded) or application/json"}
	errTooMany      = &problem{Status: http.StatusTooManyRequests, Title: "too many requests; try again in a moment"}
	errFault        = &problem{Status: http.StatusInternalServerError, Title: "the server failed; try again later"}
)

// reply turns the error of a handler into a reply: a problem as it is, anything
// else as a fault, whose kind is logged. It returns the status.
func (s *server) reply(w http.ResponseWriter, r *http.Request, err error) (status int) {
	p, ok := errors.AsType[*problem](err)
	switch {
	case ok:
	case r.Context().Err() != nil: // nobody is there to read it
		p = errFault
	default:
		s.log.Error("fault", "route", r.Pattern, "cause", cause(err))
		p = errFault
	}
	switch p.Status {
	case http.StatusUnauthorized:
		w.Header().Set("WWW-Authenticate", "Bearer")
	case http.StatusTooManyRequests:
		w.Header().Set("Retry-After", "1")
	}
	if browser(r) {
		s.page(w, r, p.Status, "problem", p)
		return p.Status
	}
	plain := *p
	plain.Detail = fill(p.Detail, p.values, func(value any) string { return fmt.Sprint(value) })
	data, _ := json.Marshal(plain) // texts and a number always marshal
	write(w, p.Status, "application/problem+json", append(data, '\n'))
	return p.Status
}

// browser reports whether a person is to read the reply.
func browser(r *http.Request) bool { return strings.Contains(r.Header.Get("Accept"), "text/html") }

// write sends a reply. Its error is the connection's, which nobody can be told.
func write(w http.ResponseWriter, status int, mediaType string, data []byte) error {
	w.Header().Set("Content-Type", mediaType)
	w.WriteHeader(status)
	w.Write(data)
	return nil
}

func writeJSON(w http.ResponseWriter, status int, value any) error {
	data, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return write(w, status, "application/json", append(data, '\n'))
}

// page sends a page of a template, in the language of a request, as a whole or not at
// all.
func (s *server) page(w http.ResponseWriter, r *http.Request, status int, name string, data any) error {
	var b bytes.Buffer
	if err := pages[s.languageOf(r)].ExecuteTemplate(&b, name, data); err != nil {
		return err
	}
	return write(w, status, "text/html; charset=utf-8", b.Bytes())
}
