package draft

import (
	"fmt"
	"strings"

	"maturitybench/benchmark/internal/decimal"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
)

// loss says what is revealed, in the words of the roster.
func (f statementFacts) loss() string {
	if f.Roster == privacy.CountedRoster {
		return fmt.Sprintf("The whole report, all its tables together, reveals at most ε = %s, with δ = %s, about which of two companies with the same attributes took part, "+
			"and which of two answer sheets it gave.%s",
			decimal.Spell(f.Epsilon), decimal.Spell(f.Delta), f.groups())
	}
	return fmt.Sprintf("The whole report, all its tables together, reveals at most ε = %s, with δ = %s, about the presence of one company's answers; "+
		"about which of two answer sheets with the same attributes a company gave it reveals at most ε = %s at the same δ, because that is two such steps.%s%s",
		decimal.Spell(f.Epsilon), decimal.Spell(f.Delta), decimal.Spell(f.Between), f.otherAttributes(), f.groups())
}

// groups is what holds for several companies together.
func (f statementFacts) groups() string {
	if len(f.Groups) == 0 {
		return ""
	}
	var parts []string
	for _, g := range f.Groups {
		if g.Delta == 1 {
			parts = append(parts, fmt.Sprintf("nothing is promised for %d companies", g.Companies))
			continue
		}
		parts = append(parts, fmt.Sprintf("ε = %s with δ = %s for %d companies", decimal.Spell(g.Epsilon), decimal.Spell(g.Delta), g.Companies))
	}
	about := " About the presence of several companies together it reveals more than so many times as much: at most "
	switch {
	case f.Roster == privacy.CountedRoster:
		about = " About several companies together, each of which another one may stand in for, it reveals more: at most "
	case !f.groupsLoseMore():
		about = " About the presence of several companies together it reveals so many times as much: at most "
	}
	return about + strings.Join(parts, ", ") + "."
}

// groupsLoseMore reports whether m companies together lose more than m times ε. With
// pure ε alone they do not.
func (f statementFacts) groupsLoseMore() bool {
	for _, g := range f.Groups {
		if g.Delta < 1 && g.Epsilon <= float64(g.Companies)*f.Epsilon {
			return false
		}
	}
	return true
}

// secret writes what holds when it is confidential who took part.
func (f statementFacts) secret(s *publication.Statement) {
	s.Unit = "The protected unit is one company with everything it handed in: that it took part, its attributes, all its answers and which questions it skipped. " +
		"A group with several entities hands in one answer sheet, and a company counts once."
	s.Neighbours = "Neighbouring data sets differ in one company, which is there with all its answers and attributes or is not there at all. " +
		"Who took part is protected, and so are the numbers of companies."
	s.Groups = "The cohorts are the values of public lists, fixed before any answer was seen; all are named here, also empty and suppressed ones. " +
		"A cohort below k companies is never shown; another one is shown only if its number of companies with " + f.testNoise() +
		" reaches a higher mark. " + f.meaningOfK()
	s.Denominators = "No exact number of companies is printed or divided by: numbers of companies, of the whole and of every cohort, are estimates from noisy totals, " +
		"and so are the numbers of answers behind means and shares."
}

// testNoise says which noise decides what is shown of a secret roster.
func (f statementFacts) testNoise() string {
	if f.measuredTest() {
		return "the noise that it is measured with"
	}
	return "fresh noise, used for nothing else,"
}

// exactGroups says which cohorts are shown where sizes are public.
const exactGroups = "The cohorts are the values of public lists, fixed before any answer was seen; all are named here, also empty and suppressed ones. " +
	"A cohort of k companies or more is shown, unless it would reveal a suppressed sibling. "

// public writes what holds when it is common knowledge who took part.
func (f statementFacts) public(s *publication.Statement) {
	s.Unit = "The protected unit is the answers of one company: all of them, and which questions it skipped. That it took part, and its attributes, are not protected. " +
		"A group with several entities hands in one answer sheet, and a company counts once."
	s.Neighbours = "Neighbouring data sets differ in one company's answers, which are there or left out everywhere. " +
		"The list of companies that handed in an answer sheet, and their attributes, are taken as common knowledge: joining, leaving and attributes are not protected."
	s.Groups = exactGroups + f.meaningOfK()
	s.Denominators = "Numbers of companies, of the whole and of every cohort, are exact, because the list of companies is common knowledge. " +
		"How many of them answered a question is not: means and shares divide by numbers estimated from noisy totals."
}

// counted writes what holds when it is common knowledge how many took part, and
// confidential who did.
func (f statementFacts) counted(s *publication.Statement) {
	s.Unit = "The protected unit is one company's part in the survey: which of the companies with its attributes took part, all its answers and which questions it skipped. " +
		"That somebody with these attributes took part is not protected. " +
		"A group with several entities hands in one answer sheet, and a company counts once."
	s.Neighbours = "Neighbouring data sets differ in one company, in whose place another one with the same attributes took part, with other answers or none. " +
		"The numbers of companies, of the whole and of every cohort, are taken as common knowledge and are the same in both: they are not protected, nor are their differences between waves, " +
		"and where the attributes fit a single company, that it took part is not hidden."
	s.Groups = exactGroups + f.meaningOfK()
	s.Denominators = "Numbers of companies, of the whole and of every cohort, are exact, because how many took part is common knowledge, though who did is not. " +
		"How many of them answered a question is not: means and shares divide by numbers estimated from noisy totals."
}
