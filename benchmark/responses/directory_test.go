package responses_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/responses"
)

// directory writes documents.
func directory(t *testing.T, documents map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range documents {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// A directory of JSON documents is one file of answer sheets. What is wrong is
// said with the name of the document.
func TestDirectoryOfDocuments(t *testing.T) {
	in, err := instrument.New(instrument.Spec{
		ID: "tiny", Version: "1", Title: "Tiny", Scale: []instrument.Level{{Level: 0, Name: "None"}, {Level: 1, Name: "Some"}, {Level: 2, Name: "Most"}, {Level: 3, Name: "All"}},
		Domains: []instrument.Domain{{ID: "d", Title: "D", Questions: []instrument.Question{{ID: "org-01", Text: "There is a plan"}}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	good := directory(t, map[string]string{
		"b.json": "{\n \"company\": \"B\",\r\n \"scores\": {\"org-01\": 2}\n}", "a.JSON": "\ufeff{\"company\": \"A\", \"org-01\": \"3\"}",
		".hidden.json": "x", "notes.txt": "x",
	})
	data, err := responses.Load(context.Background(), in, good)
	if err != nil || data == nil {
		t.Errorf("data %v, error %v", data, err)
	}
	bad := directory(t, map[string]string{
		"01.json": `{"company": "Secret", "org-01": 2}`, "02.json": "{\n\"company\": \"secret\", \"org-01\": 2}", "03.json": `{"company": "C", "org-01": 77}`, "04.json": `{"company": "D"`,
	})
	_, err = responses.Load(context.Background(), in, bad)
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{
		bad + "/02.json: company: expected one response a company; 01.json has the first", bad + "/03.json: org-01: expected a level from 0 to 3", bad + "/04.json: expected a closing brace",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%v\ndoes not say %s", err, want)
		}
	}
	said := strings.ReplaceAll(err.Error(), bad, "") // the number of a temporary folder may hold any digits
	if strings.Contains(strings.ToLower(said), "secret") || strings.Contains(said, "77") {
		t.Errorf("%v tells what is in the files", err)
	}
	if _, err := responses.Load(context.Background(), in, t.TempDir()); err == nil || !strings.Contains(err.Error(), "expected a file, or a directory with files that end in .json") {
		t.Errorf("an empty directory: %v", err)
	}
}
