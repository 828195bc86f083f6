package audit

import (
	"context"
	"math"
	"slices"

	"maturitybench/privacy"
	"maturitybench/stats"
)

// Distinction is how well a score tells publications with a company from
// publications without it.
type Distinction struct {
	Trials    int     // publications of each of the two data sets that were judged
	Threshold float64 // learned on other publications: a score from here on says "with"

	Hits, Alarms int     // scores from the threshold on, with the company and without it
	Power        float64 // lower limit of the probability of a hit
	FalseAlarms  float64 // upper limit of the probability of an alarm

	Epsilon float64 // lower limit of the publisher's ε at the δ of its claim, 0 if it shows none
	Mu      float64 // lower limit of its μ, if it is Gaussian with the δ part of its claim

	Claim privacy.Loss
	Bound float64 // the most that Power may be at this rate of false alarms
}

// Violation reports whether the score tells more than the claim allows.
func (d Distinction) Violation() bool { return d.Power > d.Bound }

// Distinguish publishes both data sets 2·trials times each, to fresh ledgers
// with secure noise, learns the threshold of score that separates the first
// halves best, and judges it on the second. Each of the two limits is wrong
// with a probability of at most Alarm/2. With few trials the lower limit of ε
// is far below the truth: see the numbers of [Trials].
func Distinguish[D any](ctx context.Context, s Setup[D], with, without D, score func([]byte) float64, trials int) (Distinction, error) {
	if trials < 1 {
		return Distinction{}, errTrials
	}
	var claim privacy.Loss
	sample := func(data D) ([]float64, error) {
		scores := make([]float64, 0, 2*trials)
		for range 2 * trials {
			artefacts, charged, err := s.publish(ctx, data)
			if err != nil {
				return nil, err
			}
			claim = s.claim(charged)
			scores = append(scores, score(artefacts[0]))
		}
		return scores, nil
	}
	yes, err := sample(with)
	if err != nil {
		return Distinction{}, err
	}
	no, err := sample(without)
	if err != nil {
		return Distinction{}, err
	}
	d := Distinction{Trials: trials, Claim: claim, Threshold: separate(yes[:trials], no[:trials])}
	d.judge(yes[trials:], no[trials:])
	return d, nil
}

// judge counts the second halves and fills in the limits.
func (d *Distinction) judge(yes, no []float64) {
	for i := range yes {
		if yes[i] >= d.Threshold {
			d.Hits++
		}
		if no[i] >= d.Threshold {
			d.Alarms++
		}
	}
	d.Power, _ = Limits(d.Hits, len(yes), Alarm/2)
	_, d.FalseAlarms = Limits(d.Alarms, len(no), Alarm/2)
	d.Bound = Power(d.Claim, d.FalseAlarms)
	_, _, delta := parts(d.Claim)
	if d.Power > delta {
		d.Epsilon = max(0, math.Log((d.Power-delta)/d.FalseAlarms))
		d.Mu = max(0, stats.NormalQuantile(d.Power-delta)-stats.NormalQuantile(d.FalseAlarms))
	}
}

// separate is the threshold with the largest lower limit of μ between two
// samples, candidates being all values of the first.
func separate(yes, no []float64) float64 {
	yes, no = slices.Sorted(slices.Values(yes)), slices.Sorted(slices.Values(no))
	best, at := math.Inf(-1), yes[len(yes)/2]
	for i, threshold := range yes {
		if i > 0 && yes[i-1] == threshold {
			continue
		}
		alarms := len(no) - lowerBound(no, threshold)
		low, _ := Limits(len(yes)-i, len(yes), 1e-3)
		_, high := Limits(alarms, len(no), 1e-3)
		if low <= 0 || high >= 1 {
			continue
		}
		if gap := stats.NormalQuantile(low) - stats.NormalQuantile(high); gap > best {
			best, at = gap, threshold
		}
	}
	return at
}

// lowerBound is the number of values of a sorted sample below x.
func lowerBound(sorted []float64, x float64) int {
	n, _ := slices.BinarySearch(sorted, x)
	return n
}

// Trials is the number of trials with which [Distinguish] shows, with a
// probability of about one half, that a publisher whose Gaussian parameter is
// truth breaks a claim of claimed, for the best score; 0 if it is no larger.
// Half the noise at μ = 1 takes about 500, noise that is 5 % short 80,000.
func Trials(truth, claimed float64) int {
	if !(truth > claimed) {
		return 0
	}
	for n := 16; n < 1<<30; n += n/8 + 1 {
		rate := stats.NormalCDF(-truth / 2)
		low, _ := Limits(int(float64(n)*(1-rate)), n, Alarm/2)
		_, high := Limits(int(float64(n)*rate), n, Alarm/2)
		if high < 1 && low > stats.NormalCDF(stats.NormalQuantile(high)+claimed) {
			return n
		}
	}
	return 0
}
