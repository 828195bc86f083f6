package benchmark

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"maturitybench/privacy"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// compared is a release of two domains on a scale from 1 to 5 whose numbers a
// reader can follow.
func compared(t testing.TB) *Release {
	in := InstrumentSpec{
		ID: "demo", Version: "1", Title: "Demo",
		Domains: []Domain{
			{"a", "A", []Question{{"a-1", "A1"}, {"a-2", "A2"}}},
			{"b", "B", []Question{{"b-1", "B1"}}},
		},
		Attributes: []Attribute{{"size", "", []Value{{"small", ""}, {"large", ""}}}},
		Profiles: []Profile{
			{"buyer", "Buyer", map[string]int{"a-1": 3, "b-1": 5}},
			{"badge", "", map[string]int{"a-2": 1}},
		},
	}
	for level := 1; level <= 5; level++ {
		in.Scale = append(in.Scale, Level{Level: level, Name: "Level"})
	}
	exact := func(x float64) figure { return figure{x, x, x, true} }
	question := func(mean figure, shares ...float64) questionFigures {
		q := questionFigures{mean: mean, shares: make([]figure, 5), atLeast: make([]figure, 4)}
		tail := 1.0
		for i, s := range shares {
			q.shares[i] = figure{s, s - 0.02, s + 0.02, true}
			if tail -= s; i < 4 {
				q.atLeast[i] = figure{tail, tail - 0.04, tail + 0.04, true}
			}
		}
		return q
	}
	c := cohortFigures{
		companies: around(40, 4),
		overall:   scoreFigures{around(1.5, 0.2), [3]figure{around(1, 0.1), around(1.5, 0.1), around(2, 0.1)}},
		domains:   []scoreFigures{{mean: around(2, 0.25)}, {mean: around(1.5, 0.25)}},
		questions: []questionFigures{
			question(around(2, 0.25), 0.1, 0.2, 0.4, 0.2, 0.1), // quartiles at levels 2, 3 and 4
			question(around(3.1, 0.3)),
			question(exact(0.5)),
		},
		profiles: []figure{around(0.2, 0.1), {}},
	}
	return makeRelease(t, fixtureHead(in, privacy.SecretRoster), []cohortFigures{c, {suppressed: true}, {suppressed: true}})
}

func TestCompare(t *testing.T) {
	own := Own{Attributes: map[string]string{"size": "small"}, Scores: map[string]int{"a-1": 4, "a-2": 3}}
	s, err := compared(t).Compare(own)
	if err != nil {
		t.Fatal(err)
	}
	published := func(value, low, high float64) Estimate { return Estimate{value, low, high, Published} }
	all := CohortStanding{
		ID: "all", Status: Published, Companies: published(40, 36, 44),
		// The mean of 4 and 3 is 3.5, one level above 2.5.
		Overall: ScoreStanding{new(3.5), published(2.5, 2.3, 2.7), published(1, 0.8, 1.2), Above, Band{4, 4}},
		Domains: []DomainStanding{
			{"a", ScoreStanding{new(3.5), published(3, 2.75, 3.25), published(0.5, 0.25, 0.75), Above, Band{}}},
			{"b", ScoreStanding{nil, published(2.5, 2.25, 2.75), withheld(), NoVerdict, Band{}}},
		},
		Questions: []QuestionStanding{
			// Nine tenths are at 4 or below, seven tenths at 3 or below: a company at
			// 4 is above the first two quartiles and at the third.
			{"a-1", ScoreStanding{new(4.0), published(3, 2.75, 3.25), published(1, 0.75, 1.25), Above, Band{3, 4}}, published(0.1, 0.06, 0.14)},
			{"a-2", ScoreStanding{new(3.0), published(4.1, 3.8, 4.4), published(-1.1, -1.4, -0.8), Below, Band{}}, withheld()},
			{"b-1", ScoreStanding{nil, published(1.5, 1.5, 1.5), withheld(), NoVerdict, Band{}}, withheld()},
		},
		Ahead:    []string{"a-2"},
		Profiles: []CohortProfile{{"buyer", published(0.2, 0.1, 0.3)}, {"badge", withheld()}},
	}
	want := &Standing{
		Release: "000102030405060708090a0b0c0d0e0f", Wave: "2026", Confidence: 0.9,
		Cohorts: []CohortStanding{all, {
			ID: "size=small", Status: Suppressed, Companies: withheld(),
			Overall: ScoreStanding{Mean: withheld(), Gap: withheld(), Verdict: NoVerdict},
		}},
		// Levels above the bottom: 2 of 2 for a-1, none of 4 for b-1.
		Profiles: []ProfileStanding{
			{"buyer", "Buyer", false, 0.333333, []MissedMinimum{{"b-1", nil, 5}}},
			{"badge", "badge", true, 1, []MissedMinimum{}},
		},
	}
	if diff := cmp.Diff(want, s, cmpopts.EquateNaNs(), cmpopts.EquateApprox(0, 1.5e-6)); diff != "" {
		t.Error(diff)
	}
	text := s.String()
	for _, part := range []string{"a-2      3          4.1 [3.8, 4.4]  below    unknown", "clearly ahead in: a-2", "size=small: suppressed", "Profile buyer: 33% reached, 1 missing"} {
		if !strings.Contains(text, part) {
			t.Errorf("%q is not in\n%s", part, text)
		}
	}
}

