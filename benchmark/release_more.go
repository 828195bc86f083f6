package benchmark

import "fmt"

// profiles rounds the shares that meet the profiles.
func (b releaseBuilder) profiles(c *Cohort, figures []figure) error {
	if len(figures) != len(b.instrument.Profiles) {
		return fmt.Errorf("figures of %d profiles", len(figures))
	}
	for i, f := range figures {
		share := withheld()
		if f.published {
			if !f.sound() {
				return fmt.Errorf("profile %s: %w", b.instrument.Profiles[i].ID, errNotANumber)
			}
			share = newSpan(f, unity).estimate()
		}
		c.Profiles = append(c.Profiles, CohortProfile{b.instrument.Profiles[i].ID, share})
	}
	return nil
}

// unshrunken rounds the numbers without a prior, which are not cut to the
// scale.
func (b releaseBuilder) unshrunken(f *unshrunkenFigures) (*Unshrunken, error) {
	if f == nil {
		return nil, nil
	}
	var err error
	list := func(figures []figure, base micro) []Estimate {
		var list []Estimate
		for _, f := range figures {
			e := withheld()
			switch {
			case !f.published:
			case !f.sound():
				err = fmt.Errorf("unshrunken: %w", errNotANumber)
			default:
				e = freeSpan(f).above(base).estimate()
			}
			list = append(list, e)
		}
		return list
	}
	u := &Unshrunken{
		Overall:   list([]figure{f.overall}, b.base)[0],
		Domains:   list(f.domains, b.base),
		Questions: list(f.questions, b.base),
		Profiles:  list(f.profiles, 0),
	}
	return u, err
}

// freeSpan rounds a figure that no scale bounds.
func freeSpan(f figure) span {
	const most = micro(largestPrinted/10) * unity
	return span{
		micros(f.value, -most, most, roundNearest),
		micros(f.low, -most, most, roundDown),
		micros(f.high, -most, most, roundUp),
	}.around()
}

func (r *treeReader) cohortProfiles(t tree) []CohortProfile {
	var list []CohortProfile
	for _, t := range r.list(t) {
		if p := r.object(t, "id", "share"); r.err == nil {
			list = append(list, CohortProfile{r.text(p["id"]), r.estimate(p["share"])})
		}
	}
	return list
}

func (r *treeReader) unshrunken(t tree) *Unshrunken {
	m := r.object(t, "overall", "domains", "questions", "profiles?")
	if r.err != nil {
		return nil
	}
	u := &Unshrunken{Overall: r.estimate(m["overall"]), Domains: r.estimates(m["domains"]), Questions: r.estimates(m["questions"])}
	if t, ok := m["profiles"]; ok {
		u.Profiles = r.estimates(t)
	}
	return u
}

// profiles checks that every profile of the instrument is there, in order.
func (c *releaseChecker) profiles(path string, cohort Cohort) {
	if len(cohort.Profiles) != len(c.instrument.Profiles) {
		c.fail(path+".profiles", "every profile of the instrument is expected")
		return
	}
	for i, p := range cohort.Profiles {
		path := fmt.Sprintf("%s.profiles[%d]", path, i)
		if p.ID != c.instrument.Profiles[i].ID {
			c.fail(path+".id", "the profiles are expected in the instrument's order")
		}
		c.estimate(path+".share", p.Share, 0, unity)
	}
}

// unshrunken checks that every number belongs to a published estimate.
func (c *releaseChecker) unshrunken(path string, cohort Cohort) {
	u := cohort.Unshrunken
	if u == nil || c.err != nil {
		return
	}
	if len(u.Domains) != len(cohort.Domains) || len(u.Questions) != len(cohort.Questions) || len(u.Profiles) != len(cohort.Profiles) {
		c.fail(path, "every domain, question and profile of the instrument is expected")
		return
	}
	one := func(path string, e, estimate Estimate) {
		c.estimate(path, e, -micro(largestPrinted)*unity, micro(largestPrinted)*unity)
		if e.Status == Published && estimate.Status != Published {
			c.fail(path, "withheld is expected, as the estimate is")
		}
	}
	one(path+".overall", u.Overall, cohort.Overall.Mean)
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
