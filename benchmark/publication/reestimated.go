package publication

import (
	"errors"

	"maturitybench/benchmark/internal/specfile"
)

// Reestimated marks a release that was not published itself, but made by
// estimating the measurement of a published one again.
type Reestimated struct {
	From      string `json:"from"`      // id of the release that was published
	Estimator string `json:"estimator"` // id of the estimator that made these numbers
	Count     int    `json:"count"`     // its number among the estimators that the measurement was read with since, from 1
}

// check holds the label against the id of its release.
func (e *Reestimated) check(id string) error {
	switch {
	case e == nil:
		return nil
	case !idPattern.MatchString(e.From) || e.From == id:
		return errors.New("from: the id of the release that was published is expected")
	case !specfile.IsID(e.Estimator):
		return errors.New("estimator: an id is expected")
	case e.Count < 1:
		return errors.New("count: 1 or more is expected")
	}
	return nil
}
