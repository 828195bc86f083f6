package compare

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"maturitybench/benchmark/internal/decimal"
	"maturitybench/benchmark/publication"
)

// Standing says where one company stands in a release: its own answers beside
// the released numbers. It holds the company's answers and is meant for its own
// eyes; making it costs no privacy and stores nothing.
//
// The released numbers describe all companies that answered, the company itself
// included if it took part.
type Standing struct {
	Release    string            `json:"release"`    // id of the release
	Wave       string            `json:"wave"`       // of the release
	Confidence float64           `json:"confidence"` // of every interval by itself
	Cohorts    []CohortStanding  `json:"cohorts"`    // all, then those that the company says it is in, as far as the release has them
	Profiles   []ProfileStanding `json:"profiles,omitempty"`
}

// CohortStanding compares a company with one cohort. For a suppressed cohort
// only ID and Status are set.
type CohortStanding struct {
	ID        string               `json:"id"`     // "all", or attribute=value
	Status    publication.Status   `json:"status"` // Published or Suppressed
	Companies publication.Estimate `json:"companies"`
	Overall   ScoreStanding        `json:"overall"`             // of the mean of all answers
	Functions []FunctionStanding   `json:"functions,omitempty"` // in the instrument's order, if it has any
	Domains   []DomainStanding     `json:"domains"`             // in the instrument's order
	Questions []QuestionStanding   `json:"questions"`           // in the instrument's order
	// Ahead are the questions in which peers are clearly ahead: the lower end
	// of the mean is half a level or more above the company's own level. They
	// are sorted by the gap, the largest first.
	Ahead []string `json:"ahead"`
	// Strengths are the questions in which the company is clearly ahead: its own
	// level is half a level or more above the upper end of the mean. They are
	// sorted by the gap, the largest first.
	Strengths []string                    `json:"strengths"`
	Profiles  []publication.CohortProfile `json:"profiles,omitempty"` // share of the peers that meet each profile
}

// ScoreStanding compares one score.
type ScoreStanding struct {
	Own     *float64             `json:"own"`     // on the scale; nil without an answer
	Mean    publication.Estimate `json:"mean"`    // of the peers
	Gap     publication.Estimate `json:"gap"`     // own − mean, in levels, with the interval of the mean; withheld where the mean is or there is no answer
	Verdict Verdict              `json:"verdict"` // Above, Below, Indistinguishable or NoVerdict
	Band    Band                 `json:"band"`    // between which quartiles of the peers the company lies
}

// FunctionStanding compares the score of a function, the mean of all answers in its
// domains, with the mean of those of its domains. Quartiles of it are not published.
type FunctionStanding struct {
	ID string `json:"id"`
	ScoreStanding
}

// DomainStanding compares a domain score.
type DomainStanding struct {
	ID string `json:"id"`
	ScoreStanding
}

// QuestionStanding compares the answer to a question.
type QuestionStanding struct {
	ID string `json:"id"`
	ScoreStanding
	Higher publication.Estimate `json:"higher"` // share of the peers at a higher level than the company
}

// Verdict is what can be said of a difference.
type Verdict string

// The values of [Verdict].
const (
	NoVerdict         Verdict = "none"              // there is nothing to compare: no answer, or a withheld number
	Indistinguishable Verdict = "indistinguishable" // the interval holds zero: the noise forbids a verdict
	Above             Verdict = "above"             // of a company: surely above the mean of its peers
	Below             Verdict = "below"             // of a company: surely below it
	Up                Verdict = "up"                // of a statistic: surely more than in the earlier wave
	Down              Verdict = "down"              // of a statistic: surely less
)

// verdict judges the interval of a difference.
func verdict(difference publication.Estimate, positive, negative Verdict) Verdict {
	switch {
	case difference.Status != publication.Published:
		return NoVerdict
	case difference.Low > 0:
		return positive
	case difference.High < 0:
		return negative
	}
	return Indistinguishable
}

// Band says in which quarter of its peers a company lies: 1 below the first
// quartile, 4 above the third. The noise, and peers at the same level, may leave
// several in question. The zero Band is unknown.
type Band struct {
	Lowest  int `json:"lowest"`  // 1 to 4; 0: unknown
	Highest int `json:"highest"` // Lowest to 4; 0: unknown
}

