package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"

	"github.com/google/go-cmp/cmp"
)

// tidy walks release.json as a foreign program would and returns the rows of
// tables.csv, from the description of the format alone.
func tidy(t *testing.T, data []byte) [][]string {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var r struct {
		Wave       string
		Statistics []string
		Instrument struct{ Scale []struct{ Level int } }
		Cohorts    []struct {
			ID, Status string
			Companies  map[string]any
			Overall    map[string]any
			Domains    []map[string]any
			Questions  []map[string]any
			Profiles   []map[string]any
		}
	}
	if err := decoder.Decode(&r); err != nil {
		t.Fatal(err)
	}
	rows := [][]string{strings.Split("wave,cohort,item,statistic,level,value,low,high,status", ",")}
	for _, c := range r.Cohorts {
		add := func(item any, statistic, level string, e any) {
			kind := map[string]string{"share": "shares", "at_least": "shares", "profile": "profiles", "mean": "questions", "companies": ""}
			of, other := kind[statistic]
			switch {
			case !other:
				of = "quartiles"
			case statistic == "mean" && (item == "overall" || slices.ContainsFunc(c.Domains, func(d map[string]any) bool { return d["id"] == item })):
				of = "scores"
			}
			if of != "" && r.Statistics != nil && !slices.Contains(r.Statistics, of) {
				return
			}
			row := []string{r.Wave, c.ID, fmt.Sprint(item), statistic, level}
			for _, key := range []string{"value", "low", "high", "status"} {
				cell := ""
				if v, ok := e.(map[string]any)[key]; ok {
					cell = fmt.Sprint(v)
				}
				row = append(row, cell)
			}
			rows = append(rows, row)
		}
		if c.Status == "suppressed" {
			rows = append(rows, []string{r.Wave, c.ID, "", "", "", "", "", "", "suppressed"})
			continue
		}
		add("", "companies", "", c.Companies)
		c.Overall["id"] = "overall"
		for _, item := range append([]map[string]any{c.Overall}, c.Domains...) {
			add(item["id"], "mean", "", item["mean"])
			for _, id := range []string{"p10", "q1", "median", "q3", "p90"} {
				add(item["id"], id, "", item["percentiles"].(map[string]any)[id])
			}
		}
		for _, q := range c.Questions {
			add(q["id"], "mean", "", q["mean"])
			for i, e := range q["shares"].([]any) {
				add(q["id"], "share", fmt.Sprint(r.Instrument.Scale[i].Level), e)
			}
			for i, e := range q["at_least"].([]any) {
				add(q["id"], "at_least", fmt.Sprint(r.Instrument.Scale[i+1].Level), e)
			}
		}
		for _, p := range c.Profiles {
			add(p["id"], "profile", "", p["share"])
		}
	}
	return rows
}

func TestCSVHoldsEveryNumberOfTheRelease(t *testing.T) {
	for _, name := range fixtures {
		r := load(t, name)
		var out bytes.Buffer
		if err := CSV(&out, r); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(out.String(), "\r") || !strings.HasSuffix(out.String(), "\n") {
			t.Errorf("%s: lines do not end in LF", name)
		}
		rows, err := csv.NewReader(&out).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for i := range rows {
			rows[i] = rows[i][:9] // the titles are tested by themselves
		}
		if diff := cmp.Diff(tidy(t, r.Bytes()), rows); diff != "" {
			t.Errorf("%s (-json +csv):\n%s", name, diff)
		}
	}
}

// Beside its id everything stands in words, as the instrument has them.
func TestCSVHasTitles(t *testing.T) {
	var out bytes.Buffer
	if err := CSV(&out, load(t, "secret")); err != nil {
		t.Fatal(err)
	}
	if _, rest, _ := strings.Cut(out.String(), "status,"); !strings.HasPrefix(rest, "cohort_title,item_title,domain,domain_title,level_title\n") {
		t.Errorf("the columns after the status are %.60q", rest)
	}
	for _, want := range []string{
		"2026,all,,companies,,118,114,122,published,All companies,,,,\n",
		",published,All companies,Overall,,,\n",
		",published,All companies,Organizational structure,org,Organizational structure,\n",
		",published,All companies,A product security policy is in force,org,Organizational structure,Managed\n",
		"published,Annual revenue: under $100M,",
		",suppressed,Region: Europe,,,,\n",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("tables.csv lacks %q", want)
		}
	}
}

