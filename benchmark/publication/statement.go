package publication

import "iter"

// Statement is the privacy statement in plain sentences, one for each
// question that NIST SP 800-226, "Guidelines for Evaluating Differential
// Privacy Guarantees" (2025), asks of a release.
type Statement struct {
	Loss           string `json:"loss"`            // ε and δ of the whole release
	Unit           string `json:"unit"`            // what is protected
	Neighbours     string `json:"neighbours"`      // from which other data the release cannot be told apart
	Definition     string `json:"definition"`      // variant of differential privacy, and conversion
	Bounds         string `json:"bounds"`          // how a company's influence is bounded
	Groups         string `json:"groups"`          // how cohorts are chosen, and what k means
	Denominators   string `json:"denominators"`    // how counts are protected
	Composition    string `json:"composition"`     // over statistics, waves and revisions
	PostProcessing string `json:"post_processing"` // what was computed from what
	Accuracy       string `json:"accuracy"`        // intervals, and what is withheld
	Bias           string `json:"bias"`            // what noise, bounds and withholding favour
	Trust          string `json:"trust"`           // who sees raw answers
	Randomness     string `json:"randomness"`      // source and kind of the noise
	Assurance      string `json:"assurance"`       // what was tested
	Custody        string `json:"custody"`         // access to the raw answers and their retention
	Aggregation    string `json:"aggregation"`     // why k is not the protection
}

// All walks the sentences with their keys, in the order of the file.
func (s Statement) All() iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for key, sentence := range s.items() {
			if !yield(key, *sentence) {
				return
			}
		}
	}
}

// items walks the sentences in place.
func (s *Statement) items() iter.Seq2[string, *string] {
	return func(yield func(string, *string) bool) {
		_ = yield("loss", &s.Loss) &&
			yield("unit", &s.Unit) &&
			yield("neighbours", &s.Neighbours) &&
			yield("definition", &s.Definition) &&
			yield("bounds", &s.Bounds) &&
			yield("groups", &s.Groups) &&
			yield("denominators", &s.Denominators) &&
			yield("composition", &s.Composition) &&
			yield("post_processing", &s.PostProcessing) &&
			yield("accuracy", &s.Accuracy) &&
			yield("bias", &s.Bias) &&
			yield("trust", &s.Trust) &&
			yield("randomness", &s.Randomness) &&
			yield("assurance", &s.Assurance) &&
			yield("custody", &s.Custody) &&
			yield("aggregation", &s.Aggregation)
	}
}
