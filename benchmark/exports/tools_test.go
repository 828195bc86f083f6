package exports_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"maturitybench/benchmark/exports"
	"maturitybench/benchmark/mapping"
)

// answered is what a company of the tests answered; level −1 is no answer.
type answered struct {
	company, size string
	levels        [2]int
}

// members are 24 companies, one of them without an answer to the second question.
func members() (all []answered) {
	for i := range 24 {
		a := answered{company: fmt.Sprintf("Company %c", 'A'+i), size: []string{"small", "large"}[i%2], levels: [2]int{i % 4, (i / 2) % 4}}
		if i == 5 {
			a.levels[1] = -1
		}
		all = append(all, a)
	}
	return all
}

var levels = []string{"Never", "Sometimes", "Often", "Always"}

// name is the name of a level; empty for no answer.
func name(level int) string {
	if level < 0 {
		return ""
	}
	return levels[level]
}

// code is a level as a number, counted from first; blank for no answer.
func code(level, first int, blank string) string {
	if level < 0 {
		return blank
	}
	return strconv.Itoa(level + first)
}

// table writes a table as separated values: what is above, a row a company, what
// is below.
func table(delimiter rune, above [][]string, row func(i int, a answered) []string, below ...[]string) string {
	rows := above
	for i, a := range members() {
		rows = append(rows, row(i, a))
	}
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Comma = delimiter
	if err := w.WriteAll(append(rows, below...)); err != nil {
		panic(err)
	}
	return b.String()
}

// The draft of an export as a tool writes it reads every company, once the lines
// that it proposes in comments are taken as they stand.
func TestDraftsOfTools(t *testing.T) {
	type row = []string
	for name, c := range map[string]struct {
		text  string
		takes []string // comments of the draft that a person takes
		says  []string
	}{
		"SurveyMonkey, condensed": {
			text: table(',', [][]string{
				{"Respondent ID", "Start Date", "End Date", "What is the name of your organization?", "How large is it?", "", "How often do these hold?", ""},
				{"", "", "", "Open-Ended Response", "Response", "Other (please specify)", "There is a strategy", "There are metrics"}},
				func(i int, a answered) row {
					return row{"11800" + strconv.Itoa(i), "03/01/2026 09:00:00 AM", "03/01/2026 09:10:00 AM", a.company, a.size, "", name(a.levels[0]), name(a.levels[1])}
				}),
			says: []string{"header_rows: 2", `size: "How large is it? - Response"   # guessed from what the column holds`},
		},
		"SurveyMonkey, expanded": {
			text: table(',', [][]string{
				{"Respondent ID", "Company", "How large is it?", "", "There is a strategy", "", "", "", "There are metrics", "", "", ""},
				append(row{"", "Open-Ended Response", "1 to 49", "50 or more"}, append(levels, levels...)...)},
				func(i int, a answered) row {
					cells := append(row{strconv.Itoa(i), a.company}, make([]string, 10)...)
					cells[2+i%2] = []string{"1 to 49", "50 or more"}[i%2]
					for q, level := range a.levels {
						if level >= 0 {
							cells[4+4*q+level] = levels[level]
						}
					}
					return cells
				}),
			says: []string{"gov-02: recognised, with a column for every level", `join: true}`},
		},
		"LimeSurvey, codes and texts": {
			text: table(';', [][]string{{"id. Response ID", "submitdate. Date submitted", "org. Name of your organisation", "size. Size", "gov[SQ001]. How often? [There is a strategy]", "gov[SQ002]. How often? [There are metrics]"}},
				func(i int, a answered) row {
					return row{strconv.Itoa(i), "2026-03-01 10:00:00", a.company, a.size, name(a.levels[0]), name(a.levels[1])}
				}, row{"99", "", "Company A", "small", "Never", ""}),
			takes: []string{`# drop: {"submitdate. Date submitted": ""}`},
		},
		"LimeSurvey, answer codes": {
			text: table(',', [][]string{{"id", "submitdate", "G01Q01", "size", "G02Q03[SQ001]", "G02Q03[SQ002]"}},
				func(i int, a answered) row {
					c := func(level int) string {
						if level < 0 {
							return ""
						}
						return fmt.Sprintf("AO%02d", level+1)
					}
					return row{strconv.Itoa(i), "2026-03-01 10:00:00", a.company, a.size, c(a.levels[0]), c(a.levels[1])}
				}),
			takes: []string{`# company: … `, `  # gov-01: "`, `  # gov-02: "`, "# questions:", `# answers: {0: "AO01", 1: "AO02", 2: "AO03", 3: "AO04"}`},
			says:  []string{`(is it "G01Q01"?)`},
		},
		"SoSci Survey": {
			text: table('\t', [][]string{
				{"CASE", "A001_01", "A002", "B101_01", "B101_02", "TIME001", "FINISHED"},
				{"Number", "Company", "Size", "How often: There is a strategy", "How often: There are metrics", "Time on page", "Finished"}},
				func(i int, a answered) row {
					return row{strconv.Itoa(i), a.company, a.size, code(a.levels[0], 1, "-9"), code(a.levels[1], 1, "-9"), "30", "1"}
				}, row{"77", "Company A", "", "4", "-9", "2", "0"}),
			takes: []string{`# drop: {"FINISHED": [False, 0]}`, `# answers: {0: "1", 1: "2", 2: "3", 3: "4"}`},
			says:  []string{"skip_rows: 1", `gov-01: "B101_01"`},
		},
		"Typeform": {
			text: table(',', [][]string{{"#", "Hello! Which company are you from?", "How many people?", "There is a strategy", "There are metrics", "Response Type", "Submit Date (UTC)"}},
				func(i int, a answered) row {
					return row{fmt.Sprintf("x%04x", i), a.company, a.size, code(a.levels[0], 0, ""), code(a.levels[1], 0, ""), "completed", "2026-03-01 10:00:00"}
				}, row{"xffff", "Company A", "", "1", "", "partial", ""}),
			takes: []string{`# keep: {"Response Type": completed}`},
		},
		"Jotform": {
			text: table(',', [][]string{{"Submission Date", "Company Name *", "Size", "Please rate >> There is a strategy", "Please rate >> There are metrics"}},
				func(i int, a answered) row {
					return row{"Mar 1, 2026", a.company, a.size, name(a.levels[0]), name(a.levels[1])}
				}),
		},
		"Alchemer": {
			text: table(',', [][]string{{"Response ID", "Date Submitted", "Status", "Company:", "Size", "There is a strategy:How often?", "There are metrics:How often?"}},
				func(i int, a answered) row {
					return row{strconv.Itoa(i), "Mar 01, 2026 9:10:00 am", "Complete", a.company, a.size, name(a.levels[0]), name(a.levels[1])}
				}, row{"99", "", "Partial", "Company A", "small", "Never", ""}),
			takes: []string{`# keep: {"Status": complete}`},
		},
		"pandas": {
			text: table(',', [][]string{{"", "company", "size", "gov_01", "gov_02"}},
				func(i int, a answered) row {
					c := func(level int) string { return code(level, 0, "nan") + ".0" }
					return row{strconv.Itoa(i), a.company, a.size, c(a.levels[0]), strings.Replace(c(a.levels[1]), "nan.0", "nan", 1)}
				}),
			says: []string{`no_answer: ["nan"]`},
		},
		"a sheet with a title, medians and a note": {
			text: table(';', [][]string{{"Benchmark – answers", "", "", ""}, {"", "", "", ""}, {"Company", "Size", "There is a strategy", "There are metrics"}},
				func(i int, a answered) row {
					return row{a.company, a.size, code(a.levels[0], 0, ""), code(a.levels[1], 0, "")}
				},
				row{"", "", "", ""}, row{"Median", "", "1", "2"}, row{"Std. dev.", "", "0.8", "1.1"}, row{"Source: a survey of members"}),
			says: []string{"title_rows: 1", `drop: {"Company": ["Median", "Std. dev."]}`},
		},
	} {
		t.Run(name, func(t *testing.T) {
			draftAndCheck(t, open(t, "export.csv", c.text), c.takes, c.says)
		})
	}
}

