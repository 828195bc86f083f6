package command

import (
	"flag"
	"fmt"
	"regexp"
	"time"
)

// unreadable is the error of a flag whose value is not of its kind, as the package flag
// words it.
var unreadable = regexp.MustCompile(`^(invalid (?:boolean )?value .* for (?:flag )?-(\S+)): (?:parse error|value out of range)$`)

// expectation is the error of wrong flags, with what is expected where the package flag
// says only that it cannot read a value.
func expectation(flags *flag.FlagSet, err error) string {
	m := unreadable.FindStringSubmatch(err.Error())
	if m == nil || flags.Lookup(m[2]) == nil {
		return err.Error()
	}
	f := flags.Lookup(m[2])
	getter, ok := f.Value.(flag.Getter)
	if !ok {
		return err.Error()
	}
	kind := "a value"
	switch getter.Get().(type) {
	case bool:
		kind = "true or false"
	case int, int64:
		kind = "a whole number"
	case uint, uint64:
		kind = "a whole number from 0"
	case float64:
		kind = "a number"
	case time.Duration:
		kind = "a time such as 500ms or 2s"
	}
	_, usage := flag.UnquoteUsage(f)
	return fmt.Sprintf("%s: expected %s: %s", m[1], kind, usage)
}
