package synthetic

import (
	"errors"
	"fmt"
	"math"

	"maturitybench/benchmark/instrument"
)

// Panel describes a made-up panel. [NewPanel] gives the usual one; every field
// may be changed from there, and a zero means zero: nothing missing, no
// correlation, no spread. Levels are numbered by the scale; spreads and shifts
// are stated for a scale of six levels and are stretched to others, by one
// fifth of the range of the scale. Several scales are each stretched to their own range.
type Panel struct {
	Companies int    // number of companies; 0: none
	Seed      uint64 // public: the same seed gives the same panel

	// DomainMeans is the mean answer that is aimed at, by domain, as a level of
	// its scale; where levels count other amounts than their numbers it is as far between
	// the ends. Nil: those of the 2022 report (1.68, 1.47, 1.42, 1.47) for the
	// built-in instrument, and 30 % up the scale for any other.
	DomainMeans []float64
	Shift       float64 // moves the whole panel, in levels, before rounding

	Spread            float64 // standard deviation of an answer about its question, before rounding; usually 1.25 levels
	Correlation       float64 // between two answers of a company in different domains, before rounding; usually 0.42
	DomainCorrelation float64 // what two answers in one domain have in common beyond that; usually 0.08
	DomainSpread      float64 // of the domains about DomainMeans; usually 0.08 levels
	QuestionSpread    float64 // of the questions about their domain; usually 0.4 levels
	SegmentSpread     float64 // of the values of an attribute about the panel; usually 0.25 levels

	Shares    map[string][]float64 // of the values of an attribute, by its id; absent: .6 .4, .5 .3 .2, .4 .3 .2 .1, or falling evenly
	NotStated float64              // share of companies that do not state an attribute, for each attribute

	Missing          float64            // share of unanswered questions; usually 0.05. Every company answers at least one
	MissingDomains   map[string]float64 // the same for the questions of a domain, in place of Missing
	MissingQuestions map[string]float64 // the same for a question, in place of both
	MissingSpread    float64            // adds to every question a share drawn between 0 and this

	// What real panels show and a plain model does not.
	Reversed int     // every Reversed-th question runs against the level of the company; 0: none
	Bimodal  float64 // distance of two camps from the middle, in levels; 1.3 splits a panel clearly
	Extreme  int     // number of questions that nearly all find hard, or easy
	Style    float64 // spread of how far companies reach from the middle, as a logarithm; 0.45 is much
}

// NewPanel is a panel like the industry's: its domains lie where the 2022
// report has them, answers of one company correlate by about 0.4, one question
// in twenty is unanswered.
func NewPanel(companies int, seed uint64) Panel {
	return Panel{
		Companies: companies, Seed: seed,
		Spread: 1.25, Correlation: 0.42, DomainCorrelation: 0.08,
		DomainSpread: 0.08, QuestionSpread: 0.4, SegmentSpread: 0.25,
		Missing: 0.05,
	}
}

// reportMeans are the domain means of the 2022 report, in the order of the
// built-in instrument: organizational structure, risk management, design
// control, complaint handling. Public facts, quoted by Today's Medical
// Developments, "Medical device manufacturers' proactive response to
// cybersecurity" (MDIC, Medical Device Cybersecurity Maturity, October 2022: 17
// companies, 44 questions, six levels from 0 to 5).
var reportMeans = []float64{1.68, 1.47, 1.42, 1.47}

// usualLevel is where domains lie without a published figure: the mean of
// reportMeans, as a share of the scale, rounded.
const usualLevel = 0.3

// domainMeans is the mean that is aimed at for every domain, on 0 … levels − 1, or 5 where
// there are several scales.
func (p Panel) domainMeans(spec instrument.Spec) []float64 {
	means := make([]float64, len(spec.Domains))
	for d := range means {
		switch {
		case spec.Several() && p.DomainMeans != nil:
			scale := spec.On(d).Scale
			means[d] = float64(5*(p.DomainMeans[d]-float64(scale[0].Level))) / float64(len(scale)-1)
		case spec.Several():
			means[d] = usualLevel * 5
		case p.DomainMeans != nil:
			means[d] = p.DomainMeans[d] - float64(spec.Scale[0].Level)
		case spec.ID == instrument.JSP().ID() && len(means) == len(reportMeans) && len(spec.Scale) == 6:
			means[d] = reportMeans[d]
		default:
			means[d] = usualLevel * float64(len(spec.Scale)-1)
		}
	}
	return means
}

