package exports_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"maturitybench/benchmark/exports"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/mapping"
)

func tiny(t testing.TB) *instrument.Instrument {
	t.Helper()
	in, err := instrument.Parse("instrument.yaml", []byte(`
id: tiny
version: "1"
title: Tiny
scale: [{level: 0, name: Never}, {level: 1, name: Sometimes}, {level: 2, name: Often}, {level: 3, name: Always}]
domains:
  - {id: gov, title: Governance, questions: [{id: gov-01, text: There is a strategy}, {id: gov-02, text: There are metrics}]}
attributes:
  - {id: size, title: Size, values: [{id: small, title: 1 to 49}, {id: large, title: 50 or more}]}
no_answer: [NA]
`))
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// open writes an export and opens it.
func open(t testing.TB, name, text string) *exports.Export {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	e, err := exports.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func check(t testing.TB, e *exports.Export, text string) *exports.Report {
	t.Helper()
	m, err := mapping.Parse("import.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	report, err := exports.Check(context.Background(), e, tiny(t), m)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// Exports as tools write them need the lines that README.md names.
func TestToolsExports(t *testing.T) {
	for name, c := range map[string]struct{ file, text, mapping string }{
		"LimeSurvey": {"results.csv", `"id";"submitdate";"startlanguage";"firm";"size";"G1[SQ001]";"G1[SQ002]"
"1";"2026-03-01 10:00:00";"en";"A";"small";"AO02";"AO04"
"2";"";"en";"B";"small";"AO01";""
"3";"2026-03-02 10:00:00";"en";"C";"large";"-oth-";"AO01"
`, `company: firm
questions: {gov-01: "G1[SQ001]", gov-02: "G1[SQ002]"}
answers: {0: AO01, 1: AO02, 2: AO03, 3: AO04}
no_answer: -oth-
drop: {submitdate: ""}`},
		"LimeSurvey in full": {"results.csv", `"Response ID","Date submitted","Company","Size","How often? [There is a strategy]","How often? [There are metrics]"
"1","2026-03-01 10:00:00","A","1 to 49","Often","Never"
"3","2026-03-02 10:00:00","C","N/A","Always",""
`, "no_answer: N/A"},
		"SurveyMonkey": {"survey.csv", `Respondent ID,Collector ID,Start Date,Company,Size,How often do you do this?,
,,,Open-Ended Response,Response,There is a strategy,There are metrics
11,7,03/01/2026 10:00:00 AM,A,1 to 49,Often,Always
12,7,03/01/2026 10:00:00 AM,C,50 or more,Never,
`, "header_rows: 2"},
		"SurveyMonkey with options": {"survey.csv", `Respondent ID,Company,Size,There is a strategy,,,,There are metrics
,Open-Ended Response,Response,Never,Sometimes,Often,Always,Response
11,A,1 to 49,,,Often,,Always
12,C,50 or more,Never,,,,
`, "header_rows: 2"},
		"REDCap": {"records.csv", `record_id,company,size,gov_01,gov_02,survey_complete
1,A,small,2,3,2
2,B,small,1,,0
3,C,large,0,,2
`, "questions: {gov-01: gov_01, gov-02: gov_02}\nkeep: {survey_complete: 2}"},
		"KoBoToolbox": {"kobo.csv", `"start";"general/company";"general/size";"gov/gov-01";"gov/gov-02";"_id"
"2026-03-01T10:00:00.000+01:00";"A";"small";"2";"3";"1"
"2026-03-01T10:00:00.000+01:00";"C";"large";"0";"";"2"
`, "{}"},
		"Qualtrics": {"q.csv", `StartDate,Status,Q1,Q2,Q3_1,Q3_2
Start Date,Response Type,Which company?,Size,How often? - There is a strategy,How often? - There are metrics
"{""ImportId"":""startDate""}","{""ImportId"":""status""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2""}","{""ImportId"":""QID3_1""}","{""ImportId"":""QID3_2""}"
2026-03-01 10:00:00,IP Address,A,1 to 49,Often,Always
2026-03-01 10:00:00,Survey Preview,T,1 to 49,Often,Always
2026-03-01 10:00:00,IP Address,C,50 or more,Never,
`, "company: Q1\nattributes: {size: Q2}\nquestions: {gov-01: Q3_1, gov-02: Q3_2}\nkeep: {Status: IP Address}"},
		"Qualtrics by texts": {"q.csv", `StartDate,Q1,Q2,Q3_1,Q3_2
Start Date,Which company?,Size,How often? - There is a strategy,How often? - There are metrics
"{""ImportId"":""startDate""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2""}","{""ImportId"":""QID3_1""}","{""ImportId"":""QID3_2""}"
2026-03-01 10:00:00,A,1 to 49,Often,Always
2026-03-01 10:00:00,C,50 or more,Never,
`, "header_rows: 2\ncompany: Q1"},
		"flat JSON":   {"all.json", `[{"firm": "A", "size": "1 to 49", "gov-01": "Often", "gov-02": 3}, {"firm": "C", "gov-01": 0, "gov-02": null, "ip": "192.0.2.1"}]`, "company: firm"},
		"a median":    {"panel.csv", "company,size,gov-01,gov-02\nA,small,2,3\nC,large,0,\nMedian,,1,3\n", "drop: {company: [Median, Mean]}"},
		"half steps":  {"panel.csv", "company,size,gov-01,gov-02\nA,small,0.5,1.5\nC,large,0,1\n", "answers: {0: 0, 1: 0.5, 2: 1, 3: 1.5}"},
		"other sizes": {"panel.csv", "company,size,gov-01,gov-02\nA,12,2,3\nC,many,0,1\n", "attributes: {size: {values: {small: {to: 49}, large: {from: 50}}, other: large}}"},
	} {
		report := check(t, open(t, c.file, c.text), c.mapping)
		if !report.Ready() || report.Counts.Sheets != 2 {
			t.Errorf("%s:\n%s", name, report)
		}
	}
}

func TestReport(t *testing.T) {
	report := check(t, open(t, "export.csv", `id,company,size,gov-01,gov-02,gov-03
1,Secret Ltd,small,2,,7
2,Other Inc,tiny,3,,7
3,secret  ltd,large,9,,7
4,Third,,,,
5,Total,,2,2,2
`), "{}")
	text := report.String()
	if report.Ready() {
		t.Error("ready, with problems")
	}
	for _, want := range []string{
		"5 rows below the header, 1 answer sheet\n", "1 row left out, since nothing is answered", "3 rows with problems",
		"6 columns, of which 4 are read and not 1, 6\n", "100 % gov-01\n", "0 % gov-02", "warning: gov-02: filled in by nobody",
		":3:3: size: expected a value of this attribute (small, large), or nothing", ":4: company: expected one response a company; line 2 has the first", ":6:2: company: expected a company, not a row that sums others up (total)",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%s\ndoes not say %q", text, want)
		}
	}
	for _, secret := range []string{"secret ltd", "Secret Ltd", "tiny", "Other"} {
		if strings.Contains(text, secret) {
			t.Errorf("%s\nsays %q", text, secret)
		}
	}
	report = check(t, open(t, "export.csv", "size,gov-01,gov-02\nsmall,1,2\n"), "unit: row")
	if len(report.Warnings) != 1 || !strings.Contains(report.Warnings[0], "unit: row") {
		t.Errorf("warnings %q", report.Warnings)
	}
}

func TestCheckOfAMappingThatDoesNotFit(t *testing.T) {
	m, err := mapping.Parse("import.yaml", []byte("questions: {gov-10: x}"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = exports.Check(context.Background(), open(t, "a.csv", "company\n"), tiny(t), m)
	if err == nil || !strings.HasSuffix(err.Error(), "did you mean gov-01?") {
		t.Error(err)
	}
}

func TestOpen(t *testing.T) {
	if _, err := exports.Open("survey.xlsx"); err == nil || !strings.Contains(err.Error(), "package xlsx") {
		t.Error(err)
	}
	if _, err := exports.Open(filepath.Join(t.TempDir(), "none.csv")); !os.IsNotExist(err) {
		t.Error(err)
	}
}
