package benchmark

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"maturitybench/benchmark/internal/inputtest"
	"maturitybench/privacy"
)

const fullAccount = `account: jsp
unit: company
roster: secret
epsilon: 8
delta: 1e-5
window: 5y
`

func TestLoadAccount(t *testing.T) {
	want := privacy.Account{ID: "jsp", Unit: "company", Roster: privacy.SecretRoster, Epsilon: 8, Delta: 1e-5, Window: "5y"}
	asJSON, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{fullAccount, string(asJSON)} {
		path := filepath.Join(t.TempDir(), "account.yaml")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := LoadAccount(path)
		if err != nil || got != want {
			t.Errorf("%+v, %v", got, err)
		}
		if _, err := LoadAccount(path + "x"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("missing file: %v", err)
		}
	}
}

func TestParseAccountProblems(t *testing.T) {
	tests := []struct {
		name, old, new string
		want           []string // beginnings: package privacy words the rest
	}{
		{"account is a number", "jsp", "1", []string{`1:10: account: expected a text, not a number: write "1"`}},
		{"account is no id", "jsp", "a b", []string{"1:10: account: expected "}},
		{"unit", "unit: company", "unit: person", []string{"2:7: unit: expected company: one answer sheet a company is what is protected"}},
		{"roster", "secret", "hidden", []string{"3:9: roster: expected secret, public or counted"}},
		{"epsilon 0", "epsilon: 8", "epsilon: 0", []string{"4:10: epsilon: expected a number above 0"}},
		{"epsilon not decimal", "epsilon: 8", "epsilon: 0.1234567891", []string{"4:10: epsilon: expected a number above 0"}},
		{"delta 0", "1e-5", "0", []string{"5:8: delta: expected a number"}},
		{"delta 1", "1e-5", "1", []string{"5:8: delta: expected a number"}},
		{"a span of nothing", "window: 5y", "window: 0y", []string{"6:9: window: expected a span of time: a number from 1 to 1000 and d, m or y for days, months or years, such as 3y"}},
		{"no window", "window: 5y\n", "", []string{"1:1: window: expected a value: the key is required"}},
		{"a short lifetime", "window: 5y", "window: 5y\nlifetime: 7", []string{"7:11: lifetime: expected a number of at least epsilon, at most 1000, with at most 9 digits after the point, or left out"}},
		{"key of a plan", "window: 5y", "window: 5y\nwave: x", []string{"7:1: wave: expected no such key: the keys here are account, unit, roster, epsilon, delta, window, lifetime"}},
		{"several", "company\nroster: secret", "person\nroster: hidden", []string{"2:7: unit: expected company", "3:9: roster: expected secret, public or counted"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if strings.Count(fullAccount, tt.old) != 1 {
				t.Fatalf("%q is there %d times", tt.old, strings.Count(fullAccount, tt.old))
			}
			account, err := ParseAccount("f", []byte(strings.Replace(fullAccount, tt.old, tt.new, 1)))
			got := inputtest.Problems(t, err)
			for i := range min(len(got), len(tt.want)) {
				if strings.HasPrefix(got[i], tt.want[i]) {
					got[i] = tt.want[i]
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			if account != (privacy.Account{}) {
				t.Errorf("a refused account is returned: %+v", account)
			}
		})
	}
}
