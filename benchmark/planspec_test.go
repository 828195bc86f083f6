package benchmark

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/inputtest"
	"maturitybench/benchmark/internal/specfile"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
)

// fullPlan uses every key of the format; tests change lines of it.
const fullPlan = `wave: "2026"
account: jsp
roster: secret
epsilon: 4
delta: 1e-6
min_companies: 6
cohorts: [size, region]
confidence: 0.95
expected_companies: 100
prior: {level: 1.5, spread: 0.5}
revision: 2
override: false
`

const leastPlan = `wave: w1
account: jsp
roster: public
epsilon: 0.5
delta: 1e-10
expected_companies: 17
`

func parsedSpec(data string) (PlanSpec, []string, error) {
	_, spec, warnings, err := parsePlanSpec(instrument.JSP(), "f", []byte(data))
	return spec, warnings, err
}

func TestParsePlanSpec(t *testing.T) {
	tests := []struct {
		name, data string
		want       PlanSpec
	}{
		{"every key", fullPlan, PlanSpec{
			Wave: "2026", Account: "jsp", Roster: privacy.SecretRoster, Epsilon: 4, Delta: 1e-6,
			MinCompanies: 6, Cohorts: []string{"size", "region"}, Confidence: 0.95, ExpectedCompanies: 100,
			Prior: &Prior{Level: 1.5, Spread: 0.5}, Revision: 2,
		}},
		{"defaults", leastPlan, PlanSpec{
			Wave: "w1", Account: "jsp", Roster: privacy.PublicRoster, Epsilon: 0.5, Delta: 1e-10,
			MinCompanies: 5, Confidence: 0.9, ExpectedCompanies: 17, Revision: 1,
		}},
		{"level 0 and override", leastPlan + "prior: {level: 0, spread: .25}\noverride: true\n", PlanSpec{
			Wave: "w1", Account: "jsp", Roster: privacy.PublicRoster, Epsilon: 0.5, Delta: 1e-10,
			MinCompanies: 5, Confidence: 0.9, ExpectedCompanies: 17, Revision: 1,
			Prior: &Prior{Spread: 0.25}, Override: true,
		}},
		{"earlier release", leastPlan + "prior: {release: last.json}\n", PlanSpec{
			Wave: "w1", Account: "jsp", Roster: privacy.PublicRoster, Epsilon: 0.5, Delta: 1e-10,
			MinCompanies: 5, Confidence: 0.9, ExpectedCompanies: 17, Revision: 1,
			Prior: &Prior{Release: "last.json"},
		}},
		{"earlier waves", leastPlan + "prior: {waves: [2024, w.0]}\n", PlanSpec{
			Wave: "w1", Account: "jsp", Roster: privacy.PublicRoster, Epsilon: 0.5, Delta: 1e-10,
			MinCompanies: 5, Confidence: 0.9, ExpectedCompanies: 17, Revision: 1,
			Prior: &Prior{Waves: []string{"2024", "w.0"}},
		}},
		{"all waves", leastPlan + "prior: {waves: all}\n", PlanSpec{
			Wave: "w1", Account: "jsp", Roster: privacy.PublicRoster, Epsilon: 0.5, Delta: 1e-10,
			MinCompanies: 5, Confidence: 0.9, ExpectedCompanies: 17, Revision: 1,
			Prior: &Prior{Waves: []string{"all"}},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, _, err := parsedSpec(tt.data)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			again, err := json.Marshal(got) // JSON is YAML
			if err != nil {
				t.Fatal(err)
			}
			if back, _, err := parsedSpec(string(again)); err != nil || !cmp.Equal(got, back) {
				t.Errorf("%s reads as %+v, %v", again, back, err)
			}
		})
	}
}