func TestCompareRefuses(t *testing.T) {
	r := compared(t)
	for name, own := range map[string]Own{
		"level off the scale": {Scores: map[string]int{"a-1": 6}},
		"unknown question":    {Scores: map[string]int{"a-1": 2, "c-1": 2}},
		"unknown value":       {Attributes: map[string]string{"size": "huge"}, Scores: map[string]int{"a-1": 2}},
		"no answer":           {},
	} {
		if s, err := r.Compare(own); err == nil || s != nil {
			t.Errorf("%s: accepted", name)
		}
	}
	r.Cohorts[0].Questions = nil
	if _, err := r.Compare(Own{Scores: map[string]int{"a-1": 2}}); err == nil {
		t.Error("a broken release is accepted")
	}
}

func TestBandNames(t *testing.T) {
	for band, want := range map[Band]string{
		{}: "unknown", {1, 1}: "first quarter", {2, 3}: "second or third quarter",
		{2, 4}: "second to fourth quarter", {1, 4}: "any quarter", {3, 2}: "unknown",
	} {
		if got := band.String(); got != want {
			t.Errorf("%d to %d: %q, want %q", band.Lowest, band.Highest, got, want)
		}
	}
}

// Whatever the release and the answers: verdicts follow the gaps, gaps follow
// the means, bands are quarters, and the standing can be written and read.
func TestCompareAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawRelease(t)
		own := Own{Scores: map[string]int{}}
		for _, d := range r.Instrument.Domains {
			for _, q := range d.Questions {
				if rapid.Bool().Draw(t, "answered") {
					own.Scores[q.ID] = rapid.SampledFrom(r.Instrument.Scale).Draw(t, "score").Level
				}
			}
		}
		s, err := r.Compare(own)
		if (err == nil) != (len(own.Scores) > 0) {
			t.Fatalf("%d answers: %v", len(own.Scores), err)
		}
		if err != nil {
			return
		}
		for _, c := range s.Cohorts {
			checkScoreStanding(t, c.Overall)
			for _, d := range c.Domains {
				checkScoreStanding(t, d.ScoreStanding)
			}
			for _, q := range c.Questions {
				checkScoreStanding(t, q.ScoreStanding)
			}
		}
		for _, p := range s.Profiles {
			if p.Met != (len(p.Missing) == 0) || p.Met && p.Reached != 1 || p.Reached < 0 || p.Reached > 1 {
				t.Errorf("profile %+v", p)
			}
		}
		data, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		var read Standing
		if err := json.Unmarshal(data, &read); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(s, &read, cmpopts.EquateNaNs(), cmpopts.EquateEmpty()); diff != "" {
			t.Error(diff)
		}
		_ = s.String()
	})
}

func checkScoreStanding(t *rapid.T, s ScoreStanding) {
	known := s.Own != nil && s.Mean.Status == Published
	if known != (s.Gap.Status == Published) || known == (s.Verdict == NoVerdict) {
		t.Fatalf("%+v", s)
	}
	if known {
		if math.Abs(s.Gap.Value-(*s.Own-s.Mean.Value)) > 1e-6 || s.Gap.Low > s.Gap.Value || s.Gap.Value > s.Gap.High {
			t.Errorf("gap of %+v", s)
		}
		if (s.Verdict == Above) != (s.Gap.Low > 0) || (s.Verdict == Below) != (s.Gap.High < 0) {
			t.Errorf("verdict of %+v", s)
		}
	}
	if s.Band != (Band{}) && (s.Band.Lowest < 1 || s.Band.Highest > 4 || s.Band.Lowest > s.Band.Highest) {
		t.Errorf("band %+v", s.Band)
	}
}

func TestLoadOwn(t *testing.T) {
	in, err := NewInstrument(compared(t).Instrument)
	if err != nil {
		t.Fatal(err)
	}
	want := Own{Attributes: map[string]string{"size": "large"}, Scores: map[string]int{"a-1": 4, "b-1": 1}}
	const object = "{\n \"company\": \"c\",\n \"attributes\": {\"size\": \"large\"},\n \"scores\": {\"a-1\": 4, \"b-1\": 1}\n}\n"
	for name, text := range map[string]string{
		"own.csv":   "company,size,a-1,a-2,b-1\nc,large,4,,1\n",
		"own.json":  object,
		"own.jsonl": `{"company": "c", "attributes": {"size": "large"}, "scores": {"a-1": 4, "b-1": 1}}`,
	} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		own, err := LoadOwn(in, path)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff(want, own); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	for name, text := range map[string]string{
		"two.csv":   "company,size,a-1,a-2,b-1\nc,large,4,,1\nd,large,4,,1\n",
		"none.csv":  "company,size,a-1,a-2,b-1\n",
		"wrong.csv": "company,size,a-1,a-2,b-1\nc,large,9,,1\n",
		"own.txt":   object,
		"two.json":  object + object,
	} {
		_, err := ParseOwn(in, name, []byte(text))
		problems, ok := err.(*InputError)
		if !ok || problems.File != name {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && strings.Contains(err.Error(), "9") {
			t.Errorf("the error tells an answer: %v", err)
		}
	}
	_, err = ParseOwn(in, "own.csv", []byte("company,size,a-1,a-2,b-1\nc,tiny,9,,x\n"))
	if problems, ok := err.(*InputError); !ok || len(problems.Problems) != 3 {
		t.Errorf("three wrong cells: %v", err)
	}
}
