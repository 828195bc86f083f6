package command

import (
	"errors"
	"slices"
	"strings"
	"time"

	"maturitybench/benchmark/report"
)

// Language reads the value of a flag that is a language, as a tag of BCP 47, of those
// that reports are written in.
func Language(to *string) func(string) error {
	return func(text string) error {
		base, _, _ := strings.Cut(strings.ToLower(text), "-")
		if !slices.Contains(report.Languages(), base) {
			return errors.New("expected " + Languages() + ", or one of these with its region, such as de-AT")
		}
		*to = text
		return nil
	}
}

// Languages are those that reports are written in, for the usage of a flag.
func Languages() string { return strings.Join(report.Languages(), ", ") }

// Date reads the value of a flag that is a date.
func Date(to *time.Time) func(string) error {
	return func(text string) (err error) {
		if *to, err = time.Parse(time.DateOnly, text); err != nil {
			return errors.New("expected a date such as 2026-03-01")
		}
		return nil
	}
}

// List is the value of a flag that is a list: its parts between commas, without space
// around them.
func List(text string) (parts []string) {
	for part := range strings.SplitSeq(text, ",") {
		parts = append(parts, strings.TrimSpace(part))
	}
	return parts
}
