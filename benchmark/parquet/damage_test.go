package parquet_test

import (
	"bytes"
	"encoding/binary"
	"strconv"
	"strings"
	"testing"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/inputtest"
	"maturitybench/benchmark/parquet"

	"github.com/google/go-cmp/cmp"
	parquetgo "github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"
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
			problems, claimed := quiet(t, in, damaged), rows(damaged)
			if problems == 0 && claimed >= 0 && claimed != 3 {
				t.Errorf("byte %d: no problem, though the footer says that there are %d rows", at, claimed)
			}
		}
	}
}

// rows is the number of rows that a file claims to have, −1 if it has no footer
// that can be read.
func rows(file []byte) (n int64) {
	defer func() {
		if recover() != nil {
			n = -1
		}
	}()
	opened, err := parquetgo.OpenFile(bytes.NewReader(file), int64(len(file)), parquetgo.SkipPageIndex(true))
	if err != nil {
		return -1
	}
	return opened.NumRows()
}

// A damaged part is named by the row where it starts; the rows before it are
// read.
func TestReadDamagedRow(t *testing.T) {
	text, integer := parquetgo.String(), parquetgo.Int(32)
	file := table{[]string{"company", "email", "q1", "q2", "q3", "size"}, []parquetgo.Node{text, text, integer, integer, integer, text}, nil}
	for i := range 1200 {
		file.rows = append(file.rows, []any{strconv.Itoa(i), "", int32(1), int32(2), int32(3), "small"})
	}
	data := file.bytes(t, parquetgo.MaxRowsPerRowGroup(700))
	opened, err := parquetgo.OpenFile(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	at := opened.Metadata().RowGroups[1].Columns[2].MetaData.DataPageOffset
	for i := range 8 {
		data[at+int64(i)] = 0xff
	}
	n, problems, err := walk(parquet.Read(questionnaire(t), bytes.NewReader(data), int64(len(data))))
	want := []input.Problem{{Line: 701, Expected: "rows that are not damaged from here on"}}
	if diff := cmp.Diff(want, problems); n != 700 || err != nil || diff != "" {
		t.Errorf("%d responses, error %v, problems (-want +got):\n%s", n, err, diff)
	}
}

// check expects problems that quote nothing.
func check(tb testing.TB, in *instrument.Instrument, file []byte) {
	tb.Helper()
	if problems := quiet(tb, in, file); problems == 0 {
		tb.Errorf("%d bytes: no problem", len(file))
	}
}

// quiet reads a file and expects that its errors quote nothing.
func quiet(tb testing.TB, in *instrument.Instrument, file []byte) (problems int) {
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
	f.Add(small(f), uint64(1))
	f.Add([]byte("PAR1PAR1"), uint64(1))
	f.Add(table{[]string{"company", "q1"}, []parquetgo.Node{parquetgo.String(), parquetgo.Int(32)}, nil}.bytes(f), uint64(1))
	in := questionnaire(f)
	f.Fuzz(func(t *testing.T, file []byte, seed uint64) {
		for text := range inputtest.Mutants(file, seed) {
			rows := 0
			for range parquet.Read(in, bytes.NewReader(text), int64(len(text))) {
				if rows++; rows > 1<<12 {
					break // a column of nulls can be long
				}
			}
		}
	})
}

// Numbers of rows in the footer that do not fit together, or not to the columns,
// are problems: no row is left out in silence.
func TestReadRowCounts(t *testing.T) {
	file, in := small(t), questionnaire(t)
	for _, test := range []struct {
		name        string
		all, second int64 // added to the rows of the file, and of its second group
		problems    int
	}{
		{"as written", 0, 0, 0},
		{"a row more than in the groups", 1, 0, 1},
		{"a row less than in the groups", -1, 0, 1},
		{"a row more than in the columns", 1, 1, 1},
		{"a row less than in the columns", -1, -1, 1},
	} {
		opened, err := parquetgo.OpenFile(bytes.NewReader(file), int64(len(file)))
		if err != nil {
			t.Fatal(err)
		}
		meta := opened.Metadata()
		meta.NumRows += test.all
		meta.RowGroups[1].NumRows += test.second
		footer, err := thrift.Marshal(new(thrift.CompactProtocol), meta)
		if err != nil {
			t.Fatal(err)
		}
		tail := file[len(file)-8:]
		changed := bytes.Clone(file[:len(file)-8-int(binary.LittleEndian.Uint32(tail))])
		changed = binary.LittleEndian.AppendUint32(append(changed, footer...), uint32(len(footer)))
		if problems := quiet(t, in, append(changed, tail[4:]...)); problems != test.problems {
			t.Errorf("%s: %d problems, want %d", test.name, problems, test.problems)
		}
	}
}
