package estimate

// Every number here is a choice or a belief about industry panels. After the value
// stand its unit and its source; “chosen” says that no measurement is recorded, and a
// measurement without a command says what was seen when the number was chosen. A Unit
// is [model.Shape.Unit], a level of a scale of six. A spread is a standard deviation.
// What is mathematics (a half, a tolerance of an iteration) stays where it is used.

// Sizes of cohorts, as shares of the number of companies.
const (
	contrastSpread  = 0.2  // of an orthonormal contrast of the sizes of an attribute's values; chosen
	notStatedMean   = 0.02 // of the companies that do not state an attribute; chosen
	notStatedSpread = 0.1  // the same; chosen
	smallestShare   = 0.03 // of the companies in a cohort whose size is hardly known; chosen
)

// Rates of skipping and of clipping.
const (
	unusableMean    = 0.05 // share of a domain's questions without a usable answer; chosen
	unusableSpread  = 0.15 // the same; chosen
	emptyMean       = 0.01 // share of companies without an answer in a domain; chosen
	emptySpread     = 0.05 // the same; chosen
	skipCorrelation = 0.1  // of the skips of one question; chosen
	skipDoubt       = 2.0  // spread of the multiple of the variance that this gives; chosen
	leastMultiple   = 0.03 // of that variance; chosen
	mostUnusable    = 0.5  // rate of skipping that the variance of skips is taken at; chosen
	segmentSkips    = 1.0  // how far a segment's rate r may differ, in units of r(1−r); chosen
	leastRate       = 0.05 // smallest rate that divides; chosen

	// The share that clipping takes is the public model's, give or take clippedSpread and
	// half of it, or with the probability rare anything: this far from it. The overall score
	// of all companies has room enough that hardly any is clipped: clippedLevelSpread. With
	// 0.003 in its place the intervals of overall means of 300 companies like the model are
	// an eleventh wider, and hold as often on panels of which a tenth lies apart:
	// go run ./examples/accuracy -panel usual,top-tenth,bottom-tenth -companies 300 -epsilon 4 -trials 30
	clippedSpread      = 0.005
	clippedLevelSpread = 0.0015
	clippedRare        = 0.3
	// The mean of the offsets over the domains, by their questions, is 0 give or take
	// sumByChance, or with the probability sumIsUnlike sumUnlike, in Unit; chosen.
	sumByChance, sumUnlike = 0.02, 0.4
	sumIsUnlike            = 0.5
	// partialSpread is how far the share of companies that are not there in full may be
	// from what the public model expects, in small panels; chosen.
	partialSpread = 0.1
	// A panel unlike the others has this probability; chosen.
	rare = 0.1
	// Surveys are routed, and a question may be asked of few: the rate of who leaves it out is then anywhere around this; chosen.
	rareSkips, rareSkipsSpread = 0.4, 0.3

	// How far clipped companies may be from the others in one coordinate, as a multiple
	// of scale: see rest. scale² is at most so many times the variance between companies.
	// Seen on made-up panels of specialists, camps and of companies that are all alike.
	restDoubtLevel   = 0.8
	restDoubtOffsets = 0.8
	restDoubtTail    = 0.2
	// restDoubtSquares is the same of squared scores. With 0.2, as of answers, the spread of scores is taken for too
	// small where a few are far out: outer percentiles of 40 panels of heavy-tails hold in 75 %, with 0.8 in 86 %, of
	// 300 companies, secret, ε = 1, in 78 and 88 %; quartiles of panels like the model have intervals wider by 2 %:
	// go run ./examples/accuracy -panel usual,heavy-tails -companies 100 -epsilon 4 -roster public -cohorts=false
	restDoubtSquares = 0.8
	// restDoubtProfiles is the same of profiles, whose features are 0 or 1 whatever the public model says of them. With
	// restDoubtOffsets in its place, and without cutShort, the share that meets a profile of three scales holds in none of
	// 10 panels of top-tenth of 300 companies, secret, ε = 1, with them in 78 %: see the command of evenByChance.
	restDoubtProfiles = 1.0
	// oddlyRare is how probable it is for intervals of profiles that the share that is clipped is none that the public model explains, twice
	// as probable as rare, because whoever meets all minima at once where others meet none is clipped for that: with neither
	// that nor oneSided the shares that meet C2M2's levels hold in 48 % of 30 panels of top-tenth of 100 companies, public, ε = 4, and 20 of 884
	// are off by more than three half-widths, with both in 74 %, and 2 of 823; those of panels like the model have intervals wider by 2 %:
	// go run ./examples/accuracy -instrument c2m2 -panel usual,top-tenth -companies 100 -epsilon 4 -roster public -trials 30
	oddlyRare      = 0.2
	restSpreadHead = 20.0
	restSpreadTail = 4.0
	// clippedContrasts is by which share of the others' the contrasts of clipped companies may differ: see
	// contrastsOfClipped. With none, question means of 24 panels of specialists of 1,000 companies, ε = 4, err by
	// 0.053 instead of 0.032, and those of the extreme questions hold in 79 % instead of 99 %; on panels like the model nothing is lost:
	// go run ./examples/accuracy -panel usual,specialists -companies 1000 -epsilon 4 -trials 24
	clippedContrasts = 0.5
	// restApart is the variance of a segment's β around all's, as a share of the prior variance; chosen.
	restApart = 0.2
	// restMultipleCenter is the mean of the logarithm of a; chosen.
	restMultipleCenter = -1.125
	// restLevelCenter is the same for the overall score of all companies, of whom hardly any is clipped; chosen.
	restLevelCenter = -1.0
	// farSpread is how far, in Unit, clipping moves an overall mean where a few companies are far
	// from all others; farRare is how probable such panels are, and farDoubted the same for intervals. A tenth of the
	// companies at the other end of the scale move it by 0.2 to 0.4. With 0.2, 0.3 and 0.5 in their place the overall means of
	// 120 panels each of top-tenth and bottom-tenth err by 0.088 and hold in 84 %, with these by 0.085 and in 85 %; those of
	// panels like the model have intervals of the same width, 0.16. With none of them and a wider belief about a they err by 0.14:
	// go run ./examples/accuracy -panel usual,top-tenth,bottom-tenth -companies 100 -epsilon 4 -roster public -trials 120
	farSpread           = 0.4
	farRare, farDoubted = 0.4, 0.6
	leastBridge         = 0.02 // share of the companies at or below a threshold, at least, that a deviation is believed from; chosen

	// informedEnough is the share of the prior variance that the data removed from which on shrinkage is limited; chosen.
	informedEnough = 0.5
)

