package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"

	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/report"
)

// releaseFile is one form of a release.
type releaseFile struct {
	mediaType string
	policy    string // Content-Security-Policy in place of the usual one; empty: the usual one
	render    func(io.Writer, *publication.Release) error
}

// releaseFiles are the forms of a release by name; release.json is the stored
// document itself.
var releaseFiles = map[string]releaseFile{
	"release.json": {"application/json", "", func(w io.Writer, r *publication.Release) error { _, err := w.Write(r.Bytes()); return err }},
	"report.html":  {"text/html; charset=utf-8", reportPolicy, func(w io.Writer, r *publication.Release) error { return report.HTML(w, r, report.Options{}) }},
	"report.md":    {"text/markdown; charset=utf-8", "", report.Markdown},
	"tables.csv":   {"text/csv; charset=utf-8", "", report.CSV},
}

// reportPolicy allows what report.html has in itself, which is no script.
const reportPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// showRelease serves the newest revision of a published wave to anyone.
func (s *server) showRelease(w http.ResponseWriter, r *http.Request) error {
	wave, name := r.PathValue("wave"), r.PathValue("file")
	file, ok := releaseFiles[name]
	if !ok {
		return errNotFound
	}
	revision, err := s.store.newest(r.Context(), wave)
	if err != nil {
		return err
	}
	data, err := s.render(r.Context(), wave, revision, name)
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "public, no-cache")
	if file.policy != "" {
		w.Header().Set("Content-Security-Policy", file.policy)
	}
	return write(w, http.StatusOK, file.mediaType, data)
}

// render makes a file of a revision, which never changes, once.
func (s *server) render(ctx context.Context, wave string, revision int, name string) ([]byte, error) {
	place := fmt.Sprint(wave, "/", revision, "/", name)
	if data, ok := s.rendered.Load(place); ok {
		return data.([]byte), nil
	}
	release, err := s.load(ctx, wave, revision)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := releaseFiles[name].render(&b, release); err != nil {
		return nil, err
	}
	s.rendered.Store(place, b.Bytes())
	return b.Bytes(), nil
}

// load reads a stored release.
func (s *server) load(ctx context.Context, wave string, revision int) (*publication.Release, error) {
	document, err := s.store.release(ctx, wave, revision)
	if err != nil {
		return nil, err
	}
	return publication.Parse(document)
}

// showWave is the front page: the wave, and whether it is open or published.
func (s *server) showWave(w http.ResponseWriter, r *http.Request) error {
	closed, err := s.store.closed(r.Context(), s.wave)
	if err != nil {
		return err
	}
	published, err := s.published(r.Context())
	if err != nil {
		return err
	}
	return page(w, http.StatusOK, "wave", struct {
		*server
		Closed, Published bool
	}{s, closed, published})
}

// published says whether the wave is.
func (s *server) published(ctx context.Context) (bool, error) {
	_, err := s.store.newest(ctx, s.wave)
	if errors.Is(err, errNotFound) {
		return false, nil
	}
	return err == nil, err
}
