package benchmark

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"maturitybench/benchmark/internal/draft"
	"maturitybench/benchmark/internal/estimate"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/internal/statistic"
	"maturitybench/privacy"
)

// TestAuditSiblingLimit: under a secret roster the suppressed siblings of a value
// must reach the noisy threshold together, which is far above k; under a public
// one, where sizes are exact, they must reach k.
func TestAuditSiblingLimit(t *testing.T) {
	in := fixture.PairInstrument(t)
	secret, public := auditPlan(t, in, privacy.SecretRoster, 200), auditPlan(t, in, privacy.PublicRoster, 60)
	if got := secret.siblingLimit(); got != secret.tests.segments.Tau() || got < 2*float64(secret.spec.MinCompanies) {
		t.Errorf("secret: %v", got)
	}
	if got := public.siblingLimit(); got != float64(public.spec.MinCompanies) {
		t.Errorf("public: %v", got)
	}
}

// TestAuditFamiliesAreJudgedByTheWorst: one inaccurate member, wherever it is,
// withholds all shares.
func TestAuditFamiliesAreJudgedByTheWorst(t *testing.T) {
	good := estimate.Number{Value: 1, Low: 0.9, High: 1.1, Error: 0.01, Information: 0.9}
	poor := good
	poor.Error = 0.3
	enough := estimate.Number{Value: 9, Low: 5, High: 12}
	for at := range 3 {
		shares, tails := []estimate.Number{good, good, good}, []estimate.Number{good, good}
		shares[at] = poor
		f := draft.Select(estimate.Cohort{Companies: good, Overall: estimate.Score{Mean: good},
			Questions: []estimate.Question{{Mean: good, Answers: enough, Shares: shares, AtLeast: tails}}}, 5, false)
		for i := range 3 {
			if f.Questions[0].Shares[i].Published {
				t.Errorf("share %d is shown although share %d is inaccurate", i, at)
			}
		}
		if f.Questions[0].AtLeast[0].Published || !f.Questions[0].Mean.Published || !f.Overall.Mean.Published {
			t.Errorf("member %d: the family is not what is withheld", at)
		}
	}
}

// TestAuditPercentilesAreJudgedByFamily: an inaccurate percentile withholds its
// family, and no other.
func TestAuditPercentilesAreJudgedByFamily(t *testing.T) {
	good := estimate.Number{Value: 1, Low: 0.9, High: 1.1, Error: 0.01, Information: 0.9}
	poor := good
	poor.Error = 0.3
	of := statistic.Percentiles()
	for at := range of {
		numbers := slices.Repeat([]estimate.Number{good}, len(of))
		numbers[at] = poor
		f := draft.Select(estimate.Cohort{Companies: good, Overall: estimate.Score{Mean: good, Percentiles: numbers}}, 5, false)
		for i, p := range of {
			if shown := f.Overall.Percentiles[i].Published; shown != (p.Family != of[at].Family) {
				t.Errorf("%s inaccurate: %s is shown: %v", of[at].ID, p.ID, shown)
			}
		}
		if !f.Overall.Mean.Published {
			t.Errorf("%s inaccurate: the mean is withheld", of[at].ID)
		}
	}
}