// Levels.
const (
	// laplaceWide is by how much the interval of a mean is wider whose noise is that of one number with the Laplace distribution.
	// Its 90 % are no further out than those of normal noise, but three half-widths are exceeded a thousand
	// times in a million, exp(−√2·3·1.645), and with this 80 times, as of numbers that are sums of several; chosen.
	laplaceWide = 1.35
	// centerSlack is what a mean may be off, in Unit, when it is multiplied by a
	// wrong number of companies: a mean that happens to lie at the centre would hide that error; chosen.
	centerSlack = 0.1
	// levelRounds is how often the overall mean is estimated, because what the public
	// model expects clipping to take depends on it; chosen.
	levelRounds = 3

	// unlikeSkippers is how far the level of the companies that leave out a domain may
	// be from that of the others, in spreads of company scores. With a
	// share z of them the level of those who answer is off by z times as much.
	// Made-up panels whose weak and strong companies skip every other domain with 40 %,
	// ε = 4: coverage of domain means .03 → .94 at 300 companies, .00 → 1.00 at 1,000.
	unlikeSkippers = 1.0
	// unlikeLeavers is the same where companies that leave out domains count less for the overall
	// score, which nothing corrects: the halves of a normal distribution lie 1.6 spreads apart. Of
	// 40 panels of 17 companies of which the weak ones stop half-way, public, ε = 4, the overall
	// mean held in 56 % with 1: go run ./examples/accuracy -panel weak-stop -companies 17 -roster public -cohorts=false
	unlikeLeavers = 1.6
	// explainedDoubt is how far the effect of clipping domains, or values of attributes, that lie apart may be from what the public
	// model says, as a share of it, where nothing measures it; chosen.
	explainedDoubt = 0.33
	// slopeStep, in Unit, is the step of the slope of what clipping is expected to take by the mean of a segment, and
	// mostSlope, in levels per level, the largest slope that counts. Without slopes the overall means of segments of 30
	// panels of group-levels hold in 75 %, and 6 of 172 are off by more than three half-widths; with them they hold
	// in 96 %, and none is, and those of panels like the model have intervals as wide as before:
	// go run ./examples/accuracy -panel usual,group-levels,segments-apart -companies 100 -epsilon 4 -roster public -trials 30
	slopeStep, mostSlope = 0.25, 0.9
	// evenByChance is how many times the variance of what clipping takes of the values of an attribute chance makes of
	// the square of what nothing tells of it: see beyondTold. Without that doubt the overall means of segments of 8 panels of
	// group-levels of 100 companies, public, ε = 4, hold in 32 to 46 % where levels are few or uneven, with it in
	// 75 to 100 % of those that are left; without the limit a tenth of the segments of panels like the model is
	// withheld: MATURITYBENCH_DEEP=1 go test ./benchmark/synthetic/accuracy -run CoverageOfValues
	evenByChance = 1.5
	// unevenReach is the half-width of a 90 % interval, in standard deviations: the normal distribution.
	unevenReach = 1.645
	// oneSided is how far 90 % of a normal distribution reach to one side, in standard deviations.
	oneSided = 1.2816
	// beyondDoubt is what of the share that is clipped there may not be so, in small panels; chosen.
	beyondDoubt = 0.1
	// apartRounds is how often, after the first time, the offsets are estimated, because what
	// clipping is expected to take of them depends on them; chosen.
	apartRounds = 2
	// fewerAnswers is by how many standard deviations fewer companies answered than counted,
	// where the error of a domain mean is judged; chosen.
	fewerAnswers = 3
	leastCounted = 0.8 // of the companies counted: fewest of whom an informed mean may be; chosen

	// unlikeAnswers is how far the offsets of a domain may lie from the others where answers of it are
	// left out, in spreads of the public model's offsets. "go run ./examples/accuracy -panel stair,routed
	// -cohorts=false", where the blanks of a domain follow its level, at ε = 4: domain means of 100 companies under a
	// public roster hold in 77 and 82 % with a doubt of 0.1·Unit for all answers left out, and in 95 and 92 % with one
	// spread (error .075 → .055); of 300 companies, secret, in 77 and 88, and in 96 and 94 %. Panels like the model keep theirs.
	unlikeAnswers = 1.0
	// questionsApart is the variance, in Unit², of the levels of a domain's questions, in what skipping may hide; chosen.
	questionsApart = 0.1
	// shapeOfLevel is what a variance of the level of those who answered moves a shape's coefficient by, per Unit²; chosen.
	shapeOfLevel = 0.05
)

