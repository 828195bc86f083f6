package compare

import (
	"encoding/json"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/draft"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// compared is a release of two domains on a scale from 1 to 5 whose numbers a
// reader can follow.
func compared(t testing.TB) *publication.Release {
	in := instrument.Spec{
		ID: "demo", Version: "1", Title: "Demo",
		Domains: []instrument.Domain{
			{ID: "a", Title: "A", Questions: []instrument.Question{{ID: "a-1", Text: "A1"}, {ID: "a-2", Text: "A2"}}},
			{ID: "b", Title: "B", Questions: []instrument.Question{{ID: "b-1", Text: "B1"}}},
		},
		Attributes: []instrument.Attribute{{ID: "size", Title: "", Values: []instrument.Value{{ID: "small", Title: ""}, {ID: "large", Title: ""}}}},
		Profiles: []instrument.Profile{
			{ID: "buyer", Title: "Buyer", Minimum: map[string]int{"a-1": 3, "b-1": 5}},
			{ID: "badge", Title: "", Minimum: map[string]int{"a-2": 1}},
		},
	}
	for level := 1; level <= 5; level++ {
		in.Scale = append(in.Scale, instrument.Level{Level: level, Name: "Level"})
	}
	exact := func(x float64) draft.Number { return draft.Number{Value: x, Low: x, High: x, Published: true} }
	question := func(mean draft.Number, shares ...float64) draft.Question {
		q := draft.Question{Mean: mean, Shares: make([]draft.Number, 5), AtLeast: make([]draft.Number, 4)}
		tail := 1.0
		for i, s := range shares {
			q.Shares[i] = draft.Number{Value: s, Low: s - 0.02, High: s + 0.02, Published: true}
			if tail -= s; i < 4 {
				q.AtLeast[i] = draft.Number{Value: tail, Low: tail - 0.04, High: tail + 0.04, Published: true}
			}
		}
		return q
	}
	c := draft.Cohort{
		Companies: fixture.Around(40, 4),
		Overall:   draft.Score{Mean: fixture.Around(1.5, 0.2), Percentiles: []draft.Number{{}, fixture.Around(1, 0.1), fixture.Around(1.5, 0.1), fixture.Around(2, 0.1), {}}},
		Domains:   []draft.Score{{Mean: fixture.Around(2, 0.25)}, {Mean: fixture.Around(1.5, 0.25)}},
		Questions: []draft.Question{
			question(fixture.Around(2, 0.25), 0.1, 0.2, 0.4, 0.2, 0.1), // quartiles at levels 2, 3 and 4
			question(fixture.Around(3.1, 0.3)),
			question(exact(0.5)),
		},
		Profiles: []draft.Number{fixture.Around(0.2, 0.1), {}},
	}
	return fixture.Make(t, fixture.Head(in, privacy.SecretRoster), []draft.Cohort{c, {Suppressed: true}, {Suppressed: true}})
}

func TestCompare(t *testing.T) {
	own := Own{Attributes: map[string]string{"size": "small"}, Scores: map[string]int{"a-1": 4, "a-2": 3}}
	s, err := NewStanding(compared(t), own)
	if err != nil {
		t.Fatal(err)
	}
	published := func(value, low, high float64) publication.Estimate {
		return publication.Estimate{Value: value, Low: low, High: high, Status: publication.Published}
	}
	all := CohortStanding{
		ID: "all", Status: publication.Published, Companies: published(40, 36, 44),
		// The mean of 4 and 3 is 3.5, one level above 2.5.
		Overall: ScoreStanding{new(3.5), published(2.5, 2.3, 2.7), published(1, 0.8, 1.2), Above, Band{4, 4}},
		Domains: []DomainStanding{
			{"a", ScoreStanding{new(3.5), published(3, 2.75, 3.25), published(0.5, 0.25, 0.75), Above, Band{}}},
			{"b", ScoreStanding{nil, published(2.5, 2.25, 2.75), publication.NoEstimate(), NoVerdict, Band{}}},
		},
		Questions: []QuestionStanding{
			// Nine tenths are at 4 or below, seven tenths at 3 or below: a company at
			// 4 is above the first two quartiles and at the third.
			{"a-1", ScoreStanding{new(4.0), published(3, 2.75, 3.25), published(1, 0.75, 1.25), Above, Band{3, 4}}, published(0.1, 0.06, 0.14)},
			{"a-2", ScoreStanding{new(3.0), published(4.1, 3.8, 4.4), published(-1.1, -1.4, -0.8), Below, Band{}}, publication.NoEstimate()},
			{"b-1", ScoreStanding{nil, published(1.5, 1.5, 1.5), publication.NoEstimate(), NoVerdict, Band{}}, publication.NoEstimate()},
		},
		Ahead: []string{"a-2"}, Strengths: []string{"a-1"},
		Profiles: []publication.CohortProfile{{ID: "buyer", Share: published(0.2, 0.1, 0.3)}, {ID: "badge", Share: publication.NoEstimate()}},
	}
	want := &Standing{
		Release: "000102030405060708090a0b0c0d0e0f", Wave: "2026", Confidence: 0.9,
		Cohorts: []CohortStanding{all, {
			ID: "size=small", Status: publication.Suppressed, Companies: publication.NoEstimate(),
			Overall: ScoreStanding{Mean: publication.NoEstimate(), Gap: publication.NoEstimate(), Verdict: NoVerdict},
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
	for _, part := range []string{"Clearly ahead of the peers in: a-1", "a-2      3          4.1 [3.8, 4.4]  below    unknown", "clearly ahead in: a-2", "size=small: suppressed", "Profile buyer: 33% reached, 1 missing"} {
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
		if s, err := NewStanding(r, own); err == nil || s != nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if err := r.Withdraw(publication.NewWithdrawal(r, time.Now(), "one sector was read twice")); err != nil {
		t.Fatal(err)
	}
	if _, err := NewStanding(r, Own{Scores: map[string]int{"a-1": 2}}); !errors.Is(err, publication.ErrWithdrawn) || !strings.Contains(err.Error(), "one sector was read twice") {
		t.Errorf("a release that was withdrawn: %v", err)
	}
	r.Withdrawn, r.Cohorts[0].Questions = nil, nil
	if _, err := NewStanding(r, Own{Scores: map[string]int{"a-1": 2}}); err == nil {
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
		r := fixture.DrawRelease(t)
		own := Own{Scores: map[string]int{}}
		for i, d := range r.Instrument.Domains {
			for _, q := range d.Questions {
				if rapid.Bool().Draw(t, "answered") {
					own.Scores[q.ID] = rapid.SampledFrom(r.Instrument.On(i).Scale).Draw(t, "score").Level
				}
			}
		}
		s, err := NewStanding(r, own)
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
	known := s.Own != nil && s.Mean.Status == publication.Published
	if known != (s.Gap.Status == publication.Published) || known == (s.Verdict == NoVerdict) {
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
	in, err := instrument.New(compared(t).Instrument)
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
		own, err := Load(in, path)
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
		_, err := Parse(in, name, []byte(text))
		problems, ok := err.(*input.Error)
		if !ok || problems.File != name {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && strings.Contains(err.Error(), "9") {
			t.Errorf("the error tells an answer: %v", err)
		}
	}
	_, err = Parse(in, "own.csv", []byte("company,size,a-1,a-2,b-1\nc,tiny,9,,x\n"))
	if problems, ok := err.(*input.Error); !ok || len(problems.Problems) != 3 {
		t.Errorf("three wrong cells: %v", err)
	}
}
