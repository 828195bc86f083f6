package exports_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"maturitybench/benchmark/exports"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/inputtest"
	"maturitybench/benchmark/mapping"
)

const form = "../../examples/export/form.csv"

// Both drafts are files that can be read, and a person has little to edit.
func TestDraftOfBoth(t *testing.T) {
	e, err := exports.Open(form)
	if err != nil {
		t.Fatal(err)
	}
	drafted, err := exports.Draft(e, nil)
	if err != nil {
		t.Fatal(err)
	}
	in, err := instrument.Parse("instrument.yaml", drafted.Instrument)
	if err != nil {
		t.Fatalf("%v\n%s", err, drafted.Instrument)
	}
	spec := in.Spec()
	if len(spec.Scale) != 4 || spec.Scale[3].Name != "Defined" || len(spec.Questions()) != 6 || len(spec.Attributes) != 1 || len(spec.Attributes[0].Values) != 3 {
		t.Errorf("the instrument is not that of the form:\n%s", drafted.Instrument)
	}
	m, err := mapping.Parse("import.yaml", drafted.Mapping)
	if err != nil {
		t.Fatalf("%v\n%s", err, drafted.Mapping)
	}
	report, err := exports.Check(context.Background(), e, in, m)
	if err != nil || report.Counts.Sheets != 41 || len(report.Problems) != 1 {
		t.Errorf("error %v, report:\n%s", err, report)
	}
	// the comments that the problem leads to
	edited := strings.NewReplacer("# duplicates", "duplicates", "# timestamp", "timestamp").Replace(string(drafted.Mapping))
	if m, err = mapping.Parse("import.yaml", []byte(edited)); err != nil {
		t.Fatal(err)
	}
	if report, err = exports.Check(context.Background(), e, in, m); err != nil || !report.Ready() || report.Counts.Sheets != 41 {
		t.Errorf("error %v, report:\n%s", err, report)
	}
}

func TestDraftOfAMapping(t *testing.T) {
	for name, c := range map[string]struct {
		text       string
		has, hasNo []string
	}{
		"guesses": {"Organisation,Size,There is a strategy,Metrics?,RecordedDate\nSecret Ltd,1 to 49,Often,1,x\nB,1 to 49,Often,1,y\nC,huge,Rarely,1,z\nD,huge,Rarely,NA,z\n",
			[]string{`company: "Organisation"   # guessed`, `# timestamp: "RecordedDate"`, `column: "Size"`, `# values: {small: ["huge"]}`, `gov-01: "There is a strategy"`, "# gov-02: …", `# answers: {0: ["Rarely"]}`, `not read: ["Metrics?"]`},
			[]string{"Secret", `"y"`}},
		"nothing":      {"a,b\n1,2\n3,4\n", []string{"# company: …", "unit: company", "# attributes:", "# questions:"}, nil},
		"near":         {"company,size,gov-1,gov-02\nA,small,1,2\nB,small,1,2\n", []string{`# gov-01: …   # no column is called so; is it "gov-1"?`}, nil},
		"Qualtrics":    {"Q1,Q2\nWhich company?,There is a strategy\n\"{\"\"ImportId\"\":\"\"a\"\"}\",\"{\"\"ImportId\"\":\"\"b\"\"}\"\nA,Often\n", []string{"skip_rows: 2", `company: "Q1"`, `gov-01: "Q2"`}, nil},
		"two rows":     {"company,size,How often?,\n,Response,There is a strategy,There are metrics\nA,small,Often,Never\n", []string{"header_rows: 2", `gov-01: "How often? - There is a strategy"`}, nil},
		"odd names":    {"company,\"a \"\"b\"\" \\ c:\n#d\"\nA,1\nB,1\n", []string{`"a \"b\" \\ c: #d"`}, nil},
		"preview rows": {"company,Status,gov-01\nA,IP Address,1\nB,Survey Preview,1\n", []string{`drop: {"Status": Survey Preview}`}, nil},
	} {
		drafted, err := exports.Draft(open(t, "export.csv", c.text), tiny(t))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if _, err := mapping.Parse("import.yaml", drafted.Mapping); err != nil || drafted.Instrument != nil {
			t.Errorf("%s: %v\n%s", name, err, drafted.Mapping)
		}
		for _, want := range c.has {
			if !strings.Contains(string(drafted.Mapping), want) {
				t.Errorf("%s:\n%s\ndoes not say %s", name, drafted.Mapping, want)
			}
		}
		for _, not := range c.hasNo {
			if strings.Contains(string(drafted.Mapping), not) {
				t.Errorf("%s:\n%s\nsays %s", name, drafted.Mapping, not)
			}
		}
	}
}

func TestDraftOfNothing(t *testing.T) {
	for _, text := range []string{"", "company,size\n", "PK\x03\x04"} {
		if _, err := exports.Draft(open(t, "export.csv", text), nil); err == nil {
			t.Errorf("%q gives a draft", text)
		}
	}
}

// FuzzDraft looks for panics, and for drafts that cannot be read.
func FuzzDraft(f *testing.F) {
	text, err := os.ReadFile(form)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text[:2000], true, uint64(1))
	f.Add([]byte("company;\"a: {b\"\n1;2\n1;2\n"), false, uint64(1))
	f.Add([]byte("a,b\n\u2028,'\n\u2028,'\n"), false, uint64(1))
	path := filepath.Join(f.TempDir(), "export.csv")
	f.Fuzz(func(t *testing.T, text []byte, own bool, seed uint64) {
		in := tiny(t)
		if !own {
			in = nil
		}
		for text := range inputtest.Mutants(text, seed) {
			if err := os.WriteFile(path, text, 0o600); err != nil {
				t.Fatal(err)
			}
			export, err := exports.Open(path)
			if err != nil {
				continue
			}
			drafted, err := exports.Draft(export, in)
			if err != nil {
				continue
			}
			if _, err := mapping.Parse("import.yaml", drafted.Mapping); err != nil {
				t.Errorf("%q: %v\n%s", text, err, drafted.Mapping)
			}
		}
	})
}

// Columns that hold nothing but texts for no answer are no questions.
func TestDraftOfBlanks(t *testing.T) {
	drafted, err := exports.Draft(open(t, "export.csv", "x,y\nna,n/a\nna,n/a\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if text := string(drafted.Instrument); strings.Contains(text, "n/a") {
		t.Errorf("no answer became a level:\n%s", text)
	}
}
