package codebook_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"maturitybench/benchmark/internal/codebook"
)

func tiny() *codebook.Instrument {
	return &codebook.Instrument{
		Attributes: []codebook.Attribute{
			{ID: "size", Title: "Number of employees", Values: []codebook.Value{{ID: "small", Title: "1 to 249 employees"}, {ID: "large", Title: "250 or more"}}},
			{ID: "region", Title: "Region", Values: []codebook.Value{{ID: "na", Title: "North America"}, {ID: "eu", Title: "Europe"}}},
		},
		Questions: []codebook.Question{{ID: "gov-01", Text: "There is a strategy"}, {ID: "gov-02", Text: "There are metrics"}, {ID: "ops-01", Text: "Twice"}, {ID: "ops-02", Text: "Twice"}},
		Levels: []codebook.Level{
			{Number: 0, Name: "Not initiated", Test: "Nobody does it"}, {Number: 1, Name: "Initiated"},
			{Number: 2, Name: "Managed"}, {Number: 3, Name: "Defined"},
		},
		NoAnswer: []string{"NA", "DK", "#N/A", "-99", "Don't know"},
		Ignore:   []string{"Email"},
	}
}

// check looks texts up: want is a code, or the reason why there is none.
func check(t *testing.T, r *codebook.Reader, cases map[string]any) {
	t.Helper()
	for range 2 { // the second time from memory
		for text, want := range cases {
			code, miss := r.Code([]byte(text))
			got := any(int(code))
			if miss != codebook.Known {
				got = miss
			}
			if got != want {
				t.Errorf("%q: got %v, want %v", text, got, want)
			}
		}
	}
}

func TestAnswers(t *testing.T) {
	check(t, tiny().Answers().Reader(), map[string]any{
		"": 0, " ": 0, "\u00a0": 0, "\u200b": 0, "\x00": codebook.Unlike, "0": 1, "3": 4, "-0": 1, " 2 ": 3, "2\u00a0": 3,
		"3.0": 4, "3.0000000000": 4, "03": 4, "+3": 4, "３": 4, "'3": 4, "3.": codebook.Unlike, "3,0": codebook.Unlike,
		"2.5": codebook.Between, "4": codebook.Unlike, "-1": codebook.Unlike, "40%": codebook.Outside, "3%": codebook.Unlike, "10": codebook.Unlike, "11": codebook.Outside,
		"1e0": codebook.Unlike, "0x1": codebook.Unlike, "NaN": codebook.Unlike, "Inf": codebook.Unlike,
		"Defined": 4, "defined": 4, "3 - Defined": 4, "3 – Defined": 4, "3: Defined": 4, "(3) Defined": 4, "Defined (3)": 4, "3 Defined": 4, "3. Defined": 4,
		"2 - Defined": codebook.Unlike, "7 - Defined": codebook.Unlike, "Defined and more": codebook.Unlike,
		"Not initiated: Nobody does it": 1, "Nobody does it": 1, "0 - Not initiated (Nobody does it)": 1,
		"NA": 0, "na": 0, "n/a": 0, "#N/A": 0, "N/A": 0, "dk": 0, "-99": 0, "-99.0": 0, "don’t know": 0, "DON'T KNOW": 0,
	})
}

func TestAttributes(t *testing.T) {
	in := tiny()
	check(t, in.Attribute(0).Reader(), map[string]any{
		"": 0, "small": 1, "Small": 1, "small;": 1, "small; ": 1, "large": 2, "1 to 249 employees": 1, "250 OR more": 2,
		"small;large;": codebook.Several, "Feb-50": codebook.Date, "10-Jan": codebook.Date, "2026-01-10": codebook.Date, "1/10/26": codebook.Date,
		"medium": codebook.Unlike, "17": codebook.Unlike, "May": codebook.Unlike, "small;medium": codebook.Unlike,
		"DK": 0, "n/a": 0,
	})
	check(t, in.Attribute(1).Reader(), map[string]any{
		"na": 1, "NA": 0, "eu": 2, "EU": 2, "Na": codebook.Unlike, // both the value and no answer
		"north america": 1,
	})
}

func TestTextsOfAMapping(t *testing.T) {
	answers := tiny().Answers()
	answers.Add(map[string]uint8{"AO01": 1, "AO02": 2, "Fully": 4, "Managed": 4})
	check(t, answers.Reader(), map[string]any{"AO01": 1, "ao02": 2, "fully": 4, "Managed": 4, "Defined": 4, "2": 3})

	quarters := tiny().Answers()
	quarters.Add(map[string]uint8{"0": 1, "0.25": 2, "0.5": 3, "1": 4})
	check(t, quarters.Reader(), map[string]any{
		"0": 1, "0.25": 2, ".25": 2, "0.250": 2, "1": 4, "1.0": 4, "2": codebook.Unlike, "3": codebook.Unlike, "-99": 0, "Defined": 4,
	})

	codes := tiny().Answers()
	codes.Add(map[string]uint8{"-1": 1})
	check(t, codes.Reader(), map[string]any{"-1": 1, "-1.0": 1, "0": 1, "3": 4})
}

