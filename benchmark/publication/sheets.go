package publication

import (
	"errors"

	"maturitybench/benchmark/internal/decimal"
)

// Sheets is what became of the answer sheets of all companies: shares from 0 to 1, noisy
// as everything else, from totals that are measured anyway.
type Sheets struct {
	// ScaledDown is by how much the bound scaled the answer sheets down on average:
	// everything in them but counts, overall scores and scores of domains. At least this
	// share of the sheets was scaled down.
	ScaledDown Estimate `json:"scaled_down"`
	// LeftOut is the share of the answers that were not given. Blanks that the instrument
	// counts as the lowest level are given.
	LeftOut Estimate `json:"left_out"`
}

// checkSheets checks the shares; the error goes on after the key of Sheets.
func (r *Release) checkSheets() error {
	if r.Sheets == nil {
		return nil
	}
	if r.Cohorts[0].Status != Published {
		return errors.New(": nothing is published when all is suppressed")
	}
	var c checker
	c.estimate(".scaled_down", r.Sheets.ScaledDown, 0, decimal.Unity)
	c.estimate(".left_out", r.Sheets.LeftOut, 0, decimal.Unity)
	return c.err
}
