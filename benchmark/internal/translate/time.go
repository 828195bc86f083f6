package translate

import (
	"math"
	"strconv"
	"strings"
	"time"

	"maturitybench/benchmark/internal/fold"
)

// Layouts of times, as package time has them. Seconds may have a fraction.
var (
	clocks  = []string{"", " 15:04", " 15:04:05", " 3:04 PM", " 3:04:05 PM"}
	zones   = []string{"", "Z07:00", " Z07:00", " -0700", " MST"}
	layouts = map[string][]string{
		"":    {"2006-1-2"},
		"ymd": {"2006-1-2"},
		"dmy": {"2006-1-2", "2-1-2006", "2-1-06", "2-Jan-2006", "2-Jan-06"},
		"mdy": {"2006-1-2", "1-2-2006", "1-2-06", "Jan-2-2006", "Jan-2-06"},
	}
)

// parseTime reads a date and time: the year first, or in the order that is
// stated; or the number of days of a spreadsheet, or of seconds since 1970.
// Times without a zone are taken as UTC: it matters only which one is later.
func parseTime(text []byte, order string) (time.Time, bool) {
	s := strings.ToUpper(fold.Label(string(text)))
	if s == "" || len(s) > 64 {
		return time.Time{}, false
	}
	if x, err := strconv.ParseFloat(s, 64); err == nil {
		return numericTime(x)
	}
	if len(s) > 10 && s[10] == 'T' { // ISO 8601
		s = s[:10] + " " + s[11:]
	}
	date, clock, _ := strings.Cut(s, " ")
	date = strings.Trim(strings.NewReplacer("/", "-", ".", "-").Replace(date), "-")
	s = strings.TrimSpace(date + " " + strings.TrimSpace(clock))
	for _, day := range layouts[order] {
		for _, clock := range clocks {
			for _, zone := range zones {
				if clock == "" && zone != "" {
					continue
				}
				if t, err := time.Parse(strings.ToUpper(day)+clock+zone, s); err == nil {
					return t, true
				}
			}
		}
	}
	return time.Time{}, false
}

// numericTime is a time as a number: milliseconds or seconds since 1970, or
// days since 30 December 1899.
func numericTime(x float64) (time.Time, bool) {
	switch {
	case math.IsNaN(x) || x < 1 || x > 1e14:
		return time.Time{}, false
	case x > 1e11:
		return time.UnixMilli(int64(x)), true
	case x > 1e8:
		return time.Unix(int64(x), 0), true
	case x < 2958466: // the last day of 9999
		const day = 24 * time.Hour
		return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(x)).Add(time.Duration((x - math.Floor(x)) * float64(day)).Round(time.Millisecond)), true
	}
	return time.Time{}, false
}
