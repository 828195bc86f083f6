package privacytest_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"maturitybench/privacy"
	"maturitybench/privacy/privacytest"
)

// noise is what one publication of a ledger draws.
func noise(t *testing.T, ledger privacy.Ledger, wave string, revision int) []int64 {
	t.Helper()
	account := privacy.Account{ID: "panel", Unit: "company", Roster: privacy.PublicRoster, Epsilon: 50, Delta: 1e-5, Window: "3y"}
	if err := ledger.OpenAccount(t.Context(), account); err != nil {
		t.Fatal(err)
	}
	budget, err := privacy.NewBudget(1, 1e-6, account.Roster, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	mechanism, err := privacy.NewGaussian(1<<20, budget.Main)
	if err != nil {
		t.Fatal(err)
	}
	var noisy []int64
	entry := privacy.Entry{Account: account.ID, Wave: wave, Revision: revision, Roster: account.Roster,
		Loss: budget.Loss, Data: privacy.Records(slices.Values([][]byte{[]byte("a")})), Reason: "made-up"}
	if _, err := ledger.Publish(t.Context(), entry, func(draws *privacy.Draws) (privacy.Record, error) {
		if draws.Noise() != "test" {
			t.Errorf("seeded noise calls itself %q", draws.Noise())
		}
		noisy = draws.Gaussian(mechanism, make([]int64, 8))
		return privacy.Record{Release: fmt.Append(nil, noisy)}, nil
	}); err != nil {
		t.Fatal(err)
	}
	return noisy
}

// TestNewLedgerIsReproducible: the noise depends on seed, wave and revision
// and on nothing else, such as what was published before.
func TestNewLedgerIsReproducible(t *testing.T) {
	one, two := privacytest.NewLedger(t, 1), privacytest.NewLedger(t, 1)
	want := noise(t, one, "2026", 1)
	later := noise(t, one, "2027", 1)
	if diff := cmp.Diff(later, noise(t, two, "2027", 1)); diff != "" {
		t.Errorf("the same wave in two ledgers of one seed:\n%s", diff)
	}
	if diff := cmp.Diff(want, noise(t, two, "2026", 1)); diff != "" {
		t.Errorf("the same wave in another order:\n%s", diff)
	}
	for name, other := range map[string][]int64{
		"another wave":     later,
		"another revision": noise(t, one, "2026", 2),
		"another seed":     noise(t, privacytest.NewLedger(t, 2), "2026", 1),
	} {
		if cmp.Equal(want, other) {
			t.Errorf("%s has the same noise", name)
		}
	}
}

// TestPurePublication: a publication with spherical Laplace noise alone goes
// through a ledger without any δ, and its noise follows the seed.
func TestPurePublication(t *testing.T) {
	budget, err := privacy.NewPureBudget(4, 1e-6, privacy.PublicRoster)
	if err != nil {
		t.Fatal(err)
	}
	mechanism, err := privacy.NewSphericalLaplace(1<<20, budget.Epsilon, 6)
	if err != nil {
		t.Fatal(err)
	}
	publish := func(seed uint64, data string) (string, error) {
		ledger := privacytest.NewLedger(t, seed)
		if err := ledger.OpenAccount(t.Context(), privacy.Account{ID: "panel", Unit: "company",
			Roster: privacy.PublicRoster, Epsilon: 4, Delta: 1e-5, Window: "3y"}); err != nil {
			t.Fatal(err)
		}
		entry := privacy.Entry{Account: "panel", Wave: "2026", Revision: 1, Roster: privacy.PublicRoster,
			Loss: budget.Loss, Data: privacy.Records(slices.Values([][]byte{[]byte(data)})), Reason: "made-up"}
		release := func(draws *privacy.Draws) (privacy.Record, error) {
			return privacy.Record{Release: fmt.Append(nil, draws.SphericalLaplace(mechanism, make([]int64, 6)))}, nil
		}
		record, err := ledger.Publish(t.Context(), entry, release)
		if err != nil {
			return "", err
		}
		entry.Wave = "2027"
		if _, err := ledger.Publish(t.Context(), entry, release); !errors.Is(err, privacy.ErrBudgetExceeded) {
			t.Errorf("ε = 4 was charged twice to a budget of 4: %v", err)
		}
		return string(record.Release), nil
	}
	one, err := publish(1, "a")
	if err != nil {
		t.Fatal(err)
	}
	two, err := publish(1, "b")
	if err != nil || two != one {
		t.Errorf("the same seed draws %s and %s, %v", one, two, err)
	}
	if other, err := publish(2, "a"); err != nil || other == one {
		t.Errorf("another seed draws %s, %v", other, err)
	}
}
