package inputtest_test

import (
	"bytes"
	"strings"
	"testing"

	"maturitybench/benchmark/internal/inputtest"
)

// The texts are the same for the same seed, begin with the text itself, and
// nearly all of the others differ from it and from each other.
func TestMutants(t *testing.T) {
	if testing.Short() {
		t.Skip("the quick tier asks for few texts")
	}
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

// A larger number begins with the same texts, and goes further from there.
func TestManyMutants(t *testing.T) {
	if testing.Short() {
		t.Skip("the quick tier asks for few texts")
	}
	data := []byte(strings.Repeat("a", 100))
	var few [][]byte
	for m := range inputtest.Mutants(data, 1) {
		few = append(few, bytes.Clone(m))
	}
	t.Setenv("MATURITYBENCH_MUTANTS", "1000")
	n, least := 0, len(data)
	for m := range inputtest.Mutants(data, 1) {
		if n < len(few) && !bytes.Equal(m, few[n]) {
			t.Fatalf("text %d is %q, and %q among few", n, m, few[n])
		}
		least = min(least, bytes.Count(m, []byte("a")))
		n++
	}
	if n != 1000 {
		t.Errorf("%d texts", n)
	}
	if least > 10 {
		t.Errorf("every text has %d of the letters, and one of few has few", least)
	}
}
