package encode

// Every number here is a choice or a belief about industry panels that steers how
// precisely something is measured. None of them can break a bound or make a number
// wrong by itself: a bad one costs accuracy. After the value stand its unit and
// its source; “chosen” says that no measurement is recorded. Unit² is the square of
// [model.Shape.Unit], a level of a scale of six.

// What errors are worth: the loss that the noise is divided by.
const (
	meanUnit  = 0.25 // levels of a scale of six: one step of a mean to a reader; chosen
	shareUnit = 0.1  // one step of a share to a reader; chosen

	shareOfMean   = 0.15 // shares of a level per level: how an error of a mean moves them; chosen
	atLeastOfMean = 0.2  // the same for shares at or above a level; chosen

	// quartileWorth is the loss per variance of a score's second moment v, in those of
	// a mean times v. The outer two of three quartiles lie 0.674·sqrt(v) from the
	// median and move by half of the relative error of v: 2/3·(0.674/2)² is 0.076. It
	// counts threefold, because every cohort reads its quartiles from it; chosen.
	quartileWorth = 3 * 0.076

	companiesWorth = 15   // loss per relative variance of the number of companies; chosen
	notStatedWorth = 5    // the same for the companies that do not state an attribute; chosen
	overallWorth   = 0.8  // overall means, of the loss of the means that they move and the shares; chosen
	overallScores  = 2    // means of scores that an error of the overall mean moves, beside one of percentiles and one of questions; chosen
	offsetsWorth   = 0.7  // offsets, of the loss of the means that they move and the shares; chosen
	leastMeans     = 0.25 // means that both move at least, whatever is asked for; chosen
	unusableWorth  = 0.3  // of the loss of a mean of one Unit; chosen
	emptyWorth     = 0.1  // of the loss of a mean of one Unit; chosen
	skipsWorth     = 0.3  // of the loss of a mean of one Unit; chosen
	scoreCDFWorth  = 130  // loss per variance of a distribution function, in 1/Unit²; chosen
	profilesWorth  = 1.0  // of the loss of a share; chosen
)

// What the shapes of the answers of a domain and of a question are worth: losses per variance of
// a share polynomial, all orders together one a level, and the part of it that they are worth to a
// panel of which the means are not yet well known, up to a number of companies times μ
// from which on they are worth all. The shapes of panels unlike
// others are further off than the prior variance says, so that unlikeShapes times as much is
// planned for those of domains. With 1 in place of the part and of unlikeShapes, the question means
// of panels like the model of 300 companies at ε = 4 err by a sixth more, and their shares by a twentieth less:
// go run ./examples/accuracy -companies 300 -epsilon 4 -cohorts=false -trials 60
const (
	shapesWorth   = 100
	shapesOfSmall = 0.25
	largePanel    = 1000
	unlikeShapes  = 4
)

// What a relative error of the number of companies is worth, by what is divided by it:
// the variances, in Unit², that the overall score, an offset and a contrast have around
// the centre, by which the error is multiplied; and what it is worth by itself; chosen.
const (
	companiesAlone       = 3
	companiesOfOverall   = 0.01
	companiesOfOffsets   = 0.05
	companiesOfContrasts = 0.2
	skipsOfProfiles      = 0.25 // counts of answers to a plan that asks for profiles, at least, of those to a plan that asks for everything
)

// Prior variances of the cohort means of a coordinate: of all (Level), of a cohort's
// deviation from it (Group), between companies (Within) where the public model does
// not say it.
const (
	companiesLevel  = 0.25     // relative, at least; chosen
	companiesGroup  = 0.16     // relative; chosen
	companiesWithin = 0.01     // relative; chosen
	notStatedLevel  = 0.01     // of a share of the companies; chosen
	notStatedWithin = 0.05     // of a share of the companies; chosen
	overallGroup    = 0.08     // Unit²; chosen
	offsetsLevel    = 0.06     // Unit²; chosen
	offsetsGroup    = 0.006    // Unit²; chosen
	unusableLevel   = 0.01     // of a share of a domain's questions; chosen
	unusableWithin  = 0.05     // of a share of a domain's questions; chosen
	emptyLevel      = 0.0025   // of a share of the companies; chosen
	emptyWithin     = 0.01     // of a share of the companies; chosen
	contrastsLevel  = 0.4      // Unit²; that of real instruments, no command recorded
	contrastsGroup  = 0.012    // Unit²; chosen
	skipsLevel      = 0.0144   // of a share of the companies; chosen
	skipsWithin     = 0.05     // of a share of the companies; chosen
	domainShapeAll  = 0.0025   // of a coefficient of an orthonormal polynomial: 0.05²; two ordinal panels, no command recorded
	domainShapeOwn  = 0.000225 // the same for a cohort: 0.015²; chosen
	questionAll     = 0.0009   // of a question's coefficient: 0.03²; two ordinal panels, no command recorded
	questionOwn     = 0.0001   // the same for a cohort: 0.01²; chosen
	cdfLevel        = 0.0004   // of a distribution function at a threshold: 0.02²; chosen
	cdfGroup        = 0.0004   // the same for a cohort; chosen
	cdfWithin       = 0.06     // between companies: less than the ¼ of a median, since thresholds reach to the ends; chosen
	profilesLevel   = 0.01     // of a share of the companies; chosen
	profilesGroup   = 0.0025   // the same for a cohort; chosen
)

