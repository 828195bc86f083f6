package publication

import (
	"fmt"

	"maturitybench/benchmark/internal/decimal"
)

// profiles checks that every profile of the instrument is there, in order.
func (c *checker) profiles(path string, cohort Cohort) {
	if len(cohort.Profiles) != len(c.instrument.Profiles) {
		c.fail(path+".profiles", "every profile of the instrument is expected")
		return
	}
	for i, p := range cohort.Profiles {
		path := fmt.Sprintf("%s.profiles[%d]", path, i)
		if p.ID != c.instrument.Profiles[i].ID {
			c.fail(path+".id", "the profiles are expected in the instrument's order")
		}
		c.estimate(path+".share", p.Share, 0, decimal.Unity)
	}
}

// unshrunken checks that every number belongs to a published estimate.
func (c *checker) unshrunken(path string, cohort Cohort) {
	u := cohort.Unshrunken
	if u == nil || c.err != nil {
		return
	}
	if len(u.Functions) != len(cohort.Functions) || len(u.Domains) != len(cohort.Domains) || len(u.Questions) != len(cohort.Questions) || len(u.Profiles) != len(cohort.Profiles) {
		c.fail(path, "every function, domain, question and profile of the instrument is expected")
		return
	}
	one := func(path string, e, estimate Estimate) {
		c.estimate(path, e, -decimal.Micro(decimal.Largest)*decimal.Unity, decimal.Micro(decimal.Largest)*decimal.Unity)
		if e.Status == Published && estimate.Status != Published {
			c.fail(path, "withheld is expected, as the estimate is")
		}
	}
	one(path+".overall", u.Overall, cohort.Overall.Mean)
	for i, e := range u.Functions {
		one(fmt.Sprintf("%s.functions[%d]", path, i), e, cohort.Functions[i].Mean)
	}
	for i, e := range u.Domains {
		one(fmt.Sprintf("%s.domains[%d]", path, i), e, cohort.Domains[i].Mean)
	}
	for i, e := range u.Questions {
		one(fmt.Sprintf("%s.questions[%d]", path, i), e, cohort.Questions[i].Mean)
	}
	for i, e := range u.Profiles {
		one(fmt.Sprintf("%s.profiles[%d]", path, i), e, cohort.Profiles[i].Share)
	}
}
