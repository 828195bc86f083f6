package compare

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/draft"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
	"maturitybench/stats"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// before and after are instruments with a crosswalk between them.
func beforeAndAfter() (before, after instrument.Spec) {
	before = instrument.Spec{
		ID: "demo", Version: "1", Title: "Demo", Scale: []instrument.Level{{Level: 0, Name: "No"}, {Level: 1, Name: "Yes"}},
		Domains: []instrument.Domain{
			{ID: "a", Title: "A", Questions: []instrument.Question{{ID: "a-1", Text: "A1"}, {ID: "a-2", Text: "A2"}}},
			{ID: "b", Title: "B", Questions: []instrument.Question{{ID: "b-1", Text: "B1"}, {ID: "b-2", Text: "B2"}}},
		},
		Attributes: []instrument.Attribute{{ID: "size", Title: "", Values: []instrument.Value{{ID: "s", Title: ""}, {ID: "l", Title: ""}}}, {ID: "region", Title: "", Values: []instrument.Value{{ID: "eu", Title: ""}, {ID: "us", Title: ""}}}},
		Profiles: []instrument.Profile{
			{ID: "kept", Title: "", Minimum: map[string]int{"a-1": 1, "a-2": 0}},
			{ID: "raised", Title: "", Minimum: map[string]int{"a-1": 0}},
			{ID: "reworded", Title: "", Minimum: map[string]int{"b-1": 1}},
		},
	}
	after = before.Public()
	after.Version = "2"
	after.Domains[0] = instrument.Domain{ID: "first", Title: "A", Questions: []instrument.Question{{ID: "a-1", Text: "A1"}, {ID: "two", Text: "A2"}}}
	after.Domains[1].Questions = append(after.Domains[1].Questions, instrument.Question{ID: "b-3", Text: "B3"}, instrument.Question{ID: "b-4", Text: "B4"})
	after.Attributes[1].Values = append(after.Attributes[1].Values, instrument.Value{ID: "asia", Title: ""})
	after.Profiles[0].Minimum = map[string]int{"a-1": 1, "two": 0}
	after.Profiles[1].Minimum = map[string]int{"a-1": 1}
	after.Crosswalk = &instrument.Crosswalk{From: instrument.Version{ID: "demo", Version: "1"}, Questions: []instrument.CrosswalkQuestion{
		{Old: []string{"a-1"}, New: []string{"a-1"}, Change: instrument.SameQuestion},
		{Old: []string{"a-2"}, New: []string{"two"}, Change: instrument.SameQuestion},
		{Old: []string{"b-1"}, New: []string{"b-1"}, Change: instrument.RewordedQuestion},
		{Old: nil, New: []string{"b-3"}, Change: instrument.NewQuestion},
		{Old: []string{"b-2"}, New: nil, Change: instrument.RetiredQuestion},
	}}
	return before, after
}

func TestMatchItems(t *testing.T) {
	before, after := beforeAndAfter()
	same, err := matchItems(before, after)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"a-1": "a-1", "two": "a-2", "first": "a", "kept": "kept"}
	if diff := cmp.Diff(want, same.before); diff != "" {
		t.Error(diff)
	}
	not := []NotCompared{
		{"b-1", "reworded"}, {"b-3", "new"}, {"b-2", "retired"}, {"b-2", "unlisted"}, {"b-4", "unlisted"},
		{"b", "parts"}, {"overall", "parts"}, {"raised", "parts"}, {"reworded", "parts"}, {"region", "definition"},
	}
	if diff := cmp.Diff(not, same.not); diff != "" {
		t.Error(diff)
	}
	for cohort, want := range map[string]bool{"all": true, "size=s": true, "region=eu": false} {
		if same.attribute(cohort) != want {
			t.Errorf("%s is compared: %v", cohort, !want)
		}
	}
	if _, err := instrument.New(after); err != nil {
		t.Error(err)
	}
}

func TestMatchItemsOfOneVersion(t *testing.T) {
	before, _ := beforeAndAfter()
	same, err := matchItems(before, before)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"overall", "a", "b", "a-1", "b-2", "kept", "raised"} {
		if same.before[id] != id {
			t.Errorf("%s is not compared", id)
		}
	}
	if len(same.not) != 0 {
		t.Error(same.not)
	}
}

