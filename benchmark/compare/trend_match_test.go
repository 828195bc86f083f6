package compare

import (
	"errors"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/draft"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"

	"github.com/google/go-cmp/cmp"
)

// A score is compared only if it is made of the same questions in both waves, a
// profile if it has the same minima, an attribute if it has the same values: each of
// these changes takes what it touches out of the comparison, and nothing else.
func TestMatchParts(t *testing.T) {
	question := func(id string) instrument.Question { return instrument.Question{ID: id, Text: id} }
	for name, tt := range map[string]struct {
		change func(*instrument.Spec)
		lost   []string // of overall, a, b, the profiles and the attributes
	}{
		"nothing":               {func(*instrument.Spec) {}, nil},
		"a question is retired": {func(s *instrument.Spec) { s.Domains[0].Questions = s.Domains[0].Questions[:1] }, []string{"a", "kept", "overall"}},
		"a question is new": {func(s *instrument.Spec) {
			s.Domains[1].Questions = append(s.Domains[1].Questions, question("b-3"))
		}, []string{"b", "overall"}},
		"a question moves": {func(s *instrument.Spec) {
			s.Domains[0].Questions = append(s.Domains[0].Questions, s.Domains[1].Questions[1])
			s.Domains[1].Questions = s.Domains[1].Questions[:1]
		}, []string{"a", "b"}},
		"the first question moves": {func(s *instrument.Spec) {
			s.Domains[0].Questions = append(s.Domains[0].Questions, s.Domains[1].Questions[0])
			s.Domains[1].Questions = s.Domains[1].Questions[1:]
		}, []string{"a", "b"}},
		"a domain is retired": {func(s *instrument.Spec) { s.Domains = s.Domains[:1] }, []string{"b", "overall", "reworded"}},
		"a domain is new": {func(s *instrument.Spec) {
			s.Domains = append(s.Domains, instrument.Domain{ID: "c", Title: "C", Questions: []instrument.Question{question("c-1")}})
		}, []string{"overall"}},
		"one question for another": {func(s *instrument.Spec) { s.Domains[1].Questions[1] = question("b-9") }, []string{"b", "overall"}},
		"two domains become one": {func(s *instrument.Spec) {
			s.Domains[0].Questions = append(s.Domains[0].Questions, s.Domains[1].Questions...)
			s.Domains = s.Domains[:1]
		}, []string{"a", "b"}},
		"fewer minima":  {func(s *instrument.Spec) { s.Profiles[0].Minimum = map[string]int{"a-1": 1} }, []string{"kept"}},
		"more minima":   {func(s *instrument.Spec) { s.Profiles[1].Minimum["b-2"] = 1 }, []string{"raised"}},
		"another level": {func(s *instrument.Spec) { s.Profiles[2].Minimum["b-1"] = 0 }, []string{"reworded"}},
		"another question": {func(s *instrument.Spec) {
			s.Profiles[2].Minimum = map[string]int{"b-2": 1}
		}, []string{"reworded"}},
		"a domain weighs more":   {func(s *instrument.Spec) { s.Domains[0].Weight = 2 }, []string{"overall"}},
		"a question weighs more": {func(s *instrument.Spec) { s.Domains[1].Questions[0].Weight = 2 }, []string{"b", "overall"}},
		"a value goes":           {func(s *instrument.Spec) { s.Attributes[0].Values = s.Attributes[0].Values[:1] }, []string{"size"}},
		"a value has a title":    {func(s *instrument.Spec) { s.Attributes[1].Values[0].Title = "Europe and more" }, []string{"region"}},
		"values change places":   {func(s *instrument.Spec) { slices.Reverse(s.Attributes[0].Values) }, []string{"size"}},
	} {
		before, _ := beforeAndAfter()
		after := before.Public()
		for d := range after.Domains {
			after.Domains[d].Questions = slices.Clone(after.Domains[d].Questions)
		}
		for p := range after.Profiles {
			after.Profiles[p].Minimum = map[string]int{}
			maps.Copy(after.Profiles[p].Minimum, before.Profiles[p].Minimum)
		}
		after.Version = "2"
		after.Crosswalk = &instrument.Crosswalk{From: versionOf(before), Others: instrument.SameQuestion}
		tt.change(&after)
		same, err := matchItems(before, after)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var lost []string
		for _, id := range []string{"a", "b", "kept", "overall", "raised", "reworded"} {
			if same.before[id] != id {
				lost = append(lost, id)
			}
		}
		for _, id := range []string{"size", "region"} {
			if !same.attributes[id] {
				lost = append(lost, id)
			}
		}
		if diff := cmp.Diff(tt.lost, lost); diff != "" {
			t.Errorf("%s: not compared (-want +got):\n%s", name, diff)
		}
	}
}

