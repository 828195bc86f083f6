package translate_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"maturitybench/benchmark/internal/codebook"
	"maturitybench/benchmark/internal/table"
	"maturitybench/benchmark/internal/translate"
	"maturitybench/benchmark/mapping"

	"github.com/google/go-cmp/cmp"
)

func two() *codebook.Instrument {
	return &codebook.Instrument{
		Attributes: []codebook.Attribute{{ID: "size", Title: "Employees", Values: []codebook.Value{{ID: "small", Title: "1 to 249"}, {ID: "large", Title: "250 or more"}}}},
		Questions:  []codebook.Question{{ID: "gov-01", Text: "There is a strategy"}, {ID: "gov-02", Text: "There are metrics"}},
		Levels:     []codebook.Level{{Number: 0, Name: "None"}, {Number: 1, Name: "Some"}, {Number: 2, Name: "Most"}, {Number: 3, Name: "All"}},
		NoAnswer:   []string{"NA"},
	}
}

// walk reads a table and shows sheets as "line company attributes scores", and
// problems as "line:column field: expected".
func walk(t *testing.T, m mapping.Mapping, rows table.Rows, stream bool) ([]string, translate.Counts) {
	t.Helper()
	rules, problems := translate.Compile(m, two())
	if len(problems) > 0 {
		t.Fatalf("mapping: %v", problems)
	}
	var out []string
	counts, err := rules.Walk(rows, stream, func(s *translate.Sheet, problems []translate.Problem) bool {
		for _, p := range problems {
			out = append(out, fmt.Sprintf("%d:%d %s: %s", p.Line, p.Column, p.Field, p.Expected))
		}
		if len(problems) == 0 {
			out = append(out, fmt.Sprintf("%d %s %v %v", s.Line, s.Company, s.Attributes, s.Scores))
		}
		return true
	})
	if err != nil {
		out = append(out, err.Error())
	}
	return out, counts
}

// differ compares lines; a problem begins as it is wanted.
func differ(want, got []string) string {
	got = slices.Clone(got)
	for i, w := range want {
		if i < len(got) && strings.Contains(w, ": ") && strings.HasPrefix(got[i], w) {
			got[i] = w
		}
	}
	return cmp.Diff(want, got)
}

func texts(s ...string) mapping.Texts { return s }

func column(s ...string) *mapping.Column { return &mapping.Column{Column: s} }