func TestMatchItemsRefuses(t *testing.T) {
	for name, change := range map[string]func(before, after *instrument.Spec){
		"no crosswalk":             func(_, after *instrument.Spec) { after.Crosswalk = nil },
		"crosswalk from elsewhere": func(_, after *instrument.Spec) { after.Crosswalk.From.ID = "other" },
		"question of no old instrument": func(_, after *instrument.Spec) {
			after.Crosswalk.Questions[0].Old[0] = "a-9"
		},
		"other levels": func(before, _ *instrument.Spec) { before.Scale[0].Level, before.Scale[1].Level = 1, 2 },
		"longer scale": func(before, _ *instrument.Spec) {
			before.Scale = append(before.Scale, instrument.Level{Level: 2, Name: "More"})
		},
		"other questions in one version": func(_, after *instrument.Spec) {
			after.Version, after.Crosswalk = "1", nil
		},
		"a scale turned round in one version": func(before, after *instrument.Spec) {
			*after = before.Public()
			after.Scale[0].Name, after.Scale[1].Name = after.Scale[1].Name, after.Scale[0].Name
		},
		"another test in one version": func(before, after *instrument.Spec) {
			*after = before.Public()
			after.Scale[1].Test = "There is a record."
		},
		"other names of levels":     func(_, after *instrument.Spec) { after.Scale[1].Name = "Of course" },
		"a test that was not there": func(_, after *instrument.Spec) { after.Scale[1].Test = "There is a record." },
		"another rule for blanks":   func(_, after *instrument.Spec) { after.Blank = instrument.LowestBlank },
		"another printed scale":     func(_, after *instrument.Spec) { after.Scores = &instrument.ScoreScale{From: "0", To: "3"} },
		"other levels called the same": func(_, after *instrument.Spec) {
			after.Crosswalk.Scale, after.Scale[0].Level, after.Scale[1].Level = "same", 1, 2
		},
	} {
		before, after := beforeAndAfter()
		change(&before, &after)
		if _, err := matchItems(before, after); !errors.Is(err, ErrIncomparable) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A corrected typo needs one line; what is listed counts as it is listed, and an id
// whose question became another one is not the same question.
func TestCrosswalkOfOthers(t *testing.T) {
	before, after := beforeAndAfter()
	after = before.Public()
	after.Version, after.Domains[0].Questions[0].Text = "2", "A 1"
	after.Scale[1].Name = "yes"
	after.Crosswalk = &instrument.Crosswalk{From: versionOf(before), Scale: "same", Others: "same"}
	if _, err := instrument.New(after); err != nil {
		t.Fatal(err)
	}
	same, err := matchItems(before, after)
	if err != nil || len(same.not) > 0 || same.before["a-1"] != "a-1" || same.before["overall"] != "overall" || same.before["kept"] != "kept" {
		t.Errorf("%+v, %v", same, err)
	}
	after.Crosswalk.Questions = []instrument.CrosswalkQuestion{
		{Old: []string{"a-1"}, New: []string{"a-1"}, Change: instrument.RewordedQuestion},
		{Old: []string{"a-2"}, New: []string{"b-1"}, Change: instrument.SameQuestion},
	}
	if same, err = matchItems(before, after); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]string{"b-1": "a-2", "b-2": "b-2"}, same.before); diff != "" {
		t.Error(diff)
	}
}

// The account's own numbers tell the wrong order, but for a revision, which may be
// younger than the next wave.
func TestTrendInOrder(t *testing.T) {
	release := func(wave string, revision, sequence int, date string) *publication.Release {
		r := &publication.Release{Wave: wave, Revision: revision}
		r.Privacy.Account.Sequence, r.Privacy.Account.Date = sequence, date
		return r
	}
	early, late := release("2025", 1, 1, "2025-03-01"), release("2026", 1, 2, "2026-03-01")
	revised, unknown := release("2025", 2, 3, "2026-04-01"), release("2024", 1, 0, "")
	for _, pair := range [][2]*publication.Release{{early, late}, {revised, late}, {unknown, early}, {late, unknown}} {
		if err := inOrder(pair[0], pair[1]); err != nil {
			t.Error(err)
		}
	}
	for _, pair := range [][2]*publication.Release{{late, early}, {late, release("2025", 2, 1, "2025-03-01")}} {
		if err := inOrder(pair[0], pair[1]); !errors.Is(err, ErrIncomparable) {
			t.Errorf("%s before %s: %v", pair[0].Wave, pair[1].Wave, err)
		}
	}
}