// pairOfWaves are two releases of one instrument, with a mean of 0.5 ± 0.1 and then
// 0.6 ± 0.1, at confidences of their own.
func pairOfWaves(t *testing.T, earlier, later float64) (first, second *publication.Release) {
	t.Helper()
	in, _ := beforeAndAfter()
	made := func(wave string, confidence, mean float64) *publication.Release {
		h := fixture.Head(in, privacy.SecretRoster)
		h.Wave, h.Confidence, h.Cohorts = wave, confidence, nil
		c := draft.Cohort{Companies: fixture.Around(50, 5), Overall: draft.Score{Mean: fixture.Around(mean, 0.1)}, Profiles: make([]draft.Number, 3)}
		for _, d := range in.Domains {
			c.Domains = append(c.Domains, draft.Score{Mean: fixture.Around(mean, 0.1)})
			for range d.Questions {
				c.Questions = append(c.Questions, draft.Question{Mean: fixture.Around(mean, 0.1), Shares: make([]draft.Number, 2), AtLeast: make([]draft.Number, 1)})
			}
		}
		return fixture.Make(t, h, []draft.Cohort{c})
	}
	return made("2025", earlier, 0.5), made("2026", later, 0.6)
}

// The earlier wave's intervals are brought to the later one's confidence: with z = 1.96
// for 95 % and 1.2816 for 80 % the 0.1 of the earlier wave are 0.0654, or 0.1529 the
// other way round.
func TestTrendBringsConfidence(t *testing.T) {
	for _, tt := range []struct{ earlier, later, width float64 }{
		{0.9, 0.9, 0.1}, {0.95, 0.8, 0.1 * 1.2815515655446004 / 1.959963984540054}, {0.8, 0.95, 0.1 * 1.959963984540054 / 1.2815515655446004},
	} {
		first, second := pairOfWaves(t, tt.earlier, tt.later)
		changes, err := Trend(first, second)
		if err != nil {
			t.Fatal(err)
		}
		step := changes.Steps[0]
		if step.Confidence != tt.later {
			t.Errorf("the step has the confidence %v, want %v", step.Confidence, tt.later)
		}
		at := slices.IndexFunc(step.Changes, func(c Change) bool { return c.Item == "overall" && c.Statistic == publication.StatisticMean })
		got, half := step.Changes[at].Change, math.Hypot(0.1, tt.width)
		if math.Abs(got.Low-(0.1-half)) > 2e-6 || math.Abs(got.High-(0.1+half)) > 2e-6 {
			t.Errorf("%v then %v: %v, want 0.1 ± %v", tt.earlier, tt.later, got, half)
		}
	}
}

// Releases of two accounts are not compared.
func TestTrendOfAccounts(t *testing.T) {
	first, second := pairOfWaves(t, 0.9, 0.9)
	second.Account = "another"
	if _, err := Trend(first, second); !errors.Is(err, ErrIncomparable) {
		t.Errorf("releases of two accounts: %v", err)
	}
}