// String is the cell of a table: "third quarter", "second or third quarter",
// "first to third quarter", "any quarter" or "unknown".
func (b Band) String() string {
	names := []string{"first", "second", "third", "fourth"}
	switch {
	case b.Lowest < 1 || b.Highest < b.Lowest || b.Highest > len(names):
		return "unknown"
	case b.Lowest == b.Highest:
		return names[b.Lowest-1] + " quarter"
	case b.Highest-b.Lowest == len(names)-1:
		return "any quarter"
	case b.Highest-b.Lowest == 1:
		return names[b.Lowest-1] + " or " + names[b.Highest-1] + " quarter"
	}
	return names[b.Lowest-1] + " to " + names[b.Highest-1] + " quarter"
}

// ProfileStanding compares a company with a profile of the instrument.
type ProfileStanding struct {
	ID    string `json:"id"`
	Title string `json:"title"` // the id where the profile has none
	Met   bool   `json:"met"`   // every minimum is met
	// Reached is how much of the profile is reached, from 0 to 1: the levels
	// from the bottom of the scale to the own level or the minimum, whichever is
	// lower, as a share of those to the minimum, over all minima. More than a
	// minimum in one question makes up for nothing in another (the
	// percent-to-target of the OWASP SAMM benchmark).
	Reached float64         `json:"reached"`
	Missing []MissedMinimum `json:"missing"` // in the instrument's order
}

// MissedMinimum is one minimum of a profile that a company does not meet.
type MissedMinimum struct {
	Question string `json:"question"` // id
	Own      *int   `json:"own"`      // level; nil without an answer
	Minimum  int    `json:"minimum"`  // level that the profile asks for, on the scale of the instrument
}

// Cohort looks a cohort up by its id, "all" or attribute=value.
func (s *Standing) Cohort(id string) (CohortStanding, bool) {
	for _, c := range s.Cohorts {
		if c.ID == id {
			return c, true
		}
	}
	return CohortStanding{}, false
}

// OwnCell is the own score as the cell of a table: "3", "2.47", or "no answer".
func (s ScoreStanding) OwnCell() string {
	if s.Own == nil {
		return "no answer"
	}
	own := decimal.Micros(*s.Own, -decimal.Micro(decimal.Largest)*decimal.Unity, decimal.Micro(decimal.Largest)*decimal.Unity, decimal.Nearest)
	if own%decimal.Unity == 0 {
		return own.Round(0, decimal.Nearest)
	}
	return own.Round(2, decimal.Nearest)
}

// String is the standing as plain text: for every cohort a table of the scores,
// then the practices in which peers are clearly ahead, and the profiles.
func (s *Standing) String() string {
	var b strings.Builder
	for _, c := range s.Cohorts {
		fmt.Fprintf(&b, "Compared with %s: ", c.ID)
		if c.Status == publication.Suppressed {
			b.WriteString("suppressed\n\n")
			continue
		}
		fmt.Fprintf(&b, "%s companies\n", c.Companies)
		w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
		line := func(id string, s ScoreStanding) {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", id, s.OwnCell(), s.Mean, s.Verdict, s.Band)
		}
		fmt.Fprintln(w, "item\town\tmean of peers\tverdict\tband")
		if c.Overall.Own != nil { // several scales have none
			line(publication.OverallItem, c.Overall)
		}
		for _, f := range c.Functions {
			line(f.ID, f.ScoreStanding)
		}
		for _, d := range c.Domains {
			line(d.ID, d.ScoreStanding)
		}
		for _, q := range c.Questions {
			line(q.ID, q.ScoreStanding)
		}
		_ = w.Flush() // to memory
		if len(c.Ahead) > 0 {
			fmt.Fprintf(&b, "Peers are clearly ahead in: %s\n", strings.Join(c.Ahead, ", "))
		}
		if len(c.Strengths) > 0 {
			fmt.Fprintf(&b, "Clearly ahead of the peers in: %s\n", strings.Join(c.Strengths, ", "))
		}
		b.WriteByte('\n')
	}
	for _, p := range s.Profiles {
		fmt.Fprintf(&b, "Profile %s: %s reached, %d missing\n", p.ID, decimal.Micros(100*p.Reached, 0, 100*decimal.Unity, decimal.Nearest).Round(0, decimal.Down)+"%", len(p.Missing))
	}
	return b.String()
}