func TestBands(t *testing.T) {
	none := math.Inf(1)
	percent := tiny().Answers()
	percent.Bands([]codebook.Band{{From: 0, To: 25, Below: none, Code: 1}, {From: 26, To: none, Below: 50, Code: 2}, {From: 50, To: none, Below: none, Code: 4}})
	check(t, percent.Reader(), map[string]any{
		"0": 1, "25": 1, "25.5": codebook.Unlike, "49.99": 2, "50": 4, "50 %": 4, "100%": 4, "1": 1, "3": 1, "-1": codebook.Unlike, "1,000": 4, "Defined": 4, "-99": 0,
	})

	size := tiny().Attribute(0)
	size.Bands([]codebook.Band{{From: 1, To: 249, Below: none, Code: 1}, {From: 250, To: none, Below: none, Code: 2}})
	size.Other(0)
	check(t, size.Reader(), map[string]any{
		"37": 1, "249": 1, "249.5": 0, "250": 2, "1,234": 2, "1 234": 2, "1'234": 2, "12,34": 0, "0": 0, "Other: many": 0, "small;large": codebook.Several,
	})
	size = tiny().Attribute(0)
	size.Numbers.Comma = true
	size.Bands([]codebook.Band{{From: 1, To: 249.5, Below: none, Code: 1}})
	check(t, size.Reader(), map[string]any{"249,5": 1, "1.234": codebook.Unlike, "37.5": codebook.Unlike})
}

func TestOverlaps(t *testing.T) {
	inf := math.Inf(1)
	for _, c := range []struct {
		a, b codebook.Band
		want bool
	}{
		{codebook.Band{From: 0, To: 10, Below: inf}, codebook.Band{From: 10, To: 20, Below: inf}, true},
		{codebook.Band{From: 0, To: inf, Below: 10}, codebook.Band{From: 10, To: 20, Below: inf}, false},
		{codebook.Band{From: 0, To: 9, Below: inf}, codebook.Band{From: 10, To: 20, Below: inf}, false},
		{codebook.Band{From: -inf, To: inf, Below: inf}, codebook.Band{From: 10, To: 20, Below: inf}, true},
	} {
		if c.a.Overlaps(c.b) != c.want || c.b.Overlaps(c.a) != c.want {
			t.Errorf("%v and %v: want %v", c.a, c.b, c.want)
		}
	}
}

func TestColumns(t *testing.T) {
	columns := tiny().Columns()
	for name, want := range map[string]string{
		"company": "company", "Company": "company", "company\u00a0": "company",
		"size": "size", "Number of employees": "size", "gov-01": "gov-01", "GOV-01": "gov-01", "There is a strategy\u00a0": "gov-01",
		"Twice": "", "gov-03": "", "": "", "Email": "", "email": "",
	} {
		column := columns.Find(name)
		if column.Name != want {
			t.Errorf("%q: got %q, want %q", name, column.Name, want)
		}
		if ignored := strings.EqualFold(name, "email"); ignored != (column.Kind == codebook.Ignored) {
			t.Errorf("%q: kind %v", name, column.Kind)
		}
	}
}

func TestExpectations(t *testing.T) {
	in := tiny()
	for got, want := range map[string]string{
		in.ExpectAnswer(0, codebook.Unlike):  "a level from 0 to 3, or no answer",
		in.ExpectAnswer(0, codebook.Between): "a number between levels",
		in.ExpectAnswer(0, codebook.Outside): "bands",
		in.ExpectValue(0, codebook.Unlike):   "small, large",
		in.ExpectValue(0, codebook.Several):  "one value of this attribute",
		in.ExpectValue(0, codebook.Date):     "spreadsheet",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q does not say %q", got, want)
		}
	}
}

// FuzzCode looks for panics, and for texts that are read in another way when
// they are met again.
func FuzzCode(f *testing.F) {
	for _, s := range []string{"3 - Defined", "small;", "(3", "Defined )", "1,234.5", "'", "%", "-", "\xff", "10-jan"} {
		f.Add(s)
	}
	in := tiny()
	banded := in.Attribute(0)
	banded.Bands([]codebook.Band{{From: 1, To: 249, Below: math.Inf(1), Code: 1}})
	f.Fuzz(func(t *testing.T, s string) {
		for _, texts := range []*codebook.Texts{in.Answers(), in.Attribute(1), banded} {
			r := texts.Reader()
			code, miss := r.Code([]byte(s))
			again, more := r.Code([]byte(s))
			if code != again || miss != more || (code == codebook.NotCode) == (miss == codebook.Known) {
				t.Errorf("%q: %v, then %v", s, fmt.Sprint(code, miss), fmt.Sprint(again, more))
			}
		}
	})
}
