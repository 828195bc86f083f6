package report

import (
	"errors"
	"io"
	"slices"
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

// StandingFigures are the figures of [StandingHTML]: radar, if there are three
// domains or more, standing, and one for every domain.
func StandingFigures(r *publication.Release, s *compare.Standing, o Options) ([]Figure, error) {
	d, err := newStanding(r, s, o)
	if err != nil {
		return nil, err
	}
	return d.figures(), nil
}

// standing writes the document of one company.
type standing struct {
	*builder
	own   *compare.Standing
	peers compare.CohortStanding // all companies
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
	d := document{title: s.title(), intro: s.intro()}
	part := func(id string, blocks []block) {
		if len(blocks) > 0 {
			d.sections = append(d.sections, section{id, b.rich(id), blocks})
		}
	}
	part("foreword", paragraphs(o.Foreword))
	part("standing.summary", s.summary())
	if s.peers.Status == publication.Published {
		part("standing.scores", s.scores())
		part("standing.ahead", s.ahead())
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

func (s standing) title() rich {
	if s.options.Title != "" {
		return foreign(s.options.Title)
	}
	return s.rich("standing.title", "title", s.release.Instrument.Title, "wave", s.release.Wave)
}

func (s standing) intro() []block {
	out := []block{warning{s.rich("standing.private")}}
	if s.release.Privacy.Noise == publication.TestNoise {
		out = append(out, warning{s.rich("test-noise")})
	}
	return append(out, paragraph{s.rich("standing.imprint", "id", rich{{Text: s.release.ID, Kind: code}}, "wave", s.release.Wave,
		"confidence", percentage(s.release.Confidence))})
}

// summary is three sentences.
func (s standing) summary() []block {
	if s.peers.Status != publication.Published {
		return []block{paragraph{s.rich("standing.nothing")}}
	}
	overall := s.peers.Overall
	first := s.rich("standing.overall-none", "own", s.ownCell(overall))
	if overall.Verdict != compare.NoVerdict {
		first = s.rich("standing.overall", "own", s.ownCell(overall), "mean", s.estimate(overall.Mean), "verdict", s.rich("says."+string(overall.Verdict)))
	}
	count := map[compare.Verdict]int{}
	for _, d := range s.peers.Domains {
		count[d.Verdict]++
	}
	second := s.rich("standing.domains", "total", len(s.peers.Domains),
		"above", count[compare.Above], "below", count[compare.Below], "same", count[compare.Indistinguishable])
	third := s.rich("standing.ahead-count", "n", len(s.peers.Ahead), "total", len(s.peers.Questions))
	if len(s.peers.Ahead) == 0 {
		third = s.rich("standing.ahead-none-count", "total", len(s.peers.Questions))
	}
	return []block{paragraph{join([]rich{first, second, third}, " ")}}
}

// ahead lists the practices in which the others are clearly ahead.
func (s standing) ahead() []block {
	if len(s.peers.Ahead) == 0 {
		return []block{paragraph{s.rich("standing.ahead-none")}}
	}
	var list steps
	for _, id := range s.peers.Ahead {
		i := slices.IndexFunc(s.peers.Questions, func(q compare.QuestionStanding) bool { return q.ID == id })
		q := s.peers.Questions[i]
		higher := rich{}
		if q.Higher.Status == publication.Published {
			higher = s.rich("standing.higher", "share", s.share(q.Higher))
		}
		list.Items = append(list.Items, s.rich("standing.ahead-item",
			"practice", strong(s.names.full(id)), "own", s.ownCell(q.ScoreStanding), "mean", s.estimate(q.Mean), "higher", higher))
	}
	return []block{paragraph{s.rich("standing.ahead-lead")}, list}
}

func (s standing) reading() []block {
	return []block{bullets{[]rich{
		s.rich("standing.reading.verdict"), s.rich("standing.reading.many", "confidence", percentage(s.release.Confidence)),
		s.rich("standing.reading.quarter"), s.rich("standing.reading.self"), s.rich("standing.reading.industry"),
	}}}
}
