package parquet_test

import (
	"bytes"
	"testing"

	"maturitybench/benchmark/mapping"
	"maturitybench/benchmark/parquet"
	"maturitybench/benchmark/responses"

	parquetgo "github.com/parquet-go/parquet-go"
)

// A table as analysts write it: other names, numbers of floating point, columns
// of types that cannot be read.
func TestReadThroughMapping(t *testing.T) {
	file := table{[]string{"Firm", "Size", "a", "b", "q3", "when"}, []parquetgo.Node{
		parquetgo.String(), parquetgo.Optional(parquetgo.String()),
		parquetgo.Leaf(parquetgo.DoubleType), parquetgo.Optional(parquetgo.Leaf(parquetgo.DoubleType)), parquetgo.Optional(parquetgo.Int(64)), parquetgo.UUID(),
	}, [][]any{
		{"c1", "Small", 10.0, nil, int64(3), [16]byte{}},
		{"c2", nil, 20.0, 10.0, nil, [16]byte{}},
	}}.bytes(t)
	options := responses.Options{Mapping: &mapping.Mapping{
		Company:   &mapping.Column{Column: mapping.Texts{"firm"}},
		Questions: map[string]mapping.Question{"q1": {Column: mapping.Texts{"a"}}, "q2": {Column: mapping.Texts{"b"}}},
		Answers:   map[string]mapping.Match{"1": {Texts: mapping.Texts{"10"}}, "2": {Texts: mapping.Texts{"20"}}, "3": {Texts: mapping.Texts{"3"}}},
	}}
	n, problems, err := walk(parquet.Read(questionnaire(t), bytes.NewReader(file), int64(len(file)), options))
	if n != 2 || len(problems) > 0 || err != nil {
		t.Errorf("%d responses, problems %v, error %v; want 2 alone", n, problems, err)
	}
	options.Mapping.Questions["q1"] = mapping.Question{Column: mapping.Texts{"when"}}
	if _, problems, _ = walk(parquet.Read(questionnaire(t), bytes.NewReader(file), int64(len(file)), options)); len(problems) != 1 || problems[0].Field != "q1" {
		t.Errorf("a column that cannot be read: problems %v", problems)
	}
}
