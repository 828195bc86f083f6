package draft

import (
	"fmt"
	"math"

	"maturitybench/benchmark/internal/decimal"
	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
)

// PriorKind says what the plan knew of the answers before it saw any.
type PriorKind int

const (
	NoPrior       PriorKind = iota // the public model of answers alone
	NumberPrior                    // a published level and spread
	ReleasePrior                   // an earlier release of the same ledger
	WavesPrior                     // earlier waves of the same ledger
	ExternalPrior                  // an earlier release that the ledger does not hold
)

// statementFacts are the facts that the sentences state.
type statementFacts struct {
	publication.Privacy         // without the statement
	account             string  // id
	revision            int     // 1 or more
	confidence          float64 // of an interval
	prior               PriorKind
	valued              bool                // see instrument.Spec.Valued
	several             bool                // see instrument.Spec.Several
	scoresAlone         bool                // nothing else is asked for
	cohorts             bool                // some are asked for beside all companies
	of                  encode.CohortScores // what is measured of them by pure ε
	unmeasured          bool                // nothing is measured of them
}

// newStatement writes the sentences. They are a function of public facts.
func newStatement(f statementFacts) publication.Statement {
	s := f.common()
	if f.several {
		s.Accuracy += " There is no overall score: the instrument has several scales, and nothing says how much an answer on one of them is worth on another. Every mean is one of answers on a single scale."
	}
	if !f.small() {
		s.Bounds += " Where numbers are shown, the release says how far the sheets were scaled down on average and which share of the answers was left out, as noisy numbers."
	}
	map[privacy.Roster]func(*publication.Statement){
		privacy.SecretRoster: f.secret, privacy.PublicRoster: f.public, privacy.CountedRoster: f.counted,
	}[f.Roster](&s)
	s.Groups = f.measured() + s.Groups
	if f.Noise == publication.TestNoise {
		const warning = "TEST NOISE, NOTHING IS PROTECTED: "
		s.Loss = warning + "the random numbers of this release can be repeated by anybody, so the loss that follows was not achieved. " + s.Loss
		s.Randomness = warning + "the noise comes from a seeded generator for tests, not from a secure source. A release like this must not be made of real answers."
	}
	return s
}

// common writes what holds under every roster.
func (f statementFacts) common() publication.Statement {
	revision := ""
	if f.revision > 1 {
		revision = fmt.Sprintf(" This is revision %d of the wave: every revision was charged, and their losses add.", f.revision)
	}
	prior := map[PriorKind]string{
		NoPrior:       "a public model of such answers",
		NumberPrior:   "a public model of such answers and a figure that was published before",
		ReleasePrior:  "a public model of such answers and an earlier release",
		WavesPrior:    "a public model of such answers and what earlier waves of this account, if there are any, measured of the same questions",
		ExternalPrior: "a public model of such answers and an earlier release (external, unverified: the ledger did not store it)",
	}[f.prior]
	return publication.Statement{
		Loss:       f.loss(),
		Definition: f.definition(),
		Bounds: "Every answer sheet becomes one list of whole numbers whose length is bounded by the plan, before any answer is seen; " +
			"a sheet that would be longer is scaled down to the bound, but for the counts of companies and of answers, and a sheet without answers counts as nothing at all.",
		Composition: "The loss covers all statistics of this report jointly and is not counted for each of them. " + accountSentence(f.account, f.Account) + revision,
		PostProcessing: "Means, shares, percentiles, intervals, rounding and the choice of what is withheld are computed from noisy totals and public facts only, " +
			"which costs no further privacy; asked again for the same wave, the library returns the stored document and draws no new noise.",
		Accuracy: fmt.Sprintf("Every interval has %s%% confidence for its number by itself; it covers the added noise and the effect of the bound, as far as both were measured. "+
			"It refers to the exact statistic of the companies that answered, not to their industry, and says nothing about wrong answers. "+
			"A number is withheld if its standard error exceeds %s (0.10 for shares), if it was hardly measured, or if noisy counts alone do not show that enough companies answered.",
			decimal.ToMicros(f.confidence*100).Trimmed(), f.limit()),
		Bias: fmt.Sprintf("The noise weighs more on small cohorts, whose numbers are withheld or suppressed more often. Estimates are drawn towards %s where they were measured weakly, "+
			"and of unusual answer sheets, which the bound scales down, what that takes away is measured with more noise than the rest. The companies chose to take part and scored themselves.", prior),
		Trust: "The organiser who runs the publication sees the raw answers and must be trusted with them (the central model); " +
			"readers of the report need not be trusted, whatever else they know and however many of them compare notes.",
		Randomness: "The noise is " + f.noise() + " in whole numbers, drawn from the cryptographic random source of the operating system and added to exact whole-number totals, " +
			"so that no rounding of fractions can give an answer away; the time that a computation takes is not protected.",
		Assurance: "The bound, the noise, the accounting and the thresholds are tested automatically with the library, which anybody can repeat; " +
			f.sampler() + " No certificate is claimed, by NIST or anybody else.",
		Custody: "Access to the raw answers, their retention and their deletion are the organiser's duty. " +
			f.held(),
		Aggregation: fmt.Sprintf("A minimum of %d companies a cohort is a rule of its own and by itself no protection: numbers of several tables could be subtracted from each other. "+
			"What protects a company is the noise.", f.MinCompanies),
	}
}

