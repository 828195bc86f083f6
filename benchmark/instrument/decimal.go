package instrument

import (
	"encoding/json"
	"errors"
	"regexp"
	"strconv"
	"strings"

	"maturitybench/benchmark/internal/decimal"
)

// Decimal is an exact decimal number, as 0.25, of at most six decimals and within ±1e6; the
// empty one is none. A file spells it as a number.
type Decimal string

// decimalForm is how a decimal is spelt.
var decimalForm = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,6})(\.[0-9]{1,6})?$`)

// errDecimal says what is expected.
var errDecimal = errors.New("a number in plain digits with at most six decimals, within ±1000000")

// SetNumber reads the spelling of a number.
func (d *Decimal) SetNumber(text string) error {
	if strings.HasPrefix(text, ".") {
		text = "0" + text
	}
	x := Decimal(text)
	if err := x.check(); err != nil {
		return err
	}
	*d = x.canonical()
	return nil
}

func (d Decimal) check() error {
	if !decimalForm.MatchString(string(d)) || d.Float() > maxLevel || d.Float() < -maxLevel {
		return errDecimal
	}
	return nil
}

// canonical is the shortest spelling.
func (d Decimal) canonical() Decimal {
	text := string(d)
	if strings.Contains(text, ".") {
		text = strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
	}
	if text == "-0" {
		text = "0"
	}
	return Decimal(text)
}

// Float is the nearest float64; 0 for none.
func (d Decimal) Float() float64 {
	x, _ := strconv.ParseFloat(string(d), 64)
	return x
}

// micro is the number, exactly.
func (d Decimal) micro() int64 { return int64(decimal.ToMicros(d.Float())) }

// MarshalJSON writes a number.
func (d Decimal) MarshalJSON() ([]byte, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	return []byte(d.canonical()), nil
}

// UnmarshalJSON reads a number.
func (d *Decimal) UnmarshalJSON(data []byte) error {
	var n json.Number
	if err := json.Unmarshal(data, &n); err != nil {
		return err
	}
	return d.SetNumber(n.String())
}
