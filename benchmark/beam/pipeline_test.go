package beam

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"maturitybench/benchmark/instrument"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/core/graph"
)

// What enters the combines of a walk, on the graph of its pipeline, is outputs of
// pack and once that these hand out at the end of a bundle. The pseudonyms, an
// element a company, go to the grouping alone.
func TestOnlyBundlesAreCombined(t *testing.T) {
	header, rows := panelCSV(t, 60)
	folder := write(t, map[string][]byte{"a.csv": slices.Concat(header, rows[0])})
	w := walksOf(t, 60)
	for name, begin := range map[string]begin{
		"files":  files([]string{filepath.Join(folder, "*.csv")}),
		"sheets": fromSheets(func(s beam.Scope) beam.PCollection { return beam.CreateList(s, []Sheet{{Company: "a"}}) }),
	} {
		for _, once := range []bool{true, false} {
			walk, want := w.main, []string{"pack 0", "pack 2"}
			if once {
				walk, want = w.first, []string{"once 0", "pack 0", "pack 2"}
			}
			made, _, err := newJob(t.Context(), instrument.JSP(), walk, "")
			if err != nil {
				t.Fatal(err)
			}
			p := &panel{in: instrument.JSP(), begin: begin}
			pipeline, err := p.pipeline(t.Context(), made, "result", once)
			if err != nil {
				t.Fatal(err)
			}
			edges, _, err := pipeline.Build()
			if err != nil {
				t.Fatal(err)
			}
			if got := combined(edges); !slices.Equal(got, want) {
				t.Errorf("%s, first walk %v: %v are combined, want %v", name, once, got, want)
			}
		}
	}
}

// combined are the outputs of the functions of this package that enter a combine.
func combined(edges []*graph.MultiEdge) []string {
	makers := map[*graph.Node]*graph.MultiEdge{}
	for _, edge := range edges {
		for _, out := range edge.Output {
			makers[out.To] = edge
		}
	}
	found := map[string]bool{}
	var trace func(node *graph.Node)
	trace = func(node *graph.Node) {
		edge := makers[node]
		name := ""
		if edge.DoFn != nil {
			switch edge.DoFn.Recv.(type) {
			case *fileFn, *sheetFn:
				name = "pack"
			case *onceFn:
				name = "once"
			}
		}
		if name == "" {
			for _, in := range edge.Input {
				trace(in.From)
			}
			return
		}
		at := slices.IndexFunc(edge.Output, func(out *graph.Outbound) bool { return out.To == node })
		found[fmt.Sprint(name, " ", at)] = true
	}
	for _, edge := range edges {
		if edge.Op == graph.Combine {
			for _, in := range edge.Input {
				trace(in.From)
			}
		}
	}
	var names []string
	for name := range found {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Of a bundle there is one tally and one list of problems, however many sheets it
// has, and nothing of them before its end; the next bundle begins with neither.
func TestBundle(t *testing.T) {
	w := walksOf(t, 60)
	made, driver, err := newJob(t.Context(), instrument.JSP(), w.first, "")
	if err != nil {
		t.Fatal(err)
	}
	fn := &sheetFn{packer{Job: *made}}
	if err := fn.Setup(context.Background()); err != nil {
		t.Fatal(err)
	}
	var tallies, problems [][]byte
	companies := 0
	tally := func(data []byte) { tallies = append(tallies, data) }
	once := func([]byte, message) { companies++ }
	problem := func(data []byte) { problems = append(problems, data) }
	bundle := func(sheets, wrong int) {
		t.Helper()
		tallies, problems, companies = nil, nil, 0
		fn.StartBundle(t.Context(), tally, once, problem)
		for i := range sheets + wrong {
			sheet := Sheet{Company: fmt.Sprint(i), Scores: map[string]int{"org-01": 1}}
			if i >= sheets {
				sheet.Scores["org-01"] = 77
			}
			if err := fn.ProcessElement(t.Context(), sheet, tally, once, problem); err != nil {
				t.Fatal(err)
			}
		}
		if len(tallies)+len(problems) > 0 || companies != sheets {
			t.Errorf("before the end of a bundle of %d sheets: %d tallies, %d lists of problems, %d companies", sheets, len(tallies), len(problems), companies)
		}
		if err := fn.FinishBundle(t.Context(), tally, once, problem); err != nil {
			t.Fatal(err)
		}
		if len(tallies) != min(sheets, 1) || len(problems) != min(wrong, 1) {
			t.Errorf("%d sheets and %d problems: %d tallies, %d lists of problems", sheets, wrong, len(tallies), len(problems))
		}
		part := driver.walk.NewPart()
		for _, sealed := range tallies {
			if err := driver.merge(part, &partial{sealed: sealed}); err != nil {
				t.Fatal(err)
			}
		}
		if part.Companies() != int64(sheets) {
			t.Errorf("a bundle of %d sheets has a tally of %d", sheets, part.Companies())
		}
		for _, data := range problems {
			list, err := problemFn{}.AddInput(found{}, data)
			if err != nil || len(list.List) != min(wrong, most) || len(list.List)+list.More != wrong {
				t.Errorf("%d problems: a list of %d and %d more, error %v", wrong, len(list.List), list.More, err)
			}
		}
	}
	bundle(1100, 30)
	bundle(3, 0)
	bundle(0, 2)
	bundle(0, 0)
	fn.StartBundle(t.Context(), tally, once, problem)
	if err := fn.ProcessElement(t.Context(), Sheet{Company: "left", Scores: map[string]int{"org-01": 1}}, tally, once, problem); err != nil {
		t.Fatal(err)
	}
	bundle(2, 0) // after one that failed
}

// A place goes through its bytes.
func TestPlace(t *testing.T) {
	for _, want := range []place{{}, {"a.csv", 1, 0}, {"s3://bucket/ä b,c.csv", 1 << 40, 300}} {
		if got, err := parsePlace(want.append(nil)); err != nil || got != want {
			t.Errorf("got %v and %v, want %v", got, err, want)
		}
	}
	for _, data := range [][]byte{nil, {0x80}, {1}, {1, 0x80}} {
		if _, err := parsePlace(data); err == nil {
			t.Errorf("% x is a place", data)
		}
	}
}
