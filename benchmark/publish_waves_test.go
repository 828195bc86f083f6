package benchmark_test

import (
	"bytes"
	"errors"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"maturitybench/benchmark"
	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/synthetic"
	"maturitybench/privacy"
	"maturitybench/privacy/ledger"
	"maturitybench/privacy/ledger/sqlite"
)

// survey is an industry that is asked again and again, on one durable ledger.
type survey struct {
	ledger   *ledger.Ledger
	in       *instrument.Instrument
	industry *synthetic.Industry
	panels   map[string]*synthetic.Sample // by wave
	epsilon  float64                      // of a wave
	few      bool                         // fewer companies than a release shows take part in waves that come
}

func newSurvey(t *testing.T) *survey {
	t.Helper()
	s := &survey{in: instrument.JSP(), panels: map[string]*synthetic.Sample{}, epsilon: 3}
	var err error
	if s.ledger, err = sqlite.Create(t.Context(), filepath.Join(t.TempDir(), "ledger.db")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.ledger.Close() })
	account := privacy.Account{ID: "jsp", Unit: "company", Roster: privacy.PublicRoster, Epsilon: 20, Delta: 1e-5, Window: "3y"}
	if err := s.ledger.OpenAccount(t.Context(), account); err != nil {
		t.Fatal(err)
	}
	if s.industry, err = synthetic.NewIndustry(s.in, synthetic.NewPanel(100, 1)); err != nil {
		t.Fatal(err)
	}
	return s
}

// publish publishes a wave that leans on others, of the industry as it is then.
func (s *survey) publish(t *testing.T, wave string, earlier ...string) (*publication.Release, error) {
	t.Helper()
	sample, ok := s.panels[wave]
	if !ok {
		sample = s.industry.Sample()
		if s.few {
			sample.Levels, sample.Attributes = sample.Levels[:40], sample.Attributes[:40]
		}
		s.panels[wave] = sample
		s.industry.Next(synthetic.UsualDrift())
	}
	spec := benchmark.PlanSpec{Wave: wave, Account: "jsp", Roster: privacy.PublicRoster, Epsilon: s.epsilon, Delta: 1e-6, ExpectedCompanies: 100, MinCompanies: 50, Statistics: withoutPercentiles}
	if len(earlier) > 0 {
		spec.Prior = &benchmark.Prior{Waves: earlier}
	}
	plan, err := benchmark.NewPlan(s.in, spec)
	if err != nil {
		t.Fatal(err)
	}
	data, err := responses.NewDataset(t.Context(), s.in, sample.Responses())
	if err != nil {
		t.Fatal(err)
	}
	return benchmark.Publish(t.Context(), s.ledger, plan, data)
}

// must is publish without an error, of the contract.
func (s *survey) must(t *testing.T, wave string, earlier ...string) *publication.Release {
	t.Helper()
	r, err := s.publish(t, wave, earlier...)
	if err != nil {
		t.Fatal(err)
	}
	if problems := fixture.Contract(r.Bytes()); len(problems) > 0 {
		t.Fatalf("wave %s breaks the contract: %v", wave, problems)
	}
	return r
}

func named(releases ...*publication.Release) (list []publication.EarlierWave) {
	for _, r := range releases {
		list = append(list, publication.EarlierWave{Wave: r.Wave, Revision: r.Revision, Release: r.ID})
	}
	return list
}

// TestPublishLeansOnWaves publishes three waves, each leaning on all before. A release names
// what it leans on, whatever is published or withdrawn later: asked again, the ledger returns
// it, and from plan and measurement alone the same document follows.
func TestPublishLeansOnWaves(t *testing.T) {
	s := newSurvey(t)
	first := s.must(t, "w1", "all")
	second := s.must(t, "w2", "all")
	third := s.must(t, "w3", "all")
	for r, want := range map[*publication.Release][]publication.EarlierWave{first: nil, second: named(first), third: named(first, second)} {
		if diff := cmp.Diff(want, r.Earlier); diff != "" {
			t.Errorf("wave %s leans on other waves: %s", r.Wave, diff)
		}
		if !strings.Contains(r.Privacy.Statement.Bias, "what earlier waves of this account, if there are any, measured of the same questions") {
			t.Errorf("wave %s: %s", r.Wave, r.Privacy.Statement.Bias)
		}
	}
	if _, err := s.ledger.Withdraw(t.Context(), "jsp", "w1", 1, "one sector was read twice"); err != nil {
		t.Fatal(err)
	}
	if again := s.must(t, "w2", "all"); !bytes.Equal(again.Bytes(), second.Bytes()) {
		t.Error("the second wave, asked for again, is another document")
	}
	if after := s.must(t, "w4", "all"); !cmp.Equal(after.Earlier, named(second, third)) {
		t.Errorf("after a withdrawal a wave leans on %v", after.Earlier)
	}
	stored, err := s.ledger.Publication(t.Context(), "jsp", "w3", 1)
	if err != nil {
		t.Fatal(err)
	}
	again, err := benchmark.Reestimate(t.Context(), s.ledger, stored.Plan, stored.Record)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(third.Cohorts, again.Cohorts, cmpopts.EquateNaNs()); diff != "" || !cmp.Equal(again.Earlier, third.Earlier) {
		t.Errorf("estimated again, the third wave leans on %v and has other numbers: %s", again.Earlier, diff)
	}
	facts, err := benchmark.Derive(stored.Plan, stored.Measurement, third)
	if err != nil || !bytes.Equal(facts.Release, third.Bytes()) {
		t.Errorf("from plan and measurement another document follows (%v)", err)
	}
	known, err := benchmark.Derive(stored.Plan, nil, third)
	if err != nil || !bytes.Equal(known.Head, facts.Head) {
		t.Errorf("without the measurement another head follows (%v):\n%s\n%s", err, known.Head, facts.Head)
	}
}