// Earlier waves: how the contrast c of a question moves from one wave to the next,
//
//	c' = slope·c + d,  d ~ (1−driftRare)·N(0, D) + driftRare·N(0, D+driftJump),
//
// or afresh, as if nothing were known.
const (
	// driftRare is the share of questions that move far, of which driftJump is the variance,
	// in Unit²: training, a scandal or a new rule moves a single one by a level; chosen.
	driftRare, driftJump = 0.08, 1.0
	// driftFresh is the probability before the data that a panel has nothing to do with the waves before; chosen.
	driftFresh = 0.2
	// driftForgets is the share of what earlier waves told about the drift that does not hold for the next one; chosen.
	driftForgets = 0.2
	// driftDoubt is the share of the squared distance from the reading that is added to the
	// variance of an interval: the drift of a question far from where it was is that of no
	// other. Seen on panels of 100 companies, ε = 4, of which single questions jump by 1.0.
	driftDoubt = 0.25
)

// driftSlopes are the slopes that are tried, with their probabilities and the variances D
// around which each is believed, in Unit²: the same questions of much the same companies,
// and a panel of which much has been replaced. D is known within a factor, whose logarithm
// has the spread multipleSpread. Question means of exact made-up panels with a third of the
// companies replaced and a drift of 0.1 move by 0.12; chosen.
var (
	driftSlopes    = []driftSlope{{slope: 1, probability: 0.6, variance: 0.02}, {slope: 0.7, probability: 0.2, variance: 0.12}}
	driftMultiples = []float64{0.05, 0.08, 0.14, 0.22, 0.37, 0.61, 1, 1.65, 2.7, 4.5, 7.4, 12, 20}
)

