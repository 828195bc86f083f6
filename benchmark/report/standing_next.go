package report

import (
	"slices"

	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/instrument"
)

// strengths lists the practices in which the company is clearly ahead.
func (s standing) strengths() []block {
	if !s.asks(askedQuestions) {
		return nil
	}
	if len(s.peers.Strengths) == 0 {
		return []block{paragraph{s.rich("standing.strengths-none")}}
	}
	var list steps
	for _, id := range s.peers.Strengths {
		i := slices.IndexFunc(s.peers.Questions, func(q compare.QuestionStanding) bool { return q.ID == id })
		q := s.peers.Questions[i]
		list.Items = append(list.Items, s.rich("standing.strengths-item",
			"practice", strong(s.names.full(id)), "own", s.ownCell(q.ScoreStanding), "mean", s.on(s.release.Instrument.DomainOf(i)).mean(q.Mean)))
	}
	return []block{paragraph{s.rich("standing.strengths-lead")}, list}
}

// next lists the practices below the top of the scale by the level that comes
// next, with what that level asks for.
func (s standing) next() []block {
	var out []block
	for _, v := range s.views() {
		out = append(out, s.nextOn(v)...)
	}
	if len(out) == 0 {
		return []block{paragraph{s.rich("standing.next-none")}}
	}
	return append([]block{paragraph{s.rich("standing.next-lead")}}, out...)
}

// nextOn is that of the practices on a scale.
func (s standing) nextOn(v *builder) []block {
	var out []block
	scale := v.release.Instrument.Scale
	for i, next := range scale[1:] {
		var list bullets
		for at, q := range s.peers.Questions {
			if !v.sees(s.release.Instrument.DomainOf(at)) || s.levelOf(at, q.ScoreStanding) != i {
				continue
			}
			name := s.names.full(q.ID)
			if slices.Contains(s.peers.Ahead, q.ID) {
				name = strong(name)
			}
			list.Items = append(list.Items, name)
		}
		if len(list.Items) == 0 {
			continue
		}
		out = append(out, subheading{Text: v.said(s.to(next))})
		if test := foreign(next.Test); test.String() != "" {
			out = append(out, paragraph{test})
		}
		out = append(out, list)
	}
	return out
}

// levelOf is the place of an answer to a question on its scale, −1 without one.
func (s standing) levelOf(question int, answer compare.ScoreStanding) int {
	on := s.release.Instrument.OnQuestion(question)
	for i := range on.Scale {
		if answer.Own != nil && *answer.Own == on.LevelValue(i) {
			return i
		}
	}
	return -1
}

// to names a level that is to be reached.
func (s standing) to(l instrument.Level) rich {
	return s.rich("standing.next-to", "level", l.Level, "name", l.Name)
}

// step is a sentence on what the next level asks for; nothing at the top.
func (s standing) step(question int, own compare.ScoreStanding) rich {
	scale := s.release.Instrument.OnQuestion(question).Scale
	i := s.levelOf(question, own)
	if i < 0 || i+1 == len(scale) {
		return nil
	}
	out := append(rich{{Text: " "}}, s.to(scale[i+1])...)
	if test := foreign(scale[i+1].Test); test.String() != "" {
		out = append(append(out, run{Text: ": "}), test...)
	}
	return append(out, run{Text: "."})
}
