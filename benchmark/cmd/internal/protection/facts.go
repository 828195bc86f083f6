package protection

import (
	"encoding/json"
	"fmt"
	"strings"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
)

// mostWaves bounds how many waves are counted.
const mostWaves = 1000

// facts are what the page says, all of it public.
type facts struct {
	asked    instrument.Spec
	plan     benchmark.PlanSpec
	account  privacy.Account
	privacy  publication.Privacy // as the release will state it
	draws    []draw
	forecast *benchmark.Forecast // for the companies that the plan expects

	within, ever         int     // waves like this one that fit into the window and into the lifetime; mostWaves: that many or more
	lostWithin, lostEver float64 // ε of so many waves, at the account's δ
}

// draw is one draw of noise.
type draw struct {
	threshold bool
	spherical bool    // Laplace noise, not Gaussian
	name      string  // threshold, threshold_segments, pilot, main or small
	relative  float64 // standard deviation, as a multiple of the most by which neighbouring totals differ; of a threshold in companies
	epsilon   float64 // of Laplace noise
	mark      float64 // the noisy number of companies from which on a cohort is kept; 0 without a test
}

func newFacts(in *instrument.Instrument, plan *benchmark.Plan, account privacy.Account) (*facts, error) {
	f, err := withoutForecast(in, plan, account)
	if err != nil {
		return nil, err
	}
	f.forecast, err = plan.Forecast(f.plan.ExpectedCompanies)
	return f, err
}

// withoutForecast are the facts but for the forecast, which takes seconds.
func withoutForecast(in *instrument.Instrument, plan *benchmark.Plan, account privacy.Account) (*facts, error) {
	f := &facts{asked: in.Spec(), plan: plan.Spec(), account: account}
	canonical, err := plan.Canonical()
	if err != nil {
		return nil, err
	}
	derived, err := benchmark.Derive(canonical, nil, &publication.Release{Privacy: publication.Privacy{Noise: publication.SecureNoise}})
	if err != nil {
		return nil, err
	}
	head := struct{ Privacy *publication.Privacy }{&f.privacy}
	if err := json.Unmarshal(derived.Head, &head); err != nil {
		return nil, fmt.Errorf("what follows from the plan: %w", err)
	}
	f.privacy.Statement = elsewhere(f.privacy.Statement)
	for _, m := range derived.Mechanisms {
		d := draw{name: m.Name, threshold: m.Bound == 0, spherical: m.Noise == "spherical_laplace", epsilon: m.Epsilon, mark: m.Tau, relative: m.Sigma}
		if !d.threshold {
			d.relative /= float64(m.Bound)
		}
		if d.spherical { // whose bound is that of one sheet, and not of one in the place of another
			d.relative /= float64(f.plan.Roster.Steps())
		}
		f.draws = append(f.draws, d)
	}
	loss := f.privacy.Loss.Total()
	f.within, f.lostWithin = fit(account, loss, account.Epsilon)
	if account.Lifetime > 0 {
		f.ever, f.lostEver = fit(account, loss, account.Lifetime)
	}
	return f, nil
}

// fit is how many publications of a loss fit into an ε at the account's δ, and what they
// lose together.
func fit(account privacy.Account, loss privacy.Loss, epsilon float64) (waves int, lost float64) {
	s := privacy.Standing{Account: account}
	for waves < mostWaves {
		next := s.Plus(loss)
		if !next.Window.Loss.Fits(epsilon, account.Delta) {
			break
		}
		s, waves = next, waves+1
	}
	return waves, s.Spent()
}

// elsewhere is the statement of a release in the words of a page that is not the release.
func elsewhere(s publication.Statement) publication.Statement {
	words := strings.NewReplacer("this document", "the release", "suppressed here", "suppressed in it", "named here", "named in the report", "this report", "the report", "this release", "the release")
	for _, sentences := range []*string{
		&s.Unit, &s.Neighbours, &s.Definition, &s.Bounds, &s.Groups, &s.Bias, &s.Trust, &s.Randomness, &s.Assurance, &s.Custody,
	} {
		*sentences = words.Replace(*sentences)
	}
	return s
}
