package parquet_test

import (
	"bytes"
	"context"
	"fmt"
	"log"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/parquet"
	"maturitybench/benchmark/responses"

	parquetgo "github.com/parquet-go/parquet-go"
)

// Two sheets are written to a Parquet file, as a data lake would hold them, and
// read back. The second one has a problem.
func ExampleRead() {
	in, err := instrument.Parse("questionnaire.yaml", []byte(`
id: questionnaire
version: "1"
title: Two questions
scale:
  - {level: 0, name: Nobody does it}
  - {level: 1, name: Everybody does it}
domains:
  - {id: work, title: Work, questions: [{id: plan, text: Work is planned}, {id: check, text: Work is checked}]}
`))
	if err != nil {
		log.Fatal(err)
	}
	type sheet struct {
		Company string `parquet:"company"`
		Plan    *int32 `parquet:"plan"`
		Check   *int32 `parquet:"check"`
	}
	var file bytes.Buffer
	sheets := []sheet{{"Company A", new(int32(1)), nil}, {"Company B", new(int32(0)), new(int32(2))}}
	if err := parquetgo.Write(&file, sheets); err != nil {
		log.Fatal(err)
	}

	_, err = responses.NewDataset(context.Background(), in, parquet.Read(in, bytes.NewReader(file.Bytes()), int64(file.Len())))
	fmt.Println(err)
	// Output:
	// 2:3: check: expected a level from 0 to 1, or no answer
}
