package estimate

import (
	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/model"
)

// Number is an estimate with its interval.
type Number struct {
	Value, Low, High float64
	Error            float64 // posterior standard deviation, clip bias included
	Information      float64 // share of the prior variance that the data removed, in [0, 1]
}

// Score describes the companies' scores in one domain or overall.
type Score struct {
	Mean      Number
	Quartiles [3]Number
}

// Question describes the answers to one question.
type Question struct {
	Mean    Number
	Answers Number // companies of the cohort that answered
	Shares  []Number
	AtLeast []Number
}

// Cohort holds the estimates of one cohort, on levels 0..Levels-1.
type Cohort struct {
	Companies Number
	Overall   Score
	Domains   []Score
	Questions []Question
}

// Input is a measurement with the design that made it.
type Input struct {
	Shape    model.Shape
	Design   encode.Design
	Measured [model.Blocks]encode.Measured
	Exact    []float64 // exact cohort sizes under the public roster, otherwise nil
	Z        float64   // half-width of an interval in standard deviations
}
