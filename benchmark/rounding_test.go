package benchmark

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestMicros(t *testing.T) {
	const m = 5 * unity
	for _, c := range []struct {
		x    float64
		to   direction
		want micro
	}{
		{1.7100004, roundNearest, 1_710_000},
		{1.7100005, roundNearest, 1_710_001},
		{1.7100009, roundDown, 1_710_000},
		{1.7100001, roundUp, 1_710_001},
		{1.71, roundDown, 1_710_000}, // a decimal is not moved by its binary form
		{1.71, roundUp, 1_710_000},
		{-0.3, roundDown, 0},
		{5.2, roundUp, m},
		{math.Inf(1), roundUp, m},
		{math.Inf(-1), roundDown, 0},
		{1e300, roundNearest, m},
	} {
		if got := micros(c.x, 0, m, c.to); got != c.want {
			t.Errorf("micros(%v, %v) = %d, want %d", c.x, c.to, got, c.want)
		}
	}
}

// Every decimal with at most six digits keeps its bounds: rounding down and
// up what was printed changes nothing.
func TestRoundingAPrintedNumberChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := micro(rapid.Int64Range(0, 11_000_000).Draw(t, "micros"))
		x := m.float()
		for _, to := range []direction{roundDown, roundNearest, roundUp} {
			if got := micros(x, 0, 11*unity, to); got != m {
				t.Errorf("micros(%v, %v) = %d, want %d", x, to, got, m)
			}
		}
		if !isPrinted(x) || toMicros(x) != m {
			t.Errorf("%v is not recognised", x)
		}
	})
}

func TestMicroRound(t *testing.T) {
	for _, c := range []struct {
		m        micro
		decimals int
		to       direction
		want     string
	}{
		{1_750_000, 1, roundNearest, "1.8"},
		{1_749_999, 1, roundNearest, "1.7"},
		{-1_750_000, 1, roundNearest, "-1.8"},
		{1_799_999, 1, roundDown, "1.7"},
		{1_700_001, 1, roundUp, "1.8"},
		{-1_700_001, 1, roundDown, "-1.8"},
		{-1_799_999, 1, roundUp, "-1.7"},
		{-49_999, 1, roundNearest, "0.0"},
		{-1, 1, roundDown, "-0.1"},
		{40_000, 2, roundNearest, "0.04"},
		{500_000, 0, roundNearest, "1"},
		{-2_000_000, 0, roundDown, "-2"},
		{123_456, 6, roundUp, "0.123456"},
	} {
		if got := c.m.round(c.decimals, c.to); got != c.want {
			t.Errorf("%d.round(%d, %v) = %s, want %s", c.m, c.decimals, c.to, got, c.want)
		}
	}
}

func TestApportion(t *testing.T) {
	for _, c := range []struct {
		shares []float64
		want   []micro
	}{
		{[]float64{1. / 3, 1. / 3, 1. / 3}, []micro{333_334, 333_333, 333_333}},    // ties go to the lower level
		{[]float64{0.5, 0.3000002, 0.1999998}, []micro{500_000, 300_000, 200_000}}, // remainders 0, 0.2 and 0.8
		{[]float64{0.2, 0.2}, []micro{500_000, 500_000}},
		{[]float64{-0.1, 0, 3}, []micro{0, 0, 1_000_000}},
		{[]float64{0.0000004, 0.9999996}, []micro{0, 1_000_000}},
	} {
		got := apportion(c.shares)
		if !slices.Equal(got, c.want) {
			t.Errorf("apportion(%v) = %v, want %v", c.shares, got, c.want)
		}
	}
}

func TestApportionSumsToOneAndStaysNear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shares := rapid.SliceOfN(rapid.Float64Range(0, 1), 2, 11).Draw(t, "shares")
		shares[0] += 1e-6
		total := 0.0
		for _, s := range shares {
			total += s
		}
		rounded := apportion(shares)
		sum := micro(0)
		for i, r := range rounded {
			sum += r
			if exact := shares[i] / total * 1e6; r < 0 || math.Abs(float64(r)-exact) > 1.000001 {
				t.Errorf("share %v became %d", exact, r)
			}
		}
		if sum != unity {
			t.Errorf("sum %d", sum)
		}
		if mean := meanLevel(rounded); mean != slicesSum(tails(rounded)) {
			t.Errorf("mean %d is not the sum of the tails %v", mean, tails(rounded)) // E X = Σ P(X ≥ i)
		}
	})
}

func slicesSum(list []micro) micro {
	sum := micro(0)
	for _, m := range list {
		sum += m
	}
	return sum
}