// Two waves of the same figures but one, followed through names.
func TestTrend(t *testing.T) {
	head := func(in instrument.Spec, wave string) draft.Head {
		h := fixture.Head(in, privacy.SecretRoster)
		h.Wave, h.Cohorts = wave, []string{"size"}
		return h
	}
	before, after := beforeAndAfter()
	cohort := func(in instrument.Spec, a2, free float64) draft.Cohort {
		c := draft.Cohort{Companies: fixture.Around(50, 5), Overall: draft.Score{Mean: fixture.Around(0.5, 0.1)}}
		for _, d := range in.Domains {
			c.Domains = append(c.Domains, draft.Score{Mean: fixture.Around(0.5, 0.1)})
			for range d.Questions {
				c.Questions = append(c.Questions, draft.Question{Mean: fixture.Around(0.5, 0.1), Shares: make([]draft.Number, 2), AtLeast: make([]draft.Number, 1)})
			}
		}
		c.Profiles = []draft.Number{fixture.Around(0.5, 0.1), {}, {}}
		c.Questions[1].Mean = fixture.Around(a2, 0.03)
		u := draft.Unshrunken{Overall: c.Overall.Mean, Profiles: c.Profiles}
		for _, d := range c.Domains {
			u.Domains = append(u.Domains, d.Mean)
		}
		for _, q := range c.Questions {
			u.Questions = append(u.Questions, q.Mean)
		}
		u.Questions[1] = fixture.Around(free, 0.04)
		c.Unshrunken = &u
		return c
	}
	suppressed := draft.Cohort{Suppressed: true}
	first := fixture.Make(t, head(before, "2025"), []draft.Cohort{cohort(before, 0.5, 0.5), cohort(before, 0.5, 0.5), cohort(before, 0.5, 0.5)})
	later := cohort(after, 0.54, 0.6)
	later.Overall.Mean.Published, later.Unshrunken.Overall.Published = false, false
	second := fixture.Make(t, head(after, "2026"), []draft.Cohort{later, suppressed, suppressed})

	changes, err := Trend(first, second)
	if err != nil {
		t.Fatal(err)
	}
	step := changes.Steps[0]
	find := func(step TrendStep, cohort, item, statistic string) Change {
		t.Helper()
		at := slices.IndexFunc(step.Changes, func(c Change) bool { return c.Cohort == cohort && c.Item == item && c.Statistic == statistic })
		if at < 0 {
			t.Fatalf("no change of %s %s in %s", item, statistic, cohort)
		}
		return step.Changes[at]
	}
	// Unshrunken, 0.5 ± 0.04 became 0.6 ± 0.04: 0.1 ± 0.0566. As published the
	// change would be 0.04 ± 0.0424.
	two := find(step, "all", "two", "mean")
	if two.OldItem != "a-2" || !two.Unshrunken || two.Verdict != Up || two.Status != publication.Published {
		t.Errorf("%+v", two)
	}
	near := func(what string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 3e-6 {
			t.Errorf("%s is %v, want %v", what, got, want)
		}
	}
	near("change", two.Change.Value, 0.1)
	near("low", two.Change.Low, 0.1-0.04*math.Sqrt2)
	near("high", two.Change.High, 0.1+0.04*math.Sqrt2)
	if c := find(step, "all", "a-1", "mean"); c.Verdict != Indistinguishable || c.OldItem != "" {
		t.Errorf("%+v", c)
	}
	if c := find(step, "all", "first", "mean"); c.OldItem != "a" || c.Verdict != Indistinguishable {
		t.Errorf("%+v", c)
	}
	if c := find(step, "all", "two", "share"); c.Status != publication.Withheld || c.Verdict != NoVerdict {
		t.Errorf("%+v", c)
	}
	if c := find(step, "size=s", "", ""); c.Status != publication.Suppressed {
		t.Errorf("%+v", c)
	}
	for _, c := range step.Changes {
		if c.Item == "overall" || c.Item == "b" || c.Item == "b-1" || c.Statistic == publication.StatisticCompanies {
			t.Errorf("%s %s is compared", c.Item, c.Statistic)
		}
	}
	// Two releases of μ = 0.834407 at 2·1e-6: by the curve of Dong, Roth & Su,
	// Corollary 2.13, at √2·μ and δ = 2e-6 − 2e-7 − 2⁻³⁷.
	mu, delta, eps := math.Sqrt2*0.834407, 2e-6-2e-7-math.Pow(2, -37), changes.Loss.Epsilon
	phi := func(x float64) float64 { return math.Erfc(-x/math.Sqrt2) / 2 }
	if got := phi(mu/2-eps/mu) - math.Exp(eps)*phi(-mu/2-eps/mu); math.Abs(got/delta-1) > 1e-4 || changes.Loss.Waves != 2 || changes.Loss.Delta != 2e-6 {
		t.Errorf("loss %+v: δ %v at ε, want %v", changes.Loss, got, delta)
	}

	// A cohort that was suppressed in the earlier wave alone stays so.
	bare := fixture.Make(t, head(before, "2025"), []draft.Cohort{cohort(before, 0.5, 0.5), suppressed, suppressed})
	full := fixture.Make(t, head(after, "2026"), []draft.Cohort{later, cohort(after, 0.5, 0.5), cohort(after, 0.5, 0.5)})
	if changes, err = Trend(bare, full); err != nil {
		t.Fatal(err)
	}
	cohorts := 0
	for _, c := range changes.Steps[0].Changes {
		if c.Cohort != "all" {
			cohorts++
		}
		if c.Cohort != "all" && (c.Status != publication.Suppressed || c.Item != "" || c.To.Status == publication.Published) {
			t.Errorf("%s was suppressed in the earlier wave: %+v", c.Cohort, c)
		}
	}
	if cohorts != 2 {
		t.Errorf("%d suppressed cohorts have a line, want 2", cohorts)
	}

	withoutPrior := first.Cohorts[0].Unshrunken
	first.Cohorts[0].Unshrunken = nil
	if changes, err = Trend(first, second); err != nil {
		t.Fatal(err)
	}
	published := find(changes.Steps[0], "all", "two", "mean")
	near("change of published numbers", published.Change.Value, 0.04)
	if published.Unshrunken || published.Verdict != Indistinguishable {
		t.Errorf("%+v", published)
	}
	first.Cohorts[0].Unshrunken = withoutPrior

	for name, releases := range map[string][]*publication.Release{
		"one release": {first}, "one wave twice": {first, first}, "the wrong order": {second, first},
	} {
		if _, err := Trend(releases...); !errors.Is(err, ErrIncomparable) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, gone := range []*publication.Release{first, second} {
		if err := gone.Withdraw(publication.NewWithdrawal(gone, time.Now(), "one sector was read twice")); err != nil {
			t.Fatal(err)
		}
		if _, err := Trend(first, second); !errors.Is(err, ErrIncomparable) || !errors.Is(err, publication.ErrWithdrawn) || !strings.Contains(err.Error(), "one sector was read twice") {
			t.Errorf("wave %s was withdrawn: %v", gone.Wave, err)
		}
		gone.Withdrawn = nil
	}
}

// TestTrendOfRosters: waves under a counted roster lose as much about two series of
// answers as about who took part, and two rosters are not compared.
func TestTrendOfRosters(t *testing.T) {
	wave := func(roster privacy.Roster, name string, sequence int) *publication.Release {
		in, _ := beforeAndAfter()
		h := fixture.Head(in, roster)
		h.Wave, h.Cohorts, h.Privacy.Account.Sequence = name, nil, sequence
		return fixture.Make(t, h, []draft.Cohort{{Suppressed: true}})
	}
	for _, roster := range []privacy.Roster{privacy.SecretRoster, privacy.PublicRoster, privacy.CountedRoster} {
		changes, err := Trend(wave(roster, "2025", 2), wave(roster, "2026", 3))
		if err != nil {
			t.Fatal(err)
		}
		l := changes.Loss
		if l.Roster != roster {
			t.Errorf("the loss of a %s roster is that of %q", roster, l.Roster)
		}
		if same := l.Between < l.Epsilon+2e-4; same != (roster == privacy.CountedRoster) || l.Between < l.Epsilon {
			t.Errorf("%s: ε = %v, between two answers %v", roster, l.Epsilon, l.Between)
		}
	}
	if _, err := Trend(wave(privacy.PublicRoster, "2025", 2), wave(privacy.CountedRoster, "2026", 3)); !errors.Is(err, ErrIncomparable) {
		t.Errorf("a public wave and a counted one: %v", err)
	}
}

// Intervals of a change cover it as often as they say, also where those of the
// two waves are as lopsided as the most lopsided ones of quartiles (one side 1.36
// times as long as the other), of different lengths, or of different confidences.
// Each interval by itself holds the truth with its confidence exactly, with equal
// tails; the error is normal, or log-normal about its mean.
//
// The combination is exact for normal errors. For lopsided ones it is a little
// short, and 88 % is asked for 90 %: of 200 000 changes fewer than that are
// covered with a probability below 1e-9 unless the coverage is below 88.5 %,
// since the share has a standard deviation of 0.07 %. Normal ones have 89.5 %.
func TestChangeIntervalsCover(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	const trials, confidence, sigma = 200_000, 0.9, 0.3
	normal := func(p float64) float64 { return math.Sqrt2 * math.Erfinv(2*p-1) }
	upward := func(p float64) float64 { return (math.Exp(sigma*normal(p)) - math.Exp(sigma*sigma/2)) / sigma } // few large errors upwards
	downward := func(p float64) float64 { return -upward(1 - p) }
	estimate := func(truth, scale, confidence float64, quantile func(p float64) float64) publication.Estimate {
		e := truth + scale*quantile(rand.Float64())
		return publication.Estimate{Value: e, Low: e - scale*quantile((1+confidence)/2), High: e - scale*quantile((1-confidence)/2), Status: publication.Published}
	}
	for name, tt := range map[string]struct {
		from, to   func(p float64) float64
		length     float64 // of the later error, where the earlier one has 0.1
		confidence float64 // of the earlier interval
		least      float64
	}{
		"alike":                    {normal, normal, 1, 0.9, 0.895},
		"another confidence":       {normal, normal, 1, 0.8, 0.895},
		"much shorter":             {normal, normal, 0.1, 0.9, 0.895},
		"lopsided":                 {upward, upward, 1, 0.9, 0.88},
		"lopsided apart":           {downward, upward, 1, 0.9, 0.88},
		"lopsided beside normal":   {normal, downward, 0.7, 0.9, 0.88},
		"lopsided, much shorter":   {upward, downward, 0.1, 0.9, 0.88},
		"lopsided, of another one": {upward, upward, 1, 0.8, 0.88},
	} {
		t.Run(name, func(t *testing.T) {
			covered := 0
			width := stats.NormalCritical(confidence) / stats.NormalCritical(tt.confidence)
			for range trials {
				change := changeOf(estimate(2, 0.1, tt.confidence, tt.from), estimate(2.3, 0.1*tt.length, confidence, tt.to), width, 1)
				if change.Low <= 0.3 && 0.3 <= change.High {
					covered++
				}
			}
			share := float64(covered) / trials
			t.Logf("coverage %.4f", share)
			if share < tt.least {
				t.Errorf("intervals of 90 %% cover %.4f of the changes", share)
			}
		})
	}
}

// Whatever is compared: intervals hold their changes, nothing withheld is
// shown, and turning the waves round turns the sign.
func TestTrendAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := fixture.DrawRelease(t)
		from.Instrument.Crosswalk = nil
		to := *from
		from.Wave, from.Confidence = "2025", to.Confidence
		to.Cohorts = slices.Clone(from.Cohorts)
		for g, c := range to.Cohorts { // the same numbers, moved into their intervals
			if c.Status == publication.Published && c.Overall.Mean.Status == publication.Published {
				c.Overall.Mean.Value = c.Overall.Mean.Low
				to.Cohorts[g] = c
			}
		}
		there, err := Trend(from, &to)
		if err != nil {
			t.Fatal(err)
		}
		back, err := Trend(&to, from)
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range there.Steps[0].Changes {
			b := back.Steps[0].Changes[i]
			if c.Status != publication.Published {
				if c.Change.Status == publication.Published || c.Verdict != NoVerdict {
					t.Errorf("%+v", c)
				}
				continue
			}
			if c.From.Status != publication.Published || c.To.Status != publication.Published {
				t.Errorf("shown, but not published: %+v", c)
			}
			if c.Change.Low > c.Change.Value || c.Change.Value > c.Change.High || c.Verdict == Up && c.Change.Low <= 0 {
				t.Errorf("%+v", c)
			}
			if math.Abs(c.Change.Value+b.Change.Value) > 2e-6 || math.Abs(c.Change.Low+b.Change.High) > 2e-6 {
				t.Errorf("%+v there, %+v back", c.Change, b.Change)
			}
		}
	})
}
