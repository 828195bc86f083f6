package benchmark

import (
	"encoding/json"
	"errors"
	"fmt"

	"maturitybench/benchmark/internal/decimal"
	"maturitybench/benchmark/internal/earlier"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
)

// mechanism is where the noise comes from: [privacy.Draws], or a stand-in
// for synthetic companies in a forecast.
type mechanism interface {
	Gaussian(privacy.Gaussian, []int64) []int64
	SphericalLaplace(privacy.SphericalLaplace, []int64) []int64
	Tested(privacy.MeasuredThreshold, []int64) []int64
	Threshold(privacy.Threshold, []int64) []bool
}

// measurement is everything that leaves the raw data: noisy numbers, and
// which cohorts passed the threshold. It is stored with the release.
type measurement struct {
	Format string  `json:"format"`
	Kept   []bool  `json:"kept"`            // measured cohorts that passed the threshold
	Exact  []int64 `json:"exact,omitempty"` // exact sizes of the measured cohorts, where the roster gives them away
	Pilot  []int64 `json:"pilot,omitempty"` // full scheme
	Main   []int64 `json:"main,omitempty"`  // full scheme
	Small  []int64 `json:"small,omitempty"` // scheme of small panels; none where its own number of companies is too small
	Noise  string  `json:"noise"`

	// What it takes to read the numbers again: see [Reestimate].
	Encoding string                  `json:"encoding"`                 // fingerprint of the encoding of Main or Small
	Prior    *storedPrior            `json:"prior,omitempty"`          // what the plan read from an earlier release
	Account  publication.AccountLoss `json:"account"`                  // what its account had lost
	External bool                    `json:"external_prior,omitempty"` // that release was not in the ledger
	Earlier  []earlier.Wave          `json:"earlier,omitempty"`        // what the plan took from earlier waves, the first one first
}

// storedPrior is what a plan knew of the level from an earlier release, which
// need not be at hand when the measurement is read again: levels from 0.
type storedPrior struct {
	Level  float64 `json:"level"`
	Spread float64 `json:"spread"`
}

const measurementFormat = "maturitybench.measurement/1"

// encode is the stored form.
func (m *measurement) encode() ([]byte, error) {
	data, err := json.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("measurement: %w", err)
	}
	return data, nil
}

// companies is the exact number of companies where the roster
// gives it away, and 0 otherwise.
func (m *measurement) companies() int {
	if len(m.Exact) == 0 {
		return 0
	}
	return int(m.Exact[0])
}

// ErrEncoding says that a measurement cannot be read: this version of the package
// compiles the plan to another encoding, or this machine rounds differently.
var ErrEncoding = errors.New("benchmark: the measurement was made with another encoding")

// parseMeasurement reads what [measurement.encode] wrote.
func parseMeasurement(data []byte) (*measurement, error) {
	var m measurement
	if err := decimal.DecodeJSON(data, &m); err != nil || m.Format != measurementFormat {
		return nil, errors.New("benchmark: measurement: " + measurementFormat + " is expected")
	}
	return &m, nil
}
