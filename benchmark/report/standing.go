package report

import (
	"errors"
	"io"
	"strings"

	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/publication"
)

// errOtherRelease is the error of a standing and a release that do not belong
// together.
var errOtherRelease = errors.New("report: the standing was made from another release")

// StandingHTML writes where one company stands as a page like that of [HTML].
// r is the release that s was made from by [compare.NewStanding]. The
// page holds the company's own answers: it is for nobody else. The error is
// one of the options, a release that does not fit, or the writer's.
func StandingHTML(w io.Writer, r *publication.Release, s *compare.Standing, o Options) error {
	d, err := newStanding(r, s, o)
	if err != nil {
		return err
	}
	return d.html(w, o)
}

// StandingMarkdown writes what [StandingHTML] writes in GitHub Flavored
// Markdown, with tables in place of figures.
func StandingMarkdown(w io.Writer, r *publication.Release, s *compare.Standing, o Options) error {
	d, err := newStanding(r, s, o)
	if err != nil {
		return err
	}
	return d.markdown(w)
}

// StandingSummary is the summary of [StandingHTML] as plain text: where the company
// stands, in a few sentences. It is empty where the release was not asked for them.
func StandingSummary(r *publication.Release, s *compare.Standing, o Options) (string, error) {
	d, err := newStanding(r, s, o)
	if err != nil {
		return "", err
	}
	for _, part := range d.sections {
		if part.ID != "standing.summary" {
			continue
		}
		if p, ok := part.Blocks[0].(paragraph); ok {
			return p.Text.String(), nil
		}
	}
	return "", nil
}

// StandingFigures are the figures of [StandingHTML]: radar, if there are three
// domains or more, standing, and one for every domain.
func StandingFigures(r *publication.Release, s *compare.Standing, o Options) ([]Figure, error) {
	d, err := newStanding(r, s, o)
	if err != nil {
		return nil, err
	}
	return d.figures(), nil
}

func newStanding(r *publication.Release, own *compare.Standing, o Options) (document, error) {
	if own.Release != r.ID {
		return document{}, errOtherRelease
	}
	b, err := newBuilder(r, o)
	if err != nil {
		return document{}, err
	}
	s := standing{builder: b, own: own}
	s.peers, _ = own.Cohort("all")
	d := document{title: s.title(), intro: s.intro(), meta: []property{{"robots", "noindex"}}}
	part := func(id string, blocks []block) {
		if len(blocks) > 0 {
			d.sections = append(d.sections, section{id, b.rich(id), blocks})
		}
	}
	part("foreword", paragraphs(o.Foreword))
	part("standing.summary", s.summary())
	if s.peers.Status == publication.Published {
		if blocks := s.scores(); len(blocks) > 0 {
			title := s.rich("standing.scores")
			if s.several() {
				title = s.rich("standing.scores-several")
			}
			d.sections = append(d.sections, section{"standing.scores", title, blocks})
		}
		part("standing.ahead", s.ahead())
		part("standing.strengths", s.strengths())
		part("standing.next", s.next())
	}
	part("standing.target", s.target())
	if s.peers.Status == publication.Published {
		part("standing.practices", s.practices())
	}
	for _, c := range own.Cohorts {
		if c.ID != "all" {
			d.sections = append(d.sections, section{"cohort-" + strings.ReplaceAll(c.ID, "=", "-"), b.rich("standing.cohort", "cohort", b.names.cohort(c.ID)), s.cohort(c)})
		}
	}
	part("standing.reading", s.reading())
	part("notes", paragraphs(o.Notes))
	return d, nil
}
