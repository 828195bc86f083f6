package exports_test

import (
	"cmp"
	"context"
	"os"
	"regexp"
	"strings"
	"testing"

	"maturitybench/benchmark/exports"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/mapping"
)

// ofReadme is an instrument that the lines of the README fit.
const ofReadme = `
id: tiny
version: "1"
title: Tiny
scale: [{level: 0, name: Never}, {level: 1, name: Sometimes}, {level: 2, name: Often}, {level: 3, name: Always}]
domains:
  - {id: gov, title: Governance, questions: [{id: gov-01, text: There is a strategy}, {id: gov-02, text: There are metrics}]}
attributes:
  - {id: size, title: Size, values: [{id: small}, {id: large}, {id: 2-50}]}
`

// exportsOfReadme are exports such as the rows of the table of README.md speak of, by
// the row's first word: three rows for two companies that count, or one.
var exportsOfReadme = map[string]string{
	"Qualtrics,":    "company,Size,gov-01,gov-02,Status\nWho,How,Q,Q,Status\n\"{\"\"ImportId\"\":\"\"a\"\"}\",\"{\"\"ImportId\"\":\"\"b\"\"}\",\"{\"\"ImportId\"\":\"\"c\"\"}\",,\nA,small,Often,Never,IP Address\nA,small,Often,Never,Survey Preview\nB,large,Never,,IP Address\n",
	"LimeSurvey,":   "submitdate,company,Size,Q1[SQ001],gov-02\n2026-03-01,A,small,AO01,AO02\n2026-03-01,B,large,AO02,\n,C,small,AO01,\n",
	"Google":        "Timestamp,Your organisation,Size,How often? [There is a strategy],How often? [There are metrics]\n2026/03/01 8:00:00,A,small,Often,Never\n2026/03/02 8:00:00,a,small,Often,Always\n2026/03/01 9:00:00,B,large,Never,\n",
	"Microsoft":     "ID,Start time,Your organisation,Size,There is a strategy\u00a0,There are metrics\u00a0\n1,x,A,small,Often,Never\n2,x,B,large,Never,\n",
	"SurveyMonkey,": "company,Size,There is a strategy,,,,There are metrics\n,,Never,Sometimes,Often,Always,Response\nA,small,,,Often,,Never\nB,large,Never,,,,\n",
	"SoSci":         "company,Size,gov-01,gov-02,FINISHED\nWho,Size,Question,Question,Finished\nA,small,1,2,1\nB,large,2,-9,1\nC,large,2,,0\n",
	"Typeform,":     "Your organisation,Size,There is a strategy,There are metrics,Response Type\nA,small,1,2,completed\nB,large,2,,completed\nB,large,2,,partial\n",
	"KoBoToolbox,":  "start;who/company;who/size;gov/gov-01;gov/gov-02\nx;A;small;1;2\nx;B;large;;3\n",
	"REDCap,":       "record_id,company,size___1,size___2,gov_01,gov_02,survey_complete\n1,A,1,0,1,2,2\n2,B,0,1,3,,2\n3,B,0,0,3,,0\n",
	"JSON":          `[{"company name": "A", "size": "small", "gov-01": 0.25, "gov-02": 1}, {"company name": "B", "size": "large", "gov-01": 0, "gov-02": null}]`,
	"Excel":         "company;Size;gov-01;gov-02\nM\xfcller;Feb-50;1,0;2\nB;large;3,0;\n",
	"titles":        "The survey of 2026\nCompany;Size;gov-01;gov-02\nA;small;1;2\nB;large;3;\nMedian;;2;2\nMean;;2;2\n",
	"a table":       "company,size,item,value\nA,small,gov-01,1\nA,small,gov-02,2\nB,large,gov-01,3\n",
	"a percent":     "company,size,gov-01,gov-02\nA,small,10,25 %\nB,large,39.5,\n",
	"numbers":       "company,size,gov-01,gov-02\nA,17,1,2\nB,250,3,\n",
	"no":            "size,gov-01,gov-02\nsmall,1,2\nlarge,3,\n",
}

var quoted = regexp.MustCompile("`([^`]*: [^`]*)`")

// Every row of the table of tools in README.md is a mapping that reads an export of
// the kind it names, and every kind has an export here.
func TestReadmeTable(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(readme), "| export | lines of `import.yaml` |\n|---|---|\n")
	table, _, _ = strings.Cut(table, "\n\n")
	in, err := instrument.Parse("instrument.yaml", []byte(ofReadme))
	if err != nil {
		t.Fatal(err)
	}
	rows := strings.Split(table, "\n")
	if len(rows) != len(exportsOfReadme) {
		t.Errorf("%d rows, %d exports", len(rows), len(exportsOfReadme))
	}
	for _, row := range rows {
		kind, lines, _ := strings.Cut(strings.TrimPrefix(row, "| "), " | ")
		var text strings.Builder
		for _, line := range quoted.FindAllStringSubmatch(lines, -1) {
			text.WriteString(line[1] + "\n")
		}
		export, name := exportOf(kind), "export.csv"
		if strings.HasPrefix(export, "[") {
			name = "export.json"
		}
		m, err := mapping.Parse("import.yaml", []byte(cmp.Or(text.String(), "{}")))
		if err != nil {
			t.Errorf("%s: %v", kind, err)
			continue
		}
		report, err := exports.Check(context.Background(), open(t, name, export), in, m)
		if err != nil || !report.Ready() || report.Counts.Sheets != 2 {
			t.Errorf("%s: error %v\n%s\n%s", kind, err, text.String(), report)
		}
		if text.Len() == 0 {
			continue
		}
		if report, err := exports.Check(context.Background(), open(t, name, export), in, nil); err == nil && report.Ready() && !strings.HasPrefix(kind, "a ") {
			t.Errorf("%s: its lines are not needed", kind)
		}
	}
}

// exportOf is the export of the kind that a row names.
func exportOf(kind string) string {
	for word, export := range exportsOfReadme {
		if kind == word || strings.HasPrefix(kind, word+" ") {
			return export
		}
	}
	return ""
}
