package parquet

import (
	"io"
	"strconv"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// kind says how the values of a column become texts.
type kind uint8

const (
	other kind = iota // cannot be read
	text
	signed32
	signed64
	unsigned32
	unsigned64
	single // float
	double
	boolean

	// Dates and times, which a mapping reads and an answer sheet does not have.
	day
	milliseconds
	microseconds
	nanoseconds
	julian
)

// readable reports whether values can be read, through a mapping or without one.
func (k kind) readable(mapped bool) bool { return k != other && (mapped || k < day) }

// column is one column of a file, and the texts of the rows read last.
type column struct {
	name string
	kind kind
	leaf int  // its number among the columns of a row group
	read bool // it is not ignored

	pages  parquet.Pages
	page   parquet.Page
	values parquet.ValueReader // of page; nil before the first page and after the last value of one
	buffer []parquet.Value
	text   []byte // the cells, one after the other
	ends   []int  // where they end in text, after a 0
}

// newColumn is the column of a field of the schema.
func newColumn(field parquet.Field, leaf int) column {
	c := column{name: field.Name(), leaf: leaf}
	if field.Leaf() && !field.Repeated() {
		c.kind = kindOf(field.Type())
	}
	return c
}

// kindOf is the kind of a type. Integers that stand for something else, such as
// dates and decimals, are not integers here.
func kindOf(t parquet.Type) kind {
	wide := false
	switch t.Kind() {
	case parquet.ByteArray:
		return textKind(t.LogicalType())
	case parquet.Float:
		return single
	case parquet.Double:
		return double
	case parquet.Boolean:
		return boolean
	case parquet.Int96:
		return momentKind(t)
	case parquet.Int32:
	case parquet.Int64:
		wide = true
	default:
		return other
	}
	unsigned := false
	if logical := t.LogicalType(); logical != nil && logical.Value != nil {
		integer, ok := logical.Value.(*format.IntType)
		if !ok {
			return momentKind(t)
		}
		unsigned = !integer.IsSigned
	}
	switch {
	case unsigned && wide:
		return unsigned64
	case unsigned:
		return unsigned32
	case wide:
		return signed64
	}
	return signed32
}

// textKind is the kind of a column of byte arrays: text, if they are texts or
// not said to be anything else.
func textKind(logical *format.LogicalType) kind {
	if logical == nil || logical.Value == nil {
		return text
	}
	switch logical.Value.(type) {
	case *format.StringType, *format.EnumType:
		return text
	}
	return other
}

// fill reads the next n values.
func (c *column) fill(n int) error {
	c.text, c.ends = c.text[:0], append(c.ends[:0], 0)
	for n > 0 {
		got, err := c.next(n)
		if err == io.EOF {
			return errDamaged // fewer values than rows
		}
		if err != nil {
			return err
		}
		for _, value := range got {
			c.text = c.kind.append(c.text, value)
			c.ends = append(c.ends, len(c.text))
		}
		n -= len(got)
	}
	return nil
}

// next returns 1 to n values, valid until the next call; io.EOF after the last
// one.
func (c *column) next(n int) ([]parquet.Value, error) {
	if c.buffer == nil {
		c.buffer = make([]parquet.Value, batch)
	}
	for {
		if c.values == nil {
			if err := c.turn(); err != nil {
				return nil, err
			}
		}
		got, err := c.values.ReadValues(c.buffer[:min(n, batch)])
		if err == io.EOF || got == 0 && err == nil {
			c.values, err = nil, nil
		}
		if got > 0 || err != nil {
			return c.buffer[:got], err
		}
	}
}

// turn turns to the next page.
func (c *column) turn() error {
	parquet.Release(c.page)
	c.page = nil
	page, err := c.pages.ReadPage()
	if err != nil {
		return err
	}
	c.page, c.values = page, page.Values()
	return nil
}

// atEnd reports whether every value has been read.
func (c *column) atEnd() bool {
	_, err := c.next(1)
	return err == io.EOF
}

// close gives back what the column holds of a row group.
func (c *column) close() {
	parquet.Release(c.page)
	if c.pages != nil {
		_ = c.pages.Close()
	}
	c.page, c.pages, c.values = nil, nil, nil
}

// append appends the text of a value: none for null.
func (k kind) append(to []byte, value parquet.Value) []byte {
	if value.IsNull() {
		return to
	}
	switch k {
	case text:
		return append(to, value.ByteArray()...)
	case signed32:
		return strconv.AppendInt(to, int64(value.Int32()), 10)
	case signed64:
		return strconv.AppendInt(to, value.Int64(), 10)
	case unsigned32:
		return strconv.AppendUint(to, uint64(value.Uint32()), 10)
	case unsigned64:
		return strconv.AppendUint(to, value.Uint64(), 10)
	case single:
		return strconv.AppendFloat(to, float64(value.Float()), 'f', -1, 32)
	case double:
		return strconv.AppendFloat(to, value.Double(), 'f', -1, 64)
	case boolean:
		return strconv.AppendBool(to, value.Boolean())
	}
	return k.appendMoment(to, value)
}
