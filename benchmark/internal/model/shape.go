package model

// Shape is what the mathematics needs to know of an instrument and a plan:
// public facts. Levels are numbered from 0, questions through the domains.
type Shape struct {
	Levels     int   // number of levels, 2 to 11
	Domains    []int // questions of each domain
	Attributes []int // values of each attribute that cohorts are made of
	Profiles   []Profile

	Values []int // what each level counts in scores and means, in steps, ascending from 0; nil: its number. See values.go
	// Places are the levels that the questions of each domain have, ascending from the lowest to
	// the highest, where domains are on scales of their own; nil: all. An encoding does not
	// depend on it. See places.go.
	Places [][]int

	Weights       []int // how often each question counts in the score of its domain; nil: once
	DomainWeights []int // how often the questions of each domain count in the overall score; nil: once
	// Complete says that every sheet with an answer answers everything, as blanks count as
	// answers: nothing is spent on who left out what.
	Complete bool

	FunctionDomains [][]int // domains of each function: a tier above them
	Ladders         [][]int // profiles that no more companies meet than the ones before them

	Unasked Kinds // statistics that the plan does not ask for; 0: it asks for all
}

// Profile is a set of minimum levels. A company meets it if it answered every
// question in it at its minimum or above.
type Profile []Minimum

// Minimum is the lowest level of one question that a profile accepts.
type Minimum struct{ Question, Level int }

// Met says whether answers, one byte a question, 0 for no answer and l+1 for
// level l, meet the profile.
func (p Profile) Met(answers []byte) bool {
	for _, m := range p {
		if int(answers[m.Question]) <= m.Level {
			return false
		}
	}
	return true
}

// Questions is the number of questions.
func (s Shape) Questions() int {
	n := 0
	for _, d := range s.Domains {
		n += d
	}
	return n
}

// Length is how many times as long as a usual instrument this one is, and 1 for a
// shorter one. The noise on a question's mean grows with the root of the number of
// questions, that on what a company is asked once does not.
func (s Shape) Length() float64 {
	return max(1, float64(s.Questions())/usualQuestions)
}

// Cohorts is the number of cohorts: all, then every value of every attribute.
func (s Shape) Cohorts() int {
	n := 1
	for _, k := range s.Attributes {
		n += k
	}
	return n
}

// Rows is the number of measured rows: all, and k−1 orthonormal contrasts of
// every attribute with k values.
func (s Shape) Rows() int {
	n := 1
	for _, k := range s.Attributes {
		n += k - 1
	}
	return n
}

// Scores is the number of score distributions: one a domain, and the overall
// score last.
func (s Shape) Scores() int { return len(s.Domains) + 1 }

// Block names a group of features that share one noise scale per attribute.
type Block int

// The blocks of the encoding. What clipping takes of a block is a block of its own,
// its rest: see [Block.Rest].
const (
	Companies       Block = iota // 1
	NotStated                    // one an attribute: the company does not state it
	Overall                      // overall score − centre, of all companies
	Segments                     // the same by the values of the attributes
	Offsets                      // domain score − overall score; centre − overall score without an answer there
	Unusable                     // share of a domain's questions without an answer, where others have one
	Empty                        // no answer in the domain
	Contrasts                    // answer − the company's own domain score; centre − that score without an answer
	Skips                        // answered share of the domain − answered
	DomainShape                  // mean of the shape polynomials over the domain − centre
	QuestionShape                // shape polynomials − their mean over the domain; centre − that mean without an answer
	ScoreCDF                     // whitened distribution functions of the scores
	Squares                      // (score − centre)² − its public mean, of every score
	Profiles                     // 1{profile met} − centre
	ClippedOverall               // 1 − f, f the clipping factor of the overall score
	ClippedOffsets               // 1 − f of the offsets
	ClippedSegments              // 1 − f of Segments
	ClippedTail                  // 1 − f of the tail
	RestOverall                  // what clipping takes of Overall, and so on
	RestSegments                 // of Segments, over all companies
	RestOffsets
	RestContrasts
	RestDomainShape
	RestQuestionShape
	RestScoreCDF
	RestSquares
	RestProfiles
	Blocks // number of blocks
)

// Stated says whether public sizes of the cohorts, if they are public, show that every company states every attribute.
func (s Shape) Stated(sizes []int64) bool {
	if len(sizes) == 0 {
		return false
	}
	cohorts := sizes[1:]
	for _, values := range s.Attributes {
		left := sizes[0]
		for _, n := range cohorts[:values] {
			left -= n
		}
		if cohorts = cohorts[values:]; left != 0 {
			return false
		}
	}
	return true
}
