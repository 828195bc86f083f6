package model

// Every number here is a choice or a belief about industry panels. After the value
// stand its unit and its source; “chosen” says that no measurement is recorded. A Unit
// is [Shape.Unit], a level of a scale of six. A spread is always a standard
// deviation.

// Before the pilot.
const (
	levelSpread    = 1.2  // Unit: an unpublished overall level around the middle of the scale; chosen
	levelFloor     = 0.1  // Unit: least spread of a published one; chosen
	levelWidening  = 1.8  // how much wider a published spread is taken; chosen
	centerSlack    = 0.1  // Unit: error of the centre that no pilot removes; chosen
	companiesShare = 0.5  // of the planned number of companies: its spread; chosen
	scoreSpread    = 0.85 // Unit: company scores; chosen
	scoreVariation = 0.35 // Unit²: belief about their variance; chosen
	normSpread     = 0.35 // mean of ln(contrast norm/ContrastUnit) around 0; chosen
	normWidth      = 0.2  // median spread of ln(contrast norm) between companies; chosen
	normWidthRatio = 1.6  // and its geometric spread; chosen
)

// After the pilot: limits of what a noisy reading can make of a belief.
const (
	levelMargin      = 0.05 // of the number of levels: distance of the level from the ends; chosen
	leastScoreSquare = 0.1  // Unit²: least variance of scores; chosen
)

// normWidths are the spreads of ln(contrast norm) that the pilot's histogram
// chooses from; normLow, normStep (in hundredths) and normSteps the locations.
var normWidths = []float64{0.08, 0.12, 0.17, 0.24, 0.33, 0.45}

const normLow, normStep, normSteps = -80, 5, 31

// The public model of answers.
const (
	domainSpread   = 0.35 // Unit: a company's level in one domain around its own; chosen
	questionSpread = 0.45 // Unit: difficulty of the questions of a domain; chosen

	// Unanswered is the share of the answers that are missing, at random; chosen.
	Unanswered = 0.05
)

// Its calibration to the pilot.
const (
	simulated       = 2500  // answer sheets behind every public model; chosen
	difficultySets  = 5     // sets of question difficulties among them; chosen
	calibrationSeed = 20260 // chosen
	calibrations    = 10    // simulations at most; chosen
	goodEnough      = 0.005 // Units and logarithms: what a calibration may miss; chosen
	gridStep        = 0.15  // of the logarithms that a pilot is rounded to; chosen

	startLoss      = 0.05 // Unit²: what domains and rounding add to the variance of scores, at the start; chosen
	startRest      = 0.9  // Unit: spread of the rest where there are no contrasts; chosen
	startLeastRest = 0.15 // Unit²: least variance of the rest at the start; chosen

	// The latent parameters stay within these, in Unit.
	levelBeyond = 1   // level beyond the ends, and half a level more; chosen
	companyHigh = 2.2 // chosen
	restLow     = 0.3 // or of a level, if that is longer; chosen
	restHigh    = 2.5 // chosen
)

// Features of the public model that must not vanish.
const (
	leastNormShare = 0.02 // of the mean square: squared contrast norm of a sheet with next to none; chosen
	densityFloor   = 0.01 // 1/Unit²: squared density at a threshold that nobody is near; chosen
	momentRidge    = 1e-4 // variance added to each distribution function; chosen

	// leastMet keeps the centre of a profile's feature away from 0 and 1, where
	// the simulated sheets say next to nothing about how rare a company is; chosen.
	leastMet = 0.02
)

// usualQuestions is the length of a usual instrument: the practices of the Medical
// Device and Health IT Joint Security Plan.
const usualQuestions = 44

// The measurement of ln(contrast norm/ContrastUnit) by the pilot: edgeLow and
// edgeStep in hundredths; chosen.
const edgeLow, edgeStep, edgeCount = -100, 15, 13