func TestExports(t *testing.T) {
	plain := []string{"2 c1 [1] [3 4]", "3 c2 [2] [1 0]"}
	for name, c := range map[string]struct {
		m    mapping.Mapping
		text string
		want []string
	}{
		"as the instrument calls them": {mapping.Mapping{}, "company,size,gov-01,gov-02,Comment\nC1,small,2,3,x\nc2 ,large,0,,y\n", plain},
		"titles and labels":            {mapping.Mapping{}, "Company;Employees;There is a strategy\u00a0;There are metrics\nC1;1 to 249;Most;3 - All\nc2;250 or more;None;na\n", plain},
		"groups and grids":             {mapping.Mapping{}, "general/company,general/size,governance/gov-01,How far? [There are metrics]\nC1,small,2,3\nc2,large,0,\n", plain},
		"questions of a matrix":        {mapping.Mapping{}, "company,size,How far? - There is a strategy,How far? - There are metrics\nC1,small,2,3\nc2,large,0,\n", plain},
		"other columns": {mapping.Mapping{Company: column("Organisation"), Attributes: map[string]mapping.Attribute{"size": {Column: texts("How large?")}},
			Questions: map[string]mapping.Question{"gov-01": {Column: texts("Q1[SQ001]")}, "gov-02": {Column: texts("Q9", "Q1[SQ002]")}}},
			"id,Organisation,How large?,Q1[SQ001],Q1[SQ002]\n1,C1,small,2,3\n2,c2,large,0,\n", plain},
		"codes": {mapping.Mapping{Answers: map[string]mapping.Match{"0": {Texts: texts("AO1")}, "Most": {Texts: texts("AO3")}, "3": {Texts: texts("AO4")}}, NoAnswer: texts("-oth-")},
			"company,size,gov-01,gov-02\nC1,small,AO3,AO4\nc2,large,AO1,-OTH-\n", plain},
		"answers of one question": {mapping.Mapping{Questions: map[string]mapping.Question{"gov-02": {Answers: map[string]mapping.Match{"3": {Texts: texts("yes")}}}}},
			"company,size,gov-01,gov-02\nC1,small,2,Yes\nc2,large,0,\n", plain},
		"bands": {mapping.Mapping{Answers: map[string]mapping.Match{"0": {To: new(9.0)}, "2": {From: new(40.0), Below: new(70.0)}, "3": {From: new(70.0)}},
			Attributes: map[string]mapping.Attribute{"size": {Values: map[string]mapping.Match{"small": {From: new(1.0), To: new(249.0)}, "large": {From: new(250.0), Texts: texts("many")}}}}},
			"company,size,gov-01,gov-02\nC1,37,40 %,70\nc2,many,5,\n", plain},
		"a date and the rest": {mapping.Mapping{Attributes: map[string]mapping.Attribute{"size": {Values: map[string]mapping.Match{"small": {Texts: texts("Feb-50")}}, Other: "large"}}},
			"company,size,gov-01,gov-02\nC1,Feb-50,2,3\nc2,51+,0,\n", plain},
		"decimal commas":  {mapping.Mapping{Decimal: ","}, "company;size;gov-01;gov-02\nC1;small;2,0;3,0\nc2;large;0,0;\n", plain},
		"keep and drop":   {mapping.Mapping{Keep: map[string]mapping.Texts{"Status": texts("IP Address", "0")}, Drop: map[string]mapping.Texts{"Finished": texts("False")}}, "company,size,gov-01,gov-02,Status,Finished\nC1,small,2,3,IP  address,TRUE\nc2,large,0,,0.0,True\nc3,large,0,1,Survey Preview,True\nc4,small,0,0,0,FALSE\n", plain},
		"without answers": {mapping.Mapping{}, "company,size,gov-01,gov-02\nC1,small,2,3\nc2,large,0,\nc3,large,,NA\n,,,\n", plain},
		"joined":          {mapping.Mapping{Questions: map[string]mapping.Question{"gov-02": {Join: true}}}, "company,size,gov-01,gov-02,gov-02\nC1,small,2,,3\nc2,large,0,,\n", plain},
		"ticked":          {mapping.Mapping{Questions: map[string]mapping.Question{"gov-02": {Options: map[string]mapping.Texts{"0": texts("q_0"), "All": texts("q_3")}}}}, "company,size,gov-01,q_0,q_3\nC1,small,2,0,1\nc2,large,0,,\n", plain},
		"ticked values": {mapping.Mapping{Attributes: map[string]mapping.Attribute{"size": {Options: map[string]mapping.Texts{"small": texts("size___1"), "large": texts("size___2")}}}},
			"company,size___1,size___2,gov-01,gov-02\nC1,1,0,2,3\nc2,0,1,0,\nc3,1,1,2,2\n", append(plain[:2:2], "4:2 size: at most one filled cell in the columns of one question or attribute")},
		"notes below":         {mapping.Mapping{Drop: map[string]mapping.Texts{"company": texts("n", "Median")}}, "company;size;gov-01;gov-02\nC1;small;2;3\nc2;large;0;\nMedian;;1;1\nSource: a survey of members\n;;;\n", plain},
		"notes among answers": {mapping.Mapping{}, "gov-01,company,size,gov-02\n2,C1,small,3\n0,c2,large,\n2\nc3,small\n", append(plain[:2:2], "4:0 : 4 columns, as in the header", "5:0 : 4 columns, as in the header")},
		"names of tools":      {mapping.Mapping{}, "Company:,org. Size,gov_01,There are metrics:How far are you?\nC1,small,2,3\nc2,large,0,\n", plain},
		"rating questions":    {mapping.Mapping{}, "Company *,Size,Rate it >> There is a strategy,G1Q2. How far? [There are metrics]\nC1,small,2,3\nc2,large,0,\n", plain},
		"unread columns":      {mapping.Mapping{Ignore: texts("id")}, "company,size,gov-01,gov-02,ID,x\n", []string{"1:6 : company, an attribute, a"}},
		"rows are units":      {mapping.Mapping{Unit: "row"}, "size,gov-01,gov-02\nsmall,2,3\n,,\nlarge,0,\n", []string{"2 row 1 [1] [3 4]", "4 row 2 [2] [1 0]"}},
		"anonymous rows":      {mapping.Mapping{Unit: "row"}, "company,size,gov-01,gov-02\nAnonymous,small,2,3\nAnonymous,large,0,\n", []string{"2 row 1 [1] [3 4]", "3 row 2 [2] [1 0]"}},
		"sums":                {mapping.Mapping{}, "company,size,gov-01,gov-02\nC1,small,2,3\nMean,,2,3\n", []string{"2 c1 [1] [3 4]", "3:1 company: a company, not a row that"}},
		"sums that are no":    {mapping.Mapping{Companies: "any"}, "company,size,gov-01,gov-02\nMean,small,2,3\n", []string{"2 mean [1] [3 4]"}},
		"unreadable rows":     {mapping.Mapping{}, "company,size,gov-01,gov-02\nC1,small,2,3\n\"x\"y,small,1,1\nM\xfcller,small,1,1\nc2,large,0,\n", []string{"3:1 : quotes around a whole cell", "4:0 : text in UTF-8", "2 c1 [1] [3 4]", "5 c2 [2] [1 0]"}},
		"trailing cells":      {mapping.Mapping{}, "company,size,gov-01,gov-02\nC1,small,2,3,\nc2,large,0,,, \nc3,large,0\nc4,large,0,1,2\n", append(plain[:2:2], "4:0 : 4 columns, as in the header", "5:0 : 4 columns, as in the header")},
	} {
		got, _ := walk(t, c.m, table.CSV(strings.NewReader(c.text), table.Dialect{}), false)
		if diff := differ(c.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestHeaderRows(t *testing.T) {
	for name, c := range map[string]struct {
		m    mapping.Mapping
		text string
		want []string
	}{
		"skipped": {mapping.Mapping{SkipRows: 1}, "company,size,gov-01,gov-02\nWho,How,What,What\nc1,small,2,3\n", []string{"3 c1 [1] [3 4]"}},
		"of Qualtrics": {mapping.Mapping{}, "company,size,gov-01,gov-02\nWho,How,What,What\n\"{\"\"ImportId\"\":\"\"QID1\"\"}\",\"{\"\"ImportId\"\":\"\"QID1\"\"}\",\"{\"\"ImportId\"\":\"\"QID1\"\"}\",\nc1,small,2,3\n",
			[]string{"4 c1 [1] [3 4]"}},
		"one row below": {mapping.Mapping{}, "company,size,gov-01,gov-02\nc1,small,2,3\n", []string{"2 c1 [1] [3 4]"}},
		"titles":        {mapping.Mapping{TitleRows: 1}, "The survey of 2026\ncompany;size;gov-01;gov-02\nc1;small;2;3\nc2;large;0;\n", []string{"3 c1 [1] [3 4]", "4 c2 [2] [1 0]"}},
		"blank titles":  {mapping.Mapping{TitleRows: 1}, "The survey of 2026;;;\n;;;\n ;\u00a0;;\ncompany;size;gov-01;gov-02\nc1;small;2;3\n;;;\nc2;large;0;\n", []string{"5 c1 [1] [3 4]", "7 c2 [2] [1 0]"}},
		"a matrix in two rows": {mapping.Mapping{HeaderRows: 2}, "company,size,How far are you?,\n,Response,There is a strategy,There are metrics\nc1,small,Most,All\n",
			[]string{"3 c1 [1] [3 4]"}},
		"options in two rows": {mapping.Mapping{HeaderRows: 2}, "company,size,There is a strategy,,,There are metrics\nResponse,Response,None,Most,Other (please say),Response\nc1,small,,Most,,All\nc2,large,None,,something,\n",
			[]string{"3 c1 [1] [3 4]", "4 c2 [2] [1 0]"}},
		"two options": {mapping.Mapping{HeaderRows: 2}, "company,size,There is a strategy,,There are metrics\n,,None,Most,\nc1,small,x,x,All\n", []string{"3:4 gov-01: at most one filled cell "}},
		"none":        {mapping.Mapping{}, "a,b,c\n1,2,3\n", []string{"1:0 : a header with the column"}},
		"missing":     {mapping.Mapping{}, "company,size,gov-1,gov-02\n1,2,3\n", []string{"1:0 gov-01: a column of this name; "}},
		"doubled":     {mapping.Mapping{}, "company,size,gov-01,gov-02,gov-02\n1,2,3\n", []string{"1:5 gov-02: every column once; wh"}},
		"long":        {mapping.Mapping{}, "company,size,question,answer\n1,2,3,4\n", []string{"1:0 : one row a company, with "}},
		"no text":     {mapping.Mapping{}, "PK\x03\x04", []string{"1:0 : a text file, not a ZIP"}},
		"empty":       {mapping.Mapping{}, "", []string{"1:0 : a header with the names "}},
	} {
		got, _ := walk(t, c.m, table.CSV(strings.NewReader(c.text), table.Dialect{TitleRows: c.m.TitleRows}), false)
		if diff := differ(c.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestDuplicates(t *testing.T) {
	m := mapping.Mapping{Duplicates: "last", Timestamp: column("When")}
	head := "When,company,size,gov-01,gov-02\n"
	for name, c := range map[string]struct {
		order, text string
		want        []string
	}{
		"later":    {"", "2026/03/25 11:00:00,c1,small,1,1\n2026-03-20,C1 ,large,3,3\n2026-03-21T10:00:00Z,c2,large,0,\n", []string{"2 c1 [1] [2 2]", "4 c2 [2] [1 0]"}},
		"replaced": {"mdy", "3/9/26 10:00,c1,small,1,1\n3/10/26 9:59,c1,large,3,3\n", []string{"3 c1 [2] [4 4]"}},
		"days":     {"", "46000.5,c1,small,1,1\n46000.25,c1,large,3,3\n", []string{"2 c1 [1] [2 2]"}},
		"no order": {"", "3/9/26,c1,small,1,1\n3/10/26,c1,large,3,3\n", []string{"3:0 timestamp: a date and time in both", "2 c1 [1] [2 2]"}},
		"same":     {"", "2026-03-09,c1,small,1,1\n2026-03-09,c1,large,3,3\n", []string{"3:0 timestamp: two different times, sin", "2 c1 [1] [2 2]"}},
	} {
		m.Dates = c.order
		got, _ := walk(t, m, table.CSV(strings.NewReader(head+c.text), table.Dialect{}), false)
		if diff := differ(c.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	got, _ := walk(t, m, table.CSV(strings.NewReader(head), table.Dialect{}), true)
	if len(got) != 1 || got[0] != translate.ErrStream.Error() {
		t.Errorf("a stream gives %q", got)
	}
}

func TestLongFiles(t *testing.T) {
	m := mapping.Mapping{Long: &mapping.Long{Question: texts("question"), Answer: texts("answer")}}
	sorted := "company,size,question,answer\nc1,small,gov-01,2\nC1,,There are metrics,All\nc2,large,gov-01,0\nc2,large,other,17\nc2,large,gov-02,\nc3,large,gov-01,\n"
	want := []string{"2 c1 [1] [3 4]", "4 c2 [2] [1 0]"}
	for _, stream := range []bool{false, true} {
		got, counts := walk(t, m, table.CSV(strings.NewReader(sorted), table.Dialect{}), stream)
		if diff := cmp.Diff(want, got); diff != "" || counts.Empty != 1 {
			t.Errorf("stream %v: %s %+v", stream, diff, counts)
		}
	}
	mixed := "company,size,question,answer\nc1,small,gov-01,2\nc2,large,gov-01,0\nC1,,There are metrics,All\n"
	if got, _ := walk(t, m, table.CSV(strings.NewReader(mixed), table.Dialect{}), false); cmp.Diff([]string{"2 c1 [1] [3 4]", "3 c2 [2] [1 0]"}, got) != "" {
		t.Errorf("mixed: %q", got)
	}
	faults := "company,size,question,answer\nc1,small,gov-01,2\nc1,large,gov-01,1\nc1,,gov-02,7\n,,gov-02,1\n"
	got, _ := walk(t, m, table.CSV(strings.NewReader(faults), table.Dialect{}), false)
	want = []string{"3:0 size: the same value in all ro", "3:0 gov-01: one answer a company and", "4:4 gov-02: a level from 0 to 3, or n", "5:1 company: a company", "2 c1 [1] [2 0]"}
	if diff := differ(want, got); diff != "" {
		t.Error(diff)
	}
	m.Duplicates, m.Timestamp = "last", column("when")
	edited := "company,size,question,answer,when\nc1,small,gov-01,2,2026-03-02\nc1,small,gov-01,1,2026-03-01\nc1,,gov-02,3,2026-03-01\n"
	if got, _ := walk(t, m, table.CSV(strings.NewReader(edited), table.Dialect{}), false); cmp.Diff([]string{"2 c1 [1] [3 4]"}, got) != "" {
		t.Errorf("edited: %q", got)
	}
}

func TestObjectsAsRows(t *testing.T) {
	for name, c := range map[string]struct {
		m    mapping.Mapping
		text string
		want []string
	}{
		"flat":      {mapping.Mapping{Company: column("company name"), Answers: map[string]mapping.Match{"2": {Texts: texts("0.5")}, "3": {Texts: texts("1")}}}, `[{"company name": "C1", "size": "small", "gov-01": 0.5, "gov-02": 1.0}, {"company name": "c2", "size": "large", "gov-01": 0}]`, []string{"1 c1 [1] [3 4]", "1:140 gov-01: x"}},
		"canonical": {mapping.Mapping{}, "{\"company\": \"C1\", \"attributes\": {\"size\": \"small\"}, \"scores\": {\"gov-01\": \"2\", \"gov-02\": 3}}\n{\"company\": \"c2\", \"attributes\": {\"size\": \"large\"}, \"scores\": {\"gov-01\": 0}, \"x\": 1}", []string{"1 c1 [1] [3 4]", "2 c2 [2] [1 0]"}},
		"no size":   {mapping.Mapping{}, `{"company": "c1", "gov-01": 1, "gov-02": 2}`, []string{"1 c1 [0] [2 3]"}},
		"no name":   {mapping.Mapping{}, `{"size": "small", "gov-01": 1, "gov-02": 2}`, []string{"1:0 company: a company: a text of 1 t", "0:0 company: a column of this name"}},
	} {
		got, _ := walk(t, c.m, table.JSON(strings.NewReader(c.text), ""), false)
		if name == "flat" {
			got, c.want = got[:1], c.want[:1]
		}
		if diff := differ(c.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestMappingsThatDoNotFit(t *testing.T) {
	for path, m := range map[string]mapping.Mapping{
		"delimiter":                  {Delimiter: "ab"},
		"encoding":                   {Encoding: "klingon"},
		"decimal":                    {Decimal: ";"},
		"dates":                      {Dates: "dym"},
		"unit":                       {Unit: "person"},
		"companies":                  {Companies: "all"},
		"duplicates":                 {Duplicates: "first"},
		"timestamp":                  {Duplicates: "last"},
		"header_rows":                {HeaderRows: 11},
		"skip_rows":                  {SkipRows: -1},
		"questions.gov-10":           {Questions: map[string]mapping.Question{"gov-10": {}}},
		"attributes.sise":            {Attributes: map[string]mapping.Attribute{"sise": {}}},
		"attributes.size.other":      {Attributes: map[string]mapping.Attribute{"size": {Other: "smal"}}},
		"attributes.size.values.big": {Attributes: map[string]mapping.Attribute{"size": {Values: map[string]mapping.Match{"big": {Texts: texts("x")}}}}},
		"answers.4":                  {Answers: map[string]mapping.Match{"4": {Texts: texts("x")}}},
		"answers.1":                  {Answers: map[string]mapping.Match{"0": {Texts: texts("x")}, "1": {Texts: texts("X")}}},
		"answers.Some":               {Answers: map[string]mapping.Match{"Some": {Texts: texts(" ")}}},
		"answers.2":                  {Answers: map[string]mapping.Match{"0": {To: new(10.0)}, "2": {From: new(10.0)}}},
		"answers.3":                  {Answers: map[string]mapping.Match{"3": {From: new(10.0), To: new(9.0)}}},
		"questions.gov-02":           {Questions: map[string]mapping.Question{"gov-02": {Column: texts("gov-01")}}},
		"keep.Status":                {Keep: map[string]mapping.Texts{"Status": nil}},
	} {
		_, problems := translate.Compile(m, two())
		if len(problems) != 1 || problems[0].Field != path {
			t.Errorf("%s: got %+v", path, problems)
		}
	}
	_, problems := translate.Compile(mapping.Mapping{Questions: map[string]mapping.Question{"gov-20": {}}}, two())
	if len(problems) != 1 || !strings.HasSuffix(problems[0].Expected, "did you mean gov-02?") {
		t.Errorf("no hint: %+v", problems)
	}
}

func TestCounts(t *testing.T) {
	m := mapping.Mapping{Drop: map[string]mapping.Texts{"Status": texts("test")}}
	_, counts := walk(t, m, table.CSV(strings.NewReader("company,x,size,gov-01,gov-02,Status\nc1,,small,2,3,\nc2,,large,,,\nc3,,small,1,1,Test\nc4,,small,9,1,\n"), table.Dialect{}), false)
	want := translate.Counts{Columns: 6, LeftOver: 1, Unused: []int{2}, Rows: 4, Filtered: 1, Empty: 1, Faulty: 1, Sheets: 1}
	if diff := cmp.Diff(want, counts); diff != "" {
		t.Error(diff)
	}
}
