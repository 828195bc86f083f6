package conformance

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"maturitybench/benchmark/internal/derived"
	"maturitybench/benchmark/internal/encode"
)

// Format is the value of the key "format" of every file.
const Format = "maturitybench.conformance/1"

// Case is one publication.
type Case struct {
	Format      string              `json:"format"`
	About       string              `json:"about"`
	Estimator   string              `json:"estimator"`
	Plan        json.RawMessage     `json:"plan"`
	Seed        uint64              `json:"seed"`
	Sheets      []string            `json:"sheets"`
	Counts      []int64             `json:"counts"`
	Mechanisms  []derived.Mechanism `json:"mechanisms"`
	First       encode.Description  `json:"first"`
	Main        *encode.Description `json:"main,omitempty"`
	Vectors     []Vector            `json:"vectors"`
	Totals      Totals              `json:"totals"`
	Measurement json.RawMessage     `json:"measurement"`
	Release     json.RawMessage     `json:"release"`
}

// Vector is what one sheet becomes.
type Vector struct {
	Sheet int     `json:"sheet"` // number, from 0
	First []int64 `json:"first"`
	Main  []int64 `json:"main,omitempty"`
}

// Totals are the sums of the vectors of all sheets.
type Totals struct {
	First []int64 `json:"first"`
	Main  []int64 `json:"main,omitempty"`
}

// Parse reads one file.
func Parse(data []byte) (Case, error) {
	var c Case
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&c); err != nil {
		return Case{}, fmt.Errorf("conformance: %w", err)
	}
	if c.Format != Format {
		return Case{}, errors.New("conformance: format: " + Format + " is expected")
	}
	return c, nil
}
