package benchmark

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

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
	Cohorts           []string       `json:"cohorts"` // attributes; nil is []
	Confidence        float64        `json:"confidence"`
	ExpectedCompanies int            `json:"expected_companies"`
	Prior             *publicPrior   `json:"prior,omitempty"`
	Revision          int            `json:"revision"`
	Override          bool           `json:"override"`
}

// publicPrior is either a published figure or the id of an earlier release,
// never the path that it was read from.
type publicPrior struct {
	Level   *float64 `json:"level,omitempty"`
	Spread  *float64 `json:"spread,omitempty"`
	Release string   `json:"release,omitempty"`
}

// releaseID is the id of the release that a plan for an instrument (in its
// public form) makes: the first 32 hex digits of the SHA-256 of the canonical
// JSON {account, instrument, plan, revision, wave}. It depends on public
// facts only, never on the answers.
func releaseID(instrument InstrumentSpec, plan publicPlan) (string, error) {
	if plan.Cohorts == nil {
		plan.Cohorts = []string{}
	}
	text, err := canonicalJSON(map[string]any{
		"account":    plan.Account,
		"instrument": instrument,
		"plan":       plan,
		"revision":   plan.Revision,
		"wave":       plan.Wave,
	})
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:16]), nil
}

// canonicalJSON is v without white space, its keys sorted in every object,
// its numbers spelt in full without exponent, its texts in UTF-8 with no
// escapes but those that JSON requires.
func canonicalJSON(v any) ([]byte, error) {
	data, err := compact(v)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var plain any
	if err := decoder.Decode(&plain); err != nil {
		return nil, err
	}
	if plain, err = spelt(plain); err != nil {
		return nil, err
	}
	return compact(plain) // encoding/json sorts the keys of maps
}

// spelt respells all numbers in full.
func spelt(v any) (any, error) {
	var err error
	switch v := v.(type) {
	case map[string]any:
		for key, member := range v {
			if v[key], err = spelt(member); err != nil {
				return nil, err
			}
		}
	case []any:
		for i, item := range v {
			if v[i], err = spelt(item); err != nil {
				return nil, err
			}
		}
	case json.Number:
		x, err := v.Float64()
		return json.Number(spell(x)), err
	}
	return v, nil
}
