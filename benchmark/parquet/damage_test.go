package parquet_test

import (
	"bytes"
	"strings"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/parquet"

	parquetgo "github.com/parquet-go/parquet-go"
)

// small is a file of two row groups with columns of several kinds.
func small(tb testing.TB) []byte {
	text := parquetgo.Optional(parquetgo.String())
	return table{[]string{"company", "email", "q1", "q2", "q3", "size"}, []parquetgo.Node{
		parquetgo.String(), text, parquetgo.Optional(parquetgo.Int(32)), parquetgo.Int(64),
		parquetgo.Encoded(parquetgo.Uint(8), &parquetgo.RLEDictionary), parquetgo.Encoded(text, &parquetgo.RLEDictionary),
	}, [][]any{
		{"Confidential Inc", "x", int32(1), int64(2), uint32(3), "small"},
		{"Secret Ltd", nil, nil, int64(-1), uint32(9), "large"},
		{"Hidden AG", nil, int32(5), int64(4), uint32(99), nil},
	}}.bytes(tb, parquetgo.MaxRowsPerRowGroup(2), parquetgo.Compression(&parquetgo.Snappy))
}

// Cut and padded files are errors that quote nothing.
func TestReadDamaged(t *testing.T) {
	file, in := small(t), questionnaire(t)
	if n, problems, err := walk(parquet.Read(in, bytes.NewReader(file), int64(len(file)))); n != 3 || len(problems) > 0 || err != nil {
		t.Fatalf("the whole file: %d responses, problems %v, error %v", n, problems, err)
	}
	for n := range file {
		check(t, in, file[:n])
	}
	check(t, in, append(bytes.Clone(file), 0))
	check(t, in, []byte("company,size,q1,q2,q3\nSecret Ltd,small,1,2,3\n"))
}

// Every byte with some of its bits turned over: no panic, and nothing is quoted.
func TestReadFlipped(t *testing.T) {
	file, in := small(t), questionnaire(t)
	for at := range file {
		for _, flip := range []byte{0x01, 0x80, 0xff} {
			damaged := bytes.Clone(file)
			damaged[at] ^= flip
			quiet(t, in, damaged)
		}
	}
}

// check expects problems that quote nothing.
func check(tb testing.TB, in *benchmark.Instrument, file []byte) {
	tb.Helper()
	if problems := quiet(tb, in, file); problems == 0 {
		tb.Errorf("%d bytes: no problem", len(file))
	}
}

// quiet reads a file and expects that its errors quote nothing.
func quiet(tb testing.TB, in *benchmark.Instrument, file []byte) (problems int) {
	tb.Helper()
	_, listed, err := walk(parquet.Read(in, bytes.NewReader(file), int64(len(file))))
	if err != nil {
		tb.Errorf("%v, which is not about the input", err)
	}
	for _, p := range listed {
		text := p.String()
		for _, secret := range []string{"Confidential", "Secret", "Hidden"} {
			if strings.Contains(text, secret) {
				tb.Errorf("the problem quotes the file: %s", text)
			}
		}
	}
	return len(listed)
}

// Whatever the bytes, reading ends with responses or problems, and does not
// panic.
func FuzzRead(f *testing.F) {
	f.Add(small(f))
	f.Add([]byte("PAR1PAR1"))
	f.Add(table{[]string{"company", "q1"}, []parquetgo.Node{parquetgo.String(), parquetgo.Int(32)}, nil}.bytes(f))
	in := questionnaire(f)
	f.Fuzz(func(t *testing.T, file []byte) {
		rows := 0
		for range parquet.Read(in, bytes.NewReader(file), int64(len(file))) {
			if rows++; rows > 1<<20 {
				return // a column of nulls can be long
			}
		}
	})
}