func markdownOf(t *testing.T, r *publication.Release) string {
	t.Helper()
	var out bytes.Buffer
	if err := Markdown(&out, r); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// bare is a bar that separates cells.
var bare = regexp.MustCompile(`(^|[^\\])(\\\\)*\|`)

// Every table is rectangular, lines have no trailing space, nothing looks
// like a tag, and lists and tables stand alone.
func TestMarkdownIsWellFormed(t *testing.T) {
	for _, name := range fixtures {
		lines := strings.Split(markdownOf(t, load(t, name)), "\n")
		width, previous := 0, ""
		for i, line := range lines {
			at := fmt.Sprintf("%s.md:%d: %s", name, i+1, line)
			if strings.ContainsRune(line, '<') {
				t.Error("a tag: " + at)
			}
			if strings.TrimRight(line, " ") != line {
				t.Error("trailing space: " + at)
			}
			if line == "" && previous == "" && i < len(lines)-1 {
				t.Error("two blank lines: " + at)
			}
			if !strings.HasPrefix(line, "|") {
				width = 0
			} else if n := len(bare.FindAllString(line, -1)); width == 0 {
				width = n
				if previous != "" {
					t.Error("a table without a blank line before it: " + at)
				}
			} else if n != width {
				t.Errorf("%d bars instead of %d: %s", n, width, at)
			}
			previous = line
		}
	}
}

// The questions that a reader brings, and the words that answer them.
func TestMarkdownAnswers(t *testing.T) {
	always := []string{
		"## At a glance", "### How the companies were protected", "## What is not shown, and why", "## How to read the numbers", "## Scale",
		"## What the numbers do not say", "## Methodology", "## How were the companies protected?", "### What is not protected", "## Privacy statement",
		"| 4 | 36% | 86% | 99% |",
		"How far these stand for the industry is another question",
		"**A number that is not shown** (withheld", "**A group that is not shown** (suppressed", "It does not mean zero",
		"| Loss | ", "| Unit | ", "| Neighbours | ", "| Definition | ", "| Bounds | ", "| Groups | ", "| Denominators | ", "| Composition | ",
		"| Post-processing | ", "| Accuracy | ", "| Bias | ", "| Trust | ", "| Randomness | ", "| Assurance | ", "| Custody | ", "| Aggregation | ",
	}
	const testNoise, synthetic = "Test noise: nothing is protected.", "**Synthetic.**"
	const joining = "joining, leaving and attributes are not protected, and numbers of companies are exact"
	const between = "| 8.8905 | 99% | 99.9% | 99.99% |" // counted: the same as about who took part
	for _, c := range []struct {
		name          string
		says, saysNot []string
	}{
		{
			"secret",
			[]string{
				synthetic, "* Companies that answered **118** [114, 122]", "**Organizational structure** (1.84 [1.78, 1.89]) is ahead of **Design control**",
				"Groups that are not shown: Region: Europe; Region: Asia.", "By Region: 2 of 3 groups are not shown", "### Where most is to be gained",
				"## Highest and lowest practices", "## By Annual revenue", "Did a company take part?", "They describe the companies that answered, not their industry",
			},
			[]string{testNoise, joining, "NaN"},
		},
		{
			"public",
			[]string{testNoise, "revision 2", "* Companies that answered **57** exact", "The domains cannot be told apart", joining, "Except for the numbers of companies"},
			[]string{synthetic, "Groups that are not shown", "NaN"},
		},
		{
			"counted",
			[]string{
				"* Companies that answered **64** exact", "Which of two companies, with the same attributes, took part? | 4 |", "How many took part, in all and in every group: these numbers are exact",
				"where the attributes fit a single company, that it took part is not hidden", "common knowledge, though who took part is not",
			},
			[]string{testNoise, joining, "Did a company take part?", "NaN"},
		},
		{"suppressed", []string{"No number of this wave is published", "Groups that are not shown: All companies"}, []string{"## Practices", "NaN", "Where most is to be gained"}},
		{"withheld", []string{"No single practice is shown", "Nothing stands out that the intervals would support"}, []string{"NaN", "Where most is to be gained"}},
	} {
		page := markdownOf(t, load(t, c.name))
		if strings.Contains(page, between) == (c.name == "counted") {
			t.Errorf("%s.md: that it says %q should be %v", c.name, between, c.name != "counted")
		}
		for _, s := range append(c.says, always...) {
			if !strings.Contains(page, s) {
				t.Errorf("%s.md does not say %q", c.name, s)
			}
		}
		for _, s := range c.saysNot {
			if strings.Contains(page, s) {
				t.Errorf("%s.md says %q", c.name, s)
			}
		}
	}
}

// e^4 = 54.6 makes of odds of 1 to 99, 1 to 9 and 1 to 1 at most 0.551, 6.07 and
// 54.6 to 1; e^8.8905 = 7262. Certainty is never promised.
func TestBelief(t *testing.T) {
	for _, c := range []struct {
		before, epsilon float64
		want            string
	}{
		{0.01, 4, "36%"}, {0.1, 4, "86%"}, {0.5, 4, "99%"}, {0.5, 0, "50%"}, {0.01, 1, "3%"},
		{0.01, 8.8905, "99%"}, {0.1, 8.8905, "99.9%"}, {0.5, 8.8905, "99.99%"}, {0.5, 40, "100%"},
	} {
		if got := belief(c.before, c.epsilon); got != c.want {
			t.Errorf("belief(%v, %v) = %s, want %s", c.before, c.epsilon, got, c.want)
		}
	}
}

func TestPlaceOnTheScale(t *testing.T) {
	n := names{instrument.Spec{Scale: []instrument.Level{{Level: -1, Name: "a"}, {Level: 0, Name: "b"}, {Level: 1, Name: "c"}}}, Texts()}
	for value, want := range map[float64]string{
		-1: "about at level -1 (a)", -0.95: "between -1 (a) and 0 (b)", -0.5: "between -1 (a) and 0 (b)", -0.049: "about at level 0 (b)",
		0: "about at level 0 (b)", 0.94: "between 0 (b) and 1 (c)", 0.999999: "about at level 1 (c)", 1: "about at level 1 (c)",
	} {
		if got := n.place(value).String(); got != want {
			t.Errorf("%v is %s, want %s", value, got, want)
		}
	}
}
