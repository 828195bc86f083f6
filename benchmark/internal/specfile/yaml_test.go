package specfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"maturitybench/benchmark/internal/inputtest"
)

// sample has every kind of field that a format may have.
type sample struct {
	Text   string   `yaml:"text,omitempty"`
	Whole  int      `yaml:"whole,omitempty"`
	Number float64  `yaml:"number,omitempty"`
	Yes    bool     `yaml:"yes,omitempty"`
	Texts  []string `yaml:"texts,omitempty"`
	Inner  *inner   `yaml:"inner,omitempty"`
	List   []inner  `yaml:"list,omitempty"`
	Hidden int
}

type inner struct {
	ID   string `yaml:"id"`
	Note string `yaml:"note,omitempty"`
}

func readSample(data string) (sample, *Checker, error) {
	var s sample
	c, err := ReadYAML("f", []byte(data), &s)
	if err == nil {
		err = c.Err()
	}
	return s, c, err
}

func TestReadYAML(t *testing.T) {
	tests := []struct {
		name, data string
		want       sample
	}{
		{"plain", "text: a b\nwhole: -3\nnumber: 0.5\nyes: true\ntexts: [a, b]\n", sample{Text: "a b", Whole: -3, Number: 0.5, Yes: true, Texts: []string{"a", "b"}}},
		{"JSON", `{"text":"a\u00e9\ud83d\ude00\/","number":1E-6,"list":[{"id":"x"}]}`, sample{Text: "aé😀/", Number: 1e-6, List: []inner{{ID: "x"}}}},
		{"JSON indented with tabs", "{\n\t\"texts\": [\n\t\t\"a\"\n\t],\n\t\"inner\": {\n\t\t\"id\": \"x\"\n\t}\n}\n", sample{Texts: []string{"a"}, Inner: &inner{ID: "x"}}},
		{"block lists", "list:\n- id: a\n  note: n\n-\n  id: b\n", sample{List: []inner{{"a", "n"}, {"b", ""}}}},
		{"comments", "# one\ntext: a # two\n# three\nwhole: 1\n", sample{Text: "a", Whole: 1}},
		{"byte order mark and CRLF", "\ufefftext: a\r\nwhole: 1\r\n", sample{Text: "a", Whole: 1}},
		{"quoted", "text: '2026'\ntexts: [\"no\", 'it''s', \"~\", \"\"]\n", sample{Text: "2026", Texts: []string{"no", "it's", "~", ""}}},
		{"folded", "text: >-\n  a\n  b\nwhole: 1\n", sample{Text: "a b", Whole: 1}},
		{"literal number", "text: |-\n  2026\n", sample{Text: "2026"}},
		{"document marks", "---\ntext: a\n...\n", sample{Text: "a"}},
		{"quoted keys", "\"text\": a\n'whole': 2\n", sample{Text: "a", Whole: 2}},
		{"empty list and mapping", "texts: []\nlist: []\n", sample{Texts: []string{}, List: []inner{}}},
		{"text that only begins like a number", "text: 1.2.3\ntexts: [2026-q1, 10%, v1, 1e, e5, nope, nulls, 2026-01]\n", sample{Text: "1.2.3", Texts: []string{"2026-q1", "10%", "v1", "1e", "e5", "nope", "nulls", "2026-01"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, _, err := readSample(tt.data)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Numbers as YAML 1.1, YAML 1.2 and JSON agree to read them.
func TestReadYAMLNumbers(t *testing.T) {
	for text, want := range map[string]float64{
		"1e-6": 1e-6, "1E-6": 1e-6, "1.0e-06": 1e-6, "4": 4, "-4": -4, "+4": 4, "0": 0, ".5": 0.5, "5.": 5, "0.90": 0.9, "1e2": 100, "-1.5E+2": -150,
	} {
		got, _, err := readSample("number: " + text)
		if err != nil || got.Number != want {
			t.Errorf("%s reads as %v, not %v: %v", text, got.Number, want, err)
		}
	}
	for _, text := range []string{"010", "0x10", "0o7", "0b1", "1_000", ".inf", "-.inf", ".nan", "1e400", "1:30", "1e", "four", `"4"`, "~", "true", "[4]", "{a: 4}", "2026-01-01"} {
		if got, _, err := readSample("number: " + text); err == nil || got.Number != 0 {
			t.Errorf("%s reads as %v, %v", text, got.Number, err)
		}
	}
	for _, text := range []string{"1.0", "1e2", "+1", "01", "0x1", "1_0", "9223372036854775808", `"1"`, "null"} {
		if got, _, err := readSample("whole: " + text); err == nil || got.Whole != 0 {
			t.Errorf("%s reads as %v, %v", text, got.Whole, err)
		}
	}
	for _, text := range []string{"yes", "True", "on", `"true"`, "1", "~"} {
		if got, _, err := readSample("yes: " + text); err == nil || got.Yes {
			t.Errorf("%s reads as %v, %v", text, got.Yes, err)
		}
	}
}

// What YAML 1.1 or 1.2 reads as a number, boolean, null or date is no text
// (YAML 1.2.2 §10.3.2; YAML 1.1 types bool, float, int, null, timestamp).
func TestReadYAMLUnquotedTexts(t *testing.T) {
	tests := []struct{ kind, texts string }{
		{"a number", "2026 1 -1 +1 1.0 .5 1e5 1e-6 1E5 0x1F 0o17 0b11 010 1_000 1:30 12:30:45 .inf -.inf .nan 99999999999999999999 1e400 00"},
		{"a boolean", "true True TRUE false no No NO yes on off OFF"},
		{"null", "~ null Null NULL"},
		{"a date", "2026-01-01 2026-1-1 2026-01-01T00:00:00Z"},
	}
	for _, tt := range tests {
		for text := range strings.FieldsSeq(tt.texts) {
			_, _, err := readSample("text: " + text + "\n")
			want := []string{fmt.Sprintf(`1:7: text: expected a text, not %s: write "%s"`, tt.kind, text)}
			if diff := cmp.Diff(want, inputtest.Problems(t, err)); diff != "" {
				t.Errorf("%s: %s", text, diff)
			}
			if got, _, err := readSample("text: '" + text + "'\n"); err != nil || got.Text != text {
				t.Errorf("%s in quotes: %q, %v", text, got.Text, err)
			}
		}
	}
}

func TestReadYAMLProblems(t *testing.T) {
	const keys = "the keys here are text, whole, number, yes, texts, inner, list"
	tests := []struct {
		name, data string
		want       []string
	}{
		{"unknown keys", "text: a\nhidden: 1\nHidden: 1\ninner: {id: a, ID: b}\n", []string{
			"2:1: hidden: expected no such key: " + keys,
			"3:1: Hidden: expected no such key: " + keys,
			"4:16: inner.ID: expected no such key: the keys here are id, note",
		}},
		{"odd keys", "\"a\\nb\": 1\n\"\": 2\n5: 3\n", []string{
			`1:1: a\nb: expected no such key: ` + keys,
			"2:1: expected no such key: " + keys,
			"3:1: 5: expected no such key: " + keys,
		}},
		{"long key", strings.Repeat("k", 100) + ": 1\n", []string{"1:1: " + strings.Repeat("k", 40) + "…: expected no such key: " + keys}},
		{"doubled keys", "text: a\nwhole: 1\ntext: b\n\"whole\": 2\n", []string{
			"3:1: text: expected each key once",
			"4:1: whole: expected each key once",
		}},
		{"missing keys", "inner: {note: x}\nlist:\n  - id: a\n  - note: b\n  - {}\n", []string{
			"1:8: inner.id: expected a value: the key is required",
			"4:5: list[1].id: expected a value: the key is required",
			"5:5: list[2].id: expected a value: the key is required",
		}},
		{"wrong types", "text: [a]\nwhole: x\nnumber:\nyes: 0\ntexts: a\ninner: [a]\nlist: {id: a}\n", []string{
			"1:7: text: expected a text, not a list",
			"2:8: whole: expected a whole number in plain digits, not a text",
			"3:8: number: expected a decimal number such as 0.9 or 1e-6, not null",
			"4:6: yes: expected true or false, not 0",
			"5:8: texts: expected a list, not a text",
			"6:8: inner: expected keys with values, not a list",
			"7:7: list: expected a list, not keys with values",
		}},
		{"inside lists", "texts:\n  - a\n  - 5\n  -\n  - [b]\nlist: [x, {id: ~}]\n", []string{
			`3:5: texts[1]: expected a text, not a number: write "5"`,
			"4:4: texts[2]: expected a text, not null",
			"5:5: texts[3]: expected a text, not a list",
			"6:8: list[0]: expected keys with values, not a text",
			`6:16: list[1].id: expected a text, not null: write "~"`,
		}},
		{"after tabs and before spaces", "{\n\t\"text\": 1,\n\t\"whole\":\t\"x\"  \n}\n", []string{
			`2:10: text: expected a text, not a number: write "1"`,
			"3:11: whole: expected a whole number in plain digits, not a text",
		}},
		{"before spaces", "text: 5   \nwhole: x \nyes: no\t\n", []string{
			`1:7: text: expected a text, not a number: write "5"`,
			"2:8: whole: expected a whole number in plain digits, not a text",
			"3:6: yes: expected true or false, not a boolean",
		}},
		{"columns count characters", "inner: {id: é, ö: 1, note: 5}\n", []string{
			"1:16: inner.ö: expected no such key: the keys here are id, note",
			`1:28: inner.note: expected a text, not a number: write "5"`,
		}},
		{"more than twenty", strings.Repeat("x: 1\n", 30), append(slicesOf(20, func(i int) string {
			return fmt.Sprintf("%d:1: x: expected no such key: %s", i+1, keys)
		}), "10 more")},
		{"no mapping", "just a text\n", []string{"1:1: expected keys with values, not a text"}},
		{"list", "\n- a\n", []string{"2:1: expected keys with values, not a list"}},
		{"anchor", "text: &a x\nwhole: 1\n", []string{"1:7: expected plain YAML without anchors, aliases, tags, directives and complex keys, not &"}},
		{"alias", "text: x\ninner: *a\n", []string{"2:8: expected plain YAML without anchors, aliases, tags, directives and complex keys, not *"}},
		{"merge", "<<: {text: a}\n", []string{"1:1: expected plain YAML without anchors, aliases, tags, directives and complex keys, not <<"}},
		{"tag", "text: !!str 5\n", []string{"1:7: expected plain YAML without anchors, aliases, tags, directives and complex keys, not !!str"}},
		{"complex key", "? text\n: a\n", []string{"1:1: expected plain YAML without anchors, aliases, tags, directives and complex keys, not ?"}},
		{"directive", "%YAML 1.2\n---\ntext: a\n", []string{"1:1: expected plain YAML without anchors, aliases, tags, directives and complex keys, not %"}},
		{"two documents", "text: a\n---\ntext: b\n", []string{"3:1: expected one YAML document"}},
		{"syntax", "text: a\nwhole: b: c\n", []string{"2:8: expected YAML; mapping value is not allowed in this context"}},
		{"open quote", "text: \"a\n", []string{"1:7: expected YAML; could not find end character of double-quoted text"}},
		{"trailing bracket", `{"text": "a"}}`, []string{"1:14: expected YAML; value is not allowed in this context"}},
		{"deep flow", "texts: " + strings.Repeat("[", 40), []string{"1:40: expected at most 32 levels of nesting"}},
		{"deep block", strings.Repeat("- ", 40), []string{"1:65: expected at most 32 levels of nesting"}},
		{"empty", "", []string{"expected YAML, not an empty file"}},
		{"blank", " \n\t\n", []string{"expected YAML, not an empty file"}},
		{"comments only", "# nothing\n", []string{"expected YAML, not comments alone"}},
		{"gzip", "\x1f\x8b\x08\x00", []string{"expected an unpacked text file, not a gzip archive"}},
		{"UTF-16", "\xff\xfet\x00", []string{"expected text in UTF-8, not in UTF-16 or UTF-32"}},
		{"Latin-1", "text: a\nwhole: 1\ntexts: [M\xfcller]\n", []string{"3:10: expected text in UTF-8"}},
		{"control character", "text: a\x00b\n", []string{"1:8: expected text without control characters"}},
		{"long", strings.Repeat("#", MaxFileSize+1), []string{"expected at most 4 MiB"}},
		{"many lines", strings.Repeat("#\n", maxLines+1), []string{"expected at most 20000 lines"}},
		{"many tokens", "texts: [" + strings.Repeat("a,", maxTokens) + "]", []string{"expected at most 100000 keys, values and signs"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, _, err := readSample(tt.data)
			if diff := cmp.Diff(tt.want, inputtest.Problems(t, err)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func slicesOf[T any](n int, f func(int) T) []T {
	list := make([]T, n)
	for i := range list {
		list[i] = f(i)
	}
	return list
}

// Every value that is read has the place where its text begins.
func TestReadYAMLPlaces(t *testing.T) {
	data := "text:   a   \nwhole:\n   7  \ntexts:\n  -  b \n\n  # comment\n  - \"c\"\t\ninner: { id: d , note: 'e' }\nlist:\n- id: |-\n    f\n\n\n  note: g   # comment\n-   id: h\n"
	want := map[string]place{
		"": {1, 1}, "text": {1, 9}, "whole": {3, 4}, "texts": {5, 3}, "texts[0]": {5, 6}, "texts[1]": {8, 5},
		"inner": {9, 8}, "inner.id": {9, 14}, "inner.note": {9, 24},
		"list": {11, 1}, "list[0]": {11, 3}, "list[0].id": {11, 7}, "list[0].note": {15, 9}, "list[1]": {16, 5}, "list[1].id": {16, 9},
	}
	_, c, err := readSample(data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, c.places, cmp.AllowUnexported(place{})); diff != "" {
		t.Error(diff)
	}
}

func TestReadFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "f.yaml")
	if err := os.WriteFile(path, []byte("12345"), 0o600); err != nil {
		t.Fatal(err)
	}
	if data, err := ReadFile(path, 5); err != nil || string(data) != "12345" {
		t.Errorf("%q, %v", data, err)
	}
	_, err := ReadFile(filepath.Join(dir, "none.yaml"), 5)
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing file: %v", err)
	}
	if _, err := ReadFile(dir, 5); err == nil || err.Error() != dir+": expected a file, not a directory" {
		t.Errorf("directory: %v", err)
	}
	if _, err := ReadFile(path, 4); err == nil || !strings.HasSuffix(err.Error(), "f.yaml: expected at most 0 MiB") {
		t.Errorf("large file: %v", err)
	}
}

// A struct that no file can fill is a mistake of this package.
func TestReadYAMLUnknownKind(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	var bad struct {
		C complex64 `yaml:"c"`
	}
	ReadYAML("f", []byte("c: 1"), &bad)
}