// How a prior variance stands to the truth: multiples of it that are tried. The
// public model knows it within a factor of about 30 only; chosen.
const (
	multipleSpread = 1.5  // of the logarithm of the multiple; chosen
	leastWeight    = 1e-4 // of a multiple that still counts; chosen
	withinFactor   = 1.15 // companies spread more than the simulated ones, as a variance; chosen
	// sameNoiseWithin is how far the noise of two coordinates may differ, as a share,
	// to count as equal: the integer encoding rounds every coordinate's scale by itself; chosen.
	sameNoiseWithin = 0.01
	// flatSpread is the spread of a prior that says nothing: in levels
	// for means, in whole for shares. What is measured at all is measured far more precisely; chosen.
	flatSpread = 30.0
)

var (
	multiplesTried = []float64{0.1, 0.3, 1, 3, 10, 30}
	restMultiples  = []float64{0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300}
	// multiplesFar goes on where values of attributes are strong in domains of their own, or questions have shapes of their
	// own: with multiplesTried domain means of segments of 8 panels of group-strengths of 100 companies, public, ε = 4, on
	// an instrument of yes and no hold in 36 %, with these in 96 %: see the command of evenByChance.
	multiplesFar  = []float64{0.1, 0.3, 1, 3, 10, 30, 100, 300}
	multiplesFine = []float64{0.1, 0.17, 0.3, 0.55, 1, 1.7, 3, 5.5, 10, 17, 30}
)

// Intervals.
const (
	// inflation widens the intervals of what the data hardly informed: the
	// posterior variance is multiplied by 1 + inflation·(1−w)², w the share of the
	// prior variance that the data removed. A prior spread that is right on average
	// is too small for the items that lie far out, and an interval around a shrunken
	// estimate then covers them too rarely. Armstrong, Kolesár & Plagborg-Møller
	// (Robust Empirical Bayes Confidence Intervals, Econometrica 90, 2022) find the
	// critical value that holds for any distribution of the items with the prior's
	// variance. At 90 % their variance is larger than a normal prior's by a factor of
	// 3.7 at w = 0, 2.2 at 0.1, 1.4 at 0.3, 1.07 at 0.5 and 1.01 at 0.7, which makes
	// the items' average coverage hold. The factor here is 3.2, 2.8, 2.1, 1.6 and 1.2:
	// the items furthest out, taken by themselves, ask for more than the average.
	inflation = 2.2

	// segmentInflation is the same for the distance of a segment from all companies.
	// Seen on 24 to 40 panels with every third question keyed in reverse: coverage of
	// segments' question means .85 → .91 at 300 companies, ε = 4, and .78 → .85 at
	// 1,000, ε = 1.
	//
	// Where the plan has not measured these distances at all, only their prior is left,
	// and nothing vouches for its shape: unmeasuredInflation gives the factor of 3.7 of
	// Chebyshev's inequality, √(1/0.1) = 3.16 against 1.645 standard deviations, which
	// is what the robust critical value comes to at w = 0. It fades with w as fast as
	// that one does (1.2, 0.4 and 0.07 above 1 at w = 0.1, 0.3 and 0.5).
	segmentInflation    = 1.7
	unmeasuredInflation = 2.7
	unmeasuredFades     = 8

	// shapeInflation is what intervals of shares allow for where the questions' shapes
	// were not measured: their spread is that of industry panels, and questionnaires of other kinds have more of it; chosen.
	shapeInflation = 0.4
)

