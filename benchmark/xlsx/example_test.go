package xlsx_test

import (
	"bytes"
	"context"
	"fmt"
	"log"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/mapping"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/xlsx"

	"github.com/xuri/excelize/v2"
)

// The workbook of a form is read through a mapping. A cell that is no level is
// named by its row and column, and not quoted.
func ExampleRead() {
	in, err := instrument.New(instrument.Spec{
		ID: "tiny", Version: "1", Title: "Tiny",
		Scale:   []instrument.Level{{Level: 0, Name: "No"}, {Level: 1, Name: "Yes"}},
		Domains: []instrument.Domain{{ID: "d", Title: "D", Questions: []instrument.Question{{ID: "q1", Text: "There is a plan"}}}},
	})
	if err != nil {
		log.Fatal(err)
	}
	book := excelize.NewFile()
	defer book.Close()
	for i, row := range [][]any{{"Your organisation", "There is a plan"}, {"A", "Yes"}, {"B", "1 - Yes"}, {"C", "perhaps"}} {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			log.Fatal(err)
		}
	}
	file, err := book.WriteToBuffer()
	if err != nil {
		log.Fatal(err)
	}

	m := &mapping.Mapping{Company: &mapping.Column{Column: mapping.Texts{"Your organisation"}}}
	sheets := xlsx.Read(in, bytes.NewReader(file.Bytes()), int64(file.Len()), responses.Options{Mapping: m})
	_, err = responses.NewDataset(context.Background(), in, sheets)
	fmt.Println(err)
	// Output:
	// 4:2: q1: expected a level from 0 to 1, or no answer
}
