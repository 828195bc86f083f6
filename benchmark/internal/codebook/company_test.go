package codebook_test

import (
	"strings"
	"testing"

	"maturitybench/benchmark/internal/codebook"
)

func TestCompanies(t *testing.T) {
	for _, c := range []struct {
		text string
		any  bool
		name string // empty: none
		says string
	}{
		{" ACME\u00a02 ", false, "acme 2", ""},
		{"", false, "", "a company"},
		{"\u200b", false, "", "a company"},
		{"\xff", false, "", "UTF-8"},
		{strings.Repeat("x", 200), false, strings.Repeat("x", 200), ""},
		{strings.Repeat("x", 201), false, "", "200 bytes"},
		{"Total", false, "", "total"},
		{"MEDIAN:", false, "", "median"},
		{"Total", true, "total", ""},
		{"Total Care", false, "total care", ""},
	} {
		name, expected := codebook.SetCompany([]byte("-"), []byte(c.text), c.any)
		if string(name) != "-"+c.name || (c.says == "") != (expected == "") || !strings.Contains(expected, c.says) {
			t.Errorf("%q: got %q, expected %q", c.text, name, expected)
		}
	}
}
