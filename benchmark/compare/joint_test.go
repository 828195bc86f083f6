package compare

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/draft"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"

	"github.com/google/go-cmp/cmp"
)

// sixLevels is an instrument with two domains of so many questions each and a third one of one, on a scale of six.
func sixLevels(questions int) instrument.Spec {
	in := instrument.Spec{ID: "demo", Version: "1", Title: "Demo"}
	for level := range 6 {
		in.Scale = append(in.Scale, instrument.Level{Level: level, Name: fmt.Sprint("L", level)})
	}
	for d, n := range []int{questions, questions, 1} {
		domain := instrument.Domain{ID: fmt.Sprint("d", d), Title: "D"}
		for q := range n {
			domain.Questions = append(domain.Questions, instrument.Question{ID: fmt.Sprintf("d%d-%d", d, q), Text: "Q"})
		}
		in.Domains = append(in.Domains, domain)
	}
	return in
}

// madeWave is a release of all companies, whose means, with noise or without, are given as a function of the
// item: those of the overall score, of domains and of questions have intervals of ±0.05, ±0.08 and ±0.25.
func madeWave(t testing.TB, in instrument.Spec, wave int, mean func(id string) float64, change ...func(*draft.Cohort)) *publication.Release {
	t.Helper()
	c := draft.Cohort{Companies: fixture.Around(100, 5)}
	u := draft.Unshrunken{}
	number := func(id string, half float64) (draft.Number, draft.Number) {
		free := fixture.Around(mean(id), half)
		return fixture.Around(min(max(mean(id), 0.5), 4.5), half*0.9), free
	}
	c.Overall.Mean, u.Overall = number(publication.OverallItem, 0.05)
	for _, d := range in.Domains {
		shown, free := number(d.ID, 0.08)
		c.Domains, u.Domains = append(c.Domains, draft.Score{Mean: shown}), append(u.Domains, free)
		for _, q := range d.Questions {
			shown, free := number(q.ID, 0.25)
			c.Questions, u.Questions = append(c.Questions, draft.Question{Mean: shown, Shares: make([]draft.Number, 6), AtLeast: make([]draft.Number, 5)}), append(u.Questions, free)
		}
	}
	c.Unshrunken = &u
	for _, f := range change {
		f(&c)
	}
	head := fixture.Head(in, privacy.SecretRoster)
	head.Wave, head.Cohorts, head.Privacy.Account.Sequence = fmt.Sprint(2025+wave), nil, wave+2
	return fixture.Make(t, head, []draft.Cohort{c})
}

// noiseOf gives every item noise of its own in every wave, with a standard deviation as its interval says.
func noiseOf(seed uint64) func(id string) float64 {
	rng := rand.New(rand.NewPCG(seed, 1))
	return func(id string) float64 {
		switch {
		case id == publication.OverallItem:
			return 0.03 * rng.NormFloat64()
		case len(id) == 2:
			return 0.048 * rng.NormFloat64()
		}
		return 0.152 * rng.NormFloat64()
	}
}

func meanChange(t *testing.T, step TrendStep, item string) Change {
	t.Helper()
	at := slices.IndexFunc(step.Changes, func(c Change) bool { return c.Item == item && c.Statistic == publication.StatisticMean })
	if at < 0 {
		t.Fatalf("no change of %s", item)
	}
	return step.Changes[at]
}

