package report

import (
	"slices"

	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/publication"
)

// standing writes the document of one company.
type standing struct {
	*builder
	own   *compare.Standing
	peers compare.CohortStanding // all companies
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
	return s.withNotAsked(append(out, paragraph{s.against()}))
}

// against says what the company is compared with.
func (s standing) against() rich {
	return s.rich("standing.imprint", "id", rich{{Text: s.release.ID, Kind: code}}, "wave", s.release.Wave, "confidence", s.percentage(s.release.Confidence))
}

// summary is up to three sentences: what was not asked for has none.
func (s standing) summary() []block {
	if s.peers.Status != publication.Published {
		return []block{paragraph{s.rich("standing.nothing")}}
	}
	overall := s.peers.Overall
	first := s.rich("standing.overall-none", "own", s.ownScore(overall))
	if overall.Verdict != compare.NoVerdict {
		first = s.rich("standing.overall", "own", s.ownScore(overall), "mean", s.mean(overall.Mean), "verdict", s.rich("says."+string(overall.Verdict)))
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
	var said []rich
	if s.asks(askedScores) && !s.several() {
		said = append(said, first)
	}
	if s.asks(askedScores) {
		said = append(said, second)
	}
	if s.asks(askedQuestions) {
		said = append(said, third)
	}
	if len(said) == 0 {
		return nil
	}
	return []block{paragraph{join(said, " ")}}
}

// ahead lists the practices in which the others are clearly ahead.
func (s standing) ahead() []block {
	if !s.asks(askedQuestions) {
		return nil
	}
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
		item := s.rich("standing.ahead-item",
			"practice", strong(s.names.full(id)), "own", s.ownCell(q.ScoreStanding), "mean", s.on(s.release.Instrument.DomainOf(i)).mean(q.Mean), "higher", higher)
		list.Items = append(list.Items, append(item, s.step(i, q.ScoreStanding)...))
	}
	return []block{paragraph{s.rich("standing.ahead-lead")}, list}
}

func (s standing) reading() []block {
	return []block{bullets{[]rich{
		s.rich("standing.reading.verdict"), s.rich("standing.reading.many", "confidence", s.percentage(s.release.Confidence)),
		s.rich("standing.reading.quarter"), s.rich("standing.reading.self"), s.rich("standing.reading.industry"),
	}}}
}
