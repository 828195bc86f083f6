package estimate

import (
	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/model"
)

// Number is an estimate with its interval: Low ≤ Value ≤ High, all within the
// range that the statistic can have.
type Number struct {
	Value, Low, High float64
	// Error is the posterior standard deviation, the possible bias of clipping
	// included. The interval is wider where the data say little; see interval.go.
	Error float64
	// Information is the share of the prior variance that the data removed, from
	// 0 (the number is the public model's) to 1 (the number is the data's).
	Information float64
}

// Score describes the companies' scores in one domain or overall.
type Score struct {
	Mean        Number
	Answers     Number   // of a domain: companies of the cohort with an answer there; Low rests on counts alone
	Percentiles []Number // those of Input.Percentiles, in their order
}

// Function describes a tier above the domains.
type Function struct {
	Mean    Number  // of the means of its domains
	Answers float64 // the least of Answers.Low of its domains
}

// Question describes the answers to one question.
type Question struct {
	Mean    Number
	Answers Number   // companies of the cohort that answered it; Low rests on counts alone
	Shares  []Number // of each level; the values sum to 1 and have the mean Mean.Value
	AtLeast []Number // share at level 1 or above, 2 or above, …: the tails of Shares
}

// Cohort holds the estimates of one cohort, on levels 0..Levels-1. Where domains have scales of
// their own (model.Shape.Places), everything but the overall score is on these, from 0 to the
// number of their levels less 1; the overall score is a step on the way to the domains, and
// no score of anything.
type Cohort struct {
	Companies Number
	Overall   Score
	Domains   []Score
	Functions []Function
	Questions []Question
	Profiles  []Number // share of the companies that meet each profile
	// ProfileAnswers is, by profile, the least of Answers.Low of its questions.
	ProfileAnswers []float64

	Unshrunken Unshrunken
	Sheets     Sheets // of all companies; zero elsewhere
}

// Input is a measurement with the design that made it.
type Input struct {
	Shape    model.Shape
	Design   encode.Design
	Prior    model.Prior // what was published before; the zero value is the neutral prior. Only Information depends on it
	Measured [model.Blocks]encode.Measured
	Exact    []float64 // exact cohort sizes where they are public, otherwise nil
	Z        float64   // half-width of an interval in standard deviations
	// Percentiles of the scores to estimate, ascending.
	Percentiles []Percentile
	// SpreadUnknown says that nothing was measured of how far the companies'
	// scores spread, not even by a pilot: the quartiles are then the public
	// model's and have no Information.
	SpreadUnknown bool
	// Earlier are earlier waves, the first one first: what they measured of the questions.
	Earlier []Earlier
}

// Earlier is what an earlier wave measured of the contrasts of all companies: by
// question, its mean less that of its domain, in levels, and the variance of that.
// Where the variance is 0 nothing is known.
type Earlier struct{ Reading, Variance []float64 }

// Percentile is a percentile of the scores that is asked for.
type Percentile struct {
	P float64 // its probability, in (0, 1)
	// Family numbers the percentiles that are published together: where one of them
	// contradicts the mean, none of them is informed.
	Family int
}

// Unshrunken are the means of a cohort, and the shares that meet a profile, as
// the noisy data alone say: unbiased, without a prior, and less accurate than
// the estimates. A prior pulls the same number in the same direction in every
// wave, which hides a part of a change; the difference of two unshrunken numbers
// keeps all of it. They are not cut to the scale. Where nothing was measured, the
// interval says so by its width.
type Unshrunken struct {
	Overall   Number
	Domains   []Number
	Functions []Number
	Questions []Number
	Profiles  []Number
}
