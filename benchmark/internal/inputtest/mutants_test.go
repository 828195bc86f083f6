package inputtest_test

import (
	"strings"
	"testing"

	"maturitybench/benchmark/internal/inputtest"
)

// The texts are the same for the same seed, begin with the text itself, and
// nearly all of the others differ from it and from each other.
func TestMutants(t *testing.T) {
	const text = "company,size,gov-01\nA,small,3\n"
	texts := func(seed uint64) (all []string) {
		for m := range inputtest.Mutants([]byte(text), seed) {
			all = append(all, string(m))
		}
		return all
	}
	first := texts(1)
	if len(first) != inputtest.MutantsPerInput || first[0] != text {
		t.Fatalf("%d texts, the first of them %q", len(first), first[0])
	}
	if strings.Join(first, "\x01") != strings.Join(texts(1), "\x01") {
		t.Error("the same seed gives other texts")
	}
	different := map[string]bool{}
	for _, m := range append(first, texts(2)...) {
		different[m] = true
	}
	if len(different) < inputtest.MutantsPerInput {
		t.Errorf("%d different texts of %d", len(different), 2*inputtest.MutantsPerInput)
	}
	for range inputtest.Mutants(nil, 1) { // an empty text has mutants too
	}
}
