package benchmark

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/earlier"
	"maturitybench/benchmark/internal/fold"
	"maturitybench/benchmark/internal/model"
	"maturitybench/benchmark/internal/specfile"
	"maturitybench/benchmark/internal/statistic"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
)

// PlanSpec says what one publication may tell and at what price: plain data, to
// be checked by [NewPlan]. It is public and depends on public facts only.
type PlanSpec struct {
	Wave    string         `yaml:"wave" json:"wave"`       // an id, such as the year
	Account string         `yaml:"account" json:"account"` // id of the account that is charged
	Roster  privacy.Roster `yaml:"roster" json:"roster"`   // the account's: secret, public or counted

	Epsilon           float64  `yaml:"epsilon" json:"epsilon"`                                 // 0.001 ≤ ε ≤ 20, above 8 (counted: what is as much between two answers) with Override only
	Delta             float64  `yaml:"delta" json:"delta"`                                     // 1e-10 ≤ δ ≤ min(1e-5, 1/(10·ExpectedCompanies))
	MinCompanies      int      `yaml:"min_companies,omitempty" json:"min_companies,omitempty"` // threshold k of a cohort, at least 3; 0: 5
	Cohorts           []string `yaml:"cohorts,omitempty" json:"cohorts,omitempty"`             // attributes whose values are reported beside all, at most 100 values each and 200 in all; default none; Warnings say if they cannot be measured
	Statistics        []string `yaml:"statistics,omitempty" json:"statistics,omitempty"`       // kinds to pay for: scores, quartiles, questions, shares, profiles; default all
	Confidence        float64  `yaml:"confidence,omitempty" json:"confidence,omitempty"`       // of the intervals, 0.5 to 0.99; 0: 0.9
	ExpectedCompanies int      `yaml:"expected_companies" json:"expected_companies"`           // public planning figure; one significant digit under a secret roster
	Prior             *Prior   `yaml:"prior,omitempty" json:"prior,omitempty"`                 // what was published before; nil: nothing
	Revision          int      `yaml:"revision,omitempty" json:"revision,omitempty"`           // publishes the same wave again when raised; 0: 1
	Override          bool     `yaml:"override,omitempty" json:"override,omitempty"`           // allows an epsilon above that
	Reason            string   `yaml:"reason,omitempty" json:"reason,omitempty"`               // why answers that were published as another wave are published again: one line, which is journaled and public
}

// Prior is what was published before: Release, Waves, or Level with Spread.
type Prior struct {
	Level   float64  `yaml:"level,omitempty" json:"level,omitempty"`       // mean answer, on the scale of the instrument
	Spread  float64  `yaml:"spread,omitempty" json:"spread,omitempty"`     // standard deviation of what Level may be off by, in levels; above 0
	Release string   `yaml:"release,omitempty" json:"release,omitempty"`   // path of an earlier release.json, relative to the plan's file; not one with test noise
	Waves   []string `yaml:"waves,omitempty,texts" json:"waves,omitempty"` // earlier waves of the account, of which what was measured of questions enters the estimates: their ids, or all alone for every one that can be used
}

// MarshalJSON writes the form in use: a level of 0 is a level.
func (p Prior) MarshalJSON() ([]byte, error) {
	switch {
	case p.Release != "":
		return json.Marshal(map[string]string{"release": p.Release})
	case len(p.Waves) > 0:
		return json.Marshal(map[string][]string{"waves": p.Waves})
	}
	return json.Marshal(struct {
		Level  float64 `json:"level"`
		Spread float64 `json:"spread"`
	}{p.Level, p.Spread})
}

// smallPanel is the planning figure below which a plan measures the level of
// all companies only.
const smallPanel = 40

// maxSmallDomains is how many domains a small panel can have: at most 64 numbers stand beside
// the vector with spherical noise. Those are a mark of each domain, the overall score, of all companies
// and of every cohort, the number of companies, and how many of them are not there in full.
const maxSmallDomains = 61

// Defaults and limits of a plan.
const (
	defaultMinCompanies = 5
	defaultConfidence   = 0.9
	leastMinCompanies   = 3
	leastEpsilon        = 0.001
	maxEpsilon          = 20
	overrideEpsilon     = 8
	warnEpsilon         = 4
	leastDelta          = 1e-10
	mostDelta           = 1e-5
	epsilonDigits       = 9 // after the point, as a ledger counts
	deltaDigits         = 18
)

// The size of what is measured is bounded, because time and memory of the
// estimation grow with its third and second power.
const (
	maxCohortValues = 100  // values of one reported attribute
	maxCohorts      = 200  // values of all reported attributes
	maxThresholds   = 1500 // of all scores, domains and overall: the order of the largest matrix
)

