package model

// Kinds is a set of kinds of statistics that a plan may ask for, a bit each.
type Kinds uint8

// The kinds, in the order in which package statistic lists them.
const (
	ForScores    Kinds = 1 << iota // means of overall, functions' and domains' scores
	ForQuartiles                   // percentiles of the scores
	ForQuestions                   // means of the questions
	ForShares                      // shares of the companies at a level, and at or above it
	ForProfiles                    // shares of the companies that meet a profile
)

// Asks says whether the plan asks for one of the kinds.
func (s Shape) Asks(kinds Kinds) bool { return kinds&^s.Unasked != 0 }

// Serves are the kinds that a block of the encoding helps to estimate: what is asked of
// a question also needs to know how many answered it. What all need serves all.
func (b Block) Serves() Kinds {
	if of, ok := b.RestOf(); ok {
		b = of
	}
	switch b {
	case Contrasts:
		return ForQuestions | ForShares
	case Unusable, Skips:
		return ForQuestions | ForShares | ForProfiles
	case DomainShape, QuestionShape:
		return ForShares
	case ScoreCDF, Squares:
		return ForQuartiles
	case Profiles:
		return ForProfiles
	}
	return ForScores | ForQuartiles | ForQuestions | ForShares | ForProfiles
}
