package xlsx

import (
	"math"
	"strconv"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"
)

// text is what a cell says: raw is the value that is stored, shown the one that
// the spreadsheet shows. A number is read as it is stored, since it may be shown
// rounded; a percentage as it is shown; a date in full as 2026-03-01 10:00:00,
// and one of which a part is shown, such as Feb-50, as it is shown: it may have
// been a band.
func (w *workbook) text(raw, shown string) string {
	if raw == shown {
		return plain(raw)
	}
	x, err := strconv.ParseFloat(raw, 64)
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
		return shown
	}
	bare, percent := strings.CutSuffix(strings.TrimSpace(shown), "%")
	letters := strings.ContainsFunc(bare, unicode.IsLetter)
	switch {
	case percent && !letters:
		return plain(strconv.FormatFloat(100*x, 'g', 15, 64)) + "%"
	case isDate(bare):
		if isFullDate(bare) {
			if t, err := excelize.ExcelDateToTime(x, w.date1904); err == nil {
				return t.Format("2006-01-02 15:04:05")
			}
		}
		return shown
	case letters:
		return shown // TRUE, or a word that the format puts in place of the number
	}
	return plain(raw)
}

// plain is a number without an exponent and without what binary fractions add
// behind the fifteenth digit; any other text as it is.
func plain(raw string) string {
	if !strings.ContainsAny(raw, ".eE") || strings.Trim(raw, "+-.0123456789eE") != "" {
		return raw
	}
	x, err := strconv.ParseFloat(raw, 64)
	if err != nil || math.Abs(x) > 1e15 {
		return raw
	}
	x, _ = strconv.ParseFloat(strconv.FormatFloat(x, 'g', 15, 64), 64)
	return strconv.FormatFloat(x, 'f', -1, 64)
}

// isDate reports whether a number is shown as a date or time: as several groups
// of digits, or a month and digits.
func isDate(shown string) bool {
	groups, named := dateGroups(shown)
	return groups >= 2 && strings.ContainsAny(shown, "-/:") || groups >= 1 && named
}

// isFullDate reports whether day, month and year are shown.
func isFullDate(shown string) bool {
	groups, named := dateGroups(shown)
	return groups >= 3 && strings.ContainsAny(shown, "-/.") || groups >= 2 && named
}

func dateGroups(shown string) (digits int, named bool) {
	for _, group := range strings.FieldsFunc(shown, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		lower := strings.ToLower(group)
		switch {
		case strings.Trim(group, "0123456789") == "":
			digits++
		case len(lower) >= 3 && strings.Contains("jan feb mar apr may jun jul aug sep oct nov dec", lower[:3]):
			named = true
		}
	}
	return digits, named
}
