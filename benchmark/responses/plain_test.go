package responses

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
)

// TestPlainRowsAreQuotedOnes: rows without quotes, which are read by words of four cells as far as they
// go, are read like the same rows with every cell quoted, which are split cell by cell: the same sheets
// and the same problems, at the same lines and columns. Answers are blank, of one byte or another text, known
// or not; rows end in LF, CRLF or the end of the file, and are too short or too long.
func TestPlainRowsAreQuotedOnes(t *testing.T) {
	spec := instrument.JSP().Spec()
	spec.Ignore = []string{"email"}
	in, err := instrument.New(spec)
	if err != nil {
		t.Fatal(err)
	}
	names := []string{"company", "email"}
	for _, a := range spec.Attributes {
		names = append(names, a.ID)
	}
	for _, q := range spec.Questions() {
		names = append(names, q.ID)
	}
	rng := rand.New(rand.NewPCG(3, 4))
	one := func(texts ...string) string { return texts[rng.IntN(len(texts))] }
	answer := func() string { return one("", "0", "1", "2", "3", "4", "5", "", "1", "2") }
	row := func(columns []string) []string {
		odd := rng.IntN(60) // one cell in so many; none: 0
		cells := make([]string, len(columns))
		for c, name := range columns {
			at := slices.IndexFunc(spec.Attributes, func(a instrument.Attribute) bool { return a.ID == name })
			switch {
			case name == "company":
				cells[c] = one("a", "company 17", "1", "\u00c9", "2", "3", "\xff", "")
			case name == "email":
				cells[c] = one("", "a", "\u00e9", "1", "2", "3", "4", "\xff")
			case at >= 0:
				cells[c] = one("", spec.Attributes[at].Values[0].ID, spec.Attributes[at].Values[1].ID)
			case odd > 0 && rng.IntN(odd) == 0:
				cells[c] = one(" ", "6", "x", "12", "\u00e9", "\xff", "3.0", " 4", "NA", "-")
			default:
				cells[c] = answer()
			}
		}
		switch rng.IntN(12) {
		case 0:
			return cells[:len(cells)-1]
		case 1:
			return append(cells, answer())
		}
		return cells
	}
	read := func(file string) ([]plainSheet, []input.Problem) {
		sheets, problems, err := walk(t, ReadCSV(in, strings.NewReader(file)))
		if err != nil {
			t.Fatal(err)
		}
		return sheets, problems
	}
	taken, refused := 0, 0
	for n := range 1500 {
		columns := slices.Clone(names)
		if n%3 == 0 {
			rng.Shuffle(len(columns), func(i, j int) { columns[i], columns[j] = columns[j], columns[i] })
		}
		var plain, quoted strings.Builder
		write := func(cells []string, end string) {
			plain.WriteString(strings.Join(cells, ",") + end)
			quoted.WriteString(`"` + strings.Join(cells, `","`) + `"` + end)
		}
		write(columns, "\n")
		for range 1 + rng.IntN(4) {
			write(row(columns), one("\n", "\r\n"))
		}
		write(row(columns), one("\n", ""))
		sheets, problems := read(plain.String())
		wantSheets, wantProblems := read(quoted.String())
		if !slices.Equal(sheets, wantSheets) || !slices.Equal(problems, wantProblems) {
			t.Fatalf("%q:\n%v, %v\nas quoted cells:\n%v, %v", plain.String(), sheets, problems, wantSheets, wantProblems)
		}
		taken, refused = taken+len(sheets), refused+len(problems)
	}
	if taken < 1000 || refused < 1000 {
		t.Errorf("%d sheets and %d problems: both must be tested", taken, refused)
	}
}
