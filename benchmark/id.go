package benchmark

import (
	"crypto/sha256"
	"encoding/hex"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/decimal"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
)

// publicPlan is a plan as it enters the id of a release: the keys of the plan
// file with all defaults filled in, and public facts only.
type publicPlan struct {
	Wave              string         `json:"wave"`
	Account           string         `json:"account"`
	Roster            privacy.Roster `json:"roster"`
	Epsilon           float64        `json:"epsilon"`
	Delta             float64        `json:"delta"`
	MinCompanies      int            `json:"min_companies"`
	Cohorts           []string       `json:"cohorts"`              // attributes, [] when there are none
	Statistics        []string       `json:"statistics,omitempty"` // in order; none: all
	Confidence        float64        `json:"confidence"`
	ExpectedCompanies int            `json:"expected_companies"`
	Prior             *publicPrior   `json:"prior,omitempty"`
	Revision          int            `json:"revision"`
	Override          bool           `json:"override"`
	Reason            string         `json:"reason,omitempty"`
}

// publicPrior is either a published figure, the id of an earlier release, never the
// path that it was read from, or earlier waves as the plan names them.
type publicPrior struct {
	Level   *float64 `json:"level,omitempty"`
	Spread  *float64 `json:"spread,omitempty"`
	Release string   `json:"release,omitempty"`
	Waves   []string `json:"waves,omitempty"`
}

// newPublicPlan takes a plan with its defaults filled in. prior is the id of
// the release that the plan's prior names, if it names one.
func newPublicPlan(plan PlanSpec, prior string) publicPlan {
	p := publicPlan{
		Wave: plan.Wave, Account: plan.Account, Roster: plan.Roster,
		Epsilon: plan.Epsilon, Delta: plan.Delta,
		MinCompanies: plan.MinCompanies, Cohorts: []string{}, Statistics: plan.Statistics, Confidence: plan.Confidence,
		ExpectedCompanies: plan.ExpectedCompanies, Revision: plan.Revision, Override: plan.Override, Reason: plan.Reason,
	}
	p.Cohorts = append(p.Cohorts, plan.Cohorts...)
	switch {
	case plan.Prior == nil:
	case plan.Prior.Release != "":
		p.Prior = &publicPrior{Release: prior}
	case len(plan.Prior.Waves) > 0:
		p.Prior = &publicPrior{Waves: plan.Prior.Waves}
	default:
		p.Prior = &publicPrior{Level: &plan.Prior.Level, Spread: &plan.Prior.Spread}
	}
	return p
}

// releaseID is the id of the release that a plan, with its defaults filled in, makes
// for an instrument: the first 32 hex digits of the SHA-256 of the canonical JSON
// {account, earlier, instrument, plan, revision, wave}. prior is the id of the release that
// the plan's prior names, if it names one, and waves are the earlier ones that were used,
// without which the key earlier is left out. The id depends on public facts only, never on
// the answers, and on no path.
func releaseID(asked instrument.Spec, plan PlanSpec, prior string, waves []publication.EarlierWave) (string, error) {
	facts := map[string]any{
		"account":    plan.Account,
		"instrument": asked.Public(),
		"plan":       newPublicPlan(plan, prior),
		"revision":   plan.Revision,
		"wave":       plan.Wave,
	}
	if len(waves) > 0 {
		facts["earlier"] = waves
	}
	return factsID(facts)
}

// reestimateID is the id of the release that an estimator makes of the
// measurement behind another release, whose id is from: the first 32 hex digits
// of the SHA-256 of the canonical JSON {estimator, from}.
func reestimateID(from, estimator string) (string, error) {
	return factsID(map[string]any{"estimator": estimator, "from": from})
}

// factsID is the first half of the SHA-256 of public facts, in hexadecimal.
func factsID(facts map[string]any) (string, error) {
	text, err := decimal.CanonicalJSON(facts)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:16]), nil
}
