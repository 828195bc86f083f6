package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"time"
)

// handler is the whole server: the routes behind everything that all requests
// pass.
func (s *server) handler() http.Handler {
	mux := http.NewServeMux()
	for _, route := range s.routes() {
		mux.HandleFunc(route.pattern, s.guard(route))
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		secure(w.Header())
		if r.URL.Path != "/health" && !s.all.allow(s.area(r)) {
			s.reply(w, r, errTooMany)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

// area is what the limit on all requests counts together: members, the
// organiser, the public and strangers, who ask below /members/ or /desk/ without a link
// of this wave, have one each. None keeps the others out, and nothing that someone
// without a link is told depends on how busy members are; so the link is looked up
// first.
func (s *server) area(r *http.Request) [sha256.Size]byte {
	first, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	switch {
	case first == "organiser":
		return hash(first)
	case first != "members" && first != "desk":
		return hash("")
	}
	link, _, _ := strings.Cut(rest, "/")
	if first == "desk" {
		if s.atDesk(link) {
			return hash("organiser")
		}
		return hash("strangers")
	}
	stored := hash(link)
	if _, err := s.store.visit(r.Context(), s.wave, stored[:]); err != nil {
		return hash("strangers")
	}
	return hash(first)
}

// secure sets what every reply has; public files change some of it afterwards.
func secure(h http.Header) {
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", pagePolicy)
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Referrer-Policy", "no-referrer") // the address of a member's page is a secret
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Robots-Tag", "noindex")
	h.Set("Vary", "Accept, Accept-Language")
}

// pagePolicy allows pages their style and their forms, and nothing else.
const pagePolicy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// guard is a route with the checks of its audience. Requests of members are
// not logged: their lines could be counted. Lines of the organiser's are
// written by the handlers, before the outcome is known.
func (s *server) guard(route route) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		defer s.rescue(w, r)
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		switch {
		case route.audience == member && !s.links.allow(hash(r.PathValue("link"))):
			s.reply(w, r, errTooMany)
			return
		case route.audience == desk && !s.atDesk(r.PathValue("key")):
			s.reply(w, r, errLink)
			return
		case route.audience == organiser && !s.authorized(r):
			s.log.Warn("wrong token", "route", r.Pattern)
			s.reply(w, r, errUnauthorized)
			return
		}
		start, status := time.Now(), http.StatusOK
		if err := route.handle(w, r); err != nil {
			status = s.reply(w, r, err)
		}
		if route.audience == public {
			s.log.Info("request", "route", r.Pattern, "status", status, "duration", time.Since(start))
		}
	}
}

// rescue answers and logs a panic: where it happened, but not its text, which
// could hold an answer.
func (s *server) rescue(w http.ResponseWriter, r *http.Request) {
	v := recover()
	if v == nil {
		return
	}
	if err, ok := v.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(v)
	}
	callers := make([]uintptr, 8)
	frames := runtime.CallersFrames(callers[:runtime.Callers(3, callers)])
	var places []string
	for more := true; more; {
		var f runtime.Frame
		f, more = frames.Next()
		places = append(places, fmt.Sprintf("%s:%d", f.Function, f.Line))
	}
	s.log.Error("panic", "route", r.Pattern, "type", fmt.Sprintf("%T", v), "at", places)
	s.reply(w, r, errFault)
}
