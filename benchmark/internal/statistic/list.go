package statistic

import "slices"

// Kind is a kind of statistics that a plan may ask for, by its name there.
type Kind string

// The kinds. Numbers of companies have none: they are always there.
const (
	ScoreKind    Kind = "scores"    // means of the overall, the functions' and the domains' scores
	QuartileKind Kind = "quartiles" // all percentiles of the scores
	QuestionKind Kind = "questions" // means of the questions
	ShareKind    Kind = "shares"    // shares of the companies at a level, and at or above it
	ProfileKind  Kind = "profiles"  // shares of the companies that meet a profile
)

// Kinds lists the names of the kinds in the order of a [List].
func Kinds() []string {
	return []string{string(ScoreKind), string(QuartileKind), string(QuestionKind), string(ShareKind), string(ProfileKind)}
}

// List is what a plan asks for: names of kinds, each once, in the order of [Kinds].
// An empty list asks for everything.
type List []string

// NewList puts names of kinds in order. Where they ask for everything there is, with
// profiles or without any, the list is empty.
func NewList(names []string, profiles bool) List {
	var list List
	all := true
	for _, kind := range Kinds() {
		if slices.Contains(names, kind) {
			list = append(list, kind)
		} else if kind != string(ProfileKind) || profiles {
			all = false
		}
	}
	if all {
		return nil
	}
	return list
}

// Asks says whether a family is asked for.
func (l List) Asks(f *Family) bool { return f.Kind == "" || l.Has(f.Kind) }

// Has says whether a kind is asked for.
func (l List) Has(k Kind) bool { return len(l) == 0 || slices.Contains(l, string(k)) }

// Is says whether some kinds, and no other ones, are asked for.
func (l List) Is(kinds ...Kind) bool {
	return len(l) == len(kinds) && !slices.ContainsFunc(kinds, func(k Kind) bool { return !l.Has(k) })
}

// Without is what the list leaves out, of an instrument with profiles or without any.
func (l List) Without(profiles bool) []string {
	return slices.DeleteFunc(Kinds(), func(kind string) bool {
		return l.Has(Kind(kind)) || kind == string(ProfileKind) && !profiles
	})
}

// Unasked is a set: a bit for each of [Kinds], 1 where it is left out.
func (l List) Unasked() (bits uint8) {
	for i, kind := range Kinds() {
		if !l.Has(Kind(kind)) {
			bits |= 1 << i
		}
	}
	return bits
}

// Valid says whether the names are kinds, each once and in order.
func (l List) Valid() bool {
	return slices.Equal(l, List(slices.DeleteFunc(Kinds(), func(k string) bool { return !slices.Contains(l, k) })))
}