// shares are the shares of the values of an attribute.
func (p Panel) shares(attribute instrument.Attribute) []float64 {
	if shares, ok := p.Shares[attribute.ID]; ok {
		return shares
	}
	switch n := len(attribute.Values); n {
	case 2:
		return []float64{0.6, 0.4}
	case 3:
		return []float64{0.5, 0.3, 0.2}
	default: // n, n − 1, … 1, which is .4 .3 .2 .1 for four values
		shares := make([]float64, n)
		for i := range shares {
			shares[i] = float64(2*(n-i)) / float64(n*(n+1))
		}
		return shares
	}
}

// check finds settings from which no panel can be made.
func (p Panel) check(spec instrument.Spec) error {
	if p.Companies < 0 || p.Extreme < 0 || p.Reversed < 0 {
		return errors.New("synthetic: a number of companies or questions is negative")
	}
	for _, spread := range []float64{p.Spread, p.DomainSpread, p.QuestionSpread, p.SegmentSpread, p.Bimodal, p.Style} {
		if !(spread >= 0) || math.IsInf(spread, 1) {
			return errors.New("synthetic: a spread is not a finite number of at least 0")
		}
	}
	if math.IsNaN(p.Shift) || math.IsInf(p.Shift, 0) {
		return errors.New("synthetic: the shift is not a finite number")
	}
	if !(p.Correlation >= 0 && p.DomainCorrelation >= 0 && p.Correlation+p.DomainCorrelation <= 1) {
		return errors.New("synthetic: a correlation is negative, or their sum is above 1")
	}
	if p.DomainMeans != nil && len(p.DomainMeans) != len(spec.Domains) {
		return fmt.Errorf("synthetic: %d domain means, but %d domains", len(p.DomainMeans), len(spec.Domains))
	}
	if err := p.checkMissing(spec); err != nil {
		return err
	}
	return p.checkShares(spec)
}

// checkMissing expects shares of domains and questions that exist.
func (p Panel) checkMissing(spec instrument.Spec) error {
	domains, questions := map[string]bool{}, map[string]bool{}
	for _, domain := range spec.Domains {
		domains[domain.ID] = true
		for _, question := range domain.Questions {
			questions[question.ID] = true
		}
	}
	for id, share := range p.MissingDomains {
		if !domains[id] || !isShare(share) {
			return fmt.Errorf("synthetic: MissingDomains[%q] needs a domain of the instrument and a share from 0 to 1", id)
		}
	}
	for id, share := range p.MissingQuestions {
		if !questions[id] || !isShare(share) {
			return fmt.Errorf("synthetic: MissingQuestions[%q] needs a question of the instrument and a share from 0 to 1", id)
		}
	}
	if !isShare(p.Missing) || !isShare(p.MissingSpread) || !isShare(p.NotStated) {
		return errors.New("synthetic: Missing, MissingSpread and NotStated are shares from 0 to 1")
	}
	return nil
}

// checkShares expects one share a value of an attribute that exists, 1 in sum.
func (p Panel) checkShares(spec instrument.Spec) error {
	known := 0
	for _, attribute := range spec.Attributes {
		shares, ok := p.Shares[attribute.ID]
		if !ok {
			continue
		}
		known++
		sum := 0.0
		for _, share := range shares {
			if !isShare(share) {
				sum = math.NaN()
			}
			sum += share
		}
		if len(shares) != len(attribute.Values) || !(math.Abs(sum-1) < 1e-9) {
			return fmt.Errorf("synthetic: Shares[%q] are not %d shares that sum to 1", attribute.ID, len(attribute.Values))
		}
	}
	if known < len(p.Shares) {
		return errors.New("synthetic: Shares has an attribute that the instrument does not have")
	}
	return nil
}

func isShare(x float64) bool { return x >= 0 && x <= 1 }
