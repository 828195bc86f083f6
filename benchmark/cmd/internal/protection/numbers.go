package protection

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// number prints a number as it is, without an exponent: 0.000001.
func number(x float64) string { return strconv.FormatFloat(clean(x), 'f', -1, 64) }

// clean takes away what binary arithmetic left behind after the twelfth digit.
func clean(x float64) float64 {
	y, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 12, 64), 64)
	if err != nil {
		return x
	}
	return y
}

// whole prints a number of at least 1 rounded up: to two digits below 10, to whole numbers below a
// million, and beyond that to two digits and the word. It is never less than x.
func whole(x float64) string {
	x = clean(x)
	switch {
	case x < 10:
		return number(math.Ceil(x*10-1e-9) / 10)
	case x < 1e6:
		return grouped(math.Ceil(x - 1e-9))
	}
	for i, unit := range []string{"million", "billion", "trillion"} {
		scale := math.Pow(10, float64(6+3*i))
		if x < 1000*scale {
			return grouped(math.Ceil(x/scale-1e-9)) + " " + unit
		}
	}
	return "more than 10^" + strconv.Itoa(int(math.Floor(math.Log10(x)+1e-9)))
}

// grouped prints a whole number with a space before every three digits.
func grouped(x float64) string {
	digits := strconv.FormatFloat(x, 'f', 0, 64)
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString("\u202f")
		}
		b.WriteRune(d)
	}
	return b.String()
}

// percent prints a probability rounded up, and never as certain what is not.
func percent(p float64) string {
	for decimals := 1; decimals <= 6; decimals++ {
		scale := math.Pow(10, float64(decimals+2))
		if up := math.Ceil(p*scale-1e-9) / scale; up < 1 {
			return fmt.Sprintf("%.*f%%", decimals, 100*up)
		}
	}
	return "all but certainty"
}

// rounded prints a number with three digits.
func rounded(x float64) string { return strconv.FormatFloat(x, 'g', 3, 64) }

// times says how often.
func times(n int) string {
	switch n {
	case 0:
		return "not once"
	case 1:
		return "once"
	case 2:
		return "twice"
	case mostWaves:
		return fmt.Sprintf("%d times or more", n)
	}
	return fmt.Sprintf("%d times", n)
}