// The estimates use the earlier waves, and numbers without a prior do not: the measurement
// without its waves gives other means and the same unshrunken ones. At ε = 8 the error of a
// question mean is a third of what is published.
func TestPublishWavesMoveEstimatesOnly(t *testing.T) {
	s := newSurvey(t)
	s.epsilon = 8
	s.must(t, "w1")
	leaning := s.must(t, "w2", "w1")
	stored, err := s.ledger.Publication(t.Context(), "jsp", "w2", 1)
	if err != nil {
		t.Fatal(err)
	}
	from := bytes.Index(stored.Measurement, []byte(`,"earlier":`))
	if from < 0 {
		t.Fatal("the measurement does not keep the earlier wave")
	}
	alone, err := benchmark.Derive(stored.Plan, append(bytes.Clone(stored.Measurement[:from]), '}'), leaning)
	if err != nil {
		t.Fatal(err)
	}
	short := regexp.MustCompile(`"variance":\[[^,]*,`).ReplaceAll(stored.Measurement, []byte(`"variance":[`))
	if _, err := benchmark.Derive(stored.Plan, short, leaning); err == nil || err.Error() != "the measurement does not belong to this plan" {
		t.Errorf("a wave without a number for the first question: %v", err)
	}
	free, err := publication.Parse(alone.Release)
	if err != nil {
		t.Fatal(err)
	}
	if free.ID == leaning.ID || free.Earlier != nil {
		t.Errorf("without the wave the release has the id %s and leans on %v", free.ID, free.Earlier)
	}
	moved := 0
	for q, question := range leaning.Cohorts[0].Questions {
		if other := free.Cohorts[0].Questions[q].Mean; question.Mean.Status == publication.Published && other.Status == publication.Published && question.Mean.Value != other.Value {
			moved++
		}
		got, want := leaning.Cohorts[0].Unshrunken.Questions[q], free.Cohorts[0].Unshrunken.Questions[q]
		if got.Status == want.Status && !cmp.Equal(got, want, cmpopts.EquateNaNs()) {
			t.Errorf("question %d: the unshrunken mean is %+v with and %+v without the wave", q, got, want)
		}
	}
	if moved < 40 {
		t.Errorf("%d question means lean on the earlier wave", moved)
	}
	if diff := cmp.Diff(free.Cohorts[0].Domains, leaning.Cohorts[0].Domains, cmpopts.EquateNaNs()); diff != "" {
		t.Errorf("domains lean on the earlier wave: %s", diff)
	}
}

// What a plan names must be there, stand, and have measured questions; a refusal charges
// nothing.
func TestPublishRefusesWaves(t *testing.T) {
	s := newSurvey(t)
	s.must(t, "w1")
	s.must(t, "w2")
	if _, err := s.ledger.Withdraw(t.Context(), "jsp", "w1", 1, "one sector was read twice"); err != nil {
		t.Fatal(err)
	}
	_, err := s.publish(t, "w3", "w2", "w1", "ww2")
	wrong, ok := errors.AsType[*input.Error](err)
	if !ok {
		t.Fatal(err)
	}
	var got []string
	for _, p := range wrong.Problems {
		got = append(got, p.String())
	}
	want := []string{
		"prior.waves[1]: expected a wave that stands, not one that was withdrawn",
		"prior.waves[2]: expected the id of a wave of the account that was published before this one: did you mean w2?",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if list, err := s.ledger.Publications(t.Context(), "jsp"); err != nil || len(list) != 2 {
		t.Errorf("%d publications are charged, %v", len(list), err)
	}
	if r := s.must(t, "w3", "w2"); len(r.Earlier) != 1 {
		t.Errorf("the third wave leans on %v", r.Earlier)
	}
}

// A panel that is too small to be shown tells later waves nothing, and leans on none.
func TestPublishWavesThatAreNotShown(t *testing.T) {
	s := newSurvey(t)
	first := s.must(t, "w1")
	s.few = true
	if r := s.must(t, "w2", "all"); r.Cohorts[0].Status != publication.Suppressed || r.Earlier != nil {
		t.Errorf("forty companies are %s and lean on %v", r.Cohorts[0].Status, r.Earlier)
	}
	s.few = false
	if r := s.must(t, "w3", "all"); !cmp.Equal(r.Earlier, named(first)) {
		t.Errorf("the third wave leans on %v", r.Earlier)
	}
}
