package benchmark

import (
	"math"
	"strings"

	"maturitybench/benchmark/internal/decimal"
	"maturitybench/benchmark/internal/derived"
	"maturitybench/benchmark/internal/draft"
	"maturitybench/benchmark/internal/earlier"
	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
)

// Derive computes what follows from a canonical plan and a stored measurement,
// which may be nil, for package certificate to compare with the release.
//
// Privacy: post-processing of published noise, which costs nothing.
func Derive(plan, measured []byte, release *publication.Release) (derived.Facts, error) {
	m, err := claimed(measured, release)
	if err != nil {
		return derived.Facts{}, err
	}
	p, err := compiled(plan, m, measured != nil)
	if err != nil {
		return derived.Facts{}, err
	}
	facts := derived.Facts{
		Mechanisms: p.mechanisms(), Cohorts: draft.CohortIDs(p.asked, p.spec.Cohorts), Measured: len(p.measured),
		Vectors: []encode.Vector{p.scheme.first()},
	}
	if full, ok := p.scheme.(*fullScheme); ok && measured != nil {
		main, err := full.encoding(m)
		if err != nil {
			return derived.Facts{}, err
		}
		facts.Vectors = append(facts.Vectors, main)
	}
	head, err := p.head(m)
	if err != nil {
		return derived.Facts{}, err
	}
	facts.Head, err = decimal.CompactJSON(&publication.Release{
		ID: head.ID, Account: head.Account, Wave: head.Wave, Revision: head.Revision,
		Confidence: head.Confidence, Instrument: head.Instrument.Public(), Privacy: head.PublishedPrivacy(), Statistics: head.Statistics, Earlier: head.Earlier,
	})
	if err == nil && measured != nil {
		facts.Release, err = p.release(m)
	}
	return facts, err
}

// claimed is a measurement, or what the release says of one that is not there.
func claimed(measured []byte, release *publication.Release) (*measurement, error) {
	if measured != nil {
		return parseMeasurement(measured)
	}
	return &measurement{
		Noise: release.Privacy.Noise, Account: release.Privacy.Account,
		External: strings.Contains(release.Privacy.Statement.Bias, "external, unverified"), Earlier: earlier.Unread(release.Earlier),
	}, nil
}

// mechanisms are the plan's draws, in the order in which they are made.
func (p *Plan) mechanisms() (list []derived.Mechanism) {
	for i, test := range p.tests.all() {
		if test, own := test.(privacy.Threshold); own {
			list = append(list, derived.Mechanism{
				Name: [...]string{"threshold", "threshold_segments"}[i], Noise: "gaussian", Vectors: 1, Sigma: test.Sigma(), Tau: test.Tau(),
				Mu: math.Sqrt(float64(test.Loss().MuSquared)) / 1e6,
			})
		}
	}
	gaussian := func(name string, g privacy.Gaussian) {
		list = append(list, derived.Mechanism{Name: name, Noise: "gaussian", Vectors: 1, Bound: int(g.Sensitivity()), Sigma: g.Sigma(), Mu: g.Mu().Float()})
	}
	switch scheme := p.scheme.(type) {
	case *fullScheme:
		gaussian("pilot", scheme.pilotNoise)
		gaussian("main", scheme.mainNoise)
	case *smallScheme:
		tau := 0.0
		if scheme.test != nil {
			tau = scheme.test.Tau()
		}
		list = append(list, derived.Mechanism{
			Name: "small", Noise: "spherical_laplace", Bound: int(encode.Sensitivity),
			Sigma: scheme.noise.Deviation(), Tau: tau, Epsilon: float64(scheme.noise.Epsilon()) / 1e9, Vectors: scheme.encoding.Vectors(), Beside: scheme.encoding.Beside(),
		})
	}
	return list
}