func parsePlanSpec(in *instrument.Instrument, name string, data []byte) (*specfile.Checker, PlanSpec, []string, error) {
	var spec PlanSpec
	c, err := specfile.ReadYAML(name, data, &spec)
	if err != nil {
		return nil, PlanSpec{}, nil, err
	}
	spec, warnings, err := spec.validate(c, in)
	return c, spec, warnings, err
}

// validatePlan is spec with its defaults filled in and what is dubious about
// it, or an input.Error with everything that is wrong.
func validatePlan(in *instrument.Instrument, spec PlanSpec) (PlanSpec, []string, error) {
	return spec.validate(&specfile.Checker{}, in)
}

func (s PlanSpec) validate(c *specfile.Checker, in *instrument.Instrument) (PlanSpec, []string, error) {
	s = s.withDefaults(c)
	s.check(c, in.Spec())
	if err := c.Err(); err != nil {
		return PlanSpec{}, nil, err
	}
	s.Statistics = statistic.NewList(s.Statistics, len(in.Spec().Profiles) > 0)
	return s, s.warnings(), nil
}

// withDefaults is a deep copy with defaults in the place of what is not given.
func (s PlanSpec) withDefaults(c *specfile.Checker) PlanSpec {
	s.Cohorts, s.Statistics = slices.Clone(s.Cohorts), slices.Clone(s.Statistics)
	if s.Prior != nil {
		s.Prior = new(*s.Prior)
		s.Prior.Waves = slices.Clone(s.Prior.Waves)
	}
	if s.MinCompanies == 0 && !c.Given("min_companies") {
		s.MinCompanies = defaultMinCompanies
	}
	if s.Confidence == 0 && !c.Given("confidence") {
		s.Confidence = defaultConfidence
	}
	if s.Revision == 0 && !c.Given("revision") {
		s.Revision = 1
	}
	return s
}

// check notes every problem of a specification with its defaults.
func (s PlanSpec) check(c *specfile.Checker, asked instrument.Spec) {
	c.ID("wave", s.Wave)
	c.ID("account", s.Account)
	expectRoster(c, "roster", s.Roster)
	s.checkLoss(c)
	s.checkCompanies(c)
	s.checkCohorts(c, asked)
	s.checkStatistics(c, asked)
	if !(s.Confidence >= 0.5 && s.Confidence <= 0.99) {
		c.Expect("confidence", "a number from 0.5 to 0.99")
	}
	if !privacy.ValidReason(s.Reason) {
		c.Expect("reason", "one line of at most 500 bytes, without space around it")
	}
	if s.Revision < 1 {
		c.Expect("revision", "a whole number from 1")
	}
	s.checkPrior(c, asked)
}

func (s PlanSpec) checkLoss(c *specfile.Checker) {
	switch {
	case digitsAfterPoint(s.Epsilon) > epsilonDigits:
		c.Expect("epsilon", "at most %d digits after the point: losses are charged exactly", epsilonDigits)
	case !(s.Epsilon > 0 && s.Epsilon <= maxEpsilon):
		c.Expect("epsilon", "a number above 0 and at most %d: beyond that the noise protects nobody", maxEpsilon)
	case s.Epsilon < leastEpsilon:
		c.Expect("epsilon", "at least %g: below that no panel is large enough for its noise", leastEpsilon)
	case s.Epsilon > overrideEpsilon && s.Epsilon > s.asMuchAs(overrideEpsilon) && !s.Override:
		c.Expect("epsilon", "at most %s: beyond that the report gives a single company away easily; a plan that wants it all the same says override: true", s.limit(overrideEpsilon))
	}
	switch {
	case digitsAfterPoint(s.Delta) > deltaDigits:
		c.Expect("delta", "at most %d digits after the point: losses are charged exactly", deltaDigits)
	case !(s.Delta >= leastDelta && s.Delta <= mostDelta):
		c.Expect("delta", "a number from 1e-10 to 1e-5: it bounds the chance that the protection fails altogether")
	case s.ExpectedCompanies > 0 && s.Delta > 1/(10*float64(s.ExpectedCompanies)):
		c.Expect("delta", "at most 1/(10·expected_companies), here %.3g: with more, the promise could be kept by giving one company away", 1/(10*float64(s.ExpectedCompanies)))
	}
}

