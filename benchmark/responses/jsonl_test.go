package responses

import (
	"encoding/json"
	"iter"
	"strings"
	"testing"
	"unicode/utf8"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fold"
	"maturitybench/benchmark/internal/inputtest"
	"maturitybench/benchmark/internal/intake"
	"maturitybench/benchmark/internal/table"
)

func readJSONText(in *instrument.Instrument, file string) iter.Seq2[Response, error] {
	return ReadJSONL(in, strings.NewReader(file))
}

func TestReadJSONL(t *testing.T) {
	one := []plainSheet{{1, "a", "\x01\x03\x04\x05"}}
	answer := []plainSheet{{1, "a", "\x00\x03\x00\x00"}}
	testReader(t, readJSONText, []readCase{
		{name: "plain", file: `{"company": "a", "attributes": {"size": "small"}, "scores": {"q1": 1, "q2": 2, "q3": 3}}`, sheets: one},
		{name: "another order", file: "{\"scores\":{\"q3\":3,\"q1\":1,\"q2\":2},\"company\":\"a\",\"attributes\":{\"size\":\"small\"}}\r\n", sheets: one},
		{name: "white space", file: "\ufeff \t{ \"company\" : \" a \" , \"attributes\":{ \"size\" :\" small\"},\"scores\" :{\"q1\": 1 ,\"q2\":2,\"q3\":3 } } \n", sheets: one},
		{name: "escapes", file: `{"com\u0070any": "\u0061", "attributes": {"s\u0069ze": "\u0073mall"}, "scores": {"\u00711": 1, "q2": 2, "q3": 3}}`, sheets: one},
		{name: "missing keys", file: `{"company":"a","scores":{"q1":1}}`, sheets: answer},
		{name: "null", file: `{"company":"a","attributes":null,"scores":{"q1":1,"q2":null}}`, sheets: answer},
		{name: "null value", file: `{"company":"a","attributes":{"size":null},"scores":{"q1":1}}`, sheets: answer},
		{name: "no answer", file: `{"company":"a","attributes":{"size":"NA"},"scores":{"q1":1,"q2":" NA ","q3":""}}`, sheets: answer},
		{name: "no answer as a number", file: `{"company":"a","attributes":{"size":""},"scores":{"q1":1,"q2":99,"q3":"99"}}`, sheets: answer},
		{name: "empty objects", file: `{"company":"a","attributes":{},"scores":{"q1":1}}`, sheets: answer},
		{name: "negative levels", file: `{"company":"a","scores":{"q1":-1,"q2":-0,"q3":9}}`, sheets: []plainSheet{{1, "a", "\x00\x01\x02\x0b"}}},
		{name: "ignored key", file: `{"email":{"x":[1,"}"]},"company":"a","scores":{"q1":1},"email":null}`, sheets: answer},
		{name: "blank lines", file: "\n \n" + `{"company":"a","scores":{"q1":1}}` + "\n\n", sheets: []plainSheet{{3, "a", "\x00\x03\x00\x00"}}},
		{name: "escapes in a company", file: `{"company":"\"é\\\n","scores":{"q1":1}}`, sheets: []plainSheet{{1, "\"é\\", "\x00\x03\x00\x00"}}},
		{name: "line of 1 MiB", file: `{"company":"a","scores":{"q1":1}}` + strings.Repeat(" ", table.MaxLine-33), sheets: answer},
		{name: "empty file", file: ""},
	})
}

