package benchmark_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"maturitybench/benchmark/responses"
	"maturitybench/privacy"
	"maturitybench/privacy/privacytest"
)

// TestSourceKept publishes a source of some ten blocks of which a part is kept: the
// release is that of the data set. Where the source changes after it was read, what was
// kept is published as it was, and what is read again is an error.
func TestSourceKept(t *testing.T) {
	if testing.Short() {
		t.Skip("ten thousand companies, seven times")
	}
	p := newPublication(privacy.SecretRoster)
	p.panel.Companies, p.spec.ExpectedCompanies = 10_000, 10_000
	file := panelCSV(t, p.in, p.panel)
	rows := strings.SplitAfter(file, "\n")
	data, err := responses.NewDataset(t.Context(), p.in, p.panel.Responses(p.in))
	if err != nil {
		t.Fatal(err)
	}
	want, err := p.publishData(t, t.Context(), privacytest.NewLedger(t, 7), data)
	if err != nil {
		t.Fatal(err)
	}
	other := func(i int) string { // another answer in row i
		row := []byte(rows[i])
		at := bytes.LastIndexByte(row, ',') - 1
		row[at] = map[bool]byte{true: '1', false: '2'}[row[at] != '1']
		return strings.Join(rows[:i], "") + string(row) + strings.Join(rows[i+1:], "")
	}
	const part = 120_000 // of the 250,000 bytes that the rows take
	for name, test := range map[string]struct {
		second string
		keep   int64
		opened int
		err    error
	}{
		"nothing kept":           {file, -1, 2, nil},
		"a part kept":            {file, part, 2, nil},
		"all kept":               {other(10_000), 0, 1, nil},
		"a change in that part":  {other(100), part, 2, nil},
		"a change in the rest":   {other(9_000), part, 2, responses.ErrChanged},
		"a byte more before it":  {strings.Replace(file, "\n", " \n", 1) + "\n", part, 2, nil},
		"a row less in the part": {strings.Join(append(rows[:50:50], rows[51:]...), ""), part, 2, responses.ErrChanged},
		"less than was kept":     {strings.Join(rows[:100], ""), part, 2, responses.ErrChanged},
		"nothing but the part":   {strings.Join(rows[:5_000], ""), part, 2, responses.ErrChanged},
	} {
		t.Run(name, func(t *testing.T) {
			opener := &texts{list: []string{file, test.second}}
			source := responses.NewSource(p.in, responses.CSV, opener.open, responses.Options{Keep: test.keep})
			got, err := p.publishData(t, t.Context(), privacytest.NewLedger(t, 7), source)
			if !errors.Is(err, test.err) || opener.opened != test.opened {
				t.Fatalf("error %v after %d times, want %v after %d", err, opener.opened, test.err, test.opened)
			}
			if err == nil && !bytes.Equal(got.Bytes(), want.Bytes()) {
				t.Error("the release differs from that of the data set")
			}
		})
	}
}