// asMuchAs is the ε that under the plan's roster is as much as epsilon is under a
// secret or public one. Theirs is about the presence of a company's answers; that of a
// counted roster is about which of two companies with which answers, as theirs is
// between two answers: limits are on that one quantity.
func (s PlanSpec) asMuchAs(epsilon float64) float64 {
	if s.Roster != privacy.CountedRoster {
		return epsilon
	}
	if s.small() || s.asksScores() {
		return 2 * epsilon // pure, or maybe, for two steps
	}
	b, err := privacy.NewBudget(epsilon, s.Delta, privacy.PublicRoster, 0, 0)
	if err != nil {
		return epsilon
	}
	return min(privacy.EpsilonBetweenTwoAnswers(b.Loss, s.Delta), maxEpsilon)
}

// small says whether the plan can measure nothing but the scores of all companies.
func (s PlanSpec) small() bool {
	return s.ExpectedCompanies < smallPanel && !(len(s.Cohorts) > 0 && s.asksScores())
}

// asksScores says whether the plan asks for nothing but scores.
func (s PlanSpec) asksScores() bool { return statistic.List(s.Statistics).Is(statistic.ScoreKind) }

// limit is [PlanSpec.asMuchAs] in words.
func (s PlanSpec) limit(epsilon float64) string {
	if s.Roster != privacy.CountedRoster {
		return fmt.Sprint(epsilon)
	}
	return fmt.Sprintf("%v, which under a counted roster is as much as %v under the others", s.asMuchAs(epsilon), epsilon)
}

// digitsAfterPoint is the number of decimals that x is written with.
func digitsAfterPoint(x float64) int {
	_, decimals, _ := strings.Cut(strconv.FormatFloat(x, 'f', -1, 64), ".")
	return len(decimals)
}

func (s PlanSpec) checkCompanies(c *specfile.Checker) {
	if s.MinCompanies < leastMinCompanies {
		c.Expect("min_companies", "a whole number from %d: in a cohort of two, each company knows the other's answers", leastMinCompanies)
	}
	switch n := s.ExpectedCompanies; {
	case n < 1:
		c.Expect("expected_companies", "a whole number from 1")
	case n < s.MinCompanies:
		c.Expect("expected_companies", "at least min_companies (%d): a smaller panel is suppressed as a whole", s.MinCompanies)
	case !s.Roster.ExactSizes() && !oneDigit(n):
		c.Expect("expected_companies", "one significant digit (20, 100, 300): a plan is public, and under a secret roster the number of companies is not")
	}
}

// oneDigit reports whether n > 0 has one significant digit.
func oneDigit(n int) bool {
	for n%10 == 0 {
		n /= 10
	}
	return n < 10
}

func (s PlanSpec) checkCohorts(c *specfile.Checker, asked instrument.Spec) {
	for i, id := range s.Cohorts {
		at := specfile.Element("cohorts", i)
		if attributeAt(asked, id) < 0 {
			c.Expect(at, "the id of an attribute of the instrument; all is always there")
		} else if slices.Contains(s.Cohorts[:i], id) {
			c.Expect(at, "each attribute once")
		}
	}
	s.checkSize(c, asked)
}

// checkStatistics expects kinds of statistics, each once.
func (s PlanSpec) checkStatistics(c *specfile.Checker, asked instrument.Spec) {
	kinds := statistic.Kinds()
	for i, kind := range s.Statistics {
		at := specfile.Element("statistics", i)
		switch near := fold.Nearest(kind, kinds); {
		case !slices.Contains(kinds, kind) && near != "":
			c.Expect(at, "a kind of statistics: did you mean %s?", near)
		case !slices.Contains(kinds, kind):
			c.Expect(at, "a kind of statistics: %s", strings.Join(kinds, ", "))
		case slices.Contains(s.Statistics[:i], kind):
			c.Expect(at, "each kind once")
		case kind == string(statistic.ProfileKind) && len(asked.Profiles) == 0:
			c.Expect(at, "what the instrument has: it has no profiles")
		}
	}
	if s.Statistics != nil && len(s.Statistics) == 0 {
		c.Expect("statistics", "at least one kind of statistics; without the key all are asked for")
	}
	if s.ExpectedCompanies < smallPanel && !statistic.List(s.Statistics).Has(statistic.ScoreKind) {
		c.Expect("statistics", "scores among them: a panel of fewer than %d companies is measured by nothing else", smallPanel)
	}
}

