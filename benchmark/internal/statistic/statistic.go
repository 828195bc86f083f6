package statistic

import "slices"

// Item is what a statistic is about.
type Item int

// The items.
const (
	Cohort Item = iota
	Score       // the overall score and the domains' scores
	Question
	Profile
	Function // a tier above the domains
)

// Unit is what a statistic is measured in, which says how it is rounded.
type Unit int

// The units.
const (
	Companies Unit = iota // whole, the bounds outward
	Scale                 // levels, on the scale
	Shares                // in [0, 1]
)

// Statistic is a row of the table.
type Statistic struct {
	ID     string // in release.json and tables.csv
	Of     Item
	Family *Family
	// P is the probability of a percentile of the scores (type 7 of Hyndman & Fan,
	// Sample Quantiles in Statistical Packages, The American Statistician 50, 1996); 0
	// for every other statistic.
	P      float64
	Levels Levels
}

// Levels says whether a statistic is a number, or a list with one a level.
type Levels int

// The lists.
const (
	OneNumber   Levels = iota
	EveryLevel         // one for every level of the scale
	AboveLowest        // one for every level but the lowest
)

// First is the first level of the list, from 0.
func (l Levels) First() int {
	if l == AboveLowest {
		return 1
	}
	return 0
}

// Family are statistics that are published or withheld together. It is judged by its
// worst member.
type Family struct {
	ID   string
	Kind Kind // that a plan asks for; none: always there
	Unit Unit
	Most float64 // largest standard error that is published, in the unit; 0: always published
	Mark Mark    // how figures of the scores' spread show it
	// Forecast is what is known of a family's error before the panels of a forecast
	// are looked at, for the overall score and for the domains.
	Forecast, DomainForecast UsualError
}

// UsualError is how the root mean square error of a family stands to the standard
// deviation that its intervals state, where panels follow the model: the geometric
// mean over 50, 100 and 300 companies at ε = 4 and 300 at ε = 1, from
//
//	go run ./examples/accuracy -panel usual -companies N -epsilon E -trials 120
//
// as the error over the median width, times twice the critical value; for the overall
// mean and the domains between what this shows, 0.81, and what plans with a published
// level show, 0.70. A few numbers
// a panel, which rise and fall together, tell little of their error from the panels
// of one forecast; this is what it is believed to be before them. An error with the
// kurtosis k counts as 2/(k − 1) normal ones: k is 4.2 for the overall mean of 150 panels of
// 300 companies at ε = 1.
type UsualError struct {
	Ratio       float64 // 0 if the panels tell enough
	Independent float64 // numbers a panel that count as independent
}

// Mark is how a figure of the scores' spread shows a percentile.
type Mark int

// The marks.
const (
	NoMark Mark = iota
	Box         // a box from the lowest to the highest, with the ones between as lines
	Dots        // a dot each
)

// Usefulness limits: an estimate whose standard error is larger says too
// little to be printed.
const (
	mostLevels = 0.25 // levels
	mostShare  = 0.10
)

// The families.
var (
	Size       = &Family{ID: "companies", Unit: Companies, Forecast: UsualError{0.97, 5}}
	ScoreMean  = &Family{ID: "mean", Kind: ScoreKind, Unit: Scale, Most: mostLevels, Forecast: UsualError{0.74, 0.6}, DomainForecast: UsualError{0.74, 1.2}}
	Quartiles  = &Family{ID: "quartiles", Kind: QuartileKind, Unit: Scale, Most: mostLevels, Mark: Box, Forecast: UsualError{0.64, 1.5}, DomainForecast: UsualError{0.64, 2}}
	Outer      = &Family{ID: "outer percentiles", Kind: QuartileKind, Unit: Scale, Most: mostLevels, Mark: Dots, Forecast: UsualError{0.7, 1.5}, DomainForecast: UsualError{0.7, 2}}
	Mean       = &Family{ID: "mean", Kind: QuestionKind, Unit: Scale, Most: mostLevels}
	AnswerDist = &Family{ID: "shares", Kind: ShareKind, Unit: Shares, Most: mostShare}
	Met        = &Family{ID: "profiles", Kind: ProfileKind, Unit: Shares, Most: mostShare}
)

// PercentileFamilies are the families of the percentiles, the one that is read first
// before the others.
var PercentileFamilies = []*Family{Quartiles, Outer}

// table lists the statistics in the order of tables.csv: within an item, and the
// percentiles ascending.
var table = []Statistic{
	{ID: "companies", Of: Cohort, Family: Size},
	{ID: "mean", Of: Score, Family: ScoreMean},
	{ID: "p10", Of: Score, Family: Outer, P: 0.10},
	{ID: "q1", Of: Score, Family: Quartiles, P: 0.25},
	{ID: "median", Of: Score, Family: Quartiles, P: 0.50},
	{ID: "q3", Of: Score, Family: Quartiles, P: 0.75},
	{ID: "p90", Of: Score, Family: Outer, P: 0.90},
	{ID: "mean", Of: Question, Family: Mean},
	{ID: "share", Of: Question, Family: AnswerDist, Levels: EveryLevel},
	{ID: "at_least", Of: Question, Family: AnswerDist, Levels: AboveLowest},
	{ID: "profile", Of: Profile, Family: Met},
	{ID: "mean", Of: Function, Family: ScoreMean},
}

// Of lists the statistics of an item, in the order of tables.csv.
func Of(item Item) []Statistic {
	return slices.DeleteFunc(slices.Clone(table), func(s Statistic) bool { return s.Of != item })
}

// Percentiles lists the percentiles of the scores, ascending.
func Percentiles() []Statistic { return slices.Clone(percentiles) }

var percentiles = slices.DeleteFunc(slices.Clone(table), func(s Statistic) bool { return s.P == 0 })

// Probabilities are those of [Percentiles].
func Probabilities() []float64 {
	var list []float64
	for _, p := range percentiles {
		list = append(list, p.P)
	}
	return list
}

// PercentileIndex is the place of a percentile among [Percentiles], or −1.
func PercentileIndex(id string) int {
	return slices.IndexFunc(percentiles, func(s Statistic) bool { return s.ID == id })
}

// Members are what belongs to a family in a list that has an entry for each of
// [Percentiles], or none at all.
func Members[T any](f *Family, list []T) []T {
	var members []T
	for i, of := range list {
		if percentiles[i].Family == f {
			members = append(members, of)
		}
	}
	return members
}
