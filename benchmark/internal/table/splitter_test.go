package table_test

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"maturitybench/benchmark/internal/inputtest"
	"maturitybench/benchmark/internal/table"
)

// What a Splitter makes of a file is what encoding/csv makes of it, row for row.
func FuzzSplitter(f *testing.F) {
	for _, seed := range []string{
		"a,b\nc,d\n", "a,\"b\"\n\"c\",\n", "\"a\nb\",\"c\"\"d\"\n,\n", "a,\"b\nc", "a\"b\nc,d", "\"a\"b\nc", "\r\n\r\n,\r", "\"\"\n\"\",\"\"", "\"a\r\nb\"\r\n",
	} {
		f.Add([]byte(seed), uint64(1))
	}
	f.Fuzz(func(t *testing.T, data []byte, seed uint64) {
		for text := range inputtest.Mutants(data, seed) {
			splitsAlike(t, string(text))
		}
	})
}

func splitsAlike(t *testing.T, file string) {
	if strings.HasPrefix(file, "\ufeff") || !utf8.ValidString(file) || strings.Contains(file, "\r\r") {
		return // encoding/csv keeps the mark, and differs on runs of CR
	}
	bare := csv.NewReader(strings.NewReader(file))
	bare.FieldsPerRecord, bare.TrimLeadingSpace = -1, true
	rows := table.NewSplitter(table.NewLines(strings.NewReader(file)), ',')
	for {
		problem, err := rows.Next()
		start := bare.InputOffset()
		want, wantErr := bare.Read()
		for wantErr == nil && strings.TrimSpace(file[start:bare.InputOffset()]) == "" {
			start = bare.InputOffset() // a line of white space is no row here
			want, wantErr = bare.Read()
		}
		if err != nil {
			if wantErr != err {
				t.Fatalf("end with %v, encoding/csv goes on with %v", err, wantErr)
			}
			return
		}
		if (problem.Expected == "") != (wantErr == nil) {
			t.Fatalf("line %d: problem %q, encoding/csv says %v", rows.Start, problem.Expected, wantErr)
		}
		if wantErr != nil {
			return
		}
		got := trimAll(rows.Cells)
		for i := range want {
			want[i] = strings.TrimSpace(want[i])
			if line, _ := bare.FieldPos(i); rows.LineOf(i) != line {
				t.Fatalf("cell %d is on line %d, want %d", i, rows.LineOf(i), line)
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("line %d: cells %q, want %q", rows.Start, got, want)
		}
	}
}

// trimAll trims the cells of a row.
func trimAll(cells [][]byte) []string {
	texts := make([]string, len(cells))
	for i, cell := range cells {
		texts[i] = strings.TrimSpace(string(cell))
	}
	return texts
}
