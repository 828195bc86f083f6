package privacy

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Account is a budget, opened once by the organiser and never changed: whatever
// is published, as new waves, as revisions or under other names, the total loss
// of all publications within any span of time as long as the window is at most
// (epsilon, delta), and that of all publications ever at most (lifetime, delta)
// if a lifetime is set. Without one, the loss grows with every window.
type Account struct {
	ID      string  `yaml:"account" json:"account"` // an id, see [ValidID]
	Unit    string  `yaml:"unit" json:"unit"`       // what is protected, for the record: company
	Roster  Roster  `yaml:"roster" json:"roster"`
	Epsilon float64 `yaml:"epsilon" json:"epsilon"` // above 0, at most 1000, 9 digits after the point
	Delta   float64 `yaml:"delta" json:"delta"`     // above 0, at most 0.01, 18 digits after the point
	Window  Span    `yaml:"window" json:"window"`   // of time, such as 3y

	Lifetime float64 `yaml:"lifetime,omitempty" json:"lifetime,omitempty"` // ε of all time, at least epsilon, at most 1000, 9 digits after the point; 0: no limit
}

// AccountError lists everything that is wrong with an account.
type AccountError struct {
	Problems []AccountProblem // at least one, in the order of the fields
}

// AccountProblem names a field of an account by its key in a file and says
// what is expected there.
type AccountProblem struct {
	Field    string
	Expected string
}

func (e *AccountError) Error() string {
	texts := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		texts[i] = p.Field + " must be " + p.Expected
	}
	return "privacy: account: " + strings.Join(texts, "; ")
}

// Validate checks every field; the error is an [*AccountError].
func (a Account) Validate() error {
	var problems []AccountProblem
	expect := func(ok bool, field, expected string) {
		if !ok {
			problems = append(problems, AccountProblem{field, expected})
		}
	}
	epsilon, exactEpsilon := units(a.Epsilon, epsilonDigits)
	delta, exactDelta := units(a.Delta, deltaDigits)
	expect(ValidID(a.ID), "account", idRule)
	expect(ValidID(a.Unit), "unit", "the name of what is protected, such as company")
	expect(a.Roster.Valid(), "roster", "secret, public or counted")
	expect(exactEpsilon && epsilon > 0 && epsilon <= 1000e9, "epsilon",
		"a number above 0, at most 1000, with at most 9 digits after the point")
	expect(exactDelta && delta > SamplerDelta && delta <= 1e16, "delta",
		"a number above 2^-38, at most 0.01, with at most 18 digits after the point")
	expect(a.Window.Valid(), "window", spanRule)
	lifetime, exactLifetime := units(a.Lifetime, epsilonDigits)
	expect(exactLifetime && (lifetime == 0 || lifetime >= epsilon && lifetime <= 1000e9), "lifetime",
		"a number of at least epsilon, at most 1000, with at most 9 digits after the point, or left out")
	if problems != nil {
		return &AccountError{Problems: problems}
	}
	return nil
}

// Validate checks what can be checked without the account: ids, revision, a
// roster, a loss, data.
func (e Entry) Validate() error {
	switch {
	case !ValidID(e.Account):
		return errors.New("privacy: an account must be " + idRule)
	case !ValidID(e.Wave):
		return errors.New("privacy: a wave must be " + idRule)
	case e.Revision < 1:
		return fmt.Errorf("privacy: a revision must be at least 1, not %d", e.Revision)
	case !e.Roster.Valid():
		return errors.New("privacy: a roster must be secret, public or counted")
	case !e.Loss.Valid() || e.Loss.PureEpsilon == 0 && e.Loss.MuSquared == 0:
		return errors.New("privacy: a publication must declare its loss")
	case e.Data == (Data{}):
		return errNoData
	case !ValidReason(e.Reason):
		return errors.New("privacy: a reason must be one line of at most 500 bytes of text")
	}
	return nil
}

// ValidReason reports whether s can be a reason in a journal: one line of at most
// 500 bytes of text, not framed by space, or nothing.
func ValidReason(s string) bool {
	return len(s) <= 500 && utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl) && s == strings.TrimSpace(s)
}

// Check validates an entry and holds it against its account; another roster
// is [ErrRosterConflict]. Every ledger checks before it charges.
func (a Account) Check(entry Entry) error {
	if err := entry.Validate(); err != nil {
		return err
	}
	if entry.Account != a.ID {
		return ErrUnknownAccount
	}
	if entry.Roster != a.Roster {
		return fmt.Errorf("%w: %s instead of %s", ErrRosterConflict, entry.Roster, a.Roster)
	}
	return nil
}

const idRule = "an id: a letter or digit, then at most 63 letters, digits, dots, underscores or hyphens"

// ValidID reports whether s matches [A-Za-z0-9][A-Za-z0-9._-]{0,63}, the form
// of every id of this module.
func ValidID(s string) bool {
	if s == "" || len(s) > 64 {
		return false
	}
	for i := range len(s) {
		c := s[i]
		word := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
		if !word && (i == 0 || c != '.' && c != '_' && c != '-') {
			return false
		}
	}
	return true
}
