package fold_test

import (
	"testing"

	"maturitybench/benchmark/internal/fold"
)

func TestLabels(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"managed", "managed"},
		{" Managed\u00a0", "managed"},
		{"Don’t  know", "don't know"},
		{"2 – Managed", "2 - managed"},
		{"„so“", `"so"`},
		{"３", "3"},
		{"`x", "'x"},
		{"a  b", "a b"},
		{"a ", "a"},
	} {
		if got := fold.Label(c.text); got != c.want {
			t.Errorf("Label(%q) = %q, want %q", c.text, got, c.want)
		}
		if got := fold.Label(c.want); got != c.want {
			t.Errorf("Label(%q) = %q: a label is its own", c.want, got)
		}
	}
}

func TestSummaries(t *testing.T) {
	for _, s := range []string{"Total", "MEAN", " median ", "Average:", "Sum", "grand  total", "Mittelwert", "Médiane", "ÉCART TYPE"} {
		if _, ok := fold.Summary(fold.Name(nil, []byte(s))); !ok {
			t.Errorf("%q is not taken for a row that sums up", s)
		}
	}
	for _, s := range []string{"", "Total Care Ltd", "Meaning", "Sumitomo", "Mean & Lean", ":", "Totals Inc"} {
		if word, ok := fold.Summary(fold.Name(nil, []byte(s))); ok {
			t.Errorf("%q is taken for a row that sums up, by %q", s, word)
		}
	}
}