// Shares.
const (
	// leastSeen is the share from which on a level counts as given: see alongFace. Without it, shares of 24
	// panels each of two-levels, constant-questions and ladder of 300 companies, ε = 4, are off by more than
	// three half-widths 110 times instead of never, and those of panels like the model the same:
	// go run ./examples/accuracy -panel usual,two-levels,constant-questions,ladder -companies 300 -epsilon 4 -trials 24
	leastSeen = 0.01

	// unlikeDomain is how many spreads a question may lie from its domain for its answers to spread as those of
	// the others; from a spread further away on nothing is believed of that. Without it, shares of segments of 40
	// panels of one-u hold in 78 % and those at or above a level in 74 %, with it in 87 % and 84 %; of panels like the
	// model intervals are as wide and as many shares are published:
	// go run ./examples/accuracy -panel usual,one-u -companies 100 -epsilon 4 -roster public -trials 40
	unlikeDomain = 2.0

	shapeMargin = 0.02 // levels: distance of a mean from the ends where the curve is read; chosen
	// spreadTells is how much more probable, as a logarithm, another spread of the answers must be than the public model's; chosen: twenty to one.
	spreadTells = 3.0

	curvePoints = 801 // of the public curve; chosen
	curveBeyond = 5   // Unit: how far it goes beyond the scale; chosen
	curveStep   = 0.1 // Unit: step of its slope; chosen
)

// answerSpreads are smaller spreads of the answers to a question than the public model's, as
// multiples of it, that panels may have. Where answers spread more the curve hardly changes: chosen.
var answerSpreads = []float64{0.4, 0.55, 0.75}

// Distributions of the scores.
const (
	shapeApart  = 0.018 // of a segment's distribution function around all's, apart from its mean; chosen
	shapeLength = 0.5   // Unit: how far such a deviation reaches along the scale; chosen
	spreadPrior = 0.5   // of the ratio of a score's spread to the public model's before the data; chosen

	leastRest  = 0.3  // Unit: spread of a company's answers around its level; chosen
	warpRoom   = 3    // Unit: how far beyond the scale a level may lie; chosen
	leastSlope = 0.05 // of scores by levels: keeps the level of companies that are all at an end from running away; chosen
	// mostOnLattice is the largest number of questions of a domain whose scores count as those of
	// companies that answered all of them: of more, too many leave one out. On a scale of its
	// own, the steps between thresholds are not shorter than those between scores of a few dozen; chosen.
	mostOnLattice = 2
	centralMargin = 0.05 // of the scale: distance of the public centre from the ends where spreads are compared; chosen
	leastGap      = 0.05 // of the distance of two thresholds that lies between their middles; chosen

	// meanOwn is the share of a mean's variance that is the cohort's own; the rest moves all cohorts together; chosen.
	meanOwn = 0.2
	// explained is what a company's score explains of its indicators, all but a
	// fiftieth, because the normal density is not the companies'; chosen.
	explained = 0.98
	// spreadStep is the step of the derivative by the spread, as a share of it; chosen.
	spreadStep = 0.05

	// mostBetween is the largest share of the variance of the companies' scores that may lie
	// between the values of an attribute for their percentiles to be published: the spread
	// within them is then taken for a fifth more than it is; chosen.
	mostBetween = 1.0 / 3

	// contradiction is by how many of its errors a lower quartile may lie above the
	// mean, or an upper one below: an error of 5 % explains as much; the normal distribution.
	contradiction = 1.645

	// intervalParts is into how many parts an interval between points is cut; chosen.
	intervalParts = 8
	// bendError is the spread, in the middle of such an interval, of
	// F's distance from its interpolation, as a share of its increase there: scores need not be normal; chosen.
	bendError = 0.1
	// crowdError is what it has more where most companies lie in one interval: the
	// others then say nothing about where in it they lie; chosen.
	crowdError = 0.5
	// endWidth is the least width of an interval below the lowest threshold or above the
	// highest, as a share of the way from there to the end: chosen.
	endWidth = 0.5
	// farPlace is by how much the standard deviation of a percentile, in units of what a normal
	// one of its interval has, may be too large before a far place counts (see quantile.interval); chosen.
	farPlace = 1.2
	// farPower is the power of it by which the tails become smaller. A place that is n half-widths away with the
	// probability w adds 2.7·n²·w to the square, and one standard error of F makes w up to ten times as large; chosen.
	farPower = 4
	// mostBeside is how probable the values above, or below, the only one of a percentile's interval may be; chosen.
	mostBeside = 5e-4
	// endDoubt is how far the share ρ of the companies beyond an outermost threshold that are at the very
	// end of the scale may be from the model's, in units of √(ρ(1 − ρ)), which is that of all or none of them:
	// companies that are weak wherever they are not strong, and such as stop early, are at the end far
	// more often than levels that are normal tell; chosen.
	endDoubt = 0.6
	// certain is a probability from which on a distribution function counts as
	// 0 or 1 in interpolation; chosen.
	certain = 1e-4
)

