package report

import "slices"

// The kinds of statistics that the report makes a difference of, see
// [publication.Release.NotAsked].
const (
	askedScores    = "scores"
	askedQuartiles = "quartiles"
	askedQuestions = "questions"
	askedShares    = "shares"
	askedProfiles  = "profiles"
)

// notAsked says what the wave did not ask for; nil where it asked for everything. What is
// not there for that reason has no marks in tables and figures.
func (b *builder) notAsked() rich {
	kinds := b.release.NotAsked()
	if len(kinds) == 0 {
		return nil
	}
	var names []rich
	for _, kind := range kinds {
		names = append(names, b.rich("kind."+kind))
	}
	return b.rich("asked.not", "kinds", join(names, "; "))
}

// withNotAsked adds the sentence to a list of blocks.
func (b *builder) withNotAsked(list []block) []block {
	if said := b.notAsked(); said != nil {
		return append(list, paragraph{said})
	}
	return list
}

// asks says whether one of some kinds was asked for.
func (b *builder) asks(kinds ...string) bool { return slices.ContainsFunc(kinds, b.release.Asked) }
