package responses

import (
	"io"
	"iter"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"maturitybench/benchmark/internal/intake"
)

// readBlocks is what a reader of a format yields, block by block.
func readBlocks(r *sheetFile, text string, size int) iter.Seq2[Response, error] {
	return func(yield func(Response, error) bool) {
		blocks, newReader := r.blocks(strings.NewReader(text), size, yield)
		if blocks == nil {
			return
		}
		readers := make([]blockReader, 3) // as if on three cores
		for i := range readers {
			readers[i] = newReader(func(s *intake.Sheet) bool {
				copied := *s
				copied.Company = append([]byte(nil), s.Company...)
				row := append([]uint8(nil), s.Row()...)
				copied.Attributes, copied.Scores = row[:len(s.Attributes)], row[len(s.Attributes):]
				return yield(newResponse(&copied), nil)
			})
		}
		for n := 0; ; n++ {
			block, err := blocks.Next(nil)
			if err == io.EOF {
				return
			}
			if err != nil {
				yield(Response{}, readError(err))
				return
			}
			readers[n%len(readers)](block.Lines(), yield)
		}
	}
}

// A file that is read in blocks has the sheets and the problems of one that is
// read from its beginning to its end, with their lines and columns.
func TestBlocksHaveTheSameSheets(t *testing.T) {
	in := smallInstrument(t)
	cell := rapid.SampledFrom([]string{"", "1", "2", "9", "10", "x", "NA", "\"3\"", "\"4\"\"\"", "\"5\n\"", "6\"", " 7", "small", "large", "\"la\nrge\"", "b", "c", "d", "\xff"})
	end := rapid.SampledFrom([]string{"\n", "\n", "\r\n", "\n\n", " \n"})
	row := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(cell, 4, 6).Draw(t, "cells"), ",") + end.Draw(t, "end")
	})
	good := rapid.Custom(func(t *rapid.T) string {
		return rapid.StringMatching(`"?[a-z]{1,9}"?`).Draw(t, "company") + rapid.SampledFrom([]string{",small,1,2,3", ",,,,9", ",\"large\",\"1\",,\"\""}).Draw(t, "rest") + end.Draw(t, "end")
	})
	line := rapid.SampledFrom([]string{`{"company":"a","scores":{"q1":1}}`, `{"company":"b","attributes":{"size":"small"},"scores":{"q2":2,"q3":3}}`, "{", "", `{"company":"\"","scores":{"q1":99}}`, `{"x":1,"company":"c","scores":{}}`})
	rapid.Check(t, func(t *rapid.T) {
		table := rapid.SampledFrom([]string{"", "\ufeff"}).Draw(t, "mark") + rapid.SampledFrom([]string{"company,size,q1,q2,q3", "company,size,\"q1\",q2,\"q3\"", "company,size"}).Draw(t, "header") + end.Draw(t, "end") +
			strings.Join(rapid.SliceOfN(rapid.OneOf(row, good, good), 0, 12).Draw(t, "rows"), "")
		lines := strings.Join(rapid.SliceOfN(line, 0, 9).Draw(t, "lines"), end.Draw(t, "end"))
		for _, test := range []struct {
			format Format
			text   string
			read   iter.Seq2[Response, error]
		}{
			{CSV, table, ReadCSV(in, strings.NewReader(table))},
			{CSV, strings.TrimRight(table, "\r\n"), ReadCSV(in, strings.NewReader(strings.TrimRight(table, "\r\n")))},
			{JSONL, lines, ReadJSONL(in, strings.NewReader(lines))},
		} {
			sheets, problems, err := walk(t, test.read)
			for _, size := range []int{1, 40} {
				inBlocks, inProblems, inErr := walk(t, readBlocks(&sheetFile{in: in, format: test.format}, test.text, size))
				if diff := cmp.Diff(sheets, inBlocks) + cmp.Diff(problems, inProblems); diff != "" || err != inErr {
					t.Fatalf("%q in blocks of %d, errors %v and %v (-in order +in blocks):\n%s", test.text, size, err, inErr, diff)
				}
			}
		}
	})
}