// Changes of fullPlan, each with its problems; lines count from 1.
func TestParsePlanSpecProblems(t *testing.T) {
	const (
		keys     = "the keys here are wave, account, roster, epsilon, delta, min_companies, cohorts, statistics, confidence, expected_companies, prior, revision, override, reason"
		idForm   = "expected an id: 1 to 64 letters, digits, dots, underscores or hyphens, a letter or digit first"
		epsilon  = "4:10: epsilon: expected a number above 0 and at most 20: beyond that the noise protects nobody"
		override = "4:10: epsilon: expected at most 8: beyond that the report gives a single company away easily; a plan that wants it all the same says override: true"
		delta    = "5:8: delta: expected a number from 1e-10 to 1e-5: it bounds the chance that the protection fails altogether"
		digit    = "9:21: expected_companies: expected one significant digit (20, 100, 300): a plan is public, and under a secret roster the number of companies is not"
		rosters  = "3:9: roster: expected secret (who took part is confidential), public (participants are announced) or counted (how many took part is announced, who is not)"
		level    = "10:16: prior.level: expected a number within the scale, from 0 to 5"
		spread   = "10:29: prior.spread: expected a number of levels above 0"
	)
	tests := []struct {
		name, old, new string
		want           []string
	}{
		{"nothing wrong", "", "", nil},
		{"wave is a number", `"2026"`, "2026", []string{`1:7: wave: expected a text, not a number: write "2026"`}},
		{"wave is a date", `"2026"`, "2026-01-01", []string{`1:7: wave: expected a text, not a date: write "2026-01-01"`}},
		{"wave with a slash", `"2026"`, "2026/1", []string{"1:7: wave: " + idForm}},
		{"empty account", "account: jsp", `account: ""`, []string{"2:10: account: " + idForm}},
		{"no account", "account: jsp\n", "", []string{"1:1: account: expected a value: the key is required"}},
		{"roster in capitals", "secret", "Secret", []string{rosters}},
		{"roster is empty", "secret", `""`, []string{rosters}},
		{"unknown key", "override: false", "overide: true", []string{"12:1: overide: expected no such key: " + keys}},

		{"epsilon 0", "epsilon: 4", "epsilon: 0", []string{epsilon}},
		{"epsilon negative", "epsilon: 4", "epsilon: -1", []string{epsilon}},
		{"epsilon too small", "epsilon: 4", "epsilon: 0.000001", []string{"4:10: epsilon: expected at least 0.001: below that no panel is large enough for its noise"}},
		{"epsilon at its least", "epsilon: 4", "epsilon: 0.001", nil},
		{"epsilon 8", "epsilon: 4", "epsilon: 8", nil},
		{"epsilon above 8", "epsilon: 4", "epsilon: 8.000001", []string{override}},
		{"epsilon above 20", "epsilon: 4", "epsilon: 20.5", []string{epsilon}},
		{"epsilon not decimal", "epsilon: 4", "epsilon: 0.3000000001", []string{"4:10: epsilon: expected at most 9 digits after the point: losses are charged exactly"}},
		{"epsilon in quotes", "epsilon: 4", `epsilon: "4"`, []string{"4:10: epsilon: expected a decimal number such as 0.9 or 1e-6, not a text"}},
		{"epsilon infinite", "epsilon: 4", "epsilon: .inf", []string{"4:10: epsilon: expected a decimal number such as 0.9 or 1e-6, not .inf"}},
		{"delta too small", "1e-6", "9e-11", []string{delta}},
		{"delta at its least", "1e-6", "1e-10", nil},
		{"delta at its most", "1e-6", "1e-5", nil},
		{"delta too large", "1e-6", "1.1e-5", []string{delta}},
		{"delta not decimal", "1e-6", "1.00000000000001e-6", []string{"5:8: delta: expected at most 18 digits after the point: losses are charged exactly"}},
		{"delta 1/(10n)", "expected_companies: 100", "expected_companies: 100000", nil},
		{"delta above 1/(10n)", "expected_companies: 100", "expected_companies: 200000", []string{
			"5:8: delta: expected at most 1/(10·expected_companies), here 5e-07: with more, the promise could be kept by giving one company away",
		}},

		{"statistics", "confidence: 0.95", "confidence: 0.95\nstatistics: [shares, scores]", nil},
		{"statistics misspelt", "confidence: 0.95", "confidence: 0.95\nstatistics: [share, score]", []string{
			"9:14: statistics[0]: expected a kind of statistics: did you mean shares?", "9:21: statistics[1]: expected a kind of statistics: did you mean scores?",
		}},
		{"statistics unknown", "confidence: 0.95", "confidence: 0.95\nstatistics: [variances]", []string{"9:14: statistics[0]: expected a kind of statistics: scores, quartiles, questions, shares, profiles"}},
		{"statistics twice", "confidence: 0.95", "confidence: 0.95\nstatistics: [scores, scores]", []string{"9:22: statistics[1]: expected each kind once"}},
		{"no statistics", "confidence: 0.95", "confidence: 0.95\nstatistics: []", []string{"9:13: statistics: expected at least one kind of statistics; without the key all are asked for"}},
		{"profiles of none", "confidence: 0.95", "confidence: 0.95\nstatistics: [profiles]", []string{"9:14: statistics[0]: expected what the instrument has: it has no profiles"}},
		{"small without scores", "expected_companies: 100", "expected_companies: 30\nstatistics: [questions]", []string{"10:13: statistics: expected scores among them: a panel of fewer than 40 companies is measured by nothing else"}},

		{"k of 3", "min_companies: 6", "min_companies: 3", nil},
		{"k of 2", "min_companies: 6", "min_companies: 2", []string{"6:16: min_companies: expected a whole number from 3: in a cohort of two, each company knows the other's answers"}},
		{"k of 0", "min_companies: 6", "min_companies: 0", []string{"6:16: min_companies: expected a whole number from 3: in a cohort of two, each company knows the other's answers"}},
		{"expected below k", "expected_companies: 100", "expected_companies: 5", []string{"9:21: expected_companies: expected at least min_companies (6): a smaller panel is suppressed as a whole"}},
		{"expected at k", "expected_companies: 100", "expected_companies: 6", nil},
		{"expected 0", "expected_companies: 100", "expected_companies: 0", []string{"9:21: expected_companies: expected a whole number from 1"}},
		{"expected negative", "expected_companies: 100", "expected_companies: -20", []string{"9:21: expected_companies: expected a whole number from 1"}},
		{"two digits", "expected_companies: 100", "expected_companies: 120", []string{digit}},
		{"two digits below 100", "expected_companies: 100", "expected_companies: 17", []string{digit}},
		{"eleven", "expected_companies: 100", "expected_companies: 11", []string{digit}},
		{"nine", "expected_companies: 100", "expected_companies: 9", nil},
		{"zero within", "expected_companies: 100", "expected_companies: 101", []string{digit}},

		{"cohort twice", "region]", "size]", []string{"7:17: cohorts[1]: expected each attribute once"}},
		{"unknown cohorts", "[size, region]", "[all, org-01, Size]", []string{
			"7:11: cohorts[0]: expected the id of an attribute of the instrument; all is always there",
			"7:16: cohorts[1]: expected the id of an attribute of the instrument; all is always there",
			"7:24: cohorts[2]: expected the id of an attribute of the instrument; all is always there",
		}},
		{"no cohorts", "[size, region]", "[]", nil},
		{"cohort without a list", "[size, region]", "size", []string{"7:10: cohorts: expected a list, not a text"}},

		{"confidence 0", "0.95", "0", []string{"8:13: confidence: expected a number from 0.5 to 0.99"}},
		{"confidence in percent", "0.95", "95", []string{"8:13: confidence: expected a number from 0.5 to 0.99"}},
		{"confidence 0.5", "0.95", "0.5", nil},
		{"confidence 0.99", "0.95", "0.99", nil},
		{"revision 0", "revision: 2", "revision: 0", []string{"11:11: revision: expected a whole number from 1"}},
		{"override by 1.1", "override: false", "override: yes", []string{"12:11: override: expected true or false, not a boolean"}},

		{"level above the scale", "level: 1.5", "level: 5.5", []string{level}},
		{"level below the scale", "level: 1.5", "level: -.5", []string{level}},
		{"level at the ends", "level: 1.5", "level: 5", nil},
		{"spread 0", "spread: 0.5", "spread: 0", []string{spread}},
		{"level alone", "level: 1.5, spread: 0.5", "level: 1.5", []string{"10:8: prior.spread: expected a number of levels above 0"}},
		{"spread alone", "level: 1.5, spread: 0.5", "spread: 0.5", []string{"10:8: prior.level: expected a number within the scale, from 0 to 5"}},
		{"level in words", "level: 1.5", "level: low", []string{"10:16: prior.level: expected a decimal number such as 0.9 or 1e-6, not a text"}},
		{"both forms", "spread: 0.5", "release: a.json", []string{"10:8: prior: expected either release, or level and spread"}},
		{"release and level 0", "level: 1.5, spread: 0.5", "level: 0, release: a.json", []string{"10:8: prior: expected either release, or level and spread"}},
		{"empty release", "level: 1.5, spread: 0.5", `release: ""`, []string{"10:18: prior.release: expected the path of a release.json"}},
		{"waves", "level: 1.5, spread: 0.5", "waves: [2024, w-1]", nil},
		{"no waves", "level: 1.5, spread: 0.5", "waves: []", []string{"10:16: prior.waves: expected all, or the ids of earlier waves"}},
		{"waves and level", "spread: 0.5", "waves: all", []string{"10:8: prior: expected either release, or waves, or level and spread"}},
		{"wrong waves", "level: 1.5, spread: 0.5", "waves: [a/b, w1, w1, all, 2026]", []string{
			"10:17: prior.waves[0]: " + idForm, "10:26: prior.waves[2]: expected each wave once",
			"10:30: prior.waves[3]: expected all by itself, or ids of waves", "10:35: prior.waves[4]: expected a wave before this one"}},
		{"prior without braces", "{level: 1.5, spread: 0.5}", "1.5", []string{"10:8: prior: expected keys with values, not a number"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if strings.Count(fullPlan, tt.old) != 1 && tt.old != "" {
				t.Fatalf("%q is there %d times", tt.old, strings.Count(fullPlan, tt.old))
			}
			_, _, err := parsedSpec(strings.Replace(fullPlan, tt.old, tt.new, 1))
			if diff := cmp.Diff(tt.want, inputtest.Problems(t, err)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Under a public roster the number of companies is no secret.
func TestPlanSpecPublicRoster(t *testing.T) {
	if _, _, err := parsedSpec(strings.Replace(leastPlan, "17", "123", 1)); err != nil {
		t.Error(err)
	}
}

func TestPlanSpecOverride(t *testing.T) {
	data := strings.Replace(strings.Replace(fullPlan, "override: false", "override: true", 1), "epsilon: 4", "epsilon: 20", 1)
	if _, _, err := parsedSpec(data); err != nil {
		t.Error(err)
	}
}

// The limits are on what is lost between two answers, which under a counted roster is
// the stated ε. By mpmath 1.3 with 50 digits, at δ = 1e-6: the μ of ε = 4 and 8 from the
// curve of Dong, Roth & Su (Gaussian Differential Privacy, 2022, Corollary 2.13), and
// the ε of 2μ, with what the sampler takes off δ: 3,637,979e-18 at μ, and at 2μ also
// 2.9e-12 and Φ(2μ − 8.81).
func TestPlanSpecCounted(t *testing.T) {
	const (
		limit   = "expected at most 18.6531, which under a counted roster is as much as 8 under the others: beyond that the report gives a single company away easily; a plan that wants it all the same says override: true"
		warning = "is above 8.8976, which under a counted roster is as much as 4 under the others: what the report may reveal about a single company is no longer small"
	)
	for _, tt := range []struct {
		epsilon, companies string
		refused, warned    string // parts of the texts
	}{
		{"8.8976", "100", "", ""},
		{"8.8977", "100", "", "epsilon 8.8977 " + warning},
		{"18.6531", "100", "", "epsilon 18.6531 " + warning},
		{"18.6532", "100", limit, ""},
		{"8", "9", "", ""},
		{"8.0001", "9", "", "epsilon 8.0001 is above 8, which under a counted roster is as much as 4 under the others"},
		{"16", "9", "", "epsilon 16 is above 8,"},
		{"16.0001", "9", "expected at most 16, which under a counted roster is as much as 8 under the others", ""},
	} {
		data := strings.NewReplacer("roster: secret", "roster: counted", "epsilon: 4", "epsilon: "+tt.epsilon, "expected_companies: 100", "expected_companies: "+tt.companies).Replace(fullPlan)
		_, warnings, err := parsedSpec(data)
		if got := fmt.Sprint(err); tt.refused == "" && err != nil || !strings.Contains(got, tt.refused) {
			t.Errorf("ε = %s for %s companies: %v, want %q", tt.epsilon, tt.companies, err, tt.refused)
		}
		if got := strings.Join(warnings, ""); tt.warned == "" && got != "" || !strings.Contains(got, tt.warned) {
			t.Errorf("ε = %s for %s companies: warned %q, want %q", tt.epsilon, tt.companies, got, tt.warned)
		}
	}
	data := strings.NewReplacer("roster: secret", "roster: public", "epsilon: 4", "epsilon: 8.0001").Replace(fullPlan)
	if _, _, err := parsedSpec(data); err == nil {
		t.Error("ε = 8.0001 is taken under a public roster without override")
	}
}

func TestPlanSpecWarnings(t *testing.T) {
	tests := []struct {
		name, old, new string
		want           []string
	}{
		{"none", "", "", nil},
		{"epsilon", "epsilon: 4", "epsilon: 4.5", []string{"epsilon 4.5 is above 4: what the report may reveal about a single company is no longer small"}},
		{"k", "min_companies: 6", "min_companies: 4", []string{"min_companies 4 is below 5: members of a cohort who pool their answers leave few others to hide among"}},
		{"k of 5", "min_companies: 6", "min_companies: 5", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, got, err := parsedSpec(strings.Replace(fullPlan, tt.old, tt.new, 1))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A specification made in Go takes zeros as defaults and refuses what is no
// number.
func TestValidatePlan(t *testing.T) {
	valid := PlanSpec{Wave: "w", Account: "a", Roster: privacy.PublicRoster, Epsilon: 1, Delta: 1e-6, ExpectedCompanies: 20}
	tests := []struct {
		name   string
		change func(*PlanSpec)
		want   []string
	}{
		{"valid", func(*PlanSpec) {}, nil},
		{"epsilon", func(s *PlanSpec) { s.Epsilon = math.NaN() }, []string{"epsilon: expected a number above 0 and at most 20: beyond that the noise protects nobody"}},
		{"delta", func(s *PlanSpec) { s.Delta = math.NaN() }, []string{"delta: expected a number from 1e-10 to 1e-5: it bounds the chance that the protection fails altogether"}},
		{"confidence", func(s *PlanSpec) { s.Confidence = math.NaN() }, []string{"confidence: expected a number from 0.5 to 0.99"}},
		{"revision", func(s *PlanSpec) { s.Revision = -1 }, []string{"revision: expected a whole number from 1"}},
		{"prior", func(s *PlanSpec) { s.Prior = &Prior{Level: math.NaN(), Spread: math.Inf(1)} }, []string{
			"prior.level: expected a number within the scale, from 0 to 5", "prior.spread: expected a number of levels above 0",
		}},
		{"empty prior", func(s *PlanSpec) { s.Prior = &Prior{} }, []string{"prior.spread: expected a number of levels above 0"}},
		{"level 0", func(s *PlanSpec) { s.Prior = &Prior{Spread: 1} }, nil},
		{"everything", func(s *PlanSpec) { *s = PlanSpec{} }, []string{
			"wave: expected an id: 1 to 64 letters, digits, dots, underscores or hyphens, a letter or digit first",
			"account: expected an id: 1 to 64 letters, digits, dots, underscores or hyphens, a letter or digit first",
			"roster: expected secret (who took part is confidential), public (participants are announced) or counted (how many took part is announced, who is not)",
			"epsilon: expected a number above 0 and at most 20: beyond that the noise protects nobody",
			"delta: expected a number from 1e-10 to 1e-5: it bounds the chance that the protection fails altogether",
			"expected_companies: expected a whole number from 1",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			spec := valid
			tt.change(&spec)
			got, _, err := validatePlan(instrument.JSP(), spec)
			if diff := cmp.Diff(tt.want, inputtest.Problems(t, err)); diff != "" {
				t.Error(diff)
			}
			if err == nil && (got.MinCompanies != 5 || got.Confidence != 0.9 || got.Revision != 1) {
				t.Errorf("defaults: %+v", got)
			}
		})
	}
}

// A valid specification shares no memory with the one it was made of.
func TestValidatePlanCopies(t *testing.T) {
	given := PlanSpec{
		Wave: "w", Account: "a", Roster: privacy.PublicRoster, Epsilon: 1, Delta: 1e-6, ExpectedCompanies: 20,
		Cohorts: []string{"size"}, Prior: &Prior{Level: 1, Spread: 1},
	}
	got, _, err := validatePlan(instrument.JSP(), given)
	if err != nil {
		t.Fatal(err)
	}
	given.Cohorts[0], given.Prior.Level = "kind", 2
	if got.Cohorts[0] != "size" || got.Prior.Level != 1 {
		t.Errorf("%v, %v", got.Cohorts, *got.Prior)
	}
}

func TestReadPrior(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "last.json"), []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	read := func(path, dir string) ([]byte, error) {
		return PlanSpec{Prior: &Prior{Release: path}}.readPrior(&specfile.Checker{}, dir)
	}
	for _, path := range []string{"last.json", "./last.json", filepath.Join(dir, "last.json")} {
		if data, err := read(path, dir); err != nil || string(data) != "{}" {
			t.Errorf("%s: %q, %v", path, data, err)
		}
	}
	if data, err := (PlanSpec{}).readPrior(&specfile.Checker{}, dir); data != nil || err != nil {
		t.Errorf("no prior: %q, %v", data, err)
	}
	plan := filepath.Join(dir, "plan.yaml")
	if err := os.WriteFile(plan, []byte(leastPlan+"prior:\n  release: gone.json\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := LoadPlan(instrument.JSP(), plan)
	want := []string{"8:12: prior.release: expected the path of a release.json, not of a missing file"}
	if diff := cmp.Diff(want, inputtest.Problems(t, err)); diff != "" {
		t.Error(diff)
	}
	if _, err := LoadPlan(instrument.JSP(), filepath.Join(dir, "none.yaml")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing plan: %v", err)
	}
}

// A release that was withdrawn says nothing about the next wave.
func TestPriorWithdrawn(t *testing.T) {
	dir := t.TempDir()
	data, err := os.ReadFile(filepath.Join("publication", "testdata", "releases", "profiles.json"))
	if err != nil {
		t.Fatal(err)
	}
	release, err := publication.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	notice, err := publication.NewWithdrawal(release, time.Date(2029, time.March, 1, 0, 0, 0, 0, time.UTC), "one sector was read twice").Encode()
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{"last.json": data, "withdrawal.json": notice, "plan.yaml": []byte(leastPlan + "prior:\n  release: last.json\n")} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	_, err = LoadPlan(instrument.JSP(), filepath.Join(dir, "plan.yaml"))
	want := []string{"8:12: prior.release: expected a release that stands, not one that was withdrawn, on 2029-03-01: one sector was read twice"}
	if diff := cmp.Diff(want, inputtest.Problems(t, err)); diff != "" {
		t.Error(diff)
	}
}

// What is wrong with the release of a prior is a problem of the plan, at the
// place where it names it.
func TestPriorRelease(t *testing.T) {
	read := func(name string) string {
		data, err := os.ReadFile(filepath.Join("publication", "testdata", "releases", name))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	for _, tt := range []struct {
		name, release string
		want          []string
	}{
		{"valid", read("profiles.json"), nil},
		{"no release", "{}", []string{"8:12: prior.release: expected a valid release.json, which this one is not: 1:1: format: expected a value: the key is required"}},
		{"no JSON", "wave: 2026", []string{"8:12: prior.release: expected a valid release.json, which this one is not: 1:1: expected JSON; invalid character 'w' looking for beginning of value"}},
		{"wrong number", strings.Replace(read("profiles.json"), `"revision": 1`, `"revision": 0`, 1), []string{
			"8:12: prior.release: expected a valid release.json, which this one is not: publication: release: revision: 1 or more is expected"}},
		{"test noise", strings.Replace(read("profiles.json"), `"noise": "secure"`, `"noise": "test"`, 1), []string{
			"8:12: prior.release: expected a release that was published in earnest: the noise of this one is that of a test"}},
		{"another scale", read("hostile.json"), []string{"8:12: prior.release: expected a release on the scale of this instrument"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			plan := filepath.Join(dir, "plan.yaml")
			for path, text := range map[string]string{filepath.Join(dir, "last.json"): tt.release, plan: leastPlan + "prior:\n  release: last.json\n"} {
				if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			_, err := LoadPlan(instrument.JSP(), plan)
			if diff := cmp.Diff(tt.want, inputtest.Problems(t, err)); diff != "" {
				t.Error(diff)
			}
			if wrong, ok := errors.AsType[*input.Error](err); ok && wrong.File != plan {
				t.Errorf("the problem is in %q", wrong.File)
			}
		})
	}
}
