package audit

import (
	"context"
	"iter"
	"reflect"
	"testing"

	"maturitybench/privacy"
)

// TestExposed: the ways that an entry once had are found, and nothing in one of
// today.
func TestExposed(t *testing.T) {
	type old struct {
		Wave   string
		Data   iter.Seq[[]byte]
		Gather func(context.Context, privacy.GatherKey) (*privacy.Multiset, error)
	}
	way := func(context.Context, privacy.GatherKey) (*privacy.Multiset, error) { return nil, nil }
	for _, c := range []struct {
		name  string
		value any
		ways  int
	}{
		{"records", old{Data: func(func([]byte) bool) {}}, 1},
		{"gathering", old{Gather: way}, 1},
		{"both, behind a pointer", &old{Data: func(func([]byte) bool) {}, Gather: way}, 2},
		{"a multiset", struct{ Sum *privacy.Multiset }{new(privacy.Multiset)}, 1},
		{"neither", old{}, 0},
		{"an entry", privacy.Entry{Data: privacy.Gathered(way), Plan: []byte("plan")}, 0},
	} {
		if got := exposed("entry", reflect.ValueOf(c.value)); len(got) != c.ways {
			t.Errorf("%s: %q, want %d ways", c.name, got, c.ways)
		}
	}
}
