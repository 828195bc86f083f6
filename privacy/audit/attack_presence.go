package audit

import "context"

// Membership attacks the presence of a company: score is high where the
// company seems to be in, for example the likelihood ratio of Homer et al.
// (Resolving Individuals Contributing Trace Amounts of DNA, 2008). Every trial
// is one publication with the company and one without it, and a success is a
// higher score with it; ties count one half, alternating. The rate is thus the
// area under the curve of the test, and its bound is [AUC].
func Membership[D any](ctx context.Context, s Setup[D], with, without D, score func([]byte) float64, trials int) (Outcome, error) {
	if trials < 1 {
		return Outcome{}, errTrials
	}
	hits, ties, bound := 0, 0, 0.0
	for range trials {
		in, charged, err := s.publish(ctx, with)
		if err != nil {
			return Outcome{}, err
		}
		bound = max(bound, AUC(s.claim(charged)))
		out, _, err := s.publish(ctx, without)
		if err != nil {
			return Outcome{}, err
		}
		switch a, b := score(in[0]), score(out[0]); {
		case a > b:
			hits++
		case a == b:
			hits += ties % 2
			ties++
		}
	}
	return outcome("membership", hits, trials, bound, 0.5), nil
}

// Homogeneity attacks a cohort in which all gave the same answer: uniform is
// such a data set, broken the same with another answer, or none, of one
// company; certain reads an artefact and says whether all gave the same
// answer. An exact release makes it certain whenever it is so. Under noise an
// attacker who is certain of the one must be certain of the other nearly as
// often: the bound is that of two answer sheets of one company, see [Twice].
func Homogeneity[D any](ctx context.Context, s Setup[D], uniform, broken D, certain func([]byte) bool, trials int) (Outcome, error) {
	if trials < 1 {
		return Outcome{}, errTrials
	}
	right, wrong := 0, 0
	var claim = s.Claim
	for range trials {
		same, charged, err := s.publish(ctx, uniform)
		if err != nil {
			return Outcome{}, err
		}
		claim = s.claim(charged)
		other, _, err := s.publish(ctx, broken)
		if err != nil {
			return Outcome{}, err
		}
		if certain(same[0]) {
			right++
		}
		if certain(other[0]) {
			wrong++
		}
	}
	_, high := Limits(wrong, trials, Alarm)
	return outcome("homogeneity", right, trials, Power(Twice(claim), high), float64(wrong)/float64(trials)), nil
}

// ThresholdBoundary attacks the size of a cohort through its status: below has
// k − 1 companies in it, at has k; shown reads whether the cohort is shown. A
// cohort below k must never be shown, so a single one makes the outcome a
// violation. At k it may be shown with a probability of at most delta, the
// δ of the selection.
func ThresholdBoundary[D any](ctx context.Context, s Setup[D], below, at D, shown func([]byte) bool, delta float64, trials int) (Outcome, error) {
	if trials < 1 {
		return Outcome{}, errTrials
	}
	never, seldom := 0, 0
	for range trials {
		small, _, err := s.publish(ctx, below)
		if err != nil {
			return Outcome{}, err
		}
		enough, _, err := s.publish(ctx, at)
		if err != nil {
			return Outcome{}, err
		}
		if shown(small[0]) {
			never++
		}
		if shown(enough[0]) {
			seldom++
		}
	}
	if never > 0 {
		return outcome("a cohort below the threshold", never, trials, 0, 0), nil
	}
	return outcome("threshold boundary", seldom, trials, delta, 0), nil
}

// Canary plants a company with an unusual answer sheet, or a few of them, and
// asks whether a score finds it: [Distinguish], as an outcome.
func Canary[D any](ctx context.Context, s Setup[D], with, without D, score func([]byte) float64, trials int) (Outcome, Distinction, error) {
	d, err := Distinguish(ctx, s, with, without, score, trials)
	if err != nil {
		return Outcome{}, Distinction{}, err
	}
	return Outcome{
		Attack: "canary", Trials: trials, Rate: float64(d.Hits) / float64(trials),
		Low: d.Power, Bound: d.Bound, Chance: float64(d.Alarms) / float64(trials),
	}, d, nil
}
