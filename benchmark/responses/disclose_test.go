package responses

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/inputtest"
)

// canary is a text that stands for a company, an answer, a value or a column
// wherever it is put into a file. No error may hold it.
const canary = "7919"

// tellNothing reads a file with the canary put in at a place into a data set, and
// looks for the canary in each error on the way, in the error of all, and in the
// data set.
func tellNothing(t *testing.T, in *instrument.Instrument, read func(*instrument.Instrument, string) iter.Seq2[Response, error], file string, at uint) {
	t.Helper()
	if len(file) > 5000 {
		return // a line or column may have the number of the canary
	}
	at %= uint(len(file) + 1)
	file = file[:at] + canary + file[at:]
	look := func(what any) {
		if text := fmt.Sprintf("%v %#v", what, what); strings.Contains(text, canary) {
			t.Errorf("%q: %T tells what is in the file: %s", file, what, text)
		}
	}
	data, err := NewDataset(context.Background(), in, func(yield func(Response, error) bool) {
		for response, err := range read(in, file) {
			if err != nil {
				look(err)
			}
			if !yield(response, err) {
				return
			}
		}
	})
	if err != nil {
		look(err)
		return
	}
	look(data)
	look(struct{ d *Dataset }{data})
}

func FuzzReadCSV(f *testing.F) {
	for _, seed := range []string{
		header + "a,small,1,2,3\n", header + "a,tiny,10,x,3.0\n,,,,\na,,1,,\na,,1,,\n", "a,b,c\n1,2,3", header + "\"a\"\"\n\",small,\"1\"x,2,3\n", "\ufeff" + header + "a,\"b\n\n",
		"company;size;q1;q2;q3\na;small;1;2;3", header + "\xff,,1,,\n\x00", "\x1f\x8b", "PK\x03\x04",
	} {
		for _, at := range []uint{0, 3, 8, 21, 22, 25, 30, 35, uint(len(seed))} {
			f.Add(seed, at, uint64(at))
		}
	}
	in := smallInstrument(f)
	f.Fuzz(func(t *testing.T, file string, at uint, seed uint64) {
		for text := range inputtest.Mutants([]byte(file), seed) {
			tellNothing(t, in, readCSVText, string(text), at)
		}
	})
}

func FuzzReadJSONL(f *testing.F) {
	for _, seed := range []string{
		`{"company":"a","attributes":{"size":"small"},"scores":{"q1":1,"q2":null}}` + "\n" + `{"company":"a","scores":{"q1":10}}`,
		`{"company":1,"attributes":{"mood":"x"},"scores":{"q9":[1,{"a":2}],"q1":1e5},"x":"\u0041"}`, `[1]`, `{"company":"a\x"}`, "{\xff", `{"company":"a","company":"b","scores":{"q1":1}} {}`,
	} {
		for at := range uint(len(seed) + 1) {
			f.Add(seed, at, uint64(at))
		}
	}
	in := smallInstrument(f)
	f.Fuzz(func(t *testing.T, file string, at uint, seed uint64) {
		for text := range inputtest.Mutants([]byte(file), seed) {
			tellNothing(t, in, readJSONText, string(text), at)
		}
	})
}
