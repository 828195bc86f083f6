package model

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Polynomials that are remembered are those of their own scale, whoever wrote into them, and
// a process does not remember more and more of them.
func TestPolynomialsAreRemembered(t *testing.T) {
	for i := range 2 * polynomials.most {
		s := Shape{Levels: 4, Domains: []int{2}, Values: []int{0, 1, 3, 4 + i}}
		want := s.polynomials()
		for range 2 {
			got := s.Polynomials()
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("%v: %s", s.Values, diff)
			}
			got[0][0]++
		}
	}
	if n := len(polynomials.entries); n > polynomials.most {
		t.Errorf("%d scales are remembered", n)
	}
}
