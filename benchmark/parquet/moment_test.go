package parquet_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"maturitybench/benchmark/internal/intake"
	"maturitybench/benchmark/mapping"
	"maturitybench/benchmark/parquet"
	"maturitybench/benchmark/responses"

	"github.com/google/go-cmp/cmp"
	parquetgo "github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"
)

// The later answers of a company count, whatever type says when they were given,
// to the smallest difference that the type can hold.
func TestLastByTimestamp(t *testing.T) {
	first := time.Date(2026, 3, 1, 10, 30, 0, 0, time.UTC)
	in := questionnaire(t)
	m := &mapping.Mapping{Duplicates: mapping.DuplicatesLast, Timestamp: &mapping.Column{Column: mapping.Texts{"when"}}}
	var want []string
	for response, err := range responses.ReadCSV(in, strings.NewReader("company,q1,q2,q3,size\na,1,1,1,small\nb,3,3,3,large\n")) {
		if err != nil {
			t.Fatal(err)
		}
		sheet := intake.Open(response)
		want = append(want, fmt.Sprintf("%s %v %v", sheet.Company, sheet.Attributes, sheet.Scores))
	}
	for name, c := range map[string]struct {
		node  parquetgo.Node
		value func(time.Time) any
		step  time.Duration
	}{
		"date":         {parquetgo.Date(), func(t time.Time) any { return int32(t.Unix() / 86400) }, 24 * time.Hour},
		"milliseconds": {parquetgo.Timestamp(parquetgo.Millisecond), func(t time.Time) any { return t.UnixMilli() }, time.Millisecond},
		"microseconds": {parquetgo.Timestamp(parquetgo.Microsecond), func(t time.Time) any { return t.UnixMicro() }, time.Microsecond},
		"nanoseconds":  {parquetgo.Timestamp(parquetgo.Nanosecond), func(t time.Time) any { return t.UnixNano() }, time.Nanosecond},
		"local":        {parquetgo.TimestampAdjusted(parquetgo.Microsecond, false), func(t time.Time) any { return t.UnixMicro() }, time.Microsecond},
		"int96": {parquetgo.Leaf(parquetgo.Int96Type), func(t time.Time) any {
			nanoseconds := uint64(t.Sub(t.Truncate(24 * time.Hour)))
			return deprecated.Int96{uint32(nanoseconds), uint32(nanoseconds >> 32), uint32(t.Unix()/86400 + 2440588)}
		}, time.Nanosecond},
		"text": {parquetgo.String(), func(t time.Time) any { return t.Format(time.RFC3339Nano) }, time.Nanosecond},
	} {
		file := table{[]string{"company", "q1", "q2", "q3", "size", "when"}, []parquetgo.Node{
			parquetgo.String(), parquetgo.Int(64), parquetgo.Int(64), parquetgo.Int(64), parquetgo.String(), c.node,
		}, [][]any{
			{"a", int64(1), int64(1), int64(1), "small", c.value(first.Add(c.step))},
			{"b", int64(2), int64(2), int64(2), "small", c.value(first)},
			{"b", int64(3), int64(3), int64(3), "large", c.value(first.Add(c.step))},
			{"a", int64(4), int64(4), int64(4), "large", c.value(first)},
		}}.bytes(t)
		var got []string
		for response, err := range parquet.Read(in, bytes.NewReader(file), int64(len(file)), responses.Options{Mapping: m}) {
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			sheet := intake.Open(response)
			got = append(got, fmt.Sprintf("%s %v %v", sheet.Company, sheet.Attributes, sheet.Scores))
		}
		written := map[string]string{"date": "2026-03-01", "text": "2026-03-01T10:30:00Z"}[name]
		if written == "" {
			written = "2026-03-01 10:30:00"
		}
		keep := responses.Options{Mapping: &mapping.Mapping{Keep: map[string]mapping.Texts{"when": {written}}}}
		if n, problems, err := walk(parquet.Read(in, bytes.NewReader(file), int64(len(file)), keep)); n != 2 || len(problems) > 0 || err != nil {
			t.Errorf("%s: %d rows of %s, want 2; problems %v, error %v", name, n, written, problems, err)
		}
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// A date is no answer: without a mapping its column has to be ignored.
func TestDatesAreNoAnswers(t *testing.T) {
	file := table{[]string{"company", "q1", "q2", "q3", "size"}, []parquetgo.Node{
		parquetgo.String(), parquetgo.Date(), parquetgo.Int(64), parquetgo.Int(64), parquetgo.String(),
	}, [][]any{{"a", int32(1), int64(1), int64(1), "small"}}}.bytes(t)
	_, problems, err := walk(parquet.Read(questionnaire(t), bytes.NewReader(file), int64(len(file))))
	if len(problems) != 1 || problems[0].Field != "q1" || err != nil {
		t.Errorf("problems %v, error %v", problems, err)
	}
}
