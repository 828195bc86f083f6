package draft

import (
	"fmt"

	"maturitybench/benchmark/internal/decimal"
	"maturitybench/benchmark/internal/statistic"
	"maturitybench/benchmark/publication"
)

// profiles rounds the shares that meet the profiles.
func (b builder) profiles(c *publication.Cohort, numbers []Number) error {
	if len(numbers) != len(b.instrument.Profiles) {
		return fmt.Errorf("numbers of %d profiles", len(numbers))
	}
	for i, f := range numbers {
		share, err := b.estimate(statistic.Met, f)
		if err != nil {
			return fmt.Errorf("profile %s: %w", b.instrument.Profiles[i].ID, err)
		}
		c.Profiles = append(c.Profiles, publication.CohortProfile{ID: b.instrument.Profiles[i].ID, Share: share})
	}
	return nil
}

// unshrunken rounds the numbers without a prior, which are not cut to the
// scale.
func (b builder) unshrunken(f *Unshrunken) (*publication.Unshrunken, error) {
	if f == nil {
		return nil, nil
	}
	var err error
	list := func(numbers []Number, on func(i int) scale) []publication.Estimate {
		var list []publication.Estimate
		for i, f := range numbers {
			e := publication.NoEstimate()
			switch {
			case !f.Published:
			case !f.sound():
				err = fmt.Errorf("unshrunken: %w", errNotANumber)
			default:
				e = on(i).freeBounds(f).estimate()
			}
			list = append(list, e)
		}
		return list
	}
	functions := b.instrument.FunctionDomains()
	u := &publication.Unshrunken{
		Overall:   list([]Number{f.Overall}, func(int) scale { return b.scores })[0],
		Functions: list(f.Functions, func(i int) scale { return b.domains[functions[i][0]].scores }),
		Domains:   list(f.Domains, func(d int) scale { return b.domains[d].scores }),
		Questions: list(f.Questions, func(q int) scale { return b.domains[b.instrument.DomainOf(q)].answers }),
		Profiles:  list(f.Profiles, func(int) scale { return scale{unit: 1} }),
	}
	return u, err
}

// freeBounds rounds a figure that no scale bounds.
func freeBounds(f Number) bounds {
	const most = decimal.Micro(decimal.Largest/10) * decimal.Unity
	return bounds{
		decimal.Micros(f.Value, -most, most, decimal.Nearest),
		decimal.Micros(f.Low, -most, most, decimal.Down),
		decimal.Micros(f.High, -most, most, decimal.Up),
	}.around()
}
