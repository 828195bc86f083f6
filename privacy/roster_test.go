package privacy

import "testing"

// TestRosters: what each roster takes for public, how far its neighbours are apart,
// and what ε = 4 at δ = 1e-6 says of two answer sheets: the Gaussian ε of 2μ (see testdata/accounting.json), or
// under a counted roster, whose neighbours they are, that of μ.
func TestRosters(t *testing.T) {
	for _, c := range []struct {
		roster       Roster
		valid, exact bool
		steps        int64
		between      float64
	}{
		{SecretRoster, true, false, 1, 8.8905}, {PublicRoster, true, true, 1, 8.8976}, {CountedRoster, true, true, 2, 4},
		{"", false, false, 1, 0}, {"hidden", false, false, 1, 0}, {"Counted", false, false, 1, 0},
	} {
		if c.roster.Valid() != c.valid || c.roster.ExactSizes() != c.exact || c.roster.Steps() != c.steps {
			t.Errorf("%q: valid %v, exact sizes %v, %d steps", c.roster, c.roster.Valid(), c.roster.ExactSizes(), c.roster.Steps())
		}
		b, err := NewBudget(4, 1e-6, c.roster, 0, 0.1)
		if (err == nil) != c.valid {
			t.Errorf("%q: a budget: %v", c.roster, err)
		}
		if !c.valid {
			continue
		}
		if got := c.roster.EpsilonBetweenTwoAnswers(b.Loss, 1e-6); got != c.between && got != c.between+1e-4 {
			t.Errorf("%s: ε = %v between two answers, want %v", c.roster, got, c.between)
		}
		if exact := c.roster.ExactSizes(); (b.DeltaSelect == 0) != exact {
			t.Errorf("%s: δ = %d of a test", c.roster, b.DeltaSelect)
		}
	}
}