// checkSize expects a plan that can be computed.
func (s PlanSpec) checkSize(c *specfile.Checker, asked instrument.Spec) {
	_, places, _ := asked.Axis()
	shape := model.Shape{Levels: places, Domains: make([]int, len(asked.Domains))}
	small := s.small()
	switch thresholds := len(shape.Thresholds()); {
	case shape.Scores()*thresholds > maxThresholds:
		c.Expect("", "an instrument of at most %d domains, for a scale of %d levels: this one has %d", maxThresholds/thresholds-1, shape.Levels, len(shape.Domains))
	case small && len(shape.Domains) > maxSmallDomains:
		c.Expect("expected_companies", "%d or more for an instrument of more than %d domains: this one has %d", smallPanel, maxSmallDomains, len(shape.Domains))
	}
	total := 0
	for i, id := range s.Cohorts {
		at := attributeAt(asked, id)
		if at < 0 || small {
			continue
		}
		values := len(asked.Attributes[at].Values)
		total += values
		switch {
		case values > maxCohortValues:
			c.Expect(specfile.Element("cohorts", i), "an attribute of at most %d values, not %d: group them", maxCohortValues, values)
		case total > maxCohorts:
			c.Expect(specfile.Element("cohorts", i), "attributes of at most %d values together", maxCohorts)
		}
	}
}

func (s PlanSpec) checkPrior(c *specfile.Checker, asked instrument.Spec) {
	if s.Prior == nil || earlier.Check(c, s.Prior.Waves, s.Wave, s.Prior.Release != "" || s.Prior.Level != 0 || s.Prior.Spread != 0) {
		return
	}
	if asked.Several() {
		c.Expect("prior", "none: an instrument of several scales has no overall score")
		return
	}
	p := *s.Prior
	first, last := asked.ScoreEnds()
	if p.Release != "" || c.Given("prior.release") {
		if p.Release == "" {
			c.Expect("prior.release", "the path of a release.json")
		}
		if p.Level != 0 || p.Spread != 0 || c.Given("prior.level") || c.Given("prior.spread") {
			c.Expect("prior", "either release, or level and spread")
		}
		return
	}
	if c.FromFile() && !c.Given("prior.level") || !(p.Level >= first && p.Level <= last) {
		c.Expect("prior.level", "a number within the scale, from %g to %g", first, last)
	}
	if !(p.Spread > 0) || math.IsInf(p.Spread, 0) {
		c.Expect("prior.spread", "a number of levels above 0")
	}
}

// carries says whether the plan measures what earlier waves tell about.
func (s PlanSpec) carries() bool {
	asked := statistic.List(s.Statistics)
	return s.Prior != nil && len(s.Prior.Waves) > 0 && !s.small() && (asked.Has(statistic.QuestionKind) || asked.Has(statistic.ShareKind))
}

// warnings says what is allowed and dubious.
func (s PlanSpec) warnings() []string {
	var list []string
	if s.Epsilon > warnEpsilon && s.Epsilon > s.asMuchAs(warnEpsilon) {
		list = append(list, fmt.Sprintf("epsilon %g is above %s: what the report may reveal about a single company is no longer small", s.Epsilon, s.limit(warnEpsilon)))
	}
	if s.MinCompanies < defaultMinCompanies {
		list = append(list, fmt.Sprintf("min_companies %d is below %d: members of a cohort who pool their answers leave few others to hide among", s.MinCompanies, defaultMinCompanies))
	}
	if s.Prior != nil && len(s.Prior.Waves) > 0 && !s.carries() {
		list = append(list, "prior.waves tell about questions, of which this plan measures none: they are not used")
	}
	return list
}

// readPrior reads the release that the prior names, relative to dir; nil if it
// names none.
func (s PlanSpec) readPrior(c *specfile.Checker, dir string) ([]byte, error) {
	if s.Prior == nil || s.Prior.Release == "" {
		return nil, nil
	}
	path := s.Prior.Release
	if !filepath.IsAbs(path) {
		path = filepath.Join(dir, path)
	}
	data, err := specfile.ReadFile(path, publication.MaxSize)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		c.Expect("prior.release", "the path of a release.json, not of a missing file")
		return nil, c.Err()
	case err != nil:
		return nil, err
	}
	if earlier, err := publication.Load(path); err == nil && earlier.Withdrawn != nil {
		c.Expect("prior.release", "a release that stands, not one that was withdrawn, on %s: %s", earlier.Withdrawn.Date, earlier.Withdrawn.Reason)
		return nil, c.Err()
	}
	return data, nil
}

// expectRoster expects one of the three rosters at path.
func expectRoster(c *specfile.Checker, path string, r privacy.Roster) {
	if !r.Valid() {
		c.Expect(path, "secret (who took part is confidential), public (participants are announced) or counted (how many took part is announced, who is not)")
	}
}