func TestCountSpan(t *testing.T) {
	for _, c := range []struct {
		name  string
		f     figure
		exact bool
		want  span
	}{
		{"outward", figure{117.6, 111.2, 124.1, true}, false, span{118 * unity, 111 * unity, 125 * unity}},
		{"raised to k", figure{3.2, -4, 4.5, true}, false, span{5 * unity, 5 * unity, 5 * unity}},
		{"low raised to k", figure{9.4, 2.5, 14.2, true}, false, span{9 * unity, 5 * unity, 15 * unity}},
		{"exact", figure{118, 110, 120, true}, true, span{118 * unity, 118 * unity, 118 * unity}},
		{"without end", figure{9, math.Inf(-1), math.Inf(1), true}, false, span{9 * unity, 5 * unity, 1_000_000_000 * unity}},
	} {
		if got := countSpan(c.f, 5, c.exact); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestOrderedQuartiles(t *testing.T) {
	got := orderedQuartiles([3]span{{3, 1, 5}, {2, 2, 2}, {4, 0, 4}})
	want := [3]span{{3, 0, 5}, {3, 0, 5}, {4, 0, 5}}
	if got != want {
		t.Errorf("%v, want %v", got, want)
	}
	already := [3]span{{1, 0, 2}, {2, 1, 3}, {3, 2, 4}}
	if got := orderedQuartiles(already); got != already {
		t.Errorf("%v was changed to %v", already, got)
	}
}

// A figure that cannot be printed is an error of the caller, never a number.
func TestNewReleaseRefusesWhatIsNotANumber(t *testing.T) {
	in := industry()
	in.Attributes = nil
	head := fixtureHead(in, "secret")
	nan := math.NaN()
	for name, spoil := range map[string]func(*cohortFigures){
		"mean":           func(c *cohortFigures) { c.overall.mean.value = nan },
		"low":            func(c *cohortFigures) { c.domains[1].mean.low = nan },
		"quartile":       func(c *cohortFigures) { c.domains[1].quartiles[2].high = nan },
		"companies":      func(c *cohortFigures) { c.companies.value = math.Inf(1) },
		"share":          func(c *cohortFigures) { c.questions[3].shares[1].value = nan },
		"no shares":      func(c *cohortFigures) { clearValues(c.questions[3].shares) },
		"at least":       func(c *cohortFigures) { c.questions[3].atLeast[0].low = nan },
		"question":       func(c *cohortFigures) { c.questions[3].mean.value = math.Inf(-1) },
		"few shares":     func(c *cohortFigures) { c.questions[3].shares = c.questions[3].shares[1:] },
		"few questions":  func(c *cohortFigures) { c.questions = c.questions[1:] },
		"many questions": func(c *cohortFigures) { c.questions = append(c.questions, c.questions[0]) },
		"few domains":    func(c *cohortFigures) { c.domains = c.domains[1:] },
	} {
		figures := []cohortFigures{secretCohort()}
		spoil(&figures[0])
		if r, err := newRelease(head, figures); err == nil {
			t.Errorf("%s: accepted: %v", name, r.Cohorts[0].Overall.Mean)
		}
	}
	if _, err := newRelease(head, nil); err == nil {
		t.Error("no cohorts: accepted")
	}
	withheld := secretCohort()
	withheld.overall.mean = figure{value: nan, low: nan, high: nan}
	if _, err := newRelease(head, []cohortFigures{withheld}); err != nil {
		t.Errorf("a withheld figure is looked at: %v", err)
	}
}

func clearValues(list []figure) {
	for i := range list {
		list[i].value = -float64(i)
	}
}

// One member that is not to be published withholds its family.
func TestFamiliesAreWithheldTogether(t *testing.T) {
	in := industry()
	in.Attributes = nil
	for name, c := range map[string]struct {
		hide                      func(*cohortFigures)
		mean, quartiles, question bool // what is still published
	}{
		"nothing":       {func(*cohortFigures) {}, true, true, true},
		"a quartile":    {func(c *cohortFigures) { c.overall.quartiles[1].published = false }, true, false, true},
		"the mean":      {func(c *cohortFigures) { c.overall.mean.published = false }, false, true, true},
		"a share":       {func(c *cohortFigures) { c.questions[0].shares[5].published = false }, true, true, false},
		"a tail":        {func(c *cohortFigures) { c.questions[0].atLeast[0].published = false }, true, true, false},
		"another share": {func(c *cohortFigures) { c.questions[1].shares[5].published = false }, true, true, true},
	} {
		figures := secretCohort()
		c.hide(&figures)
		r := makeRelease(t, fixtureHead(in, "secret"), []cohortFigures{figures})
		all := r.Cohorts[0]
		check := func(what string, want bool, family ...Estimate) {
			for i, e := range family {
				if (e.Status == Published) != want {
					t.Errorf("%s hidden: %s[%d] is %v", name, what, i, e.Status)
				}
			}
		}
		check("mean", c.mean, all.Overall.Mean)
		check("quartiles", c.quartiles, all.Overall.Quartiles[:]...)
		check("shares", c.question, all.Questions[0].Shares...)
		check("at_least", c.question, all.Questions[0].AtLeast...)
		check("question mean", true, all.Questions[0].Mean)
	}
}
