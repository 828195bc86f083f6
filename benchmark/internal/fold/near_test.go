package fold_test

import (
	"testing"

	"maturitybench/benchmark/internal/fold"
)

func TestNearest(t *testing.T) {
	for text, want := range map[string]string{"org-30": "org-03", "ORG-01": "org-01", "xyz": "", "org-o1": "org-01", "": ""} {
		if got := fold.Nearest(text, []string{"org-01", "org-02", "org-03"}); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
