package parquet

import (
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/format"
)

// momentKind is the kind of a type that stands for a date or a time, or other.
func momentKind(t parquet.Type) kind {
	if t.Kind() == parquet.Int96 {
		return julian // which stood for nothing else
	}
	logical := t.LogicalType()
	if logical == nil {
		return other
	}
	switch of := logical.Value.(type) {
	case *format.DateType:
		if t.Kind() == parquet.Int32 {
			return day
		}
	case *format.TimestampType:
		if t.Kind() != parquet.Int64 {
			return other
		}
		switch of.Unit.Value.(type) {
		case *format.MilliSeconds:
			return milliseconds
		case *format.MicroSeconds:
			return microseconds
		case *format.NanoSeconds:
			return nanoseconds
		}
	}
	return other
}

// Layouts of dates and times as texts.
const (
	dayLayout    = "2006-01-02"
	momentLayout = "2006-01-02 15:04:05.999999999"
)

// appendMoment appends a date or a time as a text. One without a zone is taken
// as UTC, as everywhere.
func (k kind) appendMoment(to []byte, value parquet.Value) []byte {
	const secondsOfDay = 24 * 60 * 60
	switch k {
	case day:
		return time.Unix(int64(value.Int32())*secondsOfDay, 0).UTC().AppendFormat(to, dayLayout)
	case milliseconds:
		return time.UnixMilli(value.Int64()).UTC().AppendFormat(to, momentLayout)
	case microseconds:
		return time.UnixMicro(value.Int64()).UTC().AppendFormat(to, momentLayout)
	case nanoseconds:
		return time.Unix(0, value.Int64()).UTC().AppendFormat(to, momentLayout)
	case julian:
		return ofJulian(value.Int96()).AppendFormat(to, momentLayout)
	}
	return to
}

// ofJulian is a time as Impala, Hive and Spark store it: nanoseconds of a day in
// the lower 64 bits, and the number of the day, counted from 4713 BC.
func ofJulian(i deprecated.Int96) time.Time {
	const unixDay = 2440588 // the number of 1 January 1970
	nanoseconds := int64(i[0]) | int64(i[1])<<32
	return time.Unix((int64(i[2])-unixDay)*24*60*60, 0).UTC().Add(time.Duration(nanoseconds))
}