// TestAuditUnshrunkenFollows: the number without a prior is shown where the
// estimate is, up to twice its limits, and nowhere else.
func TestAuditUnshrunkenFollows(t *testing.T) {
	number := func(error float64) estimate.Number {
		return estimate.Number{Value: 1, Low: 0.9, High: 1.1, Error: error, Information: 0.9}
	}
	enough := estimate.Number{Value: 9, Low: 5, High: 12}
	for _, c := range []struct {
		estimate, unshrunken float64
		want                 bool
	}{{0.01, 0.01, true}, {0.01, 0.49, true}, {0.01, 0.51, false}, {0.3, 0.01, false}} {
		mean, other := number(c.estimate), number(c.unshrunken)
		share, otherShare := number(c.estimate*statistic.Met.Most/statistic.Mean.Most), number(c.unshrunken*statistic.Met.Most/statistic.Mean.Most)
		f := draft.Select(estimate.Cohort{
			Overall: estimate.Score{Mean: mean}, Domains: []estimate.Score{{Mean: mean, Answers: enough}},
			Questions: []estimate.Question{{Mean: mean, Answers: enough}}, Profiles: []estimate.Number{share}, ProfileAnswers: []float64{5},
			Unshrunken: estimate.Unshrunken{Overall: other, Domains: []estimate.Number{other}, Questions: []estimate.Number{other}, Profiles: []estimate.Number{otherShare}},
		}, 5, false)
		for name, got := range map[string]bool{
			"overall": f.Unshrunken.Overall.Published, "domain": f.Unshrunken.Domains[0].Published,
			"question": f.Unshrunken.Questions[0].Published, "profile": f.Unshrunken.Profiles[0].Published,
		} {
			if got != c.want {
				t.Errorf("%s: error %v, without a prior %v: shown %v", name, c.estimate, c.unshrunken, got)
			}
		}
	}
}

// TestAuditReleaseStatesItsLoss: what a release says about its loss follows from
// what was charged for it, under all rosters and for both schemes.
func TestAuditReleaseStatesItsLoss(t *testing.T) {
	in := fixture.PairInstrument(t)
	for roster, expected := range stages {
		plan := auditPlan(t, in, roster, expected)
		release, err := Publish(t.Context(), openLedger(t, roster), plan, fixture.PackedPanel(in, fixture.Rotating(in, 50)...))
		if err != nil {
			t.Fatal(err)
		}
		stated, loss := release.Privacy, plan.charge.loss
		if stated.Epsilon != plan.spec.Epsilon || stated.Delta != plan.spec.Delta || !loss.Fits(stated.Epsilon, stated.Delta) {
			t.Errorf("%s, %d expected: ε = %v, δ = %v for %+v", roster, expected, stated.Epsilon, stated.Delta, loss)
		}
		want := privacy.EpsilonBetweenTwoAnswers(loss, stated.Delta)
		if roster == privacy.CountedRoster { // two answers make neighbours
			want = stated.Epsilon
		}
		if stated.Between != want {
			t.Errorf("%s, %d expected: %v between two answers, want %v", roster, expected, stated.Between, want)
		}
		if want := float64(plan.charge.deltaSelect) / 1e18; stated.Loss.DeltaSelection != want || (want > 0) != (roster == privacy.SecretRoster) {
			t.Errorf("%s, %d expected: δ of the selection %v, want %v", roster, expected, stated.Loss.DeltaSelection, want)
		}
	}
}

// walks is a context that is done after some looks at it.
type walks struct {
	context.Context
	left *atomic.Int64
}

func (w walks) Err() error {
	if w.left.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

// TestAuditErrorsTellNoNumberOfCompanies: a publication that is cut short at any
// point says so, and not how many companies there are or were counted.
func TestAuditErrorsTellNoNumberOfCompanies(t *testing.T) {
	in := fixture.PairInstrument(t)
	number := regexp.MustCompile(`[0-9]+`)
	for roster, expected := range stages {
		plan, data := auditPlan(t, in, roster, expected), fixture.PackedPanel(in, fixture.Rotating(in, 1500)...)
		cut, done := 0, false
		for left := 0; left < 100 && !done; left++ { // until nothing is cut short any more
			ctx := walks{t.Context(), new(atomic.Int64)}
			ctx.left.Store(int64(left))
			_, err := Publish(ctx, openLedger(t, roster), plan, data)
			if done = err == nil; done {
				continue
			}
			cut++
			if text := err.Error(); number.MatchString(strings.ReplaceAll(text, "wave w", "")) {
				t.Errorf("%s, %d expected: %s", roster, expected, text)
			}
		}
		if cut == 0 || !done {
			t.Errorf("%s, %d expected: cut short %d times, to the end: %t", roster, expected, cut, done)
		}
	}
}
