package responses

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/binary"
	"fmt"
	"io"
	"iter"
	"math"
	"strings"
	"testing"
	"time"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/inputtest"
)

// made is a database whose only table is what a test hands it as the text of the
// query: no server would return some of it.
type made struct{}

func (made) Connect(context.Context) (driver.Conn, error) { return made{}, nil }
func (made) Driver() driver.Driver                        { return nil }
func (made) Prepare(query string) (driver.Stmt, error)    { return nil, driver.ErrSkip }
func (made) Begin() (driver.Tx, error)                    { return nil, driver.ErrSkip }
func (made) Close() error                                 { return nil }
func (made) QueryContext(_ context.Context, query string, _ []driver.NamedValue) (driver.Rows, error) {
	names, text, _ := strings.Cut(query, "\n")
	return &madeRows{names: strings.Split(names, ","), text: text}, nil
}

// madeRows are rows whose values are made of the bytes of a text: a byte for the
// type, and the value behind it.
type madeRows struct {
	names []string
	text  string
}

func (r *madeRows) Columns() []string { return r.names }
func (r *madeRows) Close() error      { return nil }

func (r *madeRows) Next(values []driver.Value) error {
	if r.text == "" {
		return io.EOF
	}
	for i := range values {
		values[i] = r.value()
	}
	return nil
}

// value takes a value off the text.
func (r *madeRows) value() driver.Value {
	kind := r.take(1)
	switch {
	case kind == "":
		return nil
	case kind[0] >= '0' && kind[0] <= '9':
		return int64(kind[0] - '0')
	}
	switch kind[0] {
	case 'i', 'f', 'd':
		var bits [8]byte
		copy(bits[:], r.take(8))
		n := binary.LittleEndian.Uint64(bits[:])
		switch kind[0] {
		case 'i':
			return int64(n)
		case 'f':
			return math.Float64frombits(n)
		}
		return time.Unix(int64(n>>20), int64(n&0xfffff)).UTC()
	case 't':
		return true
	case 'n':
		return nil
	}
	text, rest, _ := strings.Cut(r.text, "\n")
	r.text = rest
	if kind[0] == 'b' {
		return []byte(text)
	}
	return text
}

func (r *madeRows) take(n int) string {
	n = min(n, len(r.text))
	taken := r.text[:n]
	r.text = r.text[n:]
	return taken
}

// FuzzReadRows looks for panics, and for errors that tell what a query returned,
// with and without a mapping.
func FuzzReadRows(f *testing.F) {
	const wide = "company,size,q1,q2,q3,when\n"
	for kind := range uint8(4) {
		f.Add(wide+"sa\nssmall\n1s2\nf\x00\x00\x00\x00\x00\x00\x08@"+"nbb\nn9tni\xff\xff\xff\xff\xff\xff\xff\xff", uint(32), kind, uint64(1))
		f.Add("company,q,a,when,size\nsa\nsq1\n3d\x01\x02\x03\x04\x05\x06\x07\x08n", uint(30), kind, uint64(1))
	}
	db := sql.OpenDB(made{})
	f.Cleanup(func() { db.Close() })
	options := [][]Options{nil, {parsed(f, "long: {question: q, answer: a}")}, {parsed(f, "duplicates: last\ntimestamp: when")}, {parsed(f, "answers: {0: {to: 10}}\nkeep: {size: [small]}")}}
	in := smallInstrument(f)
	f.Fuzz(func(t *testing.T, text string, at uint, kind uint8, seed uint64) {
		read := func(in *instrument.Instrument, text string) iter.Seq2[Response, error] {
			rows, err := db.Query(text)
			if err != nil {
				return func(yield func(Response, error) bool) { yield(Response{}, fmt.Errorf("no rows")) }
			}
			return ReadRows(in, rows, options[int(kind)%len(options)]...)
		}
		for text := range inputtest.Mutants([]byte(text), seed) {
			tellNothing(t, in, read, string(text), at)
		}
	})
}