// Objects by number, as LimeSurvey writes them, and a directory with a document
// for every company.
func TestDraftsOfJSON(t *testing.T) {
	var numbered []any
	dir := t.TempDir()
	for i, a := range members() {
		object := map[string]any{"company": a.company, "size": a.size, "answers": map[string]any{"gov-01": a.levels[0], "gov-02": nil}}
		if a.levels[1] >= 0 {
			object["answers"].(map[string]any)["gov-02"] = a.levels[1]
		}
		numbered = append(numbered, map[string]any{strconv.Itoa(i): object})
		data, err := json.MarshalIndent(object, "", "  ")
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, fmt.Sprintf("%03d.json", i)), data, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	data, err := json.Marshal(map[string]any{"responses": numbered})
	if err != nil {
		t.Fatal(err)
	}
	draftAndCheck(t, open(t, "export.json", string(data)), nil, nil)
	documents, err := exports.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	draftAndCheck(t, documents, nil, nil)
}

// draftAndCheck drafts a mapping, takes its comments, and expects every company.
func draftAndCheck(t *testing.T, e *exports.Export, takes, says []string) {
	t.Helper()
	drafted, err := exports.Draft(e, tiny(t))
	if err != nil {
		t.Fatal(err)
	}
	text := string(drafted.Mapping)
	for _, want := range says {
		if !strings.Contains(text, want) {
			t.Errorf("the draft does not say %s", want)
		}
	}
	for _, line := range takes {
		if !strings.Contains(text, line) {
			t.Errorf("the draft does not propose %s", line)
		}
		taken := strings.Replace(line, "# ", "", 1)
		if strings.HasPrefix(line, "# company: …") {
			taken = "company: G01Q01 #"
		}
		text = strings.Replace(text, line, taken, 1)
	}
	m, err := mapping.Parse("import.yaml", []byte(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	report, err := exports.Check(context.Background(), e, tiny(t), m)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	want := []exports.Fraction{{ID: "size", Filled: 1}, {ID: "gov-01", Filled: 1}, {ID: "gov-02", Filled: 23. / 24}}
	if !report.Ready() || report.Counts.Sheets != 24 || fmt.Sprint(report.Columns) != fmt.Sprint(want) {
		t.Errorf("%s\n%s", report, text)
	}
}