// Which row groups are measured.
const (
	// A block that the public model hardly uses must not look free.
	leastSquareRare  = 0.01 // mean squared feature of NotStated and Empty, at least; chosen
	leastSquareOther = 0.02 // of the other blocks; chosen

	segmentsUseAll = 2 // times its own weight that the total of all counts if there are segments; derived in rowGroups
)

// The clip level.
var (
	// quantiles of the weighted norm are the candidates for the clip level; chosen.
	quantiles = []float64{0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.94, 0.97, 0.985, 0.995, 0.999}
)

const (
	// clippedRoom is the part of the bound that the measurement of 1 − f takes of a
	// company of which a tier is clipped; chosen.
	clippedRoom = 0.055

	// What clipping takes of a tier is measured with so many times the noise of the tier
	// itself: it is free for whoever is not clipped, and the less precise it is, the
	// longer the response of which all of it fits. On 40 panels of 100 companies of which one
	// in ten is far from the others, ε = 4, the overall mean held in 65 % with 2 and a part
	// of 0.3, in 74 % with 1.3 and 0.5, and its intervals on panels like the model were a
	// twentieth narrower:
	// go run ./examples/accuracy -panel usual,top-tenth,bottom-tenth -companies 100 -epsilon 4 -trials 40
	restNoiseOverall = 1.3
	restNoiseOffsets = 2.0
	restNoiseTail    = 3.0
	// restOverallPart is the largest part of the bound that the rest of an overall score
	// takes, however far from the centre it lies, restSegmentsPart that of the one for the
	// values of attributes, which has as much noise as the offsets'; chosen. With 0.5 in place of 0.8 the
	// overall means of 80 panels each of 100 companies of which one in ten is at the other end of the
	// scale, ε = 4, err by 0.107 and 0.120 instead of 0.090 and 0.102:
	// go run ./examples/accuracy -panel top-tenth,bottom-tenth -companies 100 -epsilon 4 -trials 80
	restOverallPart  = 0.8
	restSegmentsPart = 0.2

	// What is never clipped fits fixedRoom times into the bound, and takes no more of
	// μ² than: the counts of answers, of attributes that are not stated, of companies;
	// chosen.
	fixedRoom     = 1.3
	countsPart    = 0.4
	notStatedPart = 0.15
	companiesPart = 0.25
	// answersNoise is the largest noise on a count of answers, as a share of the
	// companies, unless the counts would take more than countsPart; chosen.
	answersNoise = 0.02

	// scoresNoise is the largest noise, in the mean over the thresholds, on a distribution function of
	// all companies' scores, and segmentsNoise that on the offset of a domain in an average segment, in Unit,
	// unless they would take more than such parts of μ². On 40 panels of 100 companies with three
	// attributes, ε = 4, of which every segment is strong in a domain of its own, the segments' domain
	// means held in 88 % instead of 51 %; 43 % instead of 31 % of the quartiles of 50 companies like the model are
	// published; the errors of means are the same:
	// go run ./examples/accuracy -panel usual,group-strengths -companies 100 -epsilon 4 -trials 40
	scoresNoise   = 0.06
	scoresPart    = 0.05
	segmentsNoise = 0.3
	segmentsPart  = 0.03

	// How the choice of a clip level weighs bias against noise, in variances of a
	// mean: clipped companies may differ in their contrasts by tailBias Unit, and
	// the errors of the level count more, since every question shares them; chosen.
	tailBias   = 0.25
	levelNoise = 3.0
	levelBias  = 2.0

	// mostRescaled is how far, in ln(norm), the contrasts of a simulated company
	// are moved to what the pilot found; chosen.
	mostRescaled = 1

	// How far from the centre, and in which steps, the loss of the head is
	// tabulated, in Unit; chosen.
	lossReach = 2.0
	lossStep  = 0.125
)

// offsetDistances are the distances of domains from the overall score, in Unit, at which the
// loss of the offsets is tabulated; chosen.
var offsetDistances = [...]float64{0, 0.5, 1, 1.5, 2, 3, 4, 6}

// The pilot: relative precisions of its numbers, the score's being 1. Only the
// norm of the sum matters for privacy.
const (
	pilotCount     = 0.6 // chosen
	pilotSquare    = 0.6 // chosen
	pilotHistogram = 0.6 // chosen
)

// The encoding of few companies, and of scores alone.
const (
	// smallCount is the share of R that the number of companies takes where it is not public; chosen.
	smallCount = 0.25
	// smallLost is the share of R that a company takes at most of what is lost of its offsets, and
	// smallPartial that with which a plan without marks counts who is not there in full; chosen.
	smallLost, smallPartial = 0.15, 0.3
	// smallAlone is the most values of a single attribute with which all companies are measured by
	// these alone: the noise on the mean of all grows with the root of their number; chosen.
	smallAlone = 3
	// smallSegments is the share of the overall score's scale that the values of attributes get
	// otherwise; chosen.
	smallSegments = 0.3
	// smallSegmentNoise is the standard deviation of the noise, in Unit, with which the mean of a
	// segment is still measured; chosen: an interval of 90 % is then a level wide.
	smallSegmentNoise = 0.3
	// smallOffsetQuantile is the share of the public model's companies whose offsets are not scaled
	// down, and smallSpare by how much more of them fit where what is lost is known no better than
	// smallUnknown of the companies; chosen.
	smallOffsetQuantile      = 0.98
	smallSpare, smallUnknown = 0.2, 0.1
)
