package publication

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"maturitybench/benchmark/internal/decimal"
	"maturitybench/benchmark/internal/specfile"
)

// Status says whether a number of the release was published. Reasons are
// never given: a reason would itself say something about the companies.
type Status uint8

const (
	// Withheld is the zero status: there is no number, because it would be
	// too inaccurate to be of use or because too few companies answered.
	Withheld Status = iota
	// Published comes with a number.
	Published
	// Suppressed is the status of a whole cohort that is not shown. No
	// Estimate has it.
	Suppressed
)

// String is the spelling of the files: withheld, published or suppressed.
func (s Status) String() string {
	switch s {
	case Withheld:
		return "withheld"
	case Published:
		return "published"
	case Suppressed:
		return "suppressed"
	}
	return fmt.Sprintf("Status(%d)", uint8(s))
}

// MarshalText is the spelling of the files.
func (s Status) MarshalText() ([]byte, error) {
	if s > Suppressed {
		return nil, errors.New("publication: unknown status")
	}
	return []byte(s.String()), nil
}

// UnmarshalText reads the spelling of the files.
func (s *Status) UnmarshalText(text []byte) error {
	for _, known := range []Status{Withheld, Published, Suppressed} {
		if string(text) == known.String() {
			*s = known
			return nil
		}
	}
	return errors.New("published, withheld or suppressed")
}

// Estimate is one published number with its interval, or the statement that
// it is withheld. Means and percentiles are on the instrument's scale, shares
// in [0, 1], companies are counted. The numbers have at most six decimals
// (the lower bound rounded down, the upper one up) and are NaN unless the
// Status is Published; the zero Estimate is withheld.
type Estimate struct {
	Value  float64 `json:"value"`  // the estimate
	Low    float64 `json:"low"`    // lower end of the interval, at most Value
	High   float64 `json:"high"`   // upper end of the interval, at least Value
	Status Status  `json:"status"` // Published or Withheld
}

// NoEstimate is the Estimate without a number.
func NoEstimate() Estimate {
	return Estimate{Value: math.NaN(), Low: math.NaN(), High: math.NaN()}
}

// String is the cell of a table: "1.7 [1.5, 1.9]", or "withheld". Numbers
// have one decimal, more where the interval is narrower than 0.2 and none
// where all three are whole; the bounds are rounded outward. An exact number
// (Low = High) stands alone.
func (e Estimate) String() string {
	return e.cell(1, 1, 4, "")
}

// Percent is the cell of a table for a share: "34% [28%, 41%]", or
// "withheld". Whole percents, up to two decimals where the interval is narrower
// than two percent; the bounds are rounded outward.
func (e Estimate) Percent() string {
	return e.cell(100, 0, 2, "%")
}

// cell prints the estimate times factor with the given decimals or more.
func (e Estimate) cell(factor decimal.Micro, decimals, most int, unit string) string {
	if e.Status != Published {
		return e.Status.String()
	}
	value, low, high := decimal.ToMicros(e.Value)*factor, decimal.ToMicros(e.Low)*factor, decimal.ToMicros(e.High)*factor
	if value%decimal.Unity == 0 && low%decimal.Unity == 0 && high%decimal.Unity == 0 {
		decimals = 0
	}
	for width := 2 * decimal.Unity / decimal.Pow10(decimals); decimals < most && low < high && high-low < width; width /= 10 {
		decimals++
	}
	if low == high {
		return value.Round(decimals, decimal.Nearest) + unit
	}
	return fmt.Sprintf("%s%s [%s%s, %s%s]",
		value.Round(decimals, decimal.Nearest), unit, low.Round(decimals, decimal.Down), unit, high.Round(decimals, decimal.Up), unit)
}

// MarshalJSON writes {"value": …, "low": …, "high": …, "status": "published"}
// or {"status": "withheld"}.
func (e Estimate) MarshalJSON() ([]byte, error) {
	switch e.Status {
	case Withheld:
		return []byte(`{"status":"withheld"}`), nil
	case Published:
		for _, x := range []float64{e.Value, e.Low, e.High} {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				return nil, errors.New("publication: a published estimate is not a number")
			}
		}
		return fmt.Appendf(nil, `{"value":%s,"low":%s,"high":%s,"status":"published"}`,
			decimal.Spell(e.Value), decimal.Spell(e.Low), decimal.Spell(e.High)), nil
	}
	return nil, errors.New("publication: an estimate is published or withheld")
}

// UnmarshalJSON reads one of the two forms that MarshalJSON writes, and
// nothing else.
func (e *Estimate) UnmarshalJSON(data []byte) error {
	var read Estimate
	if err := specfile.ReadJSON("", data, &read, forms); err != nil {
		return fmt.Errorf("publication: estimate: %w", err)
	}
	*e = read
	return nil
}

var (
	_ json.Marshaler   = Estimate{}
	_ json.Unmarshaler = (*Estimate)(nil)
)
