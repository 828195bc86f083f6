package privacy

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func panel() Account {
	return Account{ID: "panel", Unit: "company", Roster: SecretRoster, Epsilon: 8, Delta: 1e-5, Window: "3y"}
}

func TestAccountValidate(t *testing.T) {
	if err := panel().Validate(); err != nil {
		t.Error(err)
	}
	for name, c := range map[string]struct {
		change func(*Account)
		field  string
	}{
		"no id":             {func(a *Account) { a.ID = "" }, "account"},
		"bad id":            {func(a *Account) { a.ID = "a b" }, "account"},
		"no unit":           {func(a *Account) { a.Unit = "" }, "unit"},
		"no roster":         {func(a *Account) { a.Roster = "" }, "roster"},
		"unknown roster":    {func(a *Account) { a.Roster = "Secret" }, "roster"},
		"zero epsilon":      {func(a *Account) { a.Epsilon = 0 }, "epsilon"},
		"negative epsilon":  {func(a *Account) { a.Epsilon = -1 }, "epsilon"},
		"infinite epsilon":  {func(a *Account) { a.Epsilon = math.Inf(1) }, "epsilon"},
		"epsilon too fine":  {func(a *Account) { a.Epsilon = 1.0000000001 }, "epsilon"},
		"epsilon too large": {func(a *Account) { a.Epsilon = 1000.1 }, "epsilon"},
		"zero delta":        {func(a *Account) { a.Delta = 0 }, "delta"},
		"delta no number":   {func(a *Account) { a.Delta = math.NaN() }, "delta"},
		"delta too small":   {func(a *Account) { a.Delta = 1e-12 }, "delta"},
		"delta too large":   {func(a *Account) { a.Delta = 0.011 }, "delta"},
		"no window":         {func(a *Account) { a.Window = "" }, "window"},
		"a bare number":     {func(a *Account) { a.Window = "3" }, "window"},
		"short lifetime":    {func(a *Account) { a.Lifetime = 7.9 }, "lifetime"},
		"negative lifetime": {func(a *Account) { a.Lifetime = -1 }, "lifetime"},
		"long lifetime":     {func(a *Account) { a.Lifetime = 1000.1 }, "lifetime"},
	} {
		account := panel()
		c.change(&account)
		problem, ok := errors.AsType[*AccountError](account.Validate())
		if !ok || len(problem.Problems) != 1 || problem.Problems[0].Field != c.field {
			t.Errorf("%s: %v", name, problem)
		}
	}
	all, _ := errors.AsType[*AccountError](Account{}.Validate())
	var fields []string
	for _, problem := range all.Problems {
		fields = append(fields, problem.Field)
		if !strings.Contains(all.Error(), problem.Field+" must be "+problem.Expected) {
			t.Errorf("%q does not say what is wrong with %s", all, problem.Field)
		}
	}
	if diff := cmp.Diff([]string{"account", "unit", "roster", "epsilon", "delta", "window"}, fields); diff != "" {
		t.Errorf("fields of the empty account (-want +got):\n%s", diff)
	}
}

func TestEntryValidate(t *testing.T) {
	good := Entry{Account: "panel", Wave: "2026", Revision: 1, Roster: SecretRoster,
		Loss: Loss{MuSquared: 1}, Data: Records(slices.Values([][]byte{}))}
	if err := panel().Check(good); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(*Entry){
		"account":       func(e *Entry) { e.Account = "" },
		"wave":          func(e *Entry) { e.Wave = "of 2026" },
		"revision":      func(e *Entry) { e.Revision = 0 },
		"roster":        func(e *Entry) { e.Roster = "" },
		"no loss":       func(e *Entry) { e.Loss = Loss{Delta: 1} },
		"two lines":     func(e *Entry) { e.Reason = "a\nb" },
		"long reason":   func(e *Entry) { e.Reason = strings.Repeat("a", 501) },
		"negative loss": func(e *Entry) { e.Loss.Delta = -1 },
		"data":          func(e *Entry) { e.Data = Data{} },
	} {
		entry := good
		change(&entry)
		if entry.Validate() == nil || panel().Check(entry) == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	public, other := good, good
	public.Roster, other.Account = PublicRoster, "other"
	if err := panel().Check(public); !errors.Is(err, ErrRosterConflict) {
		t.Errorf("another roster: %v", err)
	}
	if err := panel().Check(other); !errors.Is(err, ErrUnknownAccount) {
		t.Errorf("another account: %v", err)
	}
}

func TestValidID(t *testing.T) {
	for id, want := range map[string]bool{
		"a": true, "9": true, "jsp-2026_v1.0": true, strings.Repeat("a", 64): true,
		"": false, ".a": false, "-a": false, "_a": false, "a b": false, "ä": false, "a/b": false, "a\n": false,
		strings.Repeat("a", 65): false,
	} {
		if ValidID(id) != want {
			t.Errorf("ValidID(%q) = %v", id, !want)
		}
	}
}
