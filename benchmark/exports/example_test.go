package exports_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"maturitybench/benchmark/exports"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/mapping"
)

// An export is drafted, the draft is edited, and what would be counted is looked
// at before anything is published.
func Example() {
	dir, err := os.MkdirTemp("", "export")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "form.csv")
	form := "Timestamp,Your organisation,Is there a policy?,Is it tested?\n" +
		"2026/03/01 10:00:00,Company A,1 - Partly,2 - Fully\n" +
		"2026/03/02 10:00:00,Company B,0 - No,\n" +
		"2026/03/09 10:00:00,COMPANY A,2 - Fully,2 - Fully\n"
	if err := os.WriteFile(path, []byte(form), 0o600); err != nil {
		fmt.Println(err)
		return
	}
	in, err := instrument.New(instrument.Spec{
		ID: "example", Version: "1", Title: "Example",
		Scale: []instrument.Level{{Level: 0, Name: "No"}, {Level: 1, Name: "Partly"}, {Level: 2, Name: "Fully"}},
		Domains: []instrument.Domain{{ID: "all-of-it", Title: "All of it", Questions: []instrument.Question{
			{ID: "policy", Text: "Is there a policy?"}, {ID: "test", Text: "Is it tested?"}}}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	export, err := exports.Open(path)
	if err != nil {
		fmt.Println(err)
		return
	}
	drafted, err := exports.Draft(export, in)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s\n", drafted.Mapping)

	edited, err := mapping.Parse("import.yaml", []byte("company: Your organisation\nduplicates: last\ntimestamp: Timestamp\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	report, err := exports.Check(context.Background(), export, in, edited)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(report.Ready(), report.Counts.Sheets, "answer sheets,", report.Counts.Replaced, "replaced by a later one")
	for _, column := range report.Columns {
		fmt.Printf("%3.0f %% %s\n", 100*column.Filled, column.ID)
	}
	// Output:
	// # How form.csv is read. Lines that begin with # say nothing; edit what was guessed.
	// company: "Your organisation"   # guessed from the name of the column
	// # duplicates: last   # where companies may answer again, the last answers count:
	// # timestamp: "Timestamp"
	// # dates: dmy         # or mdy, where the year does not come first
	// questions:
	//   policy: "Is there a policy?"
	//   test: "Is it tested?"
	//
	// true 2 answer sheets, 1 replaced by a later one
	// 100 % policy
	//  50 % test
}
