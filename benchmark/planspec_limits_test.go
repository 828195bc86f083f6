package benchmark_test

import (
	"errors"
	"fmt"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/privacy"

	"github.com/google/go-cmp/cmp"
)

// wide is an instrument of one question a domain, with attributes of the given
// numbers of values.
func wide(t *testing.T, levels, domains int, attributes ...int) *instrument.Instrument {
	t.Helper()
	spec := instrument.Spec{ID: "wide", Version: "1", Title: "wide"}
	for l := range levels {
		spec.Scale = append(spec.Scale, instrument.Level{Level: l, Name: fmt.Sprint("level ", l)})
	}
	for d := range domains {
		id := fmt.Sprint("d", d)
		question := instrument.Question{ID: "q" + id, Text: id}
		spec.Domains = append(spec.Domains, instrument.Domain{ID: id, Title: id, Questions: []instrument.Question{question}})
	}
	for a, values := range attributes {
		attribute := instrument.Attribute{ID: fmt.Sprint("a", a), Title: "attribute"}
		for v := range values {
			attribute.Values = append(attribute.Values, instrument.Value{ID: fmt.Sprint("v", v), Title: "value"})
		}
		spec.Attributes = append(spec.Attributes, attribute)
	}
	in, err := instrument.New(spec)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// TestPlanLimits: a plan whose estimation would take hours, or more numbers than
// the noise of a small panel has coordinates, is refused with the limit's name.
// Six levels have 19 quarters strictly inside the scale, and with 78 domains and
// the overall score 79·19 = 1501 thresholds.
func TestPlanLimits(t *testing.T) {
	tests := []struct {
		name       string
		in         *instrument.Instrument
		companies  int
		roster     privacy.Roster
		attributes []string
		want       []string // problems
	}{
		{"most domains", wide(t, 6, 77), 100, privacy.SecretRoster, nil, nil},
		{"a domain more", wide(t, 6, 78), 100, privacy.SecretRoster, nil, []string{"expected an instrument of at most 77 domains, for a scale of 6 levels: this one has 78"}},
		{"two levels", wide(t, 2, 400), 100, privacy.SecretRoster, nil, nil},
		{"most domains of a small panel", wide(t, 2, 61), 30, privacy.SecretRoster, nil, nil},
		{"a domain more, small panel", wide(t, 2, 62), 30, privacy.PublicRoster, nil, []string{"expected_companies: expected 40 or more for an instrument of more than 61 domains: this one has 62"}},
		{"most values", wide(t, 6, 2, 100, 100), 1000, privacy.PublicRoster, []string{"a0", "a1"}, nil},
		{"a value more", wide(t, 6, 2, 101), 1000, privacy.PublicRoster, []string{"a0"}, []string{"cohorts[0]: expected an attribute of at most 100 values, not 101: group them"}},
		{"a value more together", wide(t, 6, 2, 100, 99, 2), 1000, privacy.PublicRoster, []string{"a0", "a1", "a2"}, []string{"cohorts[2]: expected attributes of at most 200 values together"}},
		{"values that are not reported", wide(t, 6, 2, 250, 2), 1000, privacy.PublicRoster, []string{"a1"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := benchmark.NewPlan(tt.in, benchmark.PlanSpec{
				Wave: "2026", Account: "wide", Roster: tt.roster, Epsilon: 4, Delta: 1e-6,
				ExpectedCompanies: tt.companies, Cohorts: tt.attributes,
			})
			var got []string
			if invalid := new(input.Error); errors.As(err, &invalid) {
				for _, p := range invalid.Problems {
					got = append(got, p.String())
				}
			} else if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
