package synthetic

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"maturitybench/benchmark/instrument"
	"maturitybench/stats"
)

// Kind is a kind of panel that a model of answers does not expect, or only just
// does: companies that are strong in one domain and weak in all others, levels
// that are left blank, answers at both ends of the scale. A release has to be
// right about all of them.
//
// Every kind works for every instrument. How far a panel goes is drawn anew for
// each, from ranges, so that nothing can be tuned to a constant.
type Kind struct {
	Name string // such as "specialists"
	Doc  string // what is special about the companies or their answers, in a phrase

	panel  func(*Panel, *rand.Rand) // changes the usual panel before it is drawn; may be nil
	change func(*making)            // changes the sheets that were drawn; may be nil
}

// Kinds lists all kinds: companies as the model has them, then companies that
// are unlike each other, answers that have other shapes, and answers that are
// left out.
func Kinds() []Kind {
	return slices.Concat(modelKinds, companyKinds, answerKinds, blankKinds)
}

// FindKind is the kind with a name.
func FindKind(name string) (Kind, bool) {
	for _, k := range Kinds() {
		if k.Name == name {
			return k, true
		}
	}
	return Kind{}, false
}

// Panel draws a panel of the kind. The industry's level lies up to 0.8 levels of
// six above or below the usual one ([NewPanel]). The same state of rng gives the
// same panel. A negative number of companies is an error.
func (k Kind) Panel(in *instrument.Instrument, companies int, rng *rand.Rand) (*Sample, error) {
	panel := NewPanel(companies, rng.Uint64())
	panel.Shift = max(-0.8, min(0.8, 0.4*rng.NormFloat64()))
	panel.Missing = 0
	if k.panel != nil {
		k.panel(&panel, rng)
	}
	sample, err := NewSample(in, panel)
	if err != nil {
		return nil, fmt.Errorf("kind %s: %w", k.Name, err)
	}
	if k.change != nil {
		m := newMaking(sample, rng)
		k.change(m)
		m.finish()
		m.scaled(in.Spec())
	}
	return sample, nil
}

// common is how many levels the scale has on which kinds are made for instruments of several.
const common = 11

// scaled takes the answers of a sample from the common scale to those of several.
func (m *making) scaled(spec instrument.Spec) {
	if !spec.Several() {
		return
	}
	scales := newRoundings(spec)
	for d, of := range scales {
		for _, answers := range m.Levels {
			for q, a := range m.domain(answers, d) {
				if a != none {
					m.domain(answers, d)[q] = of.level(float64(float64(a)*of.top) / (common - 1))
				}
			}
		}
	}
	m.spec = spec
}

// onCommon takes them there.
func (m *making) onCommon() {
	scales := newRoundings(m.spec)
	for d, of := range scales {
		for _, answers := range m.Levels {
			for q, a := range m.domain(answers, d) {
				if a != none {
					m.domain(answers, d)[q] = int8(math.Round(float64(of.place(a)*(common-1)) / of.top))
				}
			}
		}
	}
	m.spec.Scale, m.spec.Scales = make([]instrument.Level, common), nil
	m.top, m.rounding = common-1, rounding{top: common - 1}
}

// making is a sample that is being turned into one of a kind.
type making struct {
	*Sample
	rng      *rand.Rand
	top      int // the highest level, from 0
	rounding rounding
	first    []int    // of every domain: its first question; then the number of questions
	never    []bool   // questions that a company does not get only because it would answer none
	full     [][]int8 // the sheets before answers were left out
}

func newMaking(s *Sample, rng *rand.Rand) *making {
	m := &making{Sample: s, rng: rng, first: []int{0}}
	for _, domain := range s.spec.Domains {
		m.first = append(m.first, m.first[len(m.first)-1]+len(domain.Questions))
	}
	if s.spec.Several() {
		m.onCommon()
	} else {
		m.top, m.rounding = len(s.spec.Scale)-1, newRounding(s.spec)
	}
	m.never = make([]bool, m.questions())
	return m
}

func (m *making) domains() int { return len(m.first) - 1 }

// between draws evenly from a range.
func (m *making) between(low, high float64) float64 { return between(m.rng, low, high) }

func between(rng *rand.Rand, low, high float64) float64 {
	return low + float64((high-low)*rng.Float64())
}

// chance is true with probability p.
func (m *making) chance(p float64) bool { return m.rng.Float64() < p }

// level rounds a share of the scale, from 0 to 1, to a level.
func (m *making) level(share float64) int8 {
	return m.rounding.level(share * float64(m.top))
}

// moved is an answer moved by so many levels of six, within the scale.
func (m *making) moved(level int8, by float64) int8 {
	return m.level((m.rounding.place(level) + float64(by*float64(m.top)/5)) / float64(m.top))
}

// about draws a level about a share of the scale.
func (m *making) about(share, spread float64) int8 {
	return m.level(share + float64(spread*m.rng.NormFloat64()))
}

// each calls f for every company with its answers.
func (m *making) each(f func(company int, answers []int8)) {
	for i, answers := range m.Levels {
		f(i, answers)
	}
}

// some calls f for companies that are drawn with probability p.
func (m *making) some(p float64, f func(company int, answers []int8)) {
	m.each(func(i int, answers []int8) {
		if m.chance(p) {
			f(i, answers)
		}
	})
}

// domain is the part of a sheet that belongs to domain d.
func (m *making) domain(answers []int8, d int) []int8 { return answers[m.first[d]:m.first[d+1]] }

// score is the mean answer of a company, of those that it gave, as a share of
// the scale.
func (m *making) score(answers []int8) float64 {
	total, n := 0.0, 0
	for _, a := range answers {
		if a != none {
			total += m.rounding.place(a)
			n++
		}
	}
	return total / float64(max(n, 1)*m.top)
}

// weaker reports for every company whether its score is below the p-quantile of
// the panel's.
func (m *making) weaker(p float64) []bool {
	scores := make([]float64, len(m.Levels))
	if len(scores) == 0 {
		return nil
	}
	m.each(func(i int, answers []int8) { scores[i] = m.score(answers) })
	limit := stats.Quantile(scores, p)
	weak := make([]bool, len(scores))
	for i, s := range scores {
		weak[i] = s < limit
	}
	return weak
}

// group is the number of the group that a company belongs to, and how many
// groups there are: the values of the first attribute, of which those that are
// not stated count as the first one; of instruments without attributes three
// groups by turns.
func (m *making) group(company int) (group, groups int) {
	if len(m.spec.Attributes) == 0 {
		return company % 3, 3
	}
	return int(max(m.Attributes[company][0], 0)), len(m.spec.Attributes[0].Values)
}

// blanks remembers the sheets as they are; what is left out from then on is put
// back where a company would answer nothing.
func (m *making) blanks() {
	for _, answers := range m.Levels {
		m.full = append(m.full, slices.Clone(answers))
	}
}

// mayAnswer lists the questions that any company may answer.
func (m *making) mayAnswer() []int {
	var may []int
	for q, never := range m.never {
		if !never {
			may = append(may, q)
		}
	}
	return may
}

// finish gives every company without an answer one, at random, of those that
// it may give.
func (m *making) finish() {
	may := m.mayAnswer()
	m.each(func(i int, answers []int8) {
		if !slices.ContainsFunc(answers, func(a int8) bool { return a != none }) {
			q := may[m.rng.IntN(len(may))]
			answers[q] = m.full[i][q]
		}
	})
}

// leaveOut leaves answers out.
func leaveOut(answers []int8) {
	for q := range answers {
		answers[q] = none
	}
}
