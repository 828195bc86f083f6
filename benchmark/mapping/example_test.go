package mapping_test

import (
	"context"
	"fmt"
	"strings"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/mapping"
	"maturitybench/benchmark/responses"
)

// An export of LimeSurvey, with codes for questions and answers, is read as it is.
func Example() {
	in, err := instrument.New(instrument.Spec{
		ID: "example", Version: "1", Title: "Example",
		Scale: []instrument.Level{{Level: 0, Name: "No"}, {Level: 1, Name: "Partly"}, {Level: 2, Name: "Fully"}},
		Domains: []instrument.Domain{{ID: "d", Title: "All of it", Questions: []instrument.Question{
			{ID: "policy", Text: "Is there a policy?"}, {ID: "test", Text: "Is it tested?"}}}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	m, err := mapping.Parse("import.yaml", []byte(`
company: firm
questions: {policy: "G1[SQ001]", test: "G1[SQ002]"}
answers: {0: AO01, 1: AO02, 2: AO03}
no_answer: -oth-
drop: {submitdate: ""}          # not sent off
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	export := `"id";"submitdate";"firm";"G1[SQ001]";"G1[SQ002]"
"1";"2026-03-01 10:00:00";"A";"AO02";"AO03"
"2";"";"B";"AO01";""
"3";"2026-03-02 10:00:00";"C";"-oth-";"AO01"
"4";"2026-03-03 10:00:00";"D";"AO04";"AO01"
`
	var counts responses.Counts
	_, err = responses.NewDataset(context.Background(), in, responses.ReadCSV(in, strings.NewReader(export), responses.Options{Mapping: m, Counts: &counts}))
	fmt.Println(err)
	fmt.Println(counts.Sheets, "answer sheets,", counts.Filtered, "dropped,", counts.Faulty, "with problems")
	// Output:
	// 5:4: policy: expected a level from 0 to 2, or a text or band that the mapping lists, or no answer
	// 2 answer sheets, 1 dropped, 1 with problems
}
