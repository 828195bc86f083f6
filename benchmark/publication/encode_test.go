package publication

import (
	"fmt"
	"strings"
	"testing"
)

// Lists and objects without inner ones stand on one line up to its width, texts and
// numbers are written in full, and brackets within a text are none.
func TestLayout(t *testing.T) {
	long := func(n int) string { return fmt.Sprintf(`"%s"`, strings.Repeat("x", n)) }
	for compact, want := range map[string]string{
		`null`:                         "null",
		`[]`:                           "[]",
		`{"a":[],"b":{}}`:              "{\n  \"a\": [],\n  \"b\": {}\n}",
		`{"a":1,"b":[true,"x"]}`:       "{\n  \"a\": 1,\n  \"b\": [true, \"x\"]\n}",
		`[1e-7,-2.5e21,0,-0.5]`:        "[0.0000001, -2500000000000000000000, 0, -0.5]",
		`["}]\",{","\\","\ufffd<"]`:    `["}]\",{", "\\", "` + "\ufffd" + `<"]`,
		`[1,` + long(133) + `]`:        "[1, " + long(133) + "]",
		`[1,` + long(134) + `]`:        "[\n  1,\n  " + long(134) + "\n]",
		`{"a":` + long(131) + `,"":0}`: "{\n  \"a\": " + long(131) + ",\n  \"\": 0\n}",
	} {
		got, err := layout([]byte(compact))
		if err != nil || string(got) != want+"\n" {
			t.Errorf("%s is laid out as\n%swant\n%s (%v)", compact, got, want, err)
		}
	}
}
