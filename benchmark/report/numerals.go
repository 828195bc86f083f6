package report

import (
	"fmt"
	"math"
	"strings"

	"maturitybench/benchmark/publication"
)

// estimate is the cell of an estimate on the scale, or of a count.
func (t texts) estimate(e publication.Estimate) rich { return t.numeral(e, e.String()) }

// share is the cell of a share, in percent.
func (t texts) share(e publication.Estimate) rich { return t.numeral(e, e.Percent()) }

// round is the cell of a share in whole percents, its bounds rounded outward.
func (t texts) round(e publication.Estimate) rich {
	const digit = 1e-7 // below the last digit of a release
	if e.Low == e.High {
		return t.share(e)
	}
	return t.numeral(e, fmt.Sprintf("%.0f%% [%.0f%%, %.0f%%]", math.Round(100*e.Value), math.Floor(100*e.Low+digit), math.Ceil(100*e.High-digit)))
}

// numeral spells the cell of an estimate, as "1.7 [1.5, 1.9]", in the language
// of the texts.
func (t texts) numeral(e publication.Estimate, cell string) rich {
	if e.Status != publication.Published {
		return t.status(e.Status)
	}
	value, interval, ok := strings.Cut(cell, " ")
	out := rich{{Text: t.spelt(value), Kind: numeric}}
	if !ok {
		return out
	}
	low, high, _ := strings.Cut(strings.Trim(interval, "[]"), ", ")
	return append(out, run{Text: " "}, run{Text: t.say("format.interval", "low", digits(t.spelt(low)), "high", digits(t.spelt(high))), Kind: bounds})
}

// spelt spells a number with a dot, which may be in percent, in the language of
// the texts.
func (t texts) spelt(s string) string {
	digits, percent := strings.CutSuffix(s, "%")
	digits = strings.Replace(digits, ".", t["format.point"], 1)
	if percent {
		return t.say("format.percent", "value", digits)
	}
	return digits
}

// digits is a number that is spelt.
func digits(s string) rich { return rich{{Text: s}} }

// number spells a number in full.
func (t texts) number(x float64) string { return t.spelt(number(x)) }

// whole is a whole number of percents.
func (t texts) whole(percent int) string { return t.spelt(fmt.Sprintf("%d%%", percent)) }

// percentage is a confidence in percent, without needless digits and without
// the sign.
func (t texts) percentage(confidence float64) string {
	return t.number(math.Round(confidence*1e8) / 1e6)
}
