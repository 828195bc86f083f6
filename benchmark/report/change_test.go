package report

import (
	"bytes"
	"strings"
	"testing"

	"maturitybench/benchmark/publication"
)

func TestChangeSays(t *testing.T) {
	earlier, later := waves(t)
	var out bytes.Buffer
	if err := MarkdownWith(&out, later, Options{Earlier: []*publication.Release{earlier}}); err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(out.String(), "## Change since the last wave")
	section, _, _ = strings.Cut(section, "\n## ")
	for _, want := range []string{
		"From wave 2025 to wave 2026", "The overall mean went up by +0.3", "1 went up and 0 went down; 7 cannot", "| down |", "need not be the same ones", "The losses of the 2 waves add up", "cannot be told apart from no change",
	} {
		if !strings.Contains(section, want) {
			t.Errorf("the section lacks %q:\n%s", want, section)
		}
	}
}

// Releases without anything in common leave a section that says so.
func TestNothingToCompare(t *testing.T) {
	earlier, later := load(t, "suppressed"), load(t, "secret")
	earlier.Wave, earlier.ID = "2025", "1"+earlier.ID[1:]
	var out bytes.Buffer
	if err := MarkdownWith(&out, later, Options{Earlier: []*publication.Release{earlier}}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "Nothing is the same in both waves, or shown in both.") {
		t.Error("the section does not say that nothing is compared")
	}
}
