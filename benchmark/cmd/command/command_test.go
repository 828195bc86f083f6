package command

import (
	"bytes"
	"errors"
	"flag"
	"strings"
	"testing"
	"time"
)

// What is wrong with a flag is said with what is expected there.
func TestParse(t *testing.T) {
	for _, test := range []struct{ arg, want string }{
		{"-n=x", `invalid value "x" for flag -n: expected a whole number: number of rows, 1 to 9`},
		{"-n=99999999999999999999", "expected a whole number: number of rows, 1 to 9"},
		{"-u=-1", "expected a whole number from 0: a seed"},
		{"-f=x", "expected a number: share, 0 to 1"},
		{"-d=soon", "expected a time such as 500ms or 2s: interval"},
		{"-b=maybe", "expected true or false: whether"},
		{"-own=x", "expected y or z"},
		{"-path=", "flag -path is empty"},
		{"-new", "-new"},
		{"stray", `argument "stray" is not a flag`},
	} {
		flags := flag.NewFlagSet("job", flag.ContinueOnError)
		flags.Int("n", 1, "number of rows, 1 to 9")
		flags.Uint64("u", 1, "a seed")
		flags.Float64("f", 1, "share, 0 to 1")
		flags.Duration("d", time.Second, "`interval`")
		flags.Bool("b", false, "whether")
		flags.String("path", "p", "a path")
		flags.Func("own", "y or z", func(string) error { return errors.New("expected y or z") })
		var stdout, stderr bytes.Buffer
		code, done := Parse(flags, "help", []string{test.arg}, &stdout, &stderr)
		if code != Usage || !done || stdout.Len() > 0 || !strings.HasPrefix(stderr.String(), "job: ") || !strings.Contains(stderr.String(), test.want) {
			t.Errorf("%s: exit code %d, %v, %s%s", test.arg, code, done, &stdout, &stderr)
		}
	}
}
