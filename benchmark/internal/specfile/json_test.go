package specfile

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"maturitybench/benchmark/internal/inputtest"
)

// document has every kind of value that a document holds.
type document struct {
	Name string `json:"name"`
	Part
	Marks   marks          `json:"marks"`
	Levels  map[string]int `json:"levels,omitempty"`
	Numbers []number       `json:"numbers,omitempty"`
	Secret  string         `json:"secret,omitempty"`
	Skipped string
}

// marks have names.
type marks []float64

// Part is embedded.
type Part struct {
	Count int  `json:"count"`
	Shown bool `json:"shown,omitempty"`
}

// number is spelt in two forms.
type number struct {
	Value  float64 `json:"value"`
	Status word    `json:"status"`
}

// word reads itself from a text.
type word uint8

func (w *word) UnmarshalText(text []byte) error {
	*w = word(len(text))
	return nil
}

var documentForms = Forms{
	reflect.TypeFor[document](): {Omit: []string{"secret"}},
	reflect.TypeFor[marks]():    {Names: []string{"low", "high"}},
	reflect.TypeFor[number](): {Unless: "value", Short: []string{"status"}, Finish: func(v any, whole bool) (key, expected string) {
		if n := v.(*number); whole != (n.Status == 5) {
			return "status", "another word"
		}
		return "", ""
	}},
}

const wholeDocument = `{"name": "a\u0062c", "count": -3, "shown": true, "marks": {"high": 0.5, "low": 1e-6},
 "levels": {"x": 1, "é": 2}, "numbers": [{"value": 2, "status": "shown"}, {"status": "hidden"}]}`

func TestReadJSON(t *testing.T) {
	var got document
	if err := ReadJSON("f", []byte(wholeDocument), &got, documentForms); err != nil {
		t.Fatal(err)
	}
	want := document{
		Name: "abc", Part: Part{-3, true}, Marks: marks{1e-6, 0.5}, Levels: map[string]int{"x": 1, "é": 2},
		Numbers: []number{{2, 5}, {0, 6}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// All problems come at once, each where it is.
func TestReadJSONProblems(t *testing.T) {
	for _, tt := range []struct {
		name, data string
		want       []string
	}{
		{"empty", "", []string{"1:1: expected JSON; unexpected end of JSON input"}},
		{"cut", "{\n \"é\": [1,\n", []string{"2:10: expected JSON; unexpected end of JSON input"}},
		{"comma", "{\n \"a\": 1,}", []string{"2:9: expected JSON; invalid character '}' looking for beginning of object key string"}},
		{"UTF-8", "{\n \"é\": \"\xff\"}", []string{"2:8: expected text in UTF-8"}},
		{"two values", "{} {}", []string{"1:4: expected JSON; invalid character '{' after top-level value"}},
		{"deep", strings.Repeat("[", 17) + strings.Repeat("]", 17), []string{"1:17: expected at most 16 levels of nesting"}},
		{"list", "[]", []string{"1:1: expected keys with values, not a list"}},
		{"many", "{\"name\": 2026, \"name\": \"b\",\n \"Count\": 1, \"count\": 1.5, \"marks\": {\"low\": 1},\n \"levels\": {\"x\": null, \"y\": 1, \"y\": 2}, \"secret\": \"s\"}", []string{
			`1:10: name: expected a text, not a number: write "2026"`,
			"1:16: name: expected each key once",
			"2:2: Count: expected no such key: the keys here are name, count, shown, marks, levels, numbers",
			"2:23: count: expected a whole number in plain digits, not 1.5",
			"2:37: marks.high: expected a value: the key is required",
			"3:18: levels.x: expected a whole number in plain digits, not null",
			"3:32: levels.y: expected each key once",
			"3:41: secret: expected no such key: the keys here are name, count, shown, marks, levels, numbers",
		}},
		{"forms", "{\"name\": \"\", \"count\": 0, \"marks\": {\"low\": 1, \"high\": 1e999}, \"numbers\": [\n{\"value\": 1, \"status\": \"hidden\"},\n{\"status\": \"shown\"},\n{\"status\": 1},\n{\"values\": 2, \"status\": \"hidden\"}]}", []string{
			"1:54: marks.high: expected a decimal number such as 0.9 or 1e-6, not 1e999",
			"2:1: numbers[0].status: expected another word",
			"3:1: numbers[1].status: expected another word",
			"4:12: numbers[2].status: expected a text, not a number",
			"5:2: numbers[3].values: expected no such key: the keys here are status",
		}},
		{"missing", "{\"marks\": {\"mid\": 1, \"low\": 1, \"low\": 2, \"high\": 3}}", []string{
			"1:1: name: expected a value: the key is required", "1:1: count: expected a value: the key is required", "1:12: marks.mid: expected no such key: the keys here are low, high", "1:32: marks.low: expected each key once",
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var d document
			if diff := cmp.Diff(tt.want, inputtest.Problems(t, ReadJSON("f", []byte(tt.data), &d, documentForms))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// plainOf is a value as encoding/json reads it.
func plainOf(n node) any {
	switch n.kind {
	case kindMapping:
		m := map[string]any{}
		for _, e := range n.keys {
			m[e.key] = plainOf(e.value)
		}
		return m
	case kindList:
		list := []any{}
		for _, item := range n.items {
			list = append(list, plainOf(item))
		}
		return list
	case kindNumber:
		return json.Number(n.text)
	case kindBoolean:
		return n.text == "true"
	case kindText:
		return n.text
	}
	return nil
}

// The values are those that encoding/json finds, and reading always ends.
func FuzzReadJSON(f *testing.F) {
	f.Add([]byte(wholeDocument))
	f.Add([]byte(` [ "\"\\" , -0.5e+3 ,{ }, [ ], null,false ]`))
	f.Add([]byte("{\"a\":\t\"\\ud83d\\ude00\u2028\"}\r\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var d document
		if err := ReadJSON("f", data, &d, documentForms); err != nil {
			inputtest.Check(t, err)
		}
		c, at := &Checker{data: data}, 0
		if !json.Valid(data) || !utf8.Valid(data) {
			return
		}
		root, ok := c.nextJSON(&at, deepest)
		if !ok {
			return
		}
		decoder := json.NewDecoder(bytes.NewReader(data))
		decoder.UseNumber()
		var want any
		if err := decoder.Decode(&want); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, plainOf(root)); diff != "" {
			t.Error(diff)
		}
	})
}