// A problem's column is the character, from 1, at which it starts; § marks it in
// the line and is no part of it.
func TestReadJSONLProblems(t *testing.T) {
	const malformed = "well-formed JSON"
	const after = "\n" + `{"company":"z","scores":{"q2":0}}`
	cases := []readCase{}
	for _, test := range []struct{ name, line, field, expected string }{
		{"array", `§[1]`, "", expectObject},
		{"text", `§"a"`, "", expectObject},
		{"two objects", `{"company":"a","scores":{"q1":1}} §{}`, "", "nothing after the object"},
		{"trailing comma", `{"company":"a","scores":{"q1":1},§}`, "", malformed},
		{"open object", `{"company":"a","scores":{"q1":1}§`, "", malformed},
		{"open string", `{"company":"a§`, "", malformed},
		{"open string after a backslash", `{"company":"a\"§`, "", malformed},
		{"wrong escape", `{"company":§"a\x"}`, "", malformed},
		{"control character", "{\"company\":\"a§\tb\"}", "", malformed},
		{"single quotes", `{§'company':'a'}`, "", malformed},
		{"no colon", `{"company" §"a"}`, "", malformed},
		{"wrong literal", `{"company":"a","scores":{"q1":§nul}}`, "", malformed},
		{"unknown key", `{"company":"a",§"score":{},"scores":{"q1":1}}`, "", expectKey},
		{"key in other case", `{§"Company":"a","company":"a","scores":{"q1":1}}`, "", expectKey},
		{"unknown attribute", `{"company":"a","attributes":{§"mood":{"a":[]}},"scores":{"q1":1}}`, "attributes", expectAttribute},
		{"unknown question", `{"company":"a","scores":{§"q9":1,"q1":1}}`, "scores", expectQuestion},
		{"doubled company", `{"company":"a",§"company":"b","scores":{"q1":1}}`, "company", expectOnce},
		{"doubled scores", `{"company":"a","scores":{"q1":1},§"scores":{"q2":1}}`, "scores", expectOnce},
		{"doubled attribute", `{"company":"a","attributes":{"size":"small",§"s\u0069ze":null},"scores":{"q1":1}}`, "size", expectOnce},
		{"doubled question", `{"company":"a","scores":{"q1":1,"q2":1,§"q1":1}}`, "q1", expectOnce},
		{"company as a number", `{"company":§17,"scores":{"q1":1}}`, "company", expectCompany},
		{"company null", `{"company":§null,"scores":{"q1":1}}`, "company", expectCompany},
		{"company empty", `{"company":§" ","scores":{"q1":1}}`, "company", expectCompany},
		{"company missing", `§{"scores":{"q1":1}}`, "company", expectCompany},
		{"attributes as a list", `{"company":"a","attributes":§["small"],"scores":{"q1":1}}`, "attributes", expectMembers},
		{"scores as a number", `{"company":"a","scores":§1}`, "scores", expectMembers},
		{"attribute as a number", `{"company":"a","attributes":{"size":§1},"scores":{"q1":1}}`, "size", expectValue},
		{"unknown value", `{"company":"a","attributes":{"size":§"tiny"},"scores":{"q1":1}}`, "size", expectValue},
		{"level too high", `{"company":"a","scores":{"q1":§10}}`, "q1", offScale},
		{"level too low", `{"company":"a","scores":{"q1":§-2}}`, "q1", badScore},
		{"level after é", `{"company":"é","scores":{"q1":§10}}`, "q1", offScale},
		{"float", `{"company":"a","scores":{"q1":§3.5}}`, "q1", badScore + "; a number between levels is none"},
		{"exponent", `{"company":"a","scores":{"q1":§3e0}}`, "q1", badScore},
		{"score as a text", `{"company":"a","scores":{"q1":§"3x"}}`, "q1", badScore},
		{"score as a boolean", `{"company":"a","scores":{"q1":§true}}`, "q1", badScore},
		{"score as an object", `{"company":"a","scores":{"q1":§{"level":3}}}`, "q1", badScore},
	} {
		before, _, _ := strings.Cut(test.line, "§")
		cases = append(cases, readCase{
			name: test.name, file: strings.Replace(test.line, "§", "", 1) + after,
			sheets:   []plainSheet{{2, "z", "\x00\x00\x02\x00"}},
			problems: []input.Problem{{Line: 1, Column: utf8.RuneCountInString(before) + 1, Field: test.field, Expected: test.expected}},
		})
	}
	line := func(name, line, expected string) readCase {
		return readCase{name: name, file: line + after, sheets: []plainSheet{{2, "z", "\x00\x00\x02\x00"}}, problems: []input.Problem{{Line: 1, Column: 0, Field: "", Expected: expected}}}
	}
	cases = append(cases,
		line("no answer at all", `{"company":"a","scores":{"q1":null}}`, expectAnswer),
		line("no scores", `{"company":"a"}`, expectAnswer),
		line("not UTF-8", "{\"company\":\"M\xfcller\",\"scores\":{\"q1\":1}}", table.ExpectUTF8),
		line("long line", `{"company":"a"}`+long, table.ExpectShort),
		readCase{name: "number with a leading zero", file: `{"company":"a","scores":{"q1":03}}`,
			problems: []input.Problem{{Line: 1, Column: 32, Field: "", Expected: malformed}}},
		readCase{name: "several problems", file: `{"company":1,"attributes":{"size":"x"},"scores":{"q1":10,"q2":1.5}}`, problems: []input.Problem{
			{Line: 1, Column: 12, Field: "company", Expected: expectCompany}, {Line: 1, Column: 35, Field: "size", Expected: expectValue}, {Line: 1, Column: 55, Field: "q1", Expected: offScale}, {Line: 1, Column: 63, Field: "q2", Expected: badScore + "; a number between levels is none"}}},
		readCase{name: "gzip", file: "\x1f\x8b\x08", problems: []input.Problem{{Line: 1, Column: 0, Field: "", Expected: "an unpacked text file, not a gzip archive"}}},
		readCase{name: "UTF-16", file: "\xff\xfe{\x00", problems: []input.Problem{{Line: 1, Column: 0, Field: "", Expected: "text in UTF-8, not in UTF-16 or UTF-32"}}},
	)
	testReader(t, readJSONText, cases)
}

