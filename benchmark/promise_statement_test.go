package benchmark_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/synthetic"
	"maturitybench/privacy"
	"maturitybench/privacy/privacytest"
)

// statedCase is a plan with the numbers of its statement, by sentence, as
// testdata/statements.py computes them with mpmath.
type statedCase struct {
	Roster       privacy.Roster
	Epsilon      float64
	Delta        float64
	MinCompanies int `json:"min_companies"`
	Confidence   float64
	Companies    int `json:"expected_companies"`
	Account      struct{ Epsilon, Delta, Lifetime float64 }
	Numbers      map[string][]struct {
		Kind  string
		Value float64
	}
}

// A number in a sentence; that of a superscript, as in 2⁻³⁸, is not one of its own.
var stated = regexp.MustCompile(`[0-9]+(?:\.[0-9]+)?`)

// TestEverySentence: every number of every sentence, under all three rosters, for full
// and small panels, of the second revision of a wave whose account has published before,
// within the window and before it, is the one that other arithmetic gets. Sentences
// without an entry there must have no number.
func TestEverySentence(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical and exhaustive tier")
	}
	t.Parallel()
	data, err := os.ReadFile(filepath.Join("testdata", "statements.json"))
	if err != nil {
		t.Fatal(err)
	}
	var cases []statedCase
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		t.Run(fmt.Sprintf("%s/%d/%v", c.Roster, c.Companies, c.Epsilon), func(t *testing.T) {
			r := thirdRelease(t, c)
			for sentence, text := range sentences(t, r.Privacy.Statement) {
				found := stated.FindAllString(text, -1)
				if len(found) != len(c.Numbers[sentence]) {
					t.Errorf("%s has the numbers %q, want %v: %s", sentence, found, c.Numbers[sentence], text)
					continue
				}
				for i, want := range c.Numbers[sentence] {
					got, err := strconv.ParseFloat(found[i], 64)
					most := map[string]float64{"exact": want.Value, "epsilon": want.Value + 1.01e-4, "delta": want.Value*1.01 + 1e-17}[want.Kind]
					if err != nil || got < want.Value*(1-1e-9) || got > most*(1+1e-9) {
						t.Errorf("%s: number %d is %v, want %v (%s): %s", sentence, i+1, found[i], want.Value, want.Kind, text)
					}
				}
			}
		})
	}
}

// sentences are the texts of a statement by their keys.
func sentences(t *testing.T, s publication.Statement) (texts map[string]string) {
	t.Helper()
	data, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &texts); err != nil {
		t.Fatal(err)
	}
	if len(texts) != 16 {
		t.Fatalf("the statement has %d sentences", len(texts))
	}
	return texts
}

// thirdRelease is the second revision of a wave. The wave before it is out of the
// window.
func thirdRelease(t *testing.T, c statedCase) (r *publication.Release) {
	t.Helper()
	in, ledger := instrument.JSP(), privacytest.NewLedger(t, 1)
	account := privacy.Account{
		ID: "body", Unit: "company", Roster: c.Roster, Epsilon: c.Account.Epsilon, Delta: c.Account.Delta, Window: "3y", Lifetime: c.Account.Lifetime,
	}
	for i, day := range []time.Time{
		time.Date(2025, 3, 1, 12, 0, 0, 0, time.UTC), time.Date(2026, 2, 1, 12, 0, 0, 0, time.UTC), time.Date(2028, 3, 1, 12, 0, 0, 0, time.UTC),
	} {
		ctx := privacytest.At(t, day)
		if i == 0 {
			if err := ledger.OpenAccount(ctx, account); err != nil {
				t.Fatal(err)
			}
		}
		y, m, d := day.Date() // a year and more after the last one
		if err := ledger.ConfirmDate(ctx, y, m, d); err != nil {
			t.Fatal(err)
		}
		spec := benchmark.PlanSpec{
			Wave: []string{"before", "wave", "wave"}[i], Revision: []int{1, 1, 2}[i], Account: "body", Roster: c.Roster, Epsilon: c.Epsilon, Delta: c.Delta,
			MinCompanies: c.MinCompanies, Confidence: c.Confidence, ExpectedCompanies: c.Companies, Cohorts: []string{"size"},
			Statistics: withoutPercentiles,
		}
		plan, err := benchmark.NewPlan(in, spec)
		if err != nil {
			t.Fatal(err)
		}
		sheets, err := responses.NewDataset(ctx, in, synthetic.NewPanel(c.Companies, uint64(i)).Responses(in))
		if err != nil {
			t.Fatal(err)
		}
		if r, err = benchmark.Publish(ctx, ledger, plan, sheets); err != nil {
			t.Fatal(err)
		}
	}
	return r
}
