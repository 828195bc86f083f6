package draft_test

import (
	"math"
	"testing"

	"maturitybench/benchmark/internal/draft"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/publication"
)

// A figure that cannot be printed is an error of the caller, never a number.
func TestNewReleaseRefusesWhatIsNotANumber(t *testing.T) {
	in := fixture.Industry()
	in.Attributes = nil
	head := fixture.Head(in, "secret")
	nan := math.NaN()
	for name, spoil := range map[string]func(*draft.Cohort){
		"mean":           func(c *draft.Cohort) { c.Overall.Mean.Value = nan },
		"low":            func(c *draft.Cohort) { c.Domains[1].Mean.Low = nan },
		"quartile":       func(c *draft.Cohort) { c.Domains[1].Percentiles[3].High = nan },
		"companies":      func(c *draft.Cohort) { c.Companies.Value = math.Inf(1) },
		"share":          func(c *draft.Cohort) { c.Questions[3].Shares[1].Value = nan },
		"no shares":      func(c *draft.Cohort) { clearValues(c.Questions[3].Shares) },
		"at least":       func(c *draft.Cohort) { c.Questions[3].AtLeast[0].Low = nan },
		"question":       func(c *draft.Cohort) { c.Questions[3].Mean.Value = math.Inf(-1) },
		"few shares":     func(c *draft.Cohort) { c.Questions[3].Shares = c.Questions[3].Shares[1:] },
		"few questions":  func(c *draft.Cohort) { c.Questions = c.Questions[1:] },
		"many questions": func(c *draft.Cohort) { c.Questions = append(c.Questions, c.Questions[0]) },
		"few domains":    func(c *draft.Cohort) { c.Domains = c.Domains[1:] },
	} {
		figures := []draft.Cohort{fixture.SecretCohort()}
		spoil(&figures[0])
		if r, err := draft.Release(head, figures); err == nil {
			t.Errorf("%s: accepted: %s", name, r)
		}
	}
	if _, err := draft.Release(head, nil); err == nil {
		t.Error("no cohorts: accepted")
	}
	withheld := fixture.SecretCohort()
	withheld.Overall.Mean = draft.Number{Value: nan, Low: nan, High: nan}
	if _, err := draft.Release(head, []draft.Cohort{withheld}); err != nil {
		t.Errorf("a withheld figure is looked at: %v", err)
	}
}

func clearValues(list []draft.Number) {
	for i := range list {
		list[i].Value = -float64(i)
	}
}

// One member that is not to be published withholds its family.
func TestFamiliesAreWithheldTogether(t *testing.T) {
	in := fixture.Industry()
	in.Attributes = nil
	for name, c := range map[string]struct {
		hide                      func(*draft.Cohort)
		mean, quartiles, question bool // what is still published
	}{
		"nothing":       {func(*draft.Cohort) {}, true, true, true},
		"a quartile":    {func(c *draft.Cohort) { c.Overall.Percentiles[2].Published = false }, true, false, true},
		"the mean":      {func(c *draft.Cohort) { c.Overall.Mean.Published = false }, false, true, true},
		"a share":       {func(c *draft.Cohort) { c.Questions[0].Shares[5].Published = false }, true, true, false},
		"a tail":        {func(c *draft.Cohort) { c.Questions[0].AtLeast[0].Published = false }, true, true, false},
		"another share": {func(c *draft.Cohort) { c.Questions[1].Shares[5].Published = false }, true, true, true},
	} {
		figures := fixture.SecretCohort()
		c.hide(&figures)
		r := fixture.Make(t, fixture.Head(in, "secret"), []draft.Cohort{figures})
		all := r.Cohorts[0]
		check := func(what string, want bool, family ...publication.Estimate) {
			for i, e := range family {
				if (e.Status == publication.Published) != want {
					t.Errorf("%s hidden: %s[%d] is %v", name, what, i, e.Status)
				}
			}
		}
		check("mean", c.mean, all.Overall.Mean)
		check("quartiles", c.quartiles, all.Overall.Percentiles[1:4]...)
		check("outer percentiles", true, all.Overall.Percentiles[0], all.Overall.Percentiles[4])
		check("shares", c.question, all.Questions[0].Shares...)
		check("at_least", c.question, all.Questions[0].AtLeast...)
		check("question mean", true, all.Questions[0].Mean)
	}
}
