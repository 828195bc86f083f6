package command

import (
	"errors"
	"strings"
	"time"
)

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
