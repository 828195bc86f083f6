package main

import (
	"bytes"
	"fmt"
	"go/token"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// tiny is a package in which a.go and b.go close a cycle by a field and a method,
// c.go and d.go one by a constant and a generic method, and e.go none.
var tiny = map[string]string{
	"a.go": "package p\ntype box struct{ size int }\nfunc (b box) Double() int { return b.twice() }\n",
	"b.go": "package p\nfunc (b box) twice() int { size := 2*b.size; return size + b.size }\n",
	"c.go": "package p\nconst limit = 3\nfunc largest() int { return list[int]{1}.first() + box{}.Double() }\n",
	"d.go": "package p\ntype list[T any] []T\nfunc (l list[T]) first() T { return l[limit-3] }\n",
	"e.go": "package p\nvar all = largest()\n",
}

func dependenciesOf(t *testing.T, sources map[string]string) uses {
	t.Helper()
	text := map[string][]byte{}
	for name, source := range sources {
		text[name] = []byte(source)
	}
	p, err := check("p", token.NewFileSet(), slices.Sorted(maps.Keys(sources)), text, nil)
	if err != nil {
		t.Fatal(err)
	}
	return dependencies(p)
}

func TestDependencies(t *testing.T) {
	want := uses{
		"a.go": {"b.go": {"box.twice"}},
		"b.go": {"a.go": {"box", "size"}},
		"c.go": {"a.go": {"box", "box.Double"}, "d.go": {"list", "list.first"}},
		"d.go": {"c.go": {"limit"}},
		"e.go": {"c.go": {"largest"}},
	}
	if diff := cmp.Diff(want, dependenciesOf(t, tiny)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCycles(t *testing.T) {
	u := dependenciesOf(t, tiny)
	if diff := cmp.Diff([][]string{{"a.go", "b.go"}, {"c.go", "d.go"}}, u.cycles()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]edge{{"a.go", "b.go"}}, u.closing([]string{"a.go", "b.go"}), cmp.AllowUnexported(edge{})); diff != "" {
		t.Errorf("one name closes it, not two (-want +got):\n%s", diff)
	}
}

// Without the edges that close a cycle there is none left, whatever the graph.
func TestClosing(t *testing.T) {
	u, rng := uses{}, rand.New(rand.NewPCG(1, 2))
	for i := range 12 {
		of := map[string][]string{}
		for j := range 12 {
			if i != j && rng.IntN(4) == 0 {
				of[file(j)] = make([]string, 1+rng.IntN(4))
			}
		}
		u[file(i)] = of
	}
	cycles := u.cycles()
	if len(cycles) == 0 || len(cycles[0]) < 8 {
		t.Fatalf("cycles %v: the test needs a large one", cycles)
	}
	for _, e := range u.closing(cycles[0]) {
		delete(u[e.from], e.to)
	}
	for _, c := range u.cycles() {
		for _, f := range c {
			if slices.Contains(cycles[0], f) {
				t.Errorf("cycle %v is left", c)
			}
		}
	}
}

func file(i int) string { return fmt.Sprintf("f%02d.go", i) }

// A package of the module, as the go command lists it: this one.
func TestRun(t *testing.T) {
	var out bytes.Buffer
	most, err := run(&out, []string{"."}, 20)
	if err != nil {
		t.Fatal(err)
	}
	if most != 0 || !strings.Contains(out.String(), "1 packages, the largest cycle has 0 files") {
		t.Errorf("largest cycle %d, report\n%s", most, &out)
	}
}