// Spreads of the scores.
var (
	// spreadRatios are the spreads of the scores that are tried, as multiples of the
	// public model's; chosen.
	spreadRatios = [...]float64{0.05, 0.1, 0.15, 0.2, 0.25, 0.32, 0.4, 0.5, 0.62, 0.75, 0.9, 1.05, 1.25, 1.5, 1.8}
	// spreadApart is how far, in logarithms, a score's spread may be from what the
	// common multiple makes it. Scores agree well, somewhat, hardly or not at all, as where
	// every company is strong in one domain and weak elsewhere; the data say which, from
	// equal odds. With the last one, half as many quartiles of such panels of 300
	// companies, ε = 4, are published off by more than three half-widths: 23 for 47 of 8
	// panels each of one-strength and one-weakness, and as many of panels like the model:
	// go run ./examples/accuracy -panel usual,one-strength,one-weakness -companies 300 -epsilon 4 -trials 8
	spreadApart = [...]float64{0.1, 0.25, 0.5, 1.5}
	// shapeSpreads are how far the distribution functions of scores may be from those
	// that normal levels give, as a spread at every threshold; chosen.
	shapeSpreads = [...]float64{0.006, 0.012, 0.024, 0.048, 0.096, 0.19}
)

const (
	// The companies' common level spreads by a multiple of what the public model
	// says, of which the logarithm is normal with this mean and standard
	// deviation. It is below 0 because questions that are keyed in reverse, or
	// that hardly correlate, cancel in a company's scores, and nothing makes them
	// agree much better than the model says. Intervals doubt it more; chosen.
	commonMean  = -0.3
	commonSD    = 0.8
	commonDoubt = 2
	// The multiples that are tried, in equal steps of the logarithm; chosen.
	commonLow, commonHigh, commonSteps = -2.2, 1.0, 24

	leastSpreadWeight = 1e-3 // of a spread that still counts; chosen
	binPoints         = 5    // points that a bin of spreadRatios is cut into; chosen

	// Shares of a score's public variance that all scores have in common.
	singleCommon = 0.7  // of a single domain, which does not tell; chosen
	mostCommon   = 0.98 // chosen

	// The logarithm of the shape's deviation is believed to be normal. Questions that
	// are all keyed one way, on public ordinal panels, show 0.008 to 0.019; a third of
	// them keyed in reverse, which makes a score rise at both ends of the level, 0.045;
	// a made-up normal panel next to nothing.
	shapeMedian = 0.016
	shapeWidth  = 0.75

	// Distributions that are broken (see deviation): how probable that is, for values and
	// for intervals, and the same of a panel of which more is clipped than the public model
	// explains; brokenApart is how far a segment's may then be from all's, as a share. What was measured of the
	// distribution functions speaks against it on panels like the model: with brokenDoubt at 0.3
	// the intervals of their quartiles are 0.51 levels wide instead of 0.53, and those of classes hold
	// in 80 % instead of 89 %, of 30 panels each:
	// go run ./examples/accuracy -panel usual,classes -companies 300 -epsilon 1 -trials 30
	brokenRare, brokenDoubt     = 0.005, 0.5
	brokenUnlike, brokenDoubted = 0.5, 0.8
	brokenApart                 = 0.2
)

