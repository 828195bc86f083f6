package instrument_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"maturitybench/benchmark/instrument"
)

func TestJSP(t *testing.T) {
	in := instrument.JSP()
	if in != instrument.JSP() {
		t.Error("parsed twice")
	}
	spec := in.Spec()
	if spec.ID != "jsp" || spec.Version != "1" {
		t.Errorf("%s %s", spec.ID, spec.Version)
	}
	if len(spec.Scale) != 6 || spec.Scale[0].Level != 0 {
		t.Errorf("scale %v", spec.Scale)
	}
	for _, level := range spec.Scale {
		if level.Test == "" {
			t.Errorf("level %d has no test", level.Level)
		}
	}
	sizes := map[string]int{}
	for _, d := range spec.Domains {
		for i, q := range d.Questions {
			if want := fmt.Sprintf("%s-%02d", d.ID, i+1); q.ID != want {
				t.Errorf("%s, not %s", q.ID, want)
			}
			sizes[d.ID]++
		}
	}
	// 44 questions in four categories, as the 2022 benchmark report counts them.
	if diff := cmp.Diff(map[string]int{"org": 10, "rm": 9, "dc": 15, "ch": 10}, sizes); diff != "" || len(in.Spec().Questions()) != 44 {
		t.Error(diff)
	}
	values := map[string]int{}
	for _, a := range spec.Attributes {
		values[a.ID] = len(a.Values)
	}
	if diff := cmp.Diff(map[string]int{"size": 3, "kind": 4, "region": 4}, values); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"NA", "DK"}, spec.NoAnswer); diff != "" {
		t.Error(diff)
	}
}

// Each question states one practice: a sentence of its own, short, without a
// full stop.
func TestJSPSentences(t *testing.T) {
	seen := map[string]bool{}
	for _, q := range instrument.JSP().Spec().Questions() {
		if seen[q.Text] || len(q.Text) > 120 || strings.HasSuffix(q.Text, ".") || strings.Contains(q.Text, "?") {
			t.Errorf("%s: %s", q.ID, q.Text)
		}
		seen[q.Text] = true
	}
}

// The text gives the built-in instrument again, and is a copy.
func TestJSPText(t *testing.T) {
	text := instrument.JSPText()
	in, err := instrument.Parse("jsp.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(instrument.JSP().Spec(), in.Spec()); diff != "" {
		t.Errorf("the text is that of another instrument (-built in +text):\n%s", diff)
	}
	clear(text)
	if bytes.Equal(instrument.JSPText(), text) {
		t.Error("whoever changes the text changes the built-in one")
	}
}
