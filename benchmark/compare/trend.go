package compare

import (
	"errors"
	"fmt"
	"math"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/decimal"
	"maturitybench/benchmark/internal/specfile"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
)

// ErrIncomparable says that releases cannot be compared; the text that wraps it
// says why.
var ErrIncomparable = errors.New("compare: the releases cannot be compared")

// Changes says how an industry moved over two or more waves.
type Changes struct {
	Account string      `json:"account"`
	Waves   []TrendWave `json:"waves"`           // in the order given, the earliest first
	Steps   []TrendStep `json:"steps"`           // from every wave to the next
	Whole   *TrendStep  `json:"whole,omitempty"` // from the first wave to the last, of what is the same in all; nil for two waves
	Series  []Series    `json:"series"`          // the means of the last wave's cohorts and items in all waves
	Loss    TrendLoss   `json:"loss"`
}

// TrendWave is one of the releases.
type TrendWave struct {
	Release     string             `json:"release"`            // id
	Wave        string             `json:"wave"`               // its name, as in the plan
	Revision    int                `json:"revision"`           // 1 for the first publication of the wave, then 2, 3, …
	Date        string             `json:"date,omitempty"`     // of the publication, such as 2026-03-01; empty where no ledger told
	Sequence    int                `json:"sequence,omitempty"` // its number among the publications of the account, from 1; 0 where no ledger told
	Instrument  instrument.Version `json:"instrument"`         // id and version that the companies answered
	Epsilon     float64            `json:"epsilon"`            // of the presence of one company, at Delta
	Delta       float64            `json:"delta"`              // of this release, above 0 and below 1
	Noise       string             `json:"noise"`              // [publication.SecureNoise] or [publication.TestNoise]
	Reestimated bool               `json:"reestimated"`        // see benchmark.Reestimate
}

// TrendStep is the change from one wave to the next.
type TrendStep struct {
	From        string        `json:"from"`         // wave
	To          string        `json:"to"`           // wave
	Confidence  float64       `json:"confidence"`   // of every interval by itself: that of the later release
	Changes     []Change      `json:"changes"`      // in the order of tables.csv
	NotCompared []NotCompared `json:"not_compared"` // what is not the same in both waves

	Instrument instrument.Spec `json:"-"` // of the later wave: what it calls items and cohorts
}

// Change is the change of one statistic. A cohort that is suppressed in either
// wave has one Change, with Cohort and Status only.
//
// From and To are the published estimates. Change need not be their difference: of
// means it is estimated from all waves, if Joint says so, and Difference is
// computed from unshrunken numbers where the releases carry them.
type Change struct {
	Cohort     string               `json:"cohort"`
	Item       string               `json:"item"`               // of the later wave
	OldItem    string               `json:"old_item,omitempty"` // of the earlier wave, where it had another id
	Statistic  string               `json:"statistic"`          // as in [publication.Cell], without companies
	Level      int                  `json:"level"`              // as in [publication.Cell]
	HasLevel   bool                 `json:"has_level"`
	From       publication.Estimate `json:"from"`
	To         publication.Estimate `json:"to"`
	Change     publication.Estimate `json:"change"`     // later less earlier: levels, or shares; with Joint from all waves, else as Difference
	Joint      bool                 `json:"joint"`      // Change is estimated from the numbers of all waves
	Difference publication.Estimate `json:"difference"` // of the numbers of the two waves
	Unshrunken bool                 `json:"unshrunken"` // Difference is one of unshrunken numbers
	Verdict    Verdict              `json:"verdict"`    // Up, Down, Indistinguishable or NoVerdict
	Status     publication.Status   `json:"status"`     // Published, Withheld or Suppressed
}

// NotCompared names an item or an attribute that a step leaves out.
type NotCompared struct {
	Item   string `json:"item"`   // of the later wave; of the earlier one if it was retired; or a kind of statistics, see [publication.Release.NotAsked]
	Reason string `json:"reason"` // a [instrument.QuestionChange], or unlisted, scale, parts, definition or unasked
}

// The values of NotCompared.Reason beside those of [instrument.QuestionChange].
const (
	ReasonUnlisted   = "unlisted"   // the crosswalk does not say what became of the question
	ReasonScale      = "scale"      // the question is on another scale, or one whose levels have other names or tests
	ReasonParts      = "parts"      // the score or profile is not made of the same questions, or with other weights
	ReasonDefinition = "definition" // the attribute has other values
	ReasonUnasked    = "unasked"    // the kind of statistics was not asked for in both waves
)

// TrendLoss is the privacy loss of a company that took part in all the waves
// compared.
type TrendLoss struct {
	Waves   int            `json:"waves"`                       // how many releases are compared, 2 or more
	Roster  privacy.Roster `json:"roster"`                      // of all of them
	Epsilon float64        `json:"epsilon"`                     // about its presence, or about who it was under a counted roster, at Delta; rounded up
	Between float64        `json:"epsilon_between_two_answers"` // about which of two series of answer sheets it gave, at Delta; rounded up
	Delta   float64        `json:"delta"`                       // the sum of the releases' δ
}