// ownWaysUsual is what the domains' scores spread by beyond the overall score up to which panels of four domains are like the model, as a
// multiple of what the public model says: theirs have 0.4 to 1.8, those of companies with one strength or one weakness 1.4 to 5. What
// it is above 1 falls with the number of domains: of 15 domains panels like the model have 0.6 to 1.2, one-strength 1.0 to 2.1.
// ownWaysTell is what twice as much tells of broken distributions, as a logarithm of odds, and fewShapes of how many shapes of answers
// on it does so in full: with four levels quartiles of 6 panels of one-strength of 300 companies, secret, ε = 1, held in 67 %
// without, and hold in 92 % of the half that is left with it; those of panels like the model are as wide and as many:
// see the command of evenByChance.
const ownWaysUsual, ownWaysTell, fewShapes, usualDomains = 1.5, 4.0, 2.0, 4.0

// onePeak is the share of the uniform distribution's variance from which on a score's
// tells, by the logarithm of the odds peaksTell for the whole of it, that it may have several peaks: see
// severalPeaks. Without it, quartiles of 60 panels of camps are published in 17 of 100 cases and hold in 62 %, with it
// in next to none; of those where answers lie all over the scale 86 % are published instead of 94 %:
// go run ./examples/accuracy -panel usual,camps,wide -companies 300 -epsilon 1 -roster public -trials 60
const onePeak, peaksTell = 0.7, 6.0

// farShare is how many companies, as a share, may be far from all others beyond what normal levels tell, and farExpected the share
// that these put beyond a threshold from which on nothing is doubted of that: see farOff. Without it, and with the bridge of
// clipped companies no wider than elsewhere, the 10th and 90th percentiles of 100 panels each of top-tenth and bottom-tenth of 100 companies, public,
// ε = 4, and of 300, secret, ε = 1, hold in 81 to 87 % on a scale of yes and no, with both in 86 to 92 %, and 79 of 2,132 instead of 128 of
// 2,470 are off by more than three half-widths; those of panels like the model err by a tenth less, and their quartiles have intervals narrower
// by 2 %: see the command of evenByChance.
const farShare, farExpected = 0.06, 0.05

// brokenSizes are the sizes of broken deviations that are tried, from equal odds; chosen.
var brokenSizes = [...]float64{0.1, 0.5}

// faintSize is the size of a deviation that is faintly broken: F is 0.05 off at the median, and 0.03
// where it is a tenth. Without it, quartiles of specialists of 300 companies, ε = 4, hold in 84 % and their 10th and 90th
// percentiles in 75 %, with it in 97 % and 89 %; intervals of panels like the model are as wide within a twentieth:
// go run ./examples/accuracy -panel usual,specialists -companies 300 -epsilon 4 -trials 20
const faintSize = 0.01

// apartDoubt is by how many of its standard errors the variance of the domains' shapes may be larger
// than read. Without it shares of 30 panels each of classes, constant-questions, questions-apart and any-shape are off by
// more than three half-widths 33 times instead of 7, and 86 % instead of 83 % of those of panels like the
// model are published: go run ./examples/accuracy -panel usual,classes,constant-questions,questions-apart,any-shape -companies 100 -epsilon 4 -trials 30
const apartDoubt = 1.0