// The bounds of a change are rounded outward: ±√2 millionths are ±2.
func TestChangeIsRoundedOutward(t *testing.T) {
	one := publication.Estimate{Low: -1e-6, High: 1e-6, Status: publication.Published}
	if got := changeOf(one, one, 1, 1); got.Low != -2e-6 || got.High != 2e-6 {
		t.Errorf("%+v", got)
	}
}

// So are those of a gap: two thirds less a mean that is 0.
func TestGapIsRoundedOutward(t *testing.T) {
	exact := publication.Estimate{Status: publication.Published}
	if got := difference(2.0/3, exact); got.Value != 0.666667 || got.Low != 0.666666 || got.High != 0.666667 {
		t.Errorf("2/3: %+v", got)
	}
	if got := difference(1.0/3, exact); got.Value != 0.333333 || got.Low != 0.333333 || got.High != 0.333334 {
		t.Errorf("1/3: %+v", got)
	}
}

// Clearly ahead is who is so at the nearer end of the interval, half a level or more.
func TestApart(t *testing.T) {
	gap := func(value, low, high float64) QuestionStanding {
		return QuestionStanding{ScoreStanding: ScoreStanding{Gap: publication.Estimate{Value: value, Low: low, High: high, Status: publication.Published}}}
	}
	questions := []QuestionStanding{
		gap(0.7, 0.5, 0.9), gap(2, 0.499999, 4), gap(-0.7, -0.9, -0.5), gap(-2, -4, -0.499999), gap(1.5, 1, 2), gap(0, -3, 3),
		{ScoreStanding: ScoreStanding{Gap: publication.NoEstimate()}},
	}
	for i := range questions {
		questions[i].ID = string(rune('a' + i))
	}
	c := comparison{asked: instrument.JSP().Spec()}
	if diff := cmp.Diff([]string{"e", "a"}, c.apart(questions, 1)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"c"}, c.apart(questions, -1)); diff != "" {
		t.Error(diff)
	}
}

// A company is above a quartile only if it is above its interval, and below only if it
// is below.
func TestBandAllowsForNoise(t *testing.T) {
	around := func(x float64) publication.Estimate {
		return publication.Estimate{Value: x, Low: x - 0.1, High: x + 0.1, Status: publication.Published}
	}
	quartiles := [3]publication.Estimate{around(1), around(2), around(3)}
	for own, want := range map[float64]Band{
		0.5: {1, 1}, 0.95: {1, 2}, 1.05: {1, 2}, 1.5: {2, 2}, 1.95: {2, 3}, 2.05: {2, 3}, 2.95: {3, 4}, 3.05: {3, 4}, 3.5: {4, 4},
	} {
		if got := band(own, quartiles); got != want {
			t.Errorf("%v: %v, want %v", own, got, want)
		}
	}
}

// How much of a profile is reached is rounded down, in the number and in the text: two
// of three levels are 66 %, and no profile that lacks one is reached.
func TestReachedIsRoundedDown(t *testing.T) {
	r := compared(t)
	for _, tt := range []struct {
		minimum int
		reached float64
		text    string
	}{{4, 0.666666, "66%"}, {5, 0.5, "50%"}, {3, 1, "100%"}} {
		r.Instrument.Profiles[0].Minimum = map[string]int{"a-1": tt.minimum}
		spec := r.Instrument
		c := comparison{asked: spec, levels: []int{2, -1, -1}, scorer: spec.Scorer()}
		p := c.profile(spec.Profiles[0])
		if p.Reached != tt.reached || p.Met != (tt.reached == 1) {
			t.Errorf("level 3 of %d: %v reached, met %t", tt.minimum, p.Reached, p.Met)
		}
		if text := (&Standing{Profiles: []ProfileStanding{p}}).String(); !strings.Contains(text, " "+tt.text+" reached") {
			t.Errorf("level 3 of %d: %s", tt.minimum, text)
		}
	}
}