// Trend compares releases of one account, the earliest first, each with the
// next: the change of every statistic but the number of companies, with an
// interval and a verdict. It is post-processing and costs nothing.
//
// Only like is compared with like. Under the same instrument id and version,
// every item is the same, and so must be the names and tests of the levels. Otherwise
// the later instrument must have a [instrument.Crosswalk] from the earlier one, and only
// questions that it calls same are compared, if they are on the same scale;
// domains, the overall score and profiles are compared only if all of their
// questions are. A cohort is compared if its attribute has the same values. A
// cohort or number that is suppressed or withheld in either wave stays so. A release
// that was withdrawn is refused.
//
// A change compares the answers of two groups of respondents, who need not be
// the same companies. Its interval has the later wave's confidence, and
// holds for every change by itself. There are two ways to it:
//
//   - Jointly, for means: from the unshrunken numbers of all waves, whose noise is
//     independent. How far means move from wave to wave is learnt from all of
//     them, and small steps are more likely than large ones, so that most of what is noise goes; a
//     step that stands out from the noise is believed, be it of a question, a domain, or of a panel that is
//     another one. A single step of less than three standard deviations of the noise may be understated,
//     with an interval that allows for it. The later waves tell of the earlier changes, too, which therefore
//     are others when a wave is added.
//   - As a difference, always there as Difference: its interval combines those of the two waves
//     by squares and on each side separately (MOVER: Zou & Donner, Construction of Confidence Limits
//     about Effect Measures, Statistics in Medicine 27, 2008). Means and profiles are
//     compared by their unshrunken numbers if both releases carry them, so that
//     neither last year's release, nor any other prior, hides a part of the change.
//     Percentiles and shares are compared as published: their intervals allow for
//     the prior, but a sudden change of a single distribution is understated.
//
// A mean keeps its difference where the waves do not tell enough: where the overall mean or that of
// its domain is withheld, where few questions are shown or with much noise, or where the
// domain is made of other questions than before.
//
// Errors wrap [ErrIncomparable].
func Trend(releases ...*publication.Release) (*Changes, error) {
	if len(releases) < 2 {
		return nil, fmt.Errorf("%w: at least two are expected", ErrIncomparable)
	}
	c := &Changes{Account: releases[0].Account}
	seen := map[string]bool{}
	for _, r := range releases {
		switch err := r.Check(); {
		case err != nil:
			return nil, fmt.Errorf("compare: release: %w", err)
		case r.Usable() != nil:
			return nil, fmt.Errorf("%w: %w", ErrIncomparable, r.Usable())
		case r.Account != c.Account:
			return nil, fmt.Errorf("%w: they belong to different accounts", ErrIncomparable)
		case r.Privacy.Roster != releases[0].Privacy.Roster:
			return nil, fmt.Errorf("%w: their rosters protect different things", ErrIncomparable)
		case seen[r.Wave]:
			return nil, fmt.Errorf("%w: the wave %s appears twice", ErrIncomparable, r.Wave)
		}
		seen[r.Wave] = true
		c.Waves = append(c.Waves, TrendWave{
			Release: r.ID, Wave: r.Wave, Revision: r.Revision, Date: r.Privacy.Account.Date, Sequence: r.Privacy.Account.Sequence,
			Instrument: versionOf(r.Instrument),
			Epsilon:    r.Privacy.Epsilon, Delta: r.Privacy.Delta, Noise: r.Privacy.Noise, Reestimated: r.Reestimated != nil,
		})
	}
	var same []sameItems // by step
	for i, later := range releases[1:] {
		if err := inOrder(releases[i], later); err != nil {
			return nil, err
		}
		items, err := matchItems(releases[i].Instrument, later.Instrument)
		if err != nil {
			return nil, err
		}
		same = append(same, items)
		c.Steps = append(c.Steps, newStep(releases[i], later, items))
	}
	c.join(releases, same)
	c.Loss = trendLoss(releases)
	return c, nil
}

// inOrder refuses releases in the wrong order, as far as their account tells: a first
// revision cannot be the earlier one of two if it was published after the other. A
// later revision can, since it stands for its wave.
func inOrder(earlier, later *publication.Release) error {
	before, after := earlier.Privacy.Account, later.Privacy.Account
	if earlier.Revision == 1 && after.Sequence > 0 && before.Sequence > after.Sequence {
		return fmt.Errorf("%w: the earliest is expected first, but wave %s was published on %s, after wave %s on %s",
			ErrIncomparable, specfile.Shown(earlier.Wave), before.Date, specfile.Shown(later.Wave), after.Date)
	}
	return nil
}

// versionOf names the instrument.
func versionOf(s instrument.Spec) instrument.Version {
	return instrument.Version{ID: s.ID, Version: s.Version}
}

// trendLoss adds the losses of releases.
func trendLoss(releases []*publication.Release) TrendLoss {
	var total privacy.Loss
	delta := 0.0
	for _, r := range releases {
		total = total.Plus(r.Privacy.Loss.Total())
		delta += math.Round(r.Privacy.Delta * 1e18)
	}
	delta /= 1e18
	roster := releases[0].Privacy.Roster // of the account, as of all its releases
	return TrendLoss{
		Waves: len(releases), Roster: roster, Delta: delta,
		Epsilon: total.Epsilon(delta), Between: roster.EpsilonBetweenTwoAnswers(total, delta),
	}
}

// changeOf is the change of a number from one wave to another, in the later
// one's confidence; widths are the factors of the two waves' intervals.
func changeOf(from, to publication.Estimate, widthFrom, widthTo float64) publication.Estimate {
	if from.Status != publication.Published || to.Status != publication.Published {
		return publication.NoEstimate()
	}
	down := math.Hypot(widthTo*(to.Value-to.Low), widthFrom*(from.High-from.Value))
	up := math.Hypot(widthTo*(to.High-to.Value), widthFrom*(from.Value-from.Low))
	value := decimal.ToMicros(to.Value) - decimal.ToMicros(from.Value)
	const most = decimal.Micro(decimal.Largest) * decimal.Unity
	return published(
		value,
		decimal.Micros(value.Float()-down, -most, most, decimal.Down),
		decimal.Micros(value.Float()+up, -most, most, decimal.Up),
	)
}
