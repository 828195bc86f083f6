package parquet_test

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"slices"
	"testing"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/responses"

	"github.com/parquet-go/parquet-go"
)

// table is a Parquet file to be written. The library sorts the columns of a
// schema by name, and so do its rows here: tests list them sorted.
type table struct {
	names []string
	nodes []parquet.Node
	rows  [][]any // nil is null
}

// bytes is the file.
func (t table) bytes(tb testing.TB, options ...parquet.WriterOption) []byte {
	tb.Helper()
	if !slices.IsSorted(t.names) {
		tb.Fatal("the columns are not sorted")
	}
	group := parquet.Group{}
	for i, name := range t.names {
		group[name] = t.nodes[i]
	}
	schema := parquet.NewSchema("answers", group)
	var out bytes.Buffer
	w := parquet.NewWriter(&out, append(options, schema)...)
	builder := parquet.NewRowBuilder(schema)
	for _, row := range t.rows {
		builder.Reset()
		for i, value := range row {
			if value != nil {
				builder.Add(i, parquet.ValueOf(value))
			}
		}
		if _, err := w.WriteRows([]parquet.Row{builder.Row()}); err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// questionnaire is a small instrument with an ignored column and a no_answer
// text; its levels are -1 to 9.
func questionnaire(tb testing.TB) *instrument.Instrument {
	tb.Helper()
	spec := instrument.Spec{
		ID: "small", Version: "1", Title: "Small",
		Domains: []instrument.Domain{{ID: "d1", Title: "One", Questions: []instrument.Question{
			{ID: "q1", Text: "One"}, {ID: "q2", Text: "Two"}, {ID: "q3", Text: "Three"}}}},
		Attributes: []instrument.Attribute{{ID: "size", Values: []instrument.Value{{ID: "small"}, {ID: "large"}}}},
		NoAnswer:   []string{"NA", "99"},
		Ignore:     []string{"email"},
	}
	for level := -1; level <= 9; level++ {
		spec.Scale = append(spec.Scale, instrument.Level{Level: level, Name: "Level"})
	}
	in, err := instrument.New(spec)
	if err != nil {
		tb.Fatal(err)
	}
	return in
}

// walk counts responses and gathers problems and the error that ended the walk.
func walk(sheets iter.Seq2[responses.Response, error]) (n int, problems []input.Problem, failure error) {
	for _, err := range sheets {
		wrong, ok := errors.AsType[*input.Error](err)
		switch {
		case err == nil:
			n++
		case ok:
			problems = append(problems, wrong.Problems...)
		default:
			failure = err
		}
	}
	return n, problems, failure
}

// gather makes a data set.
func gather(tb testing.TB, in *instrument.Instrument, sheets iter.Seq2[responses.Response, error]) *responses.Dataset {
	tb.Helper()
	data, err := responses.NewDataset(context.Background(), in, sheets)
	if err != nil {
		tb.Fatal(err)
	}
	return data
}
