// Package examples_test keeps the documentation in step with the code.
package examples_test

import (
	"bytes"
	"go/format"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/responses"
)

// The blocks of a document by their language, in their order.
func blocks(t *testing.T, path ...string) map[string][]string {
	t.Helper()
	name := filepath.Join(append([]string{".."}, path...)...)
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string][]string{}
	parts := strings.Split("\n"+string(data), "\n```")
	if len(parts)%2 != 1 {
		t.Fatalf("%s has a block without an end", name)
	}
	for i := 1; i < len(parts); i += 2 {
		language, text, _ := strings.Cut(parts[i], "\n")
		found[language] = append(found[language], text+"\n")
	}
	return found
}

// The files of FILES.md are of one survey and fit together.
func TestFilesOfTheirPage(t *testing.T) {
	all := blocks(t, "benchmark", "FILES.md")
	yaml := all["yaml"]
	if len(yaml) != 5 {
		t.Fatalf("FILES.md has %d YAML blocks, want instrument, several scales, texts, account and plan", len(yaml))
	}
	in, err := instrument.Parse("instrument", []byte(yaml[0]))
	if err != nil {
		t.Fatal(err)
	}
	if several, err := instrument.Parse("scales", []byte("id: several\nversion: \"1\"\ntitle: Several scales\n"+yaml[1])); err != nil || !several.Spec().Several() {
		t.Errorf("several scales: %v", err)
	}
	if samm, err := instrument.Named("samm"); err != nil {
		t.Error(err)
	} else if said, err := samm.ParseTexts("texts", []byte(yaml[2])); err != nil || said.Spec().Version != "2+de-1" {
		t.Errorf("texts: %v", err)
	}
	account, err := benchmark.ParseAccount("account", []byte(yaml[3]))
	if err != nil {
		t.Fatal(err)
	}
	plan, err := benchmark.ParsePlan(in, "plan", []byte(yaml[4]))
	if err != nil {
		t.Fatal(err)
	}
	if spec := plan.Spec(); spec.Account != account.ID || spec.Roster != account.Roster {
		t.Errorf("the plan is of account %s (%s), not of %s (%s)", spec.Account, spec.Roster, account.ID, account.Roster)
	}
	if _, err := responses.NewDataset(t.Context(), in, responses.ReadCSV(in, strings.NewReader(all["csv"][0]))); err != nil {
		t.Errorf("CSV: %v", err)
	}
	if _, err := responses.NewDataset(t.Context(), in, responses.ReadJSONL(in, strings.NewReader(all["json"][0]))); err != nil {
		t.Errorf("JSON Lines: %v", err)
	}
}

// That the program runs is tried by .ci/run, outside the module.
func TestProgramOfReadmeIsFormatted(t *testing.T) {
	program := blocks(t, "README.md")["go"]
	if len(program) != 1 {
		t.Fatalf("README.md has %d Go blocks, want one program", len(program))
	}
	formatted, err := format.Source([]byte(program[0]))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(formatted, []byte(program[0])) {
		t.Error("the program in README.md is not formatted by gofmt")
	}
}
