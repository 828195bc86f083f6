package privacy

import (
	"strconv"
	"time"
)

// Span is a length of time on the calendar: a whole number from 1 to 1000 in
// plain digits, and d for days, m for months or y for years, such as 3y.
type Span string

const spanRule = "a span of time: a number from 1 to 1000 and d, m or y for days, months or years, such as 3y"

// parse is the number of the span and its unit, 0 for a malformed one.
func (s Span) parse() (n int, unit byte) {
	if len(s) < 2 || s[0] == '0' {
		return 0, 0
	}
	digits, unit := string(s[:len(s)-1]), s[len(s)-1]
	for i := range len(digits) {
		if digits[i] < '0' || digits[i] > '9' {
			return 0, 0
		}
	}
	n, err := strconv.Atoi(digits)
	if err != nil || n > 1000 || unit != 'd' && unit != 'm' && unit != 'y' {
		return 0, 0
	}
	return n, unit
}

// Valid reports whether s is well-formed.
func (s Span) Valid() bool {
	n, _ := s.parse()
	return n > 0
}

// End is when something of time t is as old as the span: the same date, at the
// same time of day in UTC, so many days, months or years later. If the month has
// no such day it is the beginning of the next month: 29 February 2028 is one
// year old on 1 March 2029, at 0:00. A time that is later at the start is never
// earlier at the end. A malformed span ends never: in the year 9999.
func (s Span) End(t time.Time) time.Time {
	t = t.UTC()
	n, unit := s.parse()
	years, months := 0, 0
	switch unit {
	case 'd':
		return t.AddDate(0, 0, n)
	case 'm':
		months = n
	case 'y':
		years = n
	default:
		return time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)
	}
	end := t.AddDate(years, months, 0)
	if end.Day() != t.Day() { // the month is too short, and the days ran over
		return time.Date(end.Year(), end.Month(), 1, 0, 0, 0, 0, time.UTC)
	}
	return end
}

// String is the span in words: 3 years, or 1 month.
func (s Span) String() string {
	n, unit := s.parse()
	if n == 0 {
		return "no span"
	}
	name := map[byte]string{'d': "day", 'm': "month", 'y': "year"}[unit]
	if n > 1 {
		name += "s"
	}
	return strconv.Itoa(n) + " " + name
}