// limit is the largest standard error of a mean that is published.
func (f statementFacts) limit() string {
	switch {
	case f.several:
		return "a quarter of the mean step between two levels of its scale"
	case f.valued:
		return "a quarter of the mean step between two levels"
	}
	return "0.25 levels"
}

// otherAttributes is what holds for two answer sheets whose attributes differ
// too, see [privacy.EpsilonBetweenTwoAnswers]. Where sizes are public
// nothing is promised about attributes.
func (f statementFacts) otherAttributes() string {
	if f.Loss.DeltaSelection == 0 || f.measuredTest() {
		return ""
	}
	return fmt.Sprintf(" If the attributes of the two sheets differ as well, the same ε holds with a δ that is larger by %s.", decimal.Spell(f.Loss.DeltaSelection))
}

// held is what the document and the ledger keep of the answers.
func (f statementFacts) held() string {
	const digest = "; the ledger recognises data by a keyed digest."
	if f.Roster.ExactSizes() {
		return "Of the answers this document and the ledger hold noisy numbers only; the numbers of companies are exact in both, in the ledger also those of cohorts that are suppressed here" + digest
	}
	return "Of the answers and of the companies this document and the ledger hold noisy numbers only, and which cohorts passed the test of their sizes" + digest
}

// small says whether the release was made for a small panel, with a mechanism
// of pure ε for the numbers.
func (f statementFacts) small() bool { return f.Loss.PureEpsilon > 0 }

// measuredTest says whether the panel is shown if its own noisy number of companies is
// large enough: see [privacy.MeasuredThreshold].
func (f statementFacts) measuredTest() bool { return f.small() && f.Loss.DeltaSelection > 0 }

// measured says what a release measures of cohorts where that is not everything.
func (f statementFacts) measured() string {
	switch {
	case !f.small() && f.unmeasured:
		return "The plan expects too few companies for a cohort within them to pass its test: none is measured or shown, whatever its size. "
	case !f.small():
		return ""
	case f.scoresAlone && f.of == encode.ScoresOfCohorts:
		return "The plan asks for scores alone: they are measured by cohort, and those of all companies are those of its cohorts together. "
	case f.scoresAlone && f.of == encode.OverallOfCohorts:
		return "The plan asks for scores alone: of a cohort within all companies the overall score is measured, where it is planned to be large enough, and how far a domain lies from it is measured of all companies together, so that what a cohort has of its own in a domain is not seen. "
	case f.scoresAlone && f.cohorts:
		return "The plan asks for scores alone, and expects too few companies to measure those of a cohort. "
	case f.scoresAlone:
		return "The plan asks for scores alone, those of all companies: no cohort within them is shown, whatever its size. "
	}
	return "The plan was made for a small panel: only the level of all companies is measured, and no cohort within them is shown, whatever its size. "
}

// noise names the noise on the numbers.
func (f statementFacts) noise() string {
	if f.small() {
		return "spherical Laplace noise"
	}
	return "Gaussian noise"
}

// sampler says who draws the noise.
func (f statementFacts) sampler() string {
	const google = "noise is drawn by the differential-privacy library of Google."
	if !f.small() {
		return google
	}
	return "noise is drawn by an exact sampler of its own, after Canonne, Kamath and Steinke (2020)."
}

// sampled is the δ of the sampler: 2⁻³⁸ where it is no more than that.
func sampled(delta float64) string {
	if math.Round(delta*1e18) <= float64(privacy.SamplerDelta) {
		return "2⁻³⁸"
	}
	return decimal.Spell(delta)
}

func (f statementFacts) definition() string {
	switch {
	case f.measuredTest():
		return fmt.Sprintf("The numbers have pure differential privacy, ε = %s; δ contains %s, spent on the choice whether the panel is shown, so that the release as a whole is not pure.",
			decimal.Spell(f.Loss.PureEpsilon), decimal.Spell(f.Loss.DeltaSelection))
	case f.small():
		return fmt.Sprintf("The mechanism is purely differentially private: ε = %s, and no δ is spent.", decimal.Spell(f.Loss.PureEpsilon))
	}
	parts := sampled(f.Loss.DeltaSampler) + " for the approximation in the noise sampler"
	if f.Loss.DeltaSelection > 0 {
		parts = fmt.Sprintf("%s for the choice of the cohorts that are shown and %s", decimal.Spell(f.Loss.DeltaSelection), parts)
	}
	return fmt.Sprintf("Loss is counted in Gaussian differential privacy, μ = %s for the whole report, and converted once to (ε, δ)-differential privacy by the exact formula; δ contains %s.",
		decimal.Spell(f.Loss.Mu), parts)
}

// meaningOfK is what the threshold promises, and what it does not.
func (f statementFacts) meaningOfK() string {
	return fmt.Sprintf("No figure is printed for a cohort below k = %d companies, nor for a union of unpublished siblings below the threshold; "+
		"other differences are bounded by ε only, among them the companies that did not state an attribute of which every value is published; "+
		"with m colluding members, k is k − m.", f.MinCompanies)
}
