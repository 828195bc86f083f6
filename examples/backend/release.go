package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"

	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/report"
	"maturitybench/privacy/ledger"
)

// releaseFile is one form of a release.
type releaseFile struct {
	mediaType string
	policy    string // Content-Security-Policy in place of the usual one; empty: the usual one
	tells     bool   // by itself that the release was withdrawn
	render    func(io.Writer, *publication.Release, report.Options) error
}

// releaseFiles are the forms of a release by name; release.json is the stored
// document itself.
var releaseFiles = map[string]releaseFile{
	"release.json": {"application/json", "", false, func(w io.Writer, r *publication.Release, _ report.Options) error {
		_, err := w.Write(r.Bytes())
		return err
	}},
	"report.html":   {"text/html; charset=utf-8", reportPolicy, true, report.HTML},
	"report.md":     {"text/markdown; charset=utf-8", "", true, report.MarkdownWith},
	"standing.html": {"text/html; charset=utf-8", standingPolicy, true, report.StandingForm},
	"tables.csv": {"text/csv; charset=utf-8", "", false, func(w io.Writer, r *publication.Release, _ report.Options) error {
		return report.CSV(w, r)
	}},
}

// reportPolicy allows what report.html has in itself, which is no script, and
// standingPolicy the script in standing.html, which that page's own policy names.
const standingPolicy = reportPolicy + "; script-src 'unsafe-inline'"
const reportPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// showRelease serves the newest revision of a published wave to anyone. Of one that
// was withdrawn, the reports say so before anything else; the numbers, which could not,
// are given to those who know and say so with ?withdrawn=yes.
func (s *server) showRelease(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("file")
	file, ok := releaseFiles[name]
	if !ok {
		return errNotFound
	}
	p, err := s.newest(r.Context(), r.PathValue("wave"))
	if err != nil {
		return err
	}
	wanted, given := r.URL.Query()["withdrawn"]
	if given && !slices.Equal(wanted, []string{"yes"}) {
		return badRequest(expected{"withdrawn", "yes, or nothing at all"})
	}
	if !file.tells && !given {
		if err := usable(p.release); err != nil {
			return err
		}
	}
	data, err := p.render(name, s.languageOf(r))
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "public, no-cache")
	if file.policy != "" {
		w.Header().Set("Content-Security-Policy", file.policy)
	}
	return write(w, http.StatusOK, file.mediaType, data)
}

// usable is the refusal of a release that was withdrawn. Its reason is public.
func usable(r *publication.Release) error {
	if r.Withdrawn == nil {
		return nil
	}
	return &problem{Status: http.StatusGone, Title: "the report was withdrawn and should not be used any more",
		Detail: "On {1}, for this reason: {2}", values: []any{r.Withdrawn.Date, r.Withdrawn.Reason}}
}

// noticeAge is how long a release is served before the ledger, where it may be
// withdrawn from outside, is asked again whether it was.
const noticeAge = 10 * time.Second

// published is a revision as it is served. It never changes, but for a withdrawal.
type published struct {
	release  *publication.Release // with the notice, if it was withdrawn
	asked    time.Time            // the ledger, whether it was
	rendered *sync.Map            // files by name and language
}

// render makes a file in a language once.
func (p published) render(name, language string) ([]byte, error) {
	place := name + " " + language
	if data, ok := p.rendered.Load(place); ok {
		return data.([]byte), nil
	}
	var b bytes.Buffer
	if err := releaseFiles[name].render(&b, p.release, report.Options{Language: language, StandingPage: "standing.html"}); err != nil {
		return nil, err
	}
	p.rendered.Store(place, b.Bytes())
	return b.Bytes(), nil
}

// newest is the newest revision of a wave; errNotFound if it is not published.
func (s *server) newest(ctx context.Context, wave string) (published, error) {
	revision, err := s.store.newest(ctx, wave)
	if err != nil {
		return published{}, err
	}
	place := fmt.Sprint(wave, "/", revision)
	if p, ok := s.shelf.Load(place); ok {
		p := p.(published)
		if p.release.Withdrawn != nil || time.Since(p.asked) < noticeAge {
			return p, nil
		}
	}
	p := published{asked: time.Now(), rendered: new(sync.Map)}
	if p.release, err = s.load(ctx, wave, revision); err != nil {
		return p, err
	}
	if p.release.Withdrawn == nil { // what was rendered before still holds
		if before, ok := s.shelf.Load(place); ok {
			p.rendered = before.(published).rendered
		}
	}
	s.shelf.Store(place, p)
	return p, nil
}

// load reads a stored release, and from the ledger whether it was withdrawn.
func (s *server) load(ctx context.Context, wave string, revision int) (*publication.Release, error) {
	document, err := s.store.release(ctx, wave, revision)
	if err != nil {
		return nil, err
	}
	release, err := publication.Parse(document)
	if err != nil {
		return nil, err
	}
	stored, err := s.ledger.Publication(ctx, release.Account, wave, revision)
	switch {
	case errors.Is(err, ledger.ErrNotPublished): // an earlier wave, charged to another ledger
		return release, nil
	case err != nil || stored.Withdrawn == nil:
		return release, err
	}
	return release, release.Withdraw(publication.NewWithdrawal(release, stored.Withdrawn.Time, stored.Withdrawn.Reason))
}

// state is how far the wave is.
type state struct {
	Closed    bool
	Published bool                    // a revision of it
	Withdrawn *publication.Withdrawal // of the newest one; nil: it stands
}

// state looks up how far the wave is.
func (s *server) state(ctx context.Context) (now state, err error) {
	if now.Closed, err = s.store.closed(ctx, s.wave); err != nil {
		return now, err
	}
	p, err := s.newest(ctx, s.wave)
	if errors.Is(err, errNotFound) {
		return now, nil
	}
	if err != nil {
		return now, err
	}
	now.Published, now.Withdrawn = true, p.release.Withdrawn
	return now, nil
}

// showWave is the front page: the wave, and whether it is open or published.
func (s *server) showWave(w http.ResponseWriter, r *http.Request) error {
	now, err := s.state(r.Context())
	if err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, "wave", struct {
		view
		state
	}{s.view(r), now})
}