// usualApart is what the shapes of the domains differ by, each from what is expected of it,
// in panels like the model, as a share of their prior variance. Without it, shares of 14
// panels each of any-shape, classes, alike, identical, peaked and two-levels hold 61 % at 100
// companies, and 180 of 10,000 are off by more than three half-widths; of panels like the
// model as many are published as with it:
// go run ./examples/accuracy -panel usual,any-shape,classes,alike,identical,peaked,two-levels -companies 100 -epsilon 4 -trials 14
const usualApart = 0.3

// toldBeyond is how many of its standard errors the variance of the questions' shapes has to rise by, if they are odd, for its
// readings to tell; chosen. With 1 in its place the shares of 24 panels of classes hold in 83 %, with it in 98 %; those of panels
// like the model have intervals 6 % wider, and as many are published:
// go run ./examples/accuracy -instrument jsp-2 -panel usual,classes -companies 100 -epsilon 4 -roster public -trials 24
const toldBeyond = 2.5

// untoldReach is how many half-widths of its interval a share or tail may be off at most where nothing tells of the
// shapes of the questions' own: see untoldWidth. Without it 152 of 98,721 numbers on
// such panels were off by more, with it 2 of 96,531; shares at or above a level of panels like the model have intervals a tenth wider:
// go run ./examples/accuracy -instrument c2m2 -panel usual,one-u,classes,constant-questions,rare-question -companies 300 -epsilon 4 -cohorts=false -trials 8
const untoldReach = 3

// What the shapes of the answers tell of whether a panel is unlike others. Public ordinal
// panels have shapes of domains with 0.5 to 4 times the prior variance, and of questions with
// 1 to 8 times; camps, companies that are all alike and outliers 5 to 30 times for the
// domains, classes and companies that are all alike 20 to 100 times for the questions.
// Questions have shapes of their own for many reasons, and alone do not decide. Seen in
//
//	go run ./examples/accuracy -panel camps,classes,alike,outliers,any-shape,usual -companies 300 -epsilon 4 -trials 14
//
// With odd shapes of domains from 10 on, a sixth of the quartiles of 40 panels of two-levels and half of heaped
// are published, with those from 40 on all and nine tenths, which hold in 97 %:
//
//	go run ./examples/accuracy -panel two-levels,heaped,classes -companies 100 -epsilon 4 -cohorts=false -trials 40
var (
	domainsUsual, domainsOdd     = []float64{0.3, 1, 3, 10}, []float64{40, 100, 300}
	questionsUsual, questionsOdd = []float64{0.3, 1, 3, 10}, []float64{20, 50, 150}
)

// mostOfQuestions is what these tell at most, as a logarithm of odds; chosen.
const mostOfQuestions = 4.0

// Profiles.
const (
	profileSlack    = 0.05 // what a share may be off, when it is multiplied by a wrong number of companies; chosen
	factorRange     = 5    // standard deviations of the companies' common level on either side of 0; chosen
	leastMet        = 1e-3 // an expected share stays this far from 0 and 1; chosen
	profileWithin   = 0.02 // smallest variance between companies; chosen
	mostCorrelation = 0.9  // of the answers of a company; chosen
)

// Publication.
const (
	// surelyNormal is the quantile of the normal distribution that is exceeded with a
	// probability of 1 in 1,000.
	surelyNormal = 3.0902
)

// surelyLaplace are the same quantiles of a coordinate of spherical Laplace noise in one, two,
// three dimensions and so on, in its standard deviations: in three dimensions, for instance, the
// tail beyond t is (t+2)/4·exp(−t), and the standard deviation 2. The fewer dimensions, the
// heavier is the tail; beyond the last one this is a little too much.
var surelyLaplace = []float64{4.395, 4.086, 3.903, 3.780, 3.691, 3.623, 3.570, 3.527, 3.491, 3.460}