// A line that is taken is what encoding/json takes for the same sheet.
func FuzzJSONLine(f *testing.F) {
	for _, seed := range []string{
		`{"company":"a","attributes":{"size":"small"},"scores":{"q1":1,"q2":-1,"q3":null}}`,
		`{"company":"\u0061\ud800","scores":{"q1":99,"q2":"NA"},"email":[{"a":1e5}]}`,
		`{"company":"a","scores":{"q1":-0}} `, `{"company":"a","scores":{"q1":1-2}}`, `{"company":"a","scores":{"q1":1},}`,
	} {
		f.Add([]byte(seed), uint64(1))
	}
	in := smallInstrument(f)
	f.Fuzz(func(t *testing.T, line []byte, seed uint64) {
		for text := range inputtest.Mutants(line, seed) {
			takenAlike(t, in, string(text))
		}
	})
}

func takenAlike(t *testing.T, in *instrument.Instrument, line string) {
	if strings.Contains(line, "\n") {
		return
	}
	for response, err := range ReadJSONL(in, strings.NewReader(line)) {
		if err != nil {
			continue
		}
		var sheet struct {
			Company    string
			Attributes map[string]*string
			Scores     map[string]any
		}
		if err := json.Unmarshal([]byte(strings.TrimPrefix(line, "\ufeff")), &sheet); err != nil {
			t.Fatalf("taken, but encoding/json says %v", err)
		}
		if want := fold.Name(nil, []byte(sheet.Company)); string(intake.Open(response).Company) != string(want) {
			t.Errorf("%q: company %q, want %q", line, intake.Open(response).Company, want)
		}
		for i, question := range in.Spec().Questions() {
			level, _ := sheet.Scores[question.ID].(float64)
			if got := intake.Open(response).Scores[i]; got != 0 && level != float64(got)-2 {
				t.Errorf("%s: level %v, want %v", question.ID, int(got)-2, level)
			}
		}
	}
}
