package synthetic_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/synthetic"
)

func Example() {
	in := instrument.JSP()
	panel := synthetic.NewPanel(120, 2026)
	panel.Missing = 0.1

	data, err := responses.NewDataset(context.Background(), in, panel.Responses(in))
	fmt.Println(data, err)

	sample, err := synthetic.NewSample(in, panel)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, cohort := range sample.Cohorts("size") {
		fmt.Printf("%s: %d companies that do not exist\n", cohort.ID, cohort.Companies)
	}
	// Output:
	// sealed <nil>
	// all: 120 companies that do not exist
	// size=small: 60 companies that do not exist
	// size=medium: 36 companies that do not exist
	// size=large: 24 companies that do not exist
}

func ExampleWriteCSV() {
	in, err := instrument.New(instrument.Spec{
		ID: "tiny", Version: "1", Title: "Tiny",
		Scale:   []instrument.Level{{Level: 0, Name: "No"}, {Level: 1, Name: "Yes"}},
		Domains: []instrument.Domain{{ID: "d", Title: "D", Questions: []instrument.Question{{ID: "q1", Text: "Done?"}, {ID: "q2", Text: "Checked?"}}}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	panel := synthetic.NewPanel(3, 1)
	panel.Missing = 0
	if err := synthetic.WriteCSV(os.Stdout, in, panel); err != nil {
		fmt.Println(err)
	}
	// Output:
	// company,q1,q2
	// synthetic-001,0,0
	// synthetic-002,0,0
	// synthetic-003,1,1
}

func ExampleKind() {
	kind, _ := synthetic.FindKind("specialists")
	fmt.Println(kind.Doc)
	sample, err := kind.Panel(instrument.JSP(), 300, rand.New(rand.NewPCG(1, 2)))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(sample.Levels), "companies that do not exist")
	// Output:
	// some companies are at the top in one domain and at the bottom elsewhere
	// 300 companies that do not exist
}