// madeTrend is the trend of three waves in which nothing changes but what later says of the last.
func madeTrend(t *testing.T, in instrument.Spec, later func(id string) float64, change ...func(*draft.Cohort)) *Changes {
	t.Helper()
	var releases []*publication.Release
	for w := range 3 {
		noise := noiseOf(uint64(10 + w))
		releases = append(releases, madeWave(t, in, w, func(id string) float64 {
			if w == 2 {
				return 2 + noise(id) + later(id)
			}
			return 2 + noise(id)
		}, change...))
	}
	c, err := Trend(releases...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func still(string) float64 { return 0 }

// Where nothing changed, changes are nearer to nothing and have shorter intervals than the differences;
// the overall mean, which is by itself, is left much as it is.
func TestTrendIsJoint(t *testing.T) {
	c := madeTrend(t, sixLevels(10), still)
	var joint, plain, width, plainWidth float64
	for _, step := range append(c.Steps, *c.Whole) {
		for _, q := range c.Steps[0].Instrument.Questions()[:20] {
			change := meanChange(t, step, q.ID)
			if !change.Joint {
				t.Errorf("%s: %+v", q.ID, change)
			}
			width += change.Change.High - change.Change.Low
			plainWidth += change.Difference.High - change.Difference.Low
			joint += change.Change.Value * change.Change.Value
			plain += change.Difference.Value * change.Difference.Value
		}
		overall := meanChange(t, step, publication.OverallItem)
		if ratio := overall.Change.Value / overall.Difference.Value; !overall.Joint || ratio < 0.8 || ratio > 1.2 {
			t.Errorf("overall: %+v", overall)
		}
	}
	if joint > plain/4 || width > 0.8*plainWidth {
		t.Errorf("mean widths %.3f and %.3f", width/60, plainWidth/60)
		t.Errorf("the mean square error is %.4f, that of differences %.4f", joint/60, plain/60)
	}
}

// A question that jumps is believed, and one that goes with its domain has the domain's change.
func TestTrendBelievesJumps(t *testing.T) {
	c := madeTrend(t, sixLevels(10), func(id string) float64 {
		switch {
		case id == "d0-3":
			return 1.1
		case id[:2] == "d1":
			return 1
		case id == publication.OverallItem:
			return 0.5
		}
		return map[string]float64{"d0": 0.1}[id]
	})
	for item, want := range map[string]float64{"d0-3": 1.1, "d1": 1, "d1-0": 1, "d1-7": 1, "overall": 0.5} {
		for _, step := range []TrendStep{c.Steps[1], *c.Whole} {
			change := meanChange(t, step, item)
			if !change.Joint || change.Verdict != Up || math.Abs(change.Change.Value-change.Difference.Value) > 0.2 {
				t.Errorf("%s, %s to %s, by %v: %+v", item, step.From, step.To, want, change)
			}
		}
		if change := meanChange(t, c.Steps[0], item); change.Verdict != Indistinguishable {
			t.Errorf("%s moved before: %+v", item, change)
		}
	}
}

// Where the waves do not tell enough a mean keeps its difference.
func TestTrendKeepsDifferences(t *testing.T) {
	wide := func(c *draft.Cohort) {
		for i := range c.Unshrunken.Questions {
			e := &c.Unshrunken.Questions[i]
			e.Low, e.High = e.Value-0.45, e.Value+0.45
		}
	}
	noOverall := func(c *draft.Cohort) { c.Overall.Mean, c.Unshrunken.Overall = draft.Number{}, draft.Number{} }
	noDomain := func(c *draft.Cohort) { c.Domains[0].Mean, c.Unshrunken.Domains[0] = draft.Number{}, draft.Number{} }
	noQuestion := func(c *draft.Cohort) {
		c.Questions[0].Mean, c.Unshrunken.Questions[0] = draft.Number{}, draft.Number{}
	}
	odd := func(c *draft.Cohort) {
		e := &c.Unshrunken.Domains[0]
		e.Low, e.High = e.Value-0.02, e.Value+0.02
	}
	noUnshrunken := func(c *draft.Cohort) { c.Unshrunken = nil }
	for name, tt := range map[string]struct {
		questions                int
		change                   func(*draft.Cohort)
		overall, domain          bool // joint
		question, other, onlyOne bool // of d0, d1, d2
	}{
		"enough":                       {10, func(*draft.Cohort) {}, true, true, true, true, true},
		"few questions":                {4, func(*draft.Cohort) {}, true, true, false, false, false},
		"much noise":                   {10, wide, true, true, false, false, false},
		"the overall mean is withheld": {10, noOverall, false, true, true, true, true},
		"a domain is withheld":         {10, noDomain, true, false, false, true, true},
		"a question is withheld":       {10, noQuestion, true, true, false, true, true},
		"less noise than in all":       {10, odd, true, false, false, true, true},
		"nothing is unshrunken":        {10, noUnshrunken, false, false, false, false, false},
	} {
		c := madeTrend(t, sixLevels(tt.questions), still, tt.change)
		got := func(item string) bool { return meanChange(t, c.Steps[1], item).Joint }
		want := []bool{tt.overall, tt.domain, tt.question, tt.other, tt.onlyOne}
		if diff := cmp.Diff(want, []bool{got("overall"), got("d0"), got("d0-0"), got("d1-0"), got("d2-0")}); diff != "" {
			t.Errorf("%s: overall, d0, d0-0, d1-0, d2-0 are joint: %s", name, diff)
		}
		for _, change := range c.Steps[1].Changes {
			if !change.Joint && change.Change != change.Difference && change.Status == publication.Published {
				t.Errorf("%s: %+v", name, change)
			}
		}
	}
}

// A domain that gets another question is another one: its questions are not followed across that, and those of
// other domains are, with the domains as they are, since the overall score is another one, too.
func TestTrendAcrossCrosswalk(t *testing.T) {
	before, after := sixLevels(10), sixLevels(10)
	after.Version = "2"
	after.Domains[0].Questions = append(after.Domains[0].Questions, instrument.Question{ID: "d0-10", Text: "Q"})
	after.Domains[1].Questions[0].ID = "d1-new"
	after.Crosswalk = &instrument.Crosswalk{From: versionOf(before), Others: instrument.SameQuestion, Questions: []instrument.CrosswalkQuestion{
		{New: []string{"d0-10"}, Change: instrument.NewQuestion},
		{Old: []string{"d1-0"}, New: []string{"d1-new"}, Change: instrument.SameQuestion},
	}}
	var releases []*publication.Release
	for w, in := range []instrument.Spec{before, before, after, after} {
		in.Crosswalk = map[bool]*instrument.Crosswalk{true: after.Crosswalk}[w == 2]
		noise := noiseOf(uint64(w))
		releases = append(releases, madeWave(t, in, w, func(id string) float64 { return 2 + noise(id) }))
	}
	c, err := Trend(releases...)
	if err != nil {
		t.Fatal(err)
	}
	for item, want := range map[string]bool{"d0-1": false, "d1-new": true, "d1-3": true, "d1": true} {
		for _, step := range []TrendStep{c.Steps[1], *c.Whole} {
			if change := meanChange(t, step, item); change.Joint != want || change.Status != publication.Published {
				t.Errorf("%s: %+v", item, change)
			}
		}
	}
	if change := meanChange(t, c.Steps[0], "d0-1"); !change.Joint {
		t.Errorf("before the crosswalk: %+v", change)
	}
	if change := meanChange(t, *c.Whole, "d1-new"); change.OldItem != "d1-0" {
		t.Errorf("%+v", change)
	}
	if slices.ContainsFunc(c.Whole.Changes, func(c Change) bool { return c.Item == "d0" || c.Item == "overall" || c.Item == "d0-10" }) {
		t.Error("what is not the same in all waves is compared")
	}
	var smoothed []string
	for _, s := range c.Series {
		if !slices.ContainsFunc(s.Points, func(p Point) bool { return p.Smoothed.Status != publication.Published }) {
			smoothed = append(smoothed, s.Item)
		}
	}
	want := []string{"d1", "d2", "d1-new"}
	for q := 1; q < 10; q++ {
		want = append(want, fmt.Sprint("d1-", q))
	}
	if diff := cmp.Diff(append(want, "d2-0"), smoothed); diff != "" {
		t.Error(diff)
	}
	at := slices.IndexFunc(c.Series, func(s Series) bool { return s.Item == "d0-1" })
	if at < 0 || c.Series[at].Points[1].Smoothed.Status == publication.Published || c.Series[at].Points[1].Published.Status != publication.Published || c.Series[at].Points[2].Smoothed.Status != publication.Published {
		t.Errorf("a question whose domain is another one is smoothed in other waves than the last two")
	}
}

// The series beside what was published: nearer to where nothing changed, on the scale, and not where a wave
// does not show the mean.
func TestSeries(t *testing.T) {
	c := madeTrend(t, sixLevels(10), still, func(c *draft.Cohort) { c.Questions[5].Mean = draft.Number{} }, func(c *draft.Cohort) { c.Unshrunken.Questions[5] = draft.Number{} })
	var smoothed, published float64
	for _, s := range c.Series {
		if s.Cohort != publication.AllCohort || len(s.Points) != 3 {
			t.Fatalf("%+v", s)
		}
		for w, p := range s.Points {
			if p.Smoothed.Status != publication.Published || p.Published.Status != publication.Published {
				t.Errorf("%s, wave %d: %+v", s.Item, w, p)
			}
			smoothed += (p.Smoothed.Value - 2) * (p.Smoothed.Value - 2)
			published += (p.Published.Value - 2) * (p.Published.Value - 2)
		}
	}
	if len(c.Series) != 1+3+20 { // without the question that is withheld
		t.Errorf("%d series", len(c.Series))
	}
	if smoothed > published/1.8 {
		t.Errorf("the square error is %.3f, as published %.3f", smoothed, published)
	}
	high := madeTrend(t, sixLevels(10), func(string) float64 { return 9 })
	for _, s := range high.Series {
		if p := s.Points[2].Smoothed; p.High > 5 || p.Value > 5 {
			t.Errorf("beyond the scale: %+v", p)
		}
	}
}

// What is read of an item is its distance from the one above, with the variance that it has beside that; only
// the error of what is above remains where it is all that is there.
func TestReadings(t *testing.T) {
	in := sixLevels(2)
	in.Scores = &instrument.ScoreScale{From: "0", To: "100"} // a Unit is 20 of these and one level
	release := madeWave(t, in, 0, func(id string) float64 {
		return map[string]float64{"overall": 2, "d0": 2.5, "d0-0": 4, "d2": 3, "d2-0": 3}[id]
	})
	r := &run{waves: []*publication.Release{release}, cohort: publication.AllCohort}
	r.follow(nil)
	variance := func(half float64) float64 { return half * half / (1.6448536 * 1.6448536) }
	for id, want := range map[string][2]float64{
		"overall": {2, variance(0.05)}, "d0": {0.5, variance(0.08) - variance(0.05)}, "d0-0": {1.5, variance(0.25) - variance(0.08)},
	} {
		got := r.tracks[0][id].readings
		if math.Abs(got.Reading[0]-want[0]) > 1e-6 || math.Abs(got.Variance[0]/want[1]-1) > 1e-3 {
			t.Errorf("%s is read as %v ± %v, want %v", id, got.Reading, got.Variance, want)
		}
	}
	if one := r.tracks[0]["d2-0"]; !one.only || r.tracks[0]["d2"].only {
		t.Error("the only question of a domain is followed by itself")
	}
	if got := r.tracks[0]["d0-0"].reading(0); math.Abs(got-4) > 1e-9 {
		t.Errorf("the sum of the distances is %v, want 4", got)
	}
}

// An interval gets wider by a part of how far the estimate lies from what was read.
func TestDoubtOfSums(t *testing.T) {
	if m := (&track{only: true}).sum(3, nil); m.Mean() != 0 || math.Abs(m.Variance()-9*jointDoubt) > 1e-12 {
		t.Errorf("3 from what was read: %v", m)
	}
}

// What is the same error in every wave goes with no number of waves: where nothing changes for eight of
// them, the interval of a question as seen from the last is 0.37 long in place of 0.5, and not 0.30.
func TestSeriesKeepSteadyErrors(t *testing.T) {
	var releases []*publication.Release
	for w := range 8 {
		noise := noiseOf(uint64(w))
		releases = append(releases, madeWave(t, sixLevels(10), w, func(id string) float64 { return 2 + noise(id) }))
	}
	c, err := Trend(releases...)
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for _, s := range c.Series[4:] {
		sum += s.Points[4].Smoothed.High - s.Points[4].Smoothed.Low
	}
	if mean := sum / float64(len(c.Series[4:])); mean < 0.34 || mean > 0.42 {
		t.Errorf("intervals of 0.5 have %.3f after eight waves", mean)
	}
}
