package synthetic

import "math/rand/v2"

// modelKinds follow the model of [Panel] with other parameters.
var modelKinds = []Kind{
	{Name: "usual", Doc: "companies as the model has them, one answer in twenty left out", panel: func(p *Panel, _ *rand.Rand) {
		p.Missing = 0.05
	}},
	{Name: "complete", Doc: "companies as the model has them, nothing left out"},
	{Name: "bottom", Doc: "the industry lies at the bottom of the scale", panel: func(p *Panel, rng *rand.Rand) {
		p.Shift = between(rng, -2, -1)
	}},
	{Name: "top", Doc: "the industry lies at the top of the scale", panel: func(p *Panel, rng *rand.Rand) {
		p.Shift = between(rng, 2.5, 4)
	}},
	{Name: "unrelated", Doc: "the answers of a company have nothing in common", panel: func(p *Panel, rng *rand.Rand) {
		p.Correlation, p.DomainCorrelation, p.SegmentSpread = between(rng, 0, 0.1), 0, 0
	}},
	{Name: "uniform-companies", Doc: "a company gives nearly the same answer everywhere", panel: func(p *Panel, rng *rand.Rand) {
		p.Correlation = between(rng, 0.7, 0.9)
	}},
	{Name: "domain-bound", Doc: "the answers of a company agree within a domain only", panel: func(p *Panel, rng *rand.Rand) {
		p.Correlation, p.DomainCorrelation = between(rng, 0, 0.1), between(rng, 0.5, 0.8)
	}},
	{Name: "domains-apart", Doc: "the domains lie far apart", panel: func(p *Panel, rng *rand.Rand) {
		p.DomainSpread = between(rng, 0.6, 1.5)
	}},
	{Name: "questions-apart", Doc: "the questions of a domain lie far apart", panel: func(p *Panel, rng *rand.Rand) {
		p.QuestionSpread = between(rng, 0.7, 1.4)
	}},
	{Name: "extreme-questions", Doc: "some questions that nearly all find hard, or easy", panel: func(p *Panel, rng *rand.Rand) {
		p.Extreme = 1 + rng.IntN(12)
	}},
	{Name: "segments-apart", Doc: "the values of an attribute lie far apart", panel: func(p *Panel, rng *rand.Rand) {
		p.SegmentSpread = between(rng, 0.5, 1.2)
	}},
	{Name: "reversed", Doc: "some questions run against the level of the company", panel: func(p *Panel, rng *rand.Rand) {
		p.Reversed = 2 + rng.IntN(3)
	}},
	{Name: "polarised", Doc: "every answer moves away from the middle of its question", panel: func(p *Panel, rng *rand.Rand) {
		p.Bimodal = between(rng, 0.8, 1.8)
	}},
	{Name: "styles", Doc: "some companies use the ends of the scale, others its middle", panel: func(p *Panel, rng *rand.Rand) {
		p.Style = between(rng, 0.3, 0.8)
	}},
	{Name: "narrow", Doc: "answers lie close together", panel: func(p *Panel, rng *rand.Rand) {
		p.Spread = between(rng, 0.3, 0.7)
	}},
	{Name: "wide", Doc: "answers lie all over the scale", panel: func(p *Panel, rng *rand.Rand) {
		p.Spread, p.Shift = between(rng, 1.8, 3), between(rng, 0, 1)
	}},
	{Name: "not-stated", Doc: "most companies do not state their attributes", panel: func(p *Panel, rng *rand.Rand) {
		p.NotStated = between(rng, 0.3, 0.8)
	}},
}
